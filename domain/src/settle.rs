//! Settle first: everything due now happens before the command is judged, in deadline order.

use crate::agenda::Due;
use crate::conversation;
use crate::live;
use crate::order;
use crate::order::Phase;
use crate::reactions::{to_client, to_vendor};
use crate::story::Story;
use crate::{payment, waitlist};

/// Settles what is due. Walks forward only, so it ends whatever the facts do.
pub(crate) fn settle(story: &mut Story<'_>) {
    let mut last = None;
    while let Some(next) = story.shop.agenda.due_after(last, story.now) {
        last = Some(next);
        match next.1 {
            Due::Reminder(order) => remind(story, order),
            Due::Hold(order) => order::expire::due(story, order),
            Due::LiveSilence(live) => live::decide::close(story, live, true),
            Due::LastCall(live) => live::decide::last_call(story, live),
            Due::LiveSettle(live) => live::decide::settle(story, live),
            Due::VendorNotice => to_vendor::notice::due(story),
            Due::Choice(order) => order::choice::lapse(story, order),
            Due::Cancellation(order) => order::cancel::lapse(story, order),
            Due::Refund(refund) => payment::refund::overdue(story, refund),
        }
        // What came free goes to those who wait, before the next thing that falls due.
        waitlist::offer::fan_out(story);
    }
}

fn remind(story: &mut Story<'_>, order: crate::ids::OrderId) {
    let Some(known) = story.shop.orders.open.get(&order) else {
        return;
    };
    // A knock that came late: the hold ends in this very commit, and a reminder would be a lie.
    if known.phase != Phase::Held || known.deadline <= story.now {
        return;
    }
    let client = known.client;
    story.fact(conversation::Event::ReminderDue { order });
    // Two carts of hers, reminded in one step: one message is enough to bring her back.
    if to_client::reminded(story, client) {
        return;
    }
    if let Some(message) = to_client::reminder(story, order) {
        to_client::say(story, client, message);
    }
}
