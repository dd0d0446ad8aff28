//! Attempts and refunds against the domain's state. Each function gives the first difference, in
//! words.

use std::collections::BTreeSet;

use domain::{
    Shop,
    ids::{AttemptId, OrderId, RefundId},
    payment::state::{Refund, Stage, Way},
};

use crate::{
    models::{attempts, refunds},
    numbers,
};

/// Every attempt: what came, what was done with it; of open ones also where it is, and whether its
/// payment is claimed.
pub(super) fn attempts(shop: &Shop, rows: &[attempts::Row]) -> Option<String> {
    let wanted = shop.payments.attempts.len();
    if rows.len() != wanted {
        return Some(format!(
            "the table has {} attempts, the log {wanted}",
            rows.len()
        ));
    }
    rows.iter()
        .find_map(|row| attempt(shop, row))
        .or_else(|| unclaimed(shop, rows))
}

/// Every claim is on the charges that were there when it was made.
fn unclaimed(shop: &Shop, rows: &[attempts::Row]) -> Option<String> {
    let claims = rows.iter().filter(|row| row.claimed_at.is_some());
    let claimed: BTreeSet<i64> = claims.map(|row| row.order_id).collect();
    let told = |order: &&OrderId| !claimed.contains(&numbers::order(**order));
    let order = shop.orders.claims.iter().find(told)?;
    Some(format!(
        "order {order}: the log has a claim, the table none"
    ))
}

fn attempt(shop: &Shop, row: &attempts::Row) -> Option<String> {
    let id = AttemptId(u64::try_from(row.attempt_id).unwrap_or(u64::MAX));
    let Some(known) = shop.payments.get(id) else {
        return Some(format!("attempt {id} is in the table, not in the log"));
    };
    let open = known
        .open
        .as_ref()
        .is_none_or(|open| row.state == word(open.stage));
    let same = open
        && row.order_id == numbers::order(known.order)
        && row.amount == known.asked.0
        && row.got == known.got.0
        && row.confirmed.saturating_add(row.due_back) == known.accounted.0
        && row.paid_at == known.paid_at
        && claimed(shop, known.order, row);
    (!same).then(|| format!("attempt {id}: the table says {row:?}, the log {known:?}"))
}

/// A claim is the order's; a charge asked for after it does not know of it. What the shop has
/// forgotten by now (it was over long ago) is no difference.
fn claimed(shop: &Shop, order: OrderId, row: &attempts::Row) -> bool {
    let remembered = shop.orders.open.contains_key(&order) || shop.orders.late.contains_key(&order);
    row.claimed_at.is_none() || !remembered || shop.orders.claims.contains(&order)
}

fn word(stage: Stage) -> &'static str {
    match stage {
        Stage::Requested => "requested",
        Stage::Unknown => "unknown",
        Stage::Created => "created",
        Stage::Failed => "failed",
        Stage::Succeeded => "paid",
    }
}

/// Every refund that has not arrived; the others only have to say that they did.
pub(super) fn refunds(shop: &Shop, rows: &[refunds::Row]) -> Option<String> {
    let open = rows.iter().filter(|row| row.state != "confirmed").count();
    let wanted = shop.payments.refunds.len();
    if open != wanted {
        return Some(format!(
            "the table has {open} open refunds, the log {wanted}"
        ));
    }
    rows.iter().find_map(|row| refund(shop, row))
}

fn refund(shop: &Shop, row: &refunds::Row) -> Option<String> {
    let id = RefundId(u64::try_from(row.refund_id).unwrap_or(u64::MAX));
    let Some(known) = shop.payments.refunds.get(&id) else {
        let arrived = row.state == "confirmed" && id.0 <= shop.payments.last_refund;
        return (!arrived).then(|| format!("refund {id}: the table says {row:?}, the log none"));
    };
    let same = way(row) == Some(known.way)
        && row.order_id == numbers::order(known.order)
        && row.attempt_id == numbers::attempt(known.attempt)
        && row.amount == known.amount.0
        && row.reason == refunds::word(known.reason)
        && owner(known) == row.owner;
    (!same).then(|| format!("refund {id}: the table says {row:?}, the log {known:?}"))
}

fn way(row: &refunds::Row) -> Option<Way> {
    match (row.state.as_str(), row.automatic) {
        ("due" | "failed", false) => Some(Way::ByHand),
        ("asked", true) => Some(Way::Asked),
        ("sent", true) => Some(Way::Provider),
        ("sent", false) => Some(Way::Sent),
        _ => None,
    }
}

fn owner(known: &Refund) -> Option<String> {
    known.owner.as_ref().map(ToString::to_string)
}
