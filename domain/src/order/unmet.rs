//! Demand that stock could not meet: written down for each client and variant of a live (or of a
//! day outside one), and again only where she asks for more, so that the vendor can see what she
//! could have sold, at most.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{ClientId, LiveId, VariantId};
use crate::rejection::Rejection;
use crate::shop::Shop;
use crate::story::Story;

use super::{Event, first_paid};

/// Most of them remembered, and so written down, per live or day.
const REMEMBERED_MOST: usize = 10_000;

/// Who asked in vain, for what, and how many units were missing at most. Stored as a list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Ask>", into = "Vec<Ask>")]
pub struct Asked {
    most: BTreeMap<(ClientId, VariantId), u32>,
}

type Ask = ((ClientId, VariantId), u32);

impl From<Vec<Ask>> for Asked {
    fn from(list: Vec<Ask>) -> Self {
        let most = list.into_iter().collect();
        Self { most }
    }
}

impl From<Asked> for Vec<Ask> {
    fn from(asked: Asked) -> Self {
        asked.most.into_iter().collect()
    }
}

impl Asked {
    /// Whether this much is written down, or there is no room for more.
    fn holds(&self, (client, variant): (ClientId, VariantId), quantity: u32) -> bool {
        match self.most.get(&(client, variant)) {
            Some(known) => *known >= quantity,
            None => self.most.len() >= REMEMBERED_MOST,
        }
    }

    fn add(&mut self, who: (ClientId, VariantId), quantity: u32) {
        let most = self.most.entry(who).or_default();
        *most = quantity.max(*most);
    }
}

/// Who asked in vain outside lives, and for what, on one UTC day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Unmet {
    day: Option<NaiveDate>,
    asked: Asked,
}

impl Unmet {
    /// How many are remembered.
    pub fn len(&self) -> usize {
        self.asked.most.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.asked.most.is_empty()
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
    let who = (client, variant);
    if quantity == 0 || (unheld && *left > 0) || noted(story.shop, who, quantity, story.now) {
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

fn noted(shop: &Shop, who: (ClientId, VariantId), quantity: u32, now: DateTime<Utc>) -> bool {
    match shop.live.current() {
        Some(session) => session.unmet.holds(who, quantity),
        None if shop.orders.unmet.day == Some(now.date_naive()) => {
            shop.orders.unmet.asked.holds(who, quantity)
        }
        None => false,
    }
}

/// It is written down.
pub(super) fn remember(
    shop: &mut Shop,
    live: Option<LiveId>,
    (who, quantity): ((ClientId, VariantId), u32),
    at: DateTime<Utc>,
) {
    if let Some(live) = live {
        if let Some(session) = shop.live.sessions.get_mut(&live) {
            session.unmet.add(who, quantity);
        }
        return;
    }
    let (unmet, day) = (&mut shop.orders.unmet, Some(at.date_naive()));
    if unmet.day != day {
        unmet.day = day;
        unmet.asked = Asked::default();
    }
    unmet.asked.add(who, quantity);
}
