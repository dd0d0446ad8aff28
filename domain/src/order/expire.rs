//! The end of a hold. While she pays, the provider is asked once at the lock deadline; only a
//! clear answer, or waiting long enough for one, frees the units.

use crate::client::review::review;
use crate::ids::OrderId;
use crate::message::Message;
use crate::payment;
use crate::payment::event::RefundReason;
use crate::payment::refund::{owe_spare, promise};
use crate::policy::Rule;
use crate::reactions::{to_client, to_provider};
use crate::story::Story;
use crate::time::after;
use crate::waitlist::{self, answer};

use super::event::ExtendReason;
use super::{Event, Phase};

/// Its time is up, or the wait for an answer is over.
pub(crate) fn due(story: &mut Story<'_>, order: OrderId) {
    let Some(known) = story.shop.orders.open.get(&order) else {
        return;
    };
    match (known.phase, known.attempt) {
        (Phase::Paying, Some(_)) if known.asked => wait(story, order),
        (Phase::Paying, Some(attempt)) => {
            story.fact(payment::Event::ProviderAsked { attempt });
            to_provider::ask(story, attempt, None, true);
        }
        (Phase::Offered, _) => answer::lapse(story, order),
        // Nothing was held, so there is nothing to tell.
        (Phase::Wished, _) => free(story, order),
        (Phase::Held | Phase::Paying, _) => expire(story, order),
        // Nothing falls due on what is owed.
        (Phase::Confirmed | Phase::Owed | Phase::HandedOver, _) => {}
    }
}

/// The provider is processing, or gave no answer: a little more time, but not without end.
pub(crate) fn wait(story: &mut Story<'_>, order: OrderId) {
    let Some(known) = story.shop.orders.open.get(&order) else {
        return;
    };
    let step = after(story.now, story.shop.policy.minutes(Rule::ProcessingStep));
    let locked = known.locked_until.unwrap_or(known.deadline);
    let end = after(locked, story.shop.policy.minutes(Rule::ProcessingMax));
    let deadline = known.within_bound(step.min(end));
    if deadline <= story.now || deadline <= known.deadline {
        return expire(story, order);
    }
    let reason = ExtendReason::Processing;
    story.fact(Event::HoldExtended {
        order,
        deadline,
        reason,
    });
}

/// The units are free again, and she is told; what she pays from now on comes late.
pub(crate) fn expire(story: &mut Story<'_>, order: OrderId) {
    let Some(known) = story.shop.orders.open.get(&order) else {
        return;
    };
    let client = known.client;
    let lines = to_client::lines(story, &known.lines);
    let again = known
        .lines
        .first()
        .map(|line| (line.variant, line.quantity));
    free(story, order);
    if let Some(back) = owe_spare(story, order, RefundReason::Underpaid) {
        return promise(story, order, back);
    }
    to_client::say(
        story,
        client,
        Message::Expired {
            order,
            lines,
            again,
        },
    );
}

/// The units are free again, without a word: she is told something more important.
pub(crate) fn free(story: &mut Story<'_>, order: OrderId) {
    let Some(known) = story.shop.orders.open.get(&order) else {
        return;
    };
    // What fell due while nobody could reach us, or through the provider, is not her doing.
    let outage = story.shop.outage;
    let unreachable = outage.is_some_and(|silence| silence.holds(known.deadline));
    let attributable = known.holds() && !known.trouble && !unreachable;
    let (client, units, lines) = (known.client, known.held_units(), known.lines.clone());
    story.fact(Event::HoldExpired {
        order,
        client,
        units,
        attributable,
    });
    waitlist::decide::settled(story, client, &lines);
    // What she just lost in trust is told when she asks, never in the message that it is over.
    let _ = review(story, client);
}
