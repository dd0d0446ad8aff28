//! Notices of payments and of stock: one by one while it is calm, together when they come fast.

use crate::agenda::Due;
use crate::catalogue;
use crate::conversation::Event;
use crate::ids::{LiveId, OrderId};
use crate::message::{PaidShown, ProductShown, ToVendor};
use crate::money::Amount;
use crate::order::{Fate, Phase};
use crate::policy::Rule;
use crate::reactions::to_client::lines;
use crate::story::Story;

use super::{about, tell};

/// Payments of a notice that are shown; the rest is counted.
const PAID_SHOWN: usize = 5;
/// Lines of each; whoever wants more looks at the board.
const LINES_SHOWN: usize = 3;
/// Products of a notice that are shown.
const LOW_SHOWN: usize = 10;

/// Money came for an order: told now, unless it is collected. What is collected does not wait
/// where something else about the order is to be told `now`.
pub(crate) fn paid(story: &mut Story<'_>, order: OrderId, now: bool) {
    ran_low(story);
    if story.shop.notices.orders.contains(&order) {
        if now {
            due(story);
        }
        return;
    }
    let Some(message) = one(story, order) else {
        return;
    };
    if !story.shop.notices.low.is_empty() {
        let orders = vec![order];
        story.fact(Event::VendorTold { orders });
    }
    tell(story, &message);
}

/// What was collected is told.
pub(crate) fn due(story: &mut Story<'_>) {
    let orders = story.shop.notices.orders.clone();
    let stand: Vec<OrderId> = orders
        .iter()
        .copied()
        .filter(|order| stands(story, *order))
        .collect();
    let message = match stand.as_slice() {
        [] => stock(story),
        [order] => one(story, *order),
        [..] => Some(many(story, &stand)),
    };
    story.fact(Event::VendorTold { orders });
    if let Some(message) = message {
        tell(story, &message);
    }
}

/// At the end of a step: what ran low in it is noted, and told where nobody is to wait.
pub(crate) fn last(story: &mut Story<'_>) {
    ran_low(story);
    let due = story.shop.agenda.at(Due::VendorNotice);
    if due.is_some_and(|due| due <= story.now) {
        self::due(story);
    }
}

fn ran_low(story: &mut Story<'_>) {
    if story.is_empty() || story.shop.vendors.is_empty() {
        return;
    }
    let low = story.shop.policy.count(Rule::LowStock);
    for (product, left) in story.shop.catalogue.ran_low(low) {
        story.fact(catalogue::Event::StockRanLow { product, left });
    }
}

/// Its money is there. What was taken back or given up meanwhile has been told as such.
fn stands(story: &Story<'_>, order: OrderId) -> bool {
    let orders = &story.shop.orders;
    match (orders.open.get(&order), orders.closed.get(&order)) {
        (Some(open), _) => matches!(open.phase, Phase::Confirmed | Phase::HandedOver),
        (None, Some(stub)) => stub.fate == Fate::Done,
        (None, None) => false,
    }
}

fn stock(story: &Story<'_>) -> Option<ToVendor> {
    let products = low(story);
    (!products.is_empty()).then_some(ToVendor::StockLow { products })
}

/// What ran low and is low still.
fn low(story: &Story<'_>) -> Vec<ProductShown> {
    let least = story.shop.policy.count(Rule::LowStock);
    let told = story.shop.notices.low.iter();
    let shown = told.filter_map(|product| story.shop.catalogue.shown(*product));
    let low = shown.filter(|product| product.left <= least);
    low.take(LOW_SHOWN).collect()
}

fn one(story: &Story<'_>, order: OrderId) -> Option<ToVendor> {
    let PaidShown {
        about,
        order,
        lines,
        total,
    } = shown(story, order, usize::MAX)?;
    let (paid, collected) = sums(story, order);
    Some(ToVendor::Paid {
        about,
        order,
        lines,
        total,
        paid,
        collected,
        low: low(story),
    })
}

fn many(story: &Story<'_>, orders: &[OrderId]) -> ToVendor {
    let totals = orders.iter().filter_map(|order| total(story, *order));
    let amount = totals.fold(0_i64, |sum, total| sum.saturating_add(total.0));
    let last = orders.last().copied();
    let (paid, collected) = last.map_or_else(Default::default, |order| sums(story, order));
    ToVendor::PaidMany {
        count: u32::try_from(orders.len()).unwrap_or(u32::MAX),
        amount: Amount(amount),
        orders: orders
            .iter()
            .take(PAID_SHOWN)
            .filter_map(|order| shown(story, *order, LINES_SHOWN))
            .collect(),
        paid,
        collected,
        low: low(story),
    }
}

fn total(story: &Story<'_>, order: OrderId) -> Option<Amount> {
    let orders = &story.shop.orders;
    let open = orders.open.get(&order).map(|known| known.total);
    open.or_else(|| orders.closed.get(&order).map(|stub| stub.total))
}

/// A paid order; without its lines where it is handed over already.
fn shown(story: &Story<'_>, order: OrderId, most: usize) -> Option<PaidShown> {
    let open = story.shop.orders.open.get(&order);
    let mut lines = open.map_or_else(Vec::new, |known| lines(story, &known.lines));
    lines.truncate(most);
    Some(PaidShown {
        about: about(story, order)?,
        order,
        lines,
        total: total(story, order)?,
    })
}

/// Paid orders of its live and their sum; of today outside one.
fn sums(story: &Story<'_>, order: OrderId) -> (u32, Amount) {
    let shop = &story.shop;
    let open = shop.orders.open.get(&order);
    // An order that is closed does not tell its live: the one that is on is the best guess.
    let live: Option<LiveId> = open.map_or(shop.live.current, |known| known.live);
    let session = live.and_then(|live| shop.live.sessions.get(&live));
    if let Some(session) = session {
        return (session.paid, session.collected);
    }
    let today = Some(shop.today).filter(|today| today.day == Some(story.now.date_naive()));
    let today = today.unwrap_or_default();
    (today.paid, today.collected)
}
