//! What a fact about the talk changes.

use chrono::{DateTime, Utc};

use crate::agenda::Due;
use crate::shop::Shop;

use super::{Event, notices};

/// Applies it.
pub(crate) fn evolve(shop: &mut Shop, event: &Event, at: DateTime<Utc>) {
    match event {
        Event::ReminderDue { order } => {
            shop.agenda.clear(Due::Reminder(*order));
            if let Some(known) = shop.orders.open.get_mut(order) {
                known.remind_at = None;
            }
        }
        Event::HintGiven { client } => {
            if let Some(known) = shop.clients.get_mut(*client) {
                known.hinted_at = Some(at);
            }
        }
        Event::LinkDelayed { attempt } => {
            let known = shop.payments.attempts.get_mut(attempt);
            if let Some(open) = known.and_then(|known| known.open.as_mut()) {
                open.told_late = true;
            }
        }
        Event::PaymentClaimed { order } => claimed(shop, *order, true),
        Event::ClaimAnswered { order } => claimed(shop, *order, false),
        // Kept in the log for people to read; no rule asks for it.
        Event::MessageNotUnderstood { .. } => {}
        Event::VendorTold { orders } => notices::told(shop, orders, at),
        Event::HumanTookOver { client } => human(shop, *client, true),
        Event::HumanHandedBack { client } => human(shop, *client, false),
    }
}

fn human(shop: &mut Shop, client: crate::ids::ClientId, human: bool) {
    if let Some(known) = shop.clients.get_mut(client) {
        known.human = human;
    }
}

fn claimed(shop: &mut Shop, order: crate::ids::OrderId, waits: bool) {
    if waits {
        shop.orders.claims.insert(order);
    } else {
        shop.orders.claims.remove(&order);
    }
}
