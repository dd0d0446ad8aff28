//! LivePay itself was silent: whoever holds something could neither pay nor be answered, so the
//! time is added to her hold and counts against nobody.

use chrono::{DateTime, TimeDelta, Utc};

use crate::agenda::Due;
use crate::ids::OrderId;
use crate::policy::Rule;
use crate::shop::{self, Shop};
use crate::story::Story;
use crate::time::after;

use super::Event;
use super::event::ExtendReason;

/// Gives the time from `from` to `until` back to every unpaid order that waited in it, as far as
/// it was not given back before. Told before anything is settled.
pub(crate) fn give_back(story: &mut Story<'_>, from: DateTime<Utc>, until: DateTime<Utc>) {
    let until = until.min(story.now);
    let from = story.shop.outage.map_or(from, |last| from.max(last.until));
    let least = story.shop.policy.seconds(Rule::OutageLeast);
    if until.signed_duration_since(from) < least {
        return;
    }
    let longer = owed(story.shop, from, until);
    if longer.is_empty() {
        return;
    }
    story.fact(shop::Event::OutageEnded { from, until });
    for (order, deadline) in longer {
        let reason = ExtendReason::Outage;
        story.fact(Event::HoldExtended {
            order,
            deadline,
            reason,
        });
    }
}

/// The unpaid orders that had not fallen due when the silence began, with their new deadlines.
fn owed(shop: &Shop, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<(OrderId, DateTime<Utc>)> {
    let most = shop.policy.hours(Rule::OutageMost);
    let mut owed = Vec::new();
    for (id, order) in shop.orders.open.iter().filter(|(_, order)| order.unpaid()) {
        // Where the provider was asked already, it is the wait for its answer that runs.
        let waits = shop.agenda.at(Due::Hold(*id));
        let silence = until.signed_duration_since(from.max(order.placed_at));
        let given = silence.min(most);
        if waits.is_some_and(|at| at > from) && given > TimeDelta::zero() {
            owed.push((*id, after(order.deadline, given)));
        }
    }
    owed
}
