//! The arithmetic of a summary: pure, from facts to figures. What each figure is, says
//! [`domain::live::Summary`].

mod advice;
mod goods;
#[cfg(test)]
mod spec;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{
    ids::{LiveId, ProductId},
    live::{Summary, summary::Peak},
    money::Amount,
    order::event::Line,
};
use uuid::Uuid;

use super::super::minutes::minute;

/// All that the figures of a live come from.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    pub live: LiveId,
    pub title: &'a str,
    pub started_at: DateTime<Utc>,
    pub finished_at: DateTime<Utc>,
    pub as_of: DateTime<Utc>,
    pub settled: bool,
    pub sales: Vec<Sale<'a>>,
    /// Who had a paid order in the shop before it went on air.
    pub bought: BTreeSet<Uuid>,
    /// Every product of the shop.
    pub goods: Vec<Good<'a>>,
    pub shown: Vec<Shown>,
    pub asks: Vec<Ask>,
}

/// What became of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Paid,
    Expired,
    Cancelled,
    Open,
}

/// One order of the live.
#[derive(Clone, Debug)]
pub(super) struct Sale<'a> {
    pub client: Uuid,
    pub placed_at: DateTime<Utc>,
    pub fate: Fate,
    pub lines: &'a [Line],
    /// Minor units.
    pub total: i64,
    /// What of it counts, minor units.
    pub collected: i64,
    /// The provider's time.
    pub paid_at: Option<DateTime<Utc>>,
}

/// One product, as it was at FIN.
#[derive(Clone, Copy, Debug)]
pub(super) struct Good<'a> {
    pub product: ProductId,
    pub keyword: &'a str,
    pub name: &'a str,
    pub offered: i64,
    pub out_at: Option<DateTime<Utc>>,
    pub out_seconds: i64,
}

/// A product was held up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown {
    pub at: DateTime<Utc>,
    pub product: ProductId,
}

/// Something was asked for in vain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ask {
    pub product: ProductId,
    /// Minor units.
    pub amount: i64,
}

/// The figures.
pub(super) fn summary(facts: &Facts<'_>) -> Summary {
    let count = |fate| number(facts.sales.iter().filter(|sale| sale.fate == fate).count());
    let (paid, expired, cancelled) =
        (count(Fate::Paid), count(Fate::Expired), count(Fate::Cancelled));
    let sold = || facts.sales.iter().filter(|sale| sale.fate == Fate::Paid);
    let payers: BTreeSet<Uuid> = sold().map(|sale| sale.client).collect();
    let returning = payers.intersection(&facts.bought).count();
    let took = |sale: &Sale<'_>| Some(wide(seconds(sale.placed_at, sale.paid_at?)));
    let mut times: Vec<u32> = sold().filter_map(took).collect();
    times.sort_unstable();
    let products = goods::products(facts);
    let peak = peak(facts);
    let mut done = Summary {
        live: facts.live,
        title: facts.title.to_owned(),
        started_at: facts.started_at,
        finished_at: facts.finished_at,
        as_of: facts.as_of,
        settled: facts.settled,
        seconds: wide(seconds(facts.started_at, facts.finished_at)),
        placed: number(facts.sales.len()),
        paid,
        expired,
        cancelled,
        open: count(Fate::Open),
        conversion: share(i64::from(paid), i64::from(paid + expired + cancelled)),
        gross: Amount(sold().map(|sale| sale.total).sum()),
        net: Amount(facts.sales.iter().map(|sale| sale.collected).sum()),
        best: products.iter().map(|it| &it.sold).find(|sold| sold.units > 0).cloned(),
        lost: Amount(facts.asks.iter().map(|ask| ask.amount).sum()),
        products,
        new_clients: number(payers.len() - returning),
        returning_clients: number(returning),
        pay_median: rank(&times, 50),
        pay_p90: rank(&times, 90),
        peak,
        advice: None,
    };
    done.advice = advice::advice(facts, &done);
    done
}

/// The minute with the most orders; of several the first.
fn peak(facts: &Facts<'_>) -> Option<Peak> {
    let mut minutes = BTreeMap::<DateTime<Utc>, u32>::new();
    for sale in &facts.sales {
        *minutes.entry(minute(sale.placed_at)).or_default() += 1;
    }
    let most = minutes.values().copied().max()?;
    let (first, orders) = minutes.into_iter().find(|(_, orders)| *orders == most)?;
    let end = first + chrono::TimeDelta::minutes(1);
    let shown = facts.shown.iter().rfind(|shown| shown.at < end);
    let shown = shown.and_then(|shown| keyword(facts, shown.product));
    Some(Peak { minute: first, orders, shown })
}

fn keyword(facts: &Facts<'_>, product: ProductId) -> Option<String> {
    let good = facts.goods.iter().find(|good| good.product == product)?;
    Some(good.keyword.to_owned())
}

/// The nearest rank: the smallest of the sorted values that so many per cent do not exceed.
fn rank(sorted: &[u32], per_cent: usize) -> Option<u32> {
    let rank = (sorted.len() * per_cent).div_ceil(100);
    sorted.get(rank.checked_sub(1)?).copied()
}

/// Thousandths, rounded down; nothing of nothing.
fn share(part: i64, whole: i64) -> Option<u32> {
    (whole > 0).then(|| wide(part * 1_000 / whole))
}

/// Whole seconds from one instant to another; none where it is earlier.
pub(super) fn seconds(from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
    (to - from).num_seconds().max(0)
}

fn wide(number: i64) -> u32 {
    u32::try_from(number.max(0)).unwrap_or(u32::MAX)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
