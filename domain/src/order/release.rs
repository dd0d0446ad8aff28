//! There are fewer units than thought: the newest holds that are not frozen are let go, with an
//! apology and at no cost of trust. What is being paid or is owed is protected.

use crate::ids::{OrderId, VariantId};
use crate::message::Message;
use crate::payment::money::received;
use crate::reactions::to_client;
use crate::story::Story;

use super::cancel::end;
use super::event::{CancelReason, CancelledBy, Units};
use super::{Event, Order, Phase};

/// Lets go of as many holds of a variant as make `wanted` units free; false, and nothing happens,
/// where that cannot be.
pub(crate) fn release(story: &mut Story<'_>, variant: VariantId, wanted: u32) -> bool {
    let mut free = story.shop.catalogue.available(variant);
    let mut go = Vec::new();
    for (id, order) in story.shop.orders.open.iter().rev() {
        if free >= wanted {
            break;
        }
        let units = of(order, variant);
        if units > 0 && loose(story, *id, order) {
            free = free.saturating_add(units);
            go.push(*id);
        }
    }
    if free < wanted {
        return false;
    }
    for order in go {
        let_go(story, order, variant);
    }
    true
}

fn of(order: &Order, variant: VariantId) -> u32 {
    let lines = order.lines.iter().filter(|line| line.variant == variant);
    lines.map(|line| line.quantity).sum()
}

/// A hold that is not frozen and for which no money came.
fn loose(story: &Story<'_>, id: OrderId, order: &Order) -> bool {
    let held = matches!(order.phase, Phase::Offered | Phase::Held);
    held && received(story.shop, id).0 == 0
}

fn let_go(story: &mut Story<'_>, order: OrderId, variant: VariantId) {
    let Some(known) = story.shop.orders.open.get(&order) else {
        return;
    };
    let (client, quantity) = (known.client, of(known, variant));
    let (gone, kept): (Vec<_>, Vec<_>) = known
        .lines
        .iter()
        .copied()
        .partition(|line| line.variant == variant);
    if kept.is_empty() {
        return end(
            story,
            order,
            CancelledBy::Vendor,
            Some(CancelReason::StockLowered),
        );
    }
    let sums = gone
        .iter()
        .filter_map(|line| line.unit_price.times(line.quantity));
    let total = sums.fold(known.total, |total, sum| {
        total.minus(sum).unwrap_or_default()
    });
    let (lines, kept) = (
        to_client::lines(story, &gone),
        to_client::lines(story, &kept),
    );
    story.fact(Event::LineRemoved {
        order,
        units: Units { variant, quantity },
        total,
        unheld: false,
    });
    to_client::say(story, client, Message::Released { order, lines, kept });
}
