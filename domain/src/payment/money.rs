//! What came for an order and is neither confirmed nor due back, and what is still missing.

use crate::ids::{AttemptId, OrderId};
use crate::money::Amount;
use crate::shop::Shop;

use super::event::Part;

/// The attempts of an order, open or over, oldest first.
pub(crate) fn attempts(shop: &Shop, order: OrderId) -> &[AttemptId] {
    let open = shop.orders.open.get(&order).map(|known| &known.attempts);
    let late = || {
        shop.orders
            .late
            .get(&order)
            .map(|remains| &remains.attempts)
    };
    open.or_else(late).map_or(&[], Vec::as_slice)
}

/// What each attempt brought that is neither confirmed nor due back.
pub(crate) fn spare(shop: &Shop, order: OrderId) -> Vec<Part> {
    let part = |attempt: &AttemptId| {
        let amount = shop.payments.get(*attempt)?.spare();
        (amount > Amount::ZERO).then_some(Part {
            attempt: *attempt,
            amount,
        })
    };
    attempts(shop, order).iter().filter_map(part).collect()
}

/// All of it.
pub(crate) fn received(shop: &Shop, order: OrderId) -> Amount {
    let parts = spare(shop, order);
    Amount(
        parts
            .iter()
            .fold(0, |sum, part| sum.saturating_add(part.amount.0)),
    )
}

/// What is missing to the whole sum of an open order.
pub(crate) fn due(shop: &Shop, order: OrderId) -> Amount {
    let total = shop.orders.open.get(&order).map(|known| known.total);
    let received = received(shop, order);
    total
        .and_then(|total| total.minus(received))
        .unwrap_or_default()
}
