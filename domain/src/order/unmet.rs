//! Demand that stock could not meet: written down once for each client and variant of a live (or of
//! a day outside one), so that the vendor can see what she could have sold, at most.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{ClientId, LiveId, VariantId};
use crate::rejection::Rejection;
use crate::shop::Shop;
use crate::story::Story;

use super::{Event, first_paid};

/// Most of them remembered, and so written down, per live or day.
const REMEMBERED_MOST: usize = 10_000;

/// Who asked in vain outside lives, and for what, on one UTC day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Unmet {
    day: Option<NaiveDate>,
    asked: BTreeSet<(ClientId, VariantId)>,
}

impl Unmet {
    /// How many are remembered.
    pub fn len(&self) -> usize {
        self.asked.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.asked.is_empty()
    }
}

/// A wish of hers was refused: what was missing is written down, if that is why.
///
/// First paid, first served holds nothing for her, so that only what is gone altogether is missing.
pub(crate) fn note(story: &mut Story<'_>, client: ClientId, no: &Rejection) {
    let Rejection::NotEnoughLeft {
        variant,
        asked,
        left,
        ..
    } = no
    else {
        return;
    };
    let (client, variant) = (story.shop.clients.resolve(client), *variant);
    let known = story.shop.clients.get(client);
    let unheld = known.is_some_and(|known| first_paid::applies(story.shop, known));
    let quantity = asked.saturating_sub(*left);
    if quantity == 0 || (unheld && *left > 0) || noted(story.shop, client, variant, story.now) {
        return;
    }
    let catalogue = &story.shop.catalogue;
    let product = catalogue.variant(variant).map(|known| known.product);
    let Some((product, known)) = product.and_then(|id| Some((id, catalogue.product(id)?))) else {
        return;
    };
    let (unit_price, live) = (known.price, story.shop.live.current);
    story.fact(Event::DemandUnmet {
        client,
        live,
        product,
        variant,
        quantity,
        unit_price,
    });
}

fn noted(shop: &Shop, client: ClientId, variant: VariantId, now: DateTime<Utc>) -> bool {
    let empty = BTreeSet::new();
    let asked = match shop.live.current() {
        Some(session) => &session.unmet,
        None if shop.orders.unmet.day == Some(now.date_naive()) => &shop.orders.unmet.asked,
        None => &empty,
    };
    asked.contains(&(client, variant)) || asked.len() >= REMEMBERED_MOST
}

/// It is written down.
pub(super) fn remember(
    shop: &mut Shop,
    live: Option<LiveId>,
    asked: (ClientId, VariantId),
    at: DateTime<Utc>,
) {
    if let Some(live) = live {
        if let Some(session) = shop.live.sessions.get_mut(&live) {
            session.unmet.insert(asked);
        }
        return;
    }
    let (unmet, day) = (&mut shop.orders.unmet, Some(at.date_naive()));
    if unmet.day != day {
        unmet.day = day;
        unmet.asked.clear();
    }
    unmet.asked.insert(asked);
}
