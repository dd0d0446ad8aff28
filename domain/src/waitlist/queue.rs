//! Whose turn it is. The order of a list: when she asked, with a head start for gold and diamond
//! (by her tier of now); who asked at the same time waits in the order of joining.

use chrono::{DateTime, TimeDelta, Utc};

use crate::client::Client;
use crate::ids::{ClientId, VariantId};
use crate::order::first_paid;
use crate::policy::Rule;
use crate::shop::Shop;
use crate::time::after;
use crate::trust::Tier;

use super::Waiting;

/// What the list is sorted by.
pub(crate) fn turn(shop: &Shop, waiting: &Waiting) -> DateTime<Utc> {
    let client = shop.clients.get(waiting.client);
    if client.is_some_and(|client| client.tier >= Tier::Gold) {
        let head_start = TimeDelta::seconds(shop.policy.get(Rule::PrioritySeconds));
        after(waiting.asked_at, -head_start)
    } else {
        waiting.asked_at
    }
}

/// Her place, from 1; nothing where she does not wait.
pub(crate) fn position(shop: &Shop, client: ClientId, variant: VariantId) -> Option<u32> {
    let list = shop.waitlists.of(variant);
    let place = list.iter().position(|waiting| waiting.client == client)?;
    let hers = (turn(shop, list.get(place)?), place);
    let before = list
        .iter()
        .enumerate()
        .filter(|(at, waiting)| (turn(shop, waiting), *at) < hers)
        .count();
    u32::try_from(before).ok()?.checked_add(1)
}

/// How many of `free` units she would be offered now; nothing where she is passed over.
pub(crate) fn offered(shop: &Shop, waiting: &Waiting, free: u32) -> Option<u32> {
    let (quantity, client) = wants(shop, waiting, free)?;
    (!first_paid::applies(shop, client)).then_some(quantity)
}

/// How many of `free` units she is told of, who is no more than told.
pub(crate) fn told(shop: &Shop, waiting: &Waiting, free: u32) -> Option<u32> {
    let (quantity, client) = wants(shop, waiting, free)?;
    first_paid::applies(shop, client).then_some(quantity)
}

fn wants<'a>(shop: &'a Shop, waiting: &Waiting, free: u32) -> Option<(u32, &'a Client)> {
    let quantity = waiting.quantity.min(free);
    if waiting.offer.is_some() || quantity <= waiting.declined {
        return None;
    }
    let client = shop.clients.get(waiting.client)?;
    (!client.blocked && !client.forgotten).then_some((quantity, client))
}

/// The variants somebody waits for and of which units are free to offer. Costs one look per list.
pub(crate) fn free(shop: &Shop) -> Vec<VariantId> {
    let open = shop.profile.as_ref().is_some_and(|profile| profile.open);
    let sold = |variant: &VariantId| {
        let known = shop.catalogue.variant(*variant);
        known.is_some_and(|known| {
            let product = shop.catalogue.product(known.product);
            known.available() > 0 && product.is_some_and(|product| !product.archived)
        })
    };
    let lists = shop.waitlists.by_variant.keys().copied();
    lists.filter(|variant| open && sold(variant)).collect()
}
