//! What a fact about waiting changes.

use chrono::{DateTime, Utc};

use crate::agenda::Due;
use crate::ids::{ClientId, OrderId, VariantId};
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
        } => {
            let waiting = Waiting {
                client: *client,
                quantity: *quantity,
                asked_at: at,
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
        } => {
            offer(
                shop,
                (*order, *client),
                (*variant, *quantity),
                *deadline,
                at,
            );
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
        Event::WaitlistClosed { variant } => {
            shop.waitlists.by_variant.remove(variant);
        }
    }
}

fn leave(shop: &mut Shop, client: ClientId, variant: VariantId) {
    if let Some(list) = shop.waitlists.by_variant.get_mut(&variant) {
        list.retain(|waiting| waiting.client != client);
    }
}

/// An offer is a real hold in an order of its own.
fn offer(
    shop: &mut Shop,
    (order, client): (OrderId, ClientId),
    (variant, quantity): (VariantId, u32),
    deadline: DateTime<Utc>,
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
            live: None,
            lines: &[line],
            total,
            deadline,
            terms,
        },
        at,
    );
    if let Some(known) = shop.orders.open.get_mut(&order) {
        known.phase = Phase::Offered;
    }
    shop.agenda.clear(Due::Reminder(order));
}
