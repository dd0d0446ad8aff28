//! What is done about money, by the payer's choice and by the provider's word.

use crate::command::Answer;
use crate::conversation;
use crate::ids::AttemptId;
use crate::message::Message;
use crate::order::{self, Phase, expire};
use crate::policy::Rule;
use crate::reactions::to_client;
use crate::rejection::Rejection;
use crate::story::Story;
use crate::text::Text;

use super::choose::{back_to_held, choose, request, too_many};
use super::state::Stage;
use super::{Command, Event, observe, refund};

/// How late a charge may come before the lock starts again from it, seconds: she is told that
/// her link is coming after as long (architecture.md, "Payments").
const LATE_LINK_SECONDS: i64 = 10;

/// Judges a wish about money.
pub(crate) fn decide(story: &mut Story<'_>, command: &Command) -> Result<Answer, Rejection> {
    match command {
        Command::ChooseMethod { order, method } => {
            let client = story
                .shop
                .orders
                .client(*order)
                .ok_or(Rejection::OrderUnknown)?;
            if let Some(message) = choose(story, *order, *method)? {
                to_client::say(story, client, message);
            }
            let attempt = story
                .shop
                .orders
                .open
                .get(order)
                .and_then(|known| known.attempt);
            Ok(Answer::Done {
                order: Some(*order),
                attempt,
            })
        }
        Command::RecordCharge {
            attempt,
            provider_id,
            link,
        } => created(story, *attempt, provider_id.as_ref(), link),
        Command::RecordChargeFailure {
            attempt,
            reason,
            unknown,
        } => failed(story, *attempt, reason, *unknown),
        Command::LinkLate { attempt } => late(story, *attempt),
        Command::Observe(observation) => observe::observe(story, observation),
        Command::NoAnswer { attempt } => {
            let known = story
                .shop
                .payments
                .get(*attempt)
                .ok_or(Rejection::AttemptUnknown)?;
            let order = known.order;
            if !awaited(story, *attempt) {
                return Ok(Answer::Already);
            }
            expire::wait(story, order);
            Ok(done(*attempt))
        }
        Command::RecordRefund { .. }
        | Command::TakeRefund { .. }
        | Command::SendRefund { .. }
        | Command::ConfirmRefund { .. }
        | Command::FailRefund { .. } => refund::decide(story, command),
    }
}

/// Done, about an attempt.
pub(crate) fn done(attempt: AttemptId) -> Answer {
    Answer::Done {
        order: None,
        attempt: Some(attempt),
    }
}

/// Whether this attempt is the one its order is being paid with.
pub(super) fn current(story: &Story<'_>, attempt: AttemptId) -> bool {
    let order = story.shop.payments.get(attempt).map(|known| known.order);
    let order = order.and_then(|order| story.shop.orders.open.get(&order));
    let pays = |known: &order::Order| matches!(known.phase, Phase::Paying | Phase::Owed);
    order.is_some_and(|known| pays(known) && known.attempt == Some(attempt))
}

/// Whether the provider was asked about it at the lock deadline and its answer is awaited.
pub(super) fn awaited(story: &Story<'_>, attempt: AttemptId) -> bool {
    let order = story.shop.payments.get(attempt).map(|known| known.order);
    let asked = order.and_then(|order| story.shop.orders.open.get(&order));
    current(story, attempt) && asked.is_some_and(|known| known.asked)
}

fn created(
    story: &mut Story<'_>,
    attempt: AttemptId,
    provider_id: Option<&String>,
    link: &str,
) -> Result<Answer, Rejection> {
    let known = story
        .shop
        .payments
        .get(attempt)
        .ok_or(Rejection::AttemptUnknown)?;
    let order = known.order;
    // Its order is closed: nobody needs the link, and late money is found by our reference.
    let Some(open) = &known.open else {
        return Ok(Answer::Already);
    };
    if open.linked {
        return Ok(Answer::Already);
    }
    let provider_id = provider_id.cloned();
    story.fact(Event::ChargeCreated {
        attempt,
        provider_id,
        link: link.to_owned(),
    });
    if current(story, attempt) {
        restart_lock(story, order, attempt);
        let client = story.shop.orders.client(order);
        if let (Some(client), Some(message)) = (client, to_client::link(story, attempt)) {
            to_client::say(story, client, message);
        }
    }
    Ok(done(attempt))
}

/// She waits for a link that does not come; she is told once that it will.
fn late(story: &mut Story<'_>, attempt: AttemptId) -> Result<Answer, Rejection> {
    let known = story
        .shop
        .payments
        .get(attempt)
        .ok_or(Rejection::AttemptUnknown)?;
    let order = known.order;
    let waits = known
        .open
        .as_ref()
        .is_some_and(|open| !open.linked && !open.told_late);
    let client = story.shop.orders.client(order);
    let waits = waits && current(story, attempt) && !awaited(story, attempt);
    let Some(client) = client.filter(|_| waits) else {
        return Ok(Answer::Already);
    };
    story.fact(conversation::Event::LinkDelayed { attempt });
    to_client::say(story, client, Message::LinkComing { order });
    Ok(done(attempt))
}

/// The lock runs from the moment the link exists, where that took noticeably long.
fn restart_lock(story: &mut Story<'_>, order: crate::ids::OrderId, attempt: AttemptId) {
    let Some(known) = story.shop.orders.open.get(&order) else {
        return;
    };
    let until = known.at_least(story.now, story.shop.policy.minutes(Rule::LockMinutes));
    let gained = until.signed_duration_since(known.deadline).num_seconds();
    // An order whose money was taken back has no lock to start again.
    let locked = known.phase == Phase::Paying && known.topped_by == Some(attempt);
    if locked && !known.asked && gained > LATE_LINK_SECONDS {
        story.fact(order::Event::HoldLockedForPayment { order, until });
    }
}

fn failed(
    story: &mut Story<'_>,
    attempt: AttemptId,
    reason: &Text,
    unknown: bool,
) -> Result<Answer, Rejection> {
    let known = story
        .shop
        .payments
        .get(attempt)
        .ok_or(Rejection::AttemptUnknown)?;
    let order = known.order;
    let Some(open) = &known.open else {
        return Ok(Answer::Already);
    };
    let method = open.method;
    // An attempt that may exist can still turn out to be refused; nothing else is taken back.
    let news = match open.stage {
        Stage::Requested => true,
        Stage::Unknown => !unknown,
        Stage::Created | Stage::Failed | Stage::Succeeded => false,
    };
    if !news {
        return Ok(Answer::Already);
    }
    let was_current = current(story, attempt);
    story.fact(Event::ChargeFailed {
        attempt,
        reason: reason.clone(),
        unknown,
    });
    if !was_current {
        return Ok(done(attempt));
    }
    let waiting = awaited(story, attempt);
    if unknown && waiting {
        // Its creation and its deadline met: the answer to the question is still to come.
        return Ok(done(attempt));
    }
    if unknown && !too_many(story, order) {
        // Never asked again under the same reference; a new one may follow.
        request(story, order, method);
        return Ok(done(attempt));
    }
    retry(story, order);
    Ok(done(attempt))
}

/// Back to a cart, and another method is proposed.
pub(super) fn retry(story: &mut Story<'_>, order: crate::ids::OrderId) {
    let client = story.shop.orders.client(order);
    let owed = |known: &order::Order| known.phase == Phase::Owed;
    let owed = story.shop.orders.open.get(&order).is_some_and(owed);
    if !owed && !back_to_held(story, order) {
        return expire::expire(story, order);
    }
    if let (Some(client), Some(message)) = (client, to_client::payment_failed(story, order)) {
        to_client::say(story, client, message);
    }
}
