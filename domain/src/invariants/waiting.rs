//! What is always true of waitlists.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::OrderId;
use crate::order::Phase;
use crate::shop::Shop;
use crate::waitlist::queue;

use super::hold;

/// A list has somebody on it, each is a client, and she is on it once.
pub(super) fn lists(shop: &Shop) -> Result<(), String> {
    for (variant, list) in &shop.waitlists.by_variant {
        hold(!list.is_empty(), || {
            format!("waitlist: nobody waits for variant {variant}")
        })?;
        let mut names = BTreeSet::new();
        for waiting in list {
            let client = waiting.client;
            let known = shop.clients.get(client).is_some();
            hold(known && shop.clients.resolve(client) == client, || {
                format!("waitlist: nobody is {client}")
            })?;
            // Two offers to somebody who was two clients are both answered.
            let counts = waiting.offer.is_some() || names.insert(client);
            hold(counts && waiting.quantity > 0, || {
                format!("waitlist: {client} waits twice, or for nothing, for variant {variant}")
            })?;
            hold(!waiting.closed || waiting.offer.is_some(), || {
                format!("waitlist: {client} waits on a closed list of variant {variant}")
            })?;
        }
    }
    Ok(())
}

/// An offer that waits for an answer is an order on offer to her who waits, and the other way.
pub(super) fn offers(shop: &Shop) -> Result<(), String> {
    let mut pending: BTreeMap<OrderId, _> = BTreeMap::new();
    for (variant, list) in &shop.waitlists.by_variant {
        for waiting in list {
            let Some(order) = waiting.offer else { continue };
            let twice = pending.insert(order, (waiting.client, *variant)).is_some();
            hold(!twice, || {
                format!("waitlist: order {order} is offered twice")
            })?;
        }
    }
    let offered = shop.orders.open.iter();
    for (id, order) in offered.filter(|(_, order)| order.phase == Phase::Offered) {
        let line = order.lines.first().map(|line| line.variant);
        let known = pending.remove(id);
        let right = known.is_some_and(|(client, variant)| {
            client == order.client && Some(variant) == line && order.lines.len() == 1
        });
        hold(right, || {
            format!("waitlist: order {id} is offered to nobody")
        })?;
    }
    hold(pending.is_empty(), || {
        format!("waitlist: no order is offered: {pending:?}")
    })
}

/// No unit is free while somebody waits who would be offered it.
pub(super) fn served(shop: &Shop) -> Result<(), String> {
    for variant in queue::free(shop) {
        let free = shop.catalogue.available(variant);
        for waiting in shop.waitlists.of(variant) {
            hold(queue::offered(shop, waiting, free).is_none(), || {
                let client = waiting.client;
                format!("waitlist: {client} waits for variant {variant}, of which {free} are free")
            })?;
        }
    }
    Ok(())
}
