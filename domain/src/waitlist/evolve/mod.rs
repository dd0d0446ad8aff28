//! What a fact about waiting changes.

use chrono::{DateTime, Utc};

use crate::ids::{ClientId, LiveId, OrderId, VariantId};
use crate::order::event::Line;
use crate::order::{self, Fate, Phase};
use crate::shop::Shop;

use super::Event;
use super::state::{Told, Waiting};

mod offered;

use offered::{Offered, offer};

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
                offer: None,
                // What is free while she joins she could have, and would rather wait for all.
                declined: shop.catalogue.available(*variant),
                told: None,
                closed: false,
            };
            join(shop, *variant, waiting);
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
            change(shop, *client, *variant, |waiting| {
                waiting.offer = Some(*order);
            });
        }
        Event::OfferAccepted { order } => accept(shop, *order),
        Event::OfferDeclined {
            order, quantity, ..
        } => {
            answered(shop, *order, |waiting| {
                waiting.declined = *quantity;
                waiting.quantity > *quantity
            });
            order::evolve::free_held(shop, *order);
            order::evolve::close(shop, *order, Fate::Cancelled, at);
        }
        Event::OfferLapsed { order, .. } => {
            answered(shop, *order, |_| false);
            order::evolve::free_held(shop, *order);
            order::evolve::close(shop, *order, Fate::Expired, at);
        }
        Event::WaitlistLeft { client, variant } => {
            let others = |waiting: &mut Waiting| waiting.client != *client;
            shop.waitlists.keep(*variant, others);
        }
        // She keeps her place.
        Event::WaitlistTold { client, variant } => {
            let known = shop.catalogue.variant(*variant);
            let emptied = known.map_or(0, |known| known.emptied);
            change(shop, *client, *variant, |waiting| {
                waiting.told = Some(Told { at, emptied });
            });
        }
        Event::WaitlistClosed { variant, live } => close(shop, *variant, *live),
    }
}

/// She is on the list once: asking again is another number at her old place. Who joined outside a
/// live does not leave with one.
fn join(shop: &mut Shop, variant: VariantId, new: Waiting) {
    let list = shop.waitlists.by_variant.entry(variant).or_default();
    let known = list
        .iter_mut()
        .find(|waiting| waiting.client == new.client && !waiting.closed);
    if let Some(known) = known {
        known.quantity = new.quantity;
        known.declined = new.declined;
        known.told = None;
        known.live = known.live.map(|live| new.live.unwrap_or(live));
        return;
    }
    // What is left of a closed list is her last offer; joining now is joining anew.
    let mut offer = None;
    list.retain(|waiting| {
        let hers = waiting.client == new.client;
        offer = offer.or(waiting.offer.filter(|_| hers));
        !hers
    });
    list.push(Waiting { offer, ..new });
}

fn change(
    shop: &mut Shop,
    client: ClientId,
    variant: VariantId,
    change: impl FnOnce(&mut Waiting),
) {
    let mut list = shop.waitlists.by_variant.get_mut(&variant).into_iter();
    let known = list
        .next()
        .and_then(|list| list.iter_mut().find(|waiting| waiting.client == client));
    if let Some(known) = known {
        change(known);
    }
}

/// It is her cart now, and she waits for what is missing of it.
fn accept(shop: &mut Shop, order: OrderId) {
    let taken = line(shop, order).map_or(0, |line| line.quantity);
    answered(shop, order, |waiting| {
        waiting.quantity = waiting.quantity.saturating_sub(taken);
        waiting.declined = 0;
        waiting.quantity > 0
    });
    if let Some(known) = shop.orders.open.get_mut(&order) {
        known.phase = Phase::Held;
    }
}

/// An offer is one line.
fn line(shop: &Shop, order: OrderId) -> Option<Line> {
    let known = shop.orders.open.get(&order)?;
    known.lines.first().copied()
}

/// The offer waits no longer; `stays` says whether she does.
fn answered(shop: &mut Shop, order: OrderId, mut stays: impl FnMut(&mut Waiting) -> bool) {
    let Some(line) = line(shop, order) else {
        return;
    };
    shop.waitlists.keep(line.variant, |waiting| {
        if waiting.offer != Some(order) {
            return true;
        }
        waiting.offer = None;
        stays(waiting) && !waiting.closed
    });
}

/// The order of an offer ended otherwise (the vendor, fewer units): she waits as before.
pub(crate) fn withdrawn(shop: &mut Shop, order: OrderId, lines: &[Line]) {
    for line in lines {
        shop.waitlists.keep(line.variant, |waiting| {
            if waiting.offer != Some(order) {
                return true;
            }
            waiting.offer = None;
            !waiting.closed
        });
    }
}

/// Closes a list, or what of it belongs to a live. Offers that wait for an answer stay valid.
fn close(shop: &mut Shop, variant: VariantId, live: Option<LiveId>) {
    shop.waitlists.keep(variant, |waiting| {
        if live.is_some() && waiting.live != live {
            return true;
        }
        waiting.closed = true;
        waiting.offer.is_some()
    });
}

/// Two clients are one: she keeps the place of whichever has an offer, else the older one.
pub(crate) fn merge(shop: &mut Shop, kept: ClientId, merged: ClientId) {
    for variant in shop.waitlists.variants(merged) {
        let list = shop.waitlists.of(variant).iter();
        let hers = list.filter(|waiting| [kept, merged].contains(&waiting.client));
        let offered = hers.clone().any(|waiting| waiting.offer.is_some());
        let mut first = true;
        let twice = hers.count() > 1;
        shop.waitlists.keep(variant, |waiting| {
            if ![kept, merged].contains(&waiting.client) {
                return true;
            }
            waiting.client = kept;
            if !twice {
                return true;
            }
            if offered {
                return waiting.offer.is_some();
            }
            std::mem::take(&mut first)
        });
    }
}
