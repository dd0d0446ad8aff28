//! All a live page shows, and what moved of it, in the words of the page's JSON.

mod changed;
mod present;
mod todo;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::{
    TenantTx,
    models::{
        lives::{self, EndedCard, LiveCard},
        minutes::{self, Curve, Showing},
        orders::{self, Figures, OrderCard},
        shops::{self, ShopCard},
        stock::{self, StockCard},
    },
};

pub use changed::Changed;
pub use present::PresentCard;
pub use todo::{Todo, TodoCard};

/// How many orders a board holds: the newest.
pub const ORDERS: i64 = 100;
/// A page that opens is told the pace of so many minutes.
const PACE_MINUTES: i64 = 15;

/// The whole page at one instant. Client names are still sealed ([`OrderCard::sealed_name`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Board {
    pub shop: ShopCard,
    /// The shop's newest sequence these rows know.
    pub seq: i64,
    /// The database's time of reading.
    pub at: DateTime<Utc>,
    pub live: Option<LiveCard>,
    /// The newest live that is over, while none is on.
    pub ended: Option<EndedCard>,
    pub figures: Figures,
    pub stock: Vec<StockCard>,
    pub orders: Vec<OrderCard>,
    /// Of the live that is on, else of the one that ended.
    pub curve: Curve,
    /// Of the same live, oldest first.
    pub showings: Vec<Showing>,
    /// Loyal clients in the live that is on.
    pub present: Vec<PresentCard>,
    pub todo: Todo,
}

/// What moved on the page. A part that is `None` did not move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rows {
    /// Every change up to this sequence is in these rows or in earlier ones.
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub live: Option<LiveCard>,
    pub ended: Option<EndedCard>,
    pub figures: Figures,
    pub stock: Vec<StockCard>,
    pub orders: Vec<OrderCard>,
    /// Only the minutes that moved; all of them when another live is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curve: Option<Curve>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub showings: Option<Vec<Showing>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub present: Option<Vec<PresentCard>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub todo: Option<Todo>,
}

/// What every frame begins with.
struct Head {
    shop: ShopCard,
    seq: i64,
    at: DateTime<Utc>,
    live: Option<LiveCard>,
    ended: Option<EndedCard>,
    figures: Figures,
}

impl Head {
    /// The live whose figures these are; nothing outside one.
    fn on(&self) -> Option<i64> {
        self.live.as_ref().map(|live| live.id)
    }

    /// The live whose curve is drawn.
    fn drawn(&self) -> Option<i64> {
        self.on().or(self.ended.as_ref().map(|ended| ended.id))
    }
}

async fn head(tx: &mut TenantTx) -> Result<Option<Head>, sqlx::Error> {
    let Some((shop, seq, at)) = shops::card(tx).await? else {
        return Ok(None);
    };
    let (mut live, ended) = lives::newest(tx, at).await?;
    let figures = orders::figures(tx, live.as_ref().map(|live| live.id)).await?;
    if let Some(live) = &mut live {
        live.orders_open = figures.open.saturating_add(figures.offers);
    }
    Ok(Some(Head {
        shop,
        seq,
        at,
        live,
        ended,
        figures,
    }))
}

/// The whole page; `None` for a shop that is not open (or not applied) yet.
pub async fn board(tx: &mut TenantTx) -> Result<Option<Board>, sqlx::Error> {
    let Some(head) = head(tx).await? else {
        return Ok(None);
    };
    let stock = stock::cards(tx, None, head.on()).await?;
    let orders = orders::cards(tx, None, ORDERS).await?;
    let curve = curve(tx, &head, None).await?;
    let showings = showings(tx, &head).await?;
    let present = present(tx, &head).await?;
    let todo = todo::todo(tx).await?;
    let Head {
        shop,
        seq,
        at,
        live,
        ended,
        figures,
    } = head;
    Ok(Some(Board {
        shop,
        seq,
        at,
        live,
        ended,
        figures,
        stock,
        orders,
        curve,
        showings,
        present,
        todo,
    }))
}

/// The changed rows as they are now.
pub async fn rows(tx: &mut TenantTx, changed: &Changed) -> Result<Option<Rows>, sqlx::Error> {
    let Some(head) = head(tx).await? else {
        return Ok(None);
    };
    let stock = bars(tx, &head, changed).await?;
    // Of a great change only the newest orders, as many as a fresh board would hold.
    let ids: Vec<i64> = changed.orders.iter().copied().collect();
    let orders = if ids.is_empty() {
        Vec::new()
    } else {
        orders::cards(tx, Some(&ids), ORDERS).await?
    };
    let minutes: Vec<DateTime<Utc>> = changed.minutes.iter().copied().collect();
    let curve = if changed.turned {
        Some(curve(tx, &head, None).await?)
    } else if minutes.is_empty() || head.drawn().is_none() {
        None
    } else {
        Some(curve(tx, &head, Some(&minutes)).await?)
    };
    let showings = if changed.showings || changed.turned {
        Some(showings(tx, &head).await?)
    } else {
        None
    };
    let somebody = !changed.orders.is_empty() || changed.todo;
    let present = if changed.turned || somebody && head.on().is_some() {
        Some(present(tx, &head).await?)
    } else {
        None
    };
    let todo = if changed.todo {
        Some(todo::todo(tx).await?)
    } else {
        None
    };
    Ok(Some(Rows {
        seq: changed.seq,
        at: head.at,
        live: head.live,
        ended: head.ended,
        figures: head.figures,
        stock,
        orders,
        curve,
        showings,
        present,
        todo,
    }))
}

async fn bars(
    tx: &mut TenantTx,
    head: &Head,
    changed: &Changed,
) -> Result<Vec<StockCard>, sqlx::Error> {
    if !changed.bars() {
        return Ok(Vec::new());
    }
    let [variants, products, offers, money] = [
        &changed.variants,
        &changed.products,
        &changed.offers,
        &changed.money,
    ]
    .map(|set| set.iter().copied().collect::<Vec<i64>>());
    let which = stock::Which {
        variants: &variants,
        products: &products,
        offers: &offers,
        money: &money,
    };
    let only = (!changed.turned).then_some(which);
    stock::cards(tx, only, head.on()).await
}

async fn curve(
    tx: &mut TenantTx,
    head: &Head,
    only: Option<&[DateTime<Utc>]>,
) -> Result<Curve, sqlx::Error> {
    let since = minutes::minute(head.at) - TimeDelta::minutes(PACE_MINUTES);
    match head.drawn() {
        Some(live) => minutes::curve(tx, live, since, only).await,
        None => Ok(Curve::default()),
    }
}

async fn showings(tx: &mut TenantTx, head: &Head) -> Result<Vec<Showing>, sqlx::Error> {
    match head.drawn() {
        Some(live) => minutes::showings(tx, live).await,
        None => Ok(Vec::new()),
    }
}

async fn present(tx: &mut TenantTx, head: &Head) -> Result<Vec<PresentCard>, sqlx::Error> {
    match head.on() {
        Some(live) => present::present(tx, live).await,
        None => Ok(Vec::new()),
    }
}
