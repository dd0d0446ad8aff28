//! What facts about orders and money mean for the record of their client. Called where those
//! facts are applied.

use chrono::{DateTime, Utc};

use crate::ids::{ClientId, OrderId};
use crate::money::Amount;
use crate::shop::Shop;
use crate::trust::policy::Version;

use super::record::{Counted, Record};

/// An open order was confirmed. It counts once, whatever else is paid for it.
pub(crate) fn confirmed(shop: &mut Shop, order: OrderId, at: DateTime<Utc>) {
    let Some(known) = shop.orders.open.get_mut(&order) else {
        return;
    };
    let Some(paid) = known.paid.as_ref().filter(|_| known.counted.is_none()) else {
        return;
    };
    // What no attempt brought did not come by a provider.
    let by_provider = (!paid.parts.is_empty()).then_some(paid.at);
    let (client, amount) = (known.client, paid.amount);
    let counted = Counted::new(known.placed_at, by_provider, at);
    known.counted = Some(counted);
    change(shop, client, at, |record| record.pay(counted, amount));
}

/// The money of an order that was handed over and then taken back is here again.
pub(crate) fn settled(shop: &mut Shop, order: OrderId, paid_at: DateTime<Utc>, at: DateTime<Utc>) {
    let Some(stub) = shop.orders.closed.get_mut(&order) else {
        return;
    };
    if stub.counted.is_some() {
        return;
    }
    let (client, total) = (stub.client, stub.total);
    let counted = Counted::new(stub.placed_at, Some(paid_at), at);
    stub.counted = Some(counted);
    change(shop, client, at, |record| record.pay(counted, total));
}

/// The money of a paid order was taken back; `amount` where it is not closed.
pub(crate) fn reversed(shop: &mut Shop, order: OrderId, amount: Option<Amount>, at: DateTime<Utc>) {
    let open = shop.orders.open.get_mut(&order);
    let open = open.map(|known| (known.client, known.total, known.counted.take()));
    let closed = || {
        let stub = shop.orders.closed.get_mut(&order)?;
        Some((stub.client, stub.total, stub.counted.take()))
    };
    let Some((client, total, Some(counted))) = open.or_else(closed) else {
        return;
    };
    let amount = amount.unwrap_or(total);
    change(shop, client, at, |record| record.unpay(counted, amount));
}

/// An order ran out, and it was its client's doing.
pub(crate) fn lapsed(shop: &mut Shop, order: OrderId, client: ClientId, at: DateTime<Utc>) {
    change(shop, client, at, |record| {
        record.lapse(order, at.date_naive());
    });
}

/// An order that had run out `then`, by its client's doing, lives again.
pub(crate) fn unlapsed(shop: &mut Shop, order: OrderId, then: DateTime<Utc>, at: DateTime<Utc>) {
    let Some(client) = shop.orders.client(order) else {
        return;
    };
    change(shop, client, at, |record| {
        record.unlapse(order, then.date_naive());
    });
}

/// Her record changes, and with it she is looked at under the shop's policy.
pub(super) fn change(
    shop: &mut Shop,
    client: ClientId,
    at: DateTime<Utc>,
    change: impl FnOnce(&mut Record),
) {
    let version = Version::of(&shop.policy);
    if let Some(known) = shop.clients.get_mut(client) {
        change(&mut known.record);
        known.record.judge(version, at.date_naive());
    }
}
