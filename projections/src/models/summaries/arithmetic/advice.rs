//! One piece of advice: where the most money was left, else what sold when it was held up, else the
//! best seller.

use chrono::TimeDelta;
use domain::live::{Summary, summary::Advice};

use super::{Facts, Fate, keyword, number, seconds, wide};

/// Fewer resolved orders say nothing about how people pay.
const RESOLVED_LEAST: u32 = 5;
/// Of so many resolved orders one expired: that is many.
const EXPIRED_ONE_IN: u32 = 5;
/// Fewer orders in the minute after a showing are luck.
const SHOWN_LEAST: u32 = 3;

/// What to say; nothing where nothing was sold, asked for or left to expire.
pub(super) fn advice(facts: &Facts<'_>, done: &Summary) -> Option<Advice> {
    let expired = facts.sales.iter().filter(|sale| sale.fate == Fate::Expired);
    let unpaid: i64 = expired.map(|sale| sale.total).sum();
    let stock = more_stock(facts, done);
    let missed = stock.as_ref().map_or(0, |(missed, _)| *missed);
    let payment = more_payment(done).filter(|_| unpaid > missed);
    payment
        .or(stock.map(|(_, advice)| advice))
        .or_else(|| show_again(facts))
        .or_else(|| again(done))
}

/// The product that ran out and lost most, with what it lost.
fn more_stock(facts: &Facts<'_>, done: &Summary) -> Option<(i64, Advice)> {
    let ran_out = done.products.iter().filter(|it| it.lost.0 > 0 && it.out_at.is_some());
    // Of several the first, for max_by_key takes the last.
    let most = ran_out.rev().max_by_key(|it| it.lost)?;
    let minutes = wide(seconds(facts.started_at, most.out_at?) / 60);
    let keyword = most.sold.keyword.clone();
    Some((most.lost.0, Advice::MoreStock { keyword, minutes, lost: most.lost }))
}

fn more_payment(done: &Summary) -> Option<Advice> {
    let (expired, resolved) = (done.expired, done.paid + done.expired + done.cancelled);
    let many = resolved >= RESOLVED_LEAST && expired * EXPIRED_ONE_IN >= resolved;
    many.then_some(Advice::MorePayment { expired, resolved })
}

/// The showing with the most orders of its product in the minute after it; of several the first.
fn show_again(facts: &Facts<'_>) -> Option<Advice> {
    let after = |shown: &super::Shown| {
        let until = shown.at + TimeDelta::minutes(1);
        let sales = facts.sales.iter().filter(|sale| {
            (shown.at..until).contains(&sale.placed_at)
                && sale.lines.iter().any(|line| line.product == shown.product)
        });
        number(sales.count())
    };
    let counted = facts.shown.iter().rev().map(|shown| (after(shown), shown.product));
    let (orders, product) = counted.max_by_key(|(orders, _)| *orders)?;
    let keyword = keyword(facts, product)?;
    (orders >= SHOWN_LEAST).then_some(Advice::ShowAgain { keyword, orders })
}

fn again(done: &Summary) -> Option<Advice> {
    let best = done.best.as_ref()?;
    Some(Advice::Again { keyword: best.keyword.clone(), units: best.units })
}
