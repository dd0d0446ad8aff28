//! An offer as it comes to be: a real hold, in an order of its own.

use chrono::{DateTime, Utc};

use crate::agenda::Due;
use crate::ids::{ClientId, LiveId, OrderId, VariantId};
use crate::money::Amount;
use crate::order::event::{HoldTerms, Line};
use crate::order::{self, Phase};
use crate::shop::Shop;

/// What an offer says.
pub(super) struct Offered {
    pub(super) order: OrderId,
    pub(super) client: ClientId,
    pub(super) live: Option<LiveId>,
    pub(super) deadline: DateTime<Utc>,
}

/// Holds the units; nobody is reminded of an offer.
pub(super) fn offer(
    shop: &mut Shop,
    placed: &Offered,
    (variant, quantity): (VariantId, u32),
    at: DateTime<Utc>,
) {
    let product = shop.catalogue.variant(variant).map(|known| known.product);
    let Some(product) = product else { return };
    let unit_price = shop
        .catalogue
        .product(product)
        .map_or(Amount::ZERO, |known| known.price);
    let line = Line {
        product,
        variant,
        quantity,
        unit_price,
    };
    let total = unit_price.times(quantity).unwrap_or_default();
    let Offered {
        order,
        client,
        live,
        deadline,
    } = *placed;
    let minutes = crate::time::minutes_left(at, deadline);
    let terms = HoldTerms {
        base: minutes,
        cut_to: None,
        raised_to: None,
        tier_bonus: 0,
        minutes,
    };
    order::evolve::place(
        shop,
        &order::evolve::Placed {
            order,
            client,
            live,
            lines: &[line],
            total,
            deadline,
            terms,
            unheld: false,
        },
        at,
    );
    if let Some(known) = shop.orders.open.get_mut(&order) {
        known.phase = Phase::Offered;
    }
    shop.agenda.clear(Due::Reminder(order));
}
