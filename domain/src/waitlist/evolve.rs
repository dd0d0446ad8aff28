//! What a fact about waiting changes.

use chrono::{DateTime, Utc};

use crate::agenda::Due;
use crate::ids::{ClientId, LiveId, OrderId, VariantId};
use crate::money::Amount;
use crate::order::event::{HoldTerms, Line};
use crate::order::{self, Fate, Phase};
use crate::shop::Shop;

use super::Event;
use super::state::Waiting;

/// Applies it.
pub(crate) fn evolve(shop: &mut Shop, event: &Event, at: DateTime<Utc>) {
    match event {
        Event::WaitlistJoined {
            client,
            variant,
            quantity,
            live,
        } => {
            let waiting = Waiting {
                client: *client,
                quantity: *quantity,
                asked_at: at,
                live: *live,
            };
            leave(shop, *client, *variant);
            shop.waitlists
                .by_variant
                .entry(*variant)
                .or_default()
                .push(waiting);
        }
        Event::OfferMade {
            client,
            variant,
            quantity,
            order,
            deadline,
            live,
        } => {
            let placed = Offered {
                order: *order,
                client: *client,
                live: *live,
                deadline: *deadline,
            };
            offer(shop, &placed, (*variant, *quantity), at);
        }
        Event::OfferAccepted { order } => {
            let Some(known) = shop.orders.open.get_mut(order) else {
                return;
            };
            known.phase = Phase::Held;
            let (client, variants) = (known.client, known.lines.clone());
            for line in variants {
                leave(shop, client, line.variant);
            }
        }
        Event::OfferDeclined { order, .. } | Event::OfferLapsed { order, .. } => {
            order::evolve::free_held(shop, *order);
            order::evolve::close(shop, *order, Fate::Expired, at);
        }
        Event::WaitlistLeft { client, variant } => leave(shop, *client, *variant),
        // She keeps her place.
        Event::WaitlistTold { .. } => {}
        Event::WaitlistClosed { variant, live } => close(shop, *variant, *live),
    }
}

/// Closes a list, or what of it belongs to a live.
fn close(shop: &mut Shop, variant: VariantId, live: Option<LiveId>) {
    if let Some(list) = shop.waitlists.by_variant.get_mut(&variant) {
        list.retain(|waiting| live.is_some() && waiting.live != live);
    }
}

/// An offer as it comes to be.
struct Offered {
    order: OrderId,
    client: ClientId,
    live: Option<LiveId>,
    deadline: DateTime<Utc>,
}

fn leave(shop: &mut Shop, client: ClientId, variant: VariantId) {
    if let Some(list) = shop.waitlists.by_variant.get_mut(&variant) {
        list.retain(|waiting| waiting.client != client);
    }
}

/// An offer is a real hold in an order of its own.
fn offer(
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
