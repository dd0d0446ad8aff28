//! All a live page shows, and what moved of it, in the words of the page's JSON.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::event::Event;
use serde::Serialize;

use crate::{
    TenantTx,
    models::{
        lives::{self, LiveCard},
        orders::{self, Figures, OrderCard},
        shops::{self, ShopCard},
        stock::{self, StockCard},
    },
    numbers,
};

/// How many orders a board holds: the newest.
pub const ORDERS: i64 = 100;

/// The whole page at one instant. Client names are still sealed ([`OrderCard::sealed_name`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Board {
    pub shop: ShopCard,
    /// The shop's newest sequence these rows know.
    pub seq: i64,
    /// The database's time of reading.
    pub at: DateTime<Utc>,
    pub live: Option<LiveCard>,
    pub figures: Figures,
    pub stock: Vec<StockCard>,
    pub orders: Vec<OrderCard>,
}

/// What moved on the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rows {
    /// Every change up to this sequence is in these rows or in earlier ones.
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub live: Option<LiveCard>,
    pub figures: Figures,
    pub stock: Vec<StockCard>,
    pub orders: Vec<OrderCard>,
}

/// What moved: ids only, the rows are read when somebody looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// The newest sequence among the changes.
    pub seq: i64,
    pub orders: BTreeSet<i64>,
    pub variants: BTreeSet<i64>,
    /// Products renamed, repriced or archived: all their variants' rows moved.
    pub products: BTreeSet<i64>,
    /// Offers that ended: their variant's row moved.
    pub offers: BTreeSet<i64>,
    /// A live started, paused, ended …
    pub live: bool,
}

impl Changed {
    /// Adds one event.
    pub(crate) fn add(&mut self, seq: i64, event: &Event) {
        self.seq = self.seq.max(seq);
        self.orders
            .extend(orders::subject(event).map(numbers::order));
        self.variants
            .extend(stock::subjects(event).into_iter().map(numbers::variant));
        self.products
            .extend(stock::product(event).map(numbers::product));
        self.offers.extend(stock::offer(event).map(numbers::order));
        self.live |= lives::subject(event).is_some();
    }

    /// Adds later changes of the same shop.
    pub fn merge(&mut self, later: &Self) {
        self.seq = self.seq.max(later.seq);
        self.orders.extend(&later.orders);
        self.variants.extend(&later.variants);
        self.products.extend(&later.products);
        self.offers.extend(&later.offers);
        self.live |= later.live;
    }

    /// True if no row of the page moved: only the sequence did.
    pub fn is_quiet(&self) -> bool {
        let no_ids = self.orders.is_empty() && self.variants.is_empty() && self.products.is_empty();
        no_ids && !self.live
    }
}

/// The whole page; `None` for a shop that is not open (or not applied) yet.
pub async fn board(tx: &mut TenantTx) -> Result<Option<Board>, sqlx::Error> {
    let Some((shop, seq, at)) = shops::card(tx).await? else {
        return Ok(None);
    };
    let (live, _) = lives::newest(tx, at).await?;
    let figures = orders::figures(tx, live.as_ref().map(|live| live.id)).await?;
    let stock = stock::cards(tx, None).await?;
    let orders = orders::cards(tx, None, ORDERS).await?;
    Ok(Some(Board {
        shop,
        seq,
        at,
        live,
        figures,
        stock,
        orders,
    }))
}

/// The changed rows as they are now.
pub async fn rows(tx: &mut TenantTx, changed: &Changed) -> Result<Option<Rows>, sqlx::Error> {
    let Some((_, _, at)) = shops::card(tx).await? else {
        return Ok(None);
    };
    let (live, _) = lives::newest(tx, at).await?;
    let figures = orders::figures(tx, live.as_ref().map(|live| live.id)).await?;
    let variants: Vec<i64> = changed.variants.iter().copied().collect();
    let products: Vec<i64> = changed.products.iter().copied().collect();
    let offers: Vec<i64> = changed.offers.iter().copied().collect();
    let which = stock::Which {
        variants: &variants,
        products: &products,
        offers: &offers,
    };
    let stock = if variants.is_empty() && products.is_empty() && offers.is_empty() {
        Vec::new()
    } else {
        stock::cards(tx, Some(which)).await?
    };
    // Of a great change only the newest orders, as many as a fresh board would hold.
    let ids: Vec<i64> = changed.orders.iter().copied().collect();
    let orders = if ids.is_empty() {
        Vec::new()
    } else {
        orders::cards(tx, Some(&ids), ORDERS).await?
    };
    Ok(Some(Rows {
        seq: changed.seq,
        at,
        live,
        figures,
        stock,
        orders,
    }))
}
