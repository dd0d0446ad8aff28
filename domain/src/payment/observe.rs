//! What the provider says about an attempt, however it came: one function, so that the order and
//! the number of webhooks, polls and read-backs do not matter.
//!
//! Only a success with a sum is money, and every such franc ends as confirmed or as due back,
//! exactly once.

use crate::client::review::review;
use crate::command::Answer;
use crate::conversation::claim;
use crate::ids::{AttemptId, ClientId, OrderId};
use crate::message::Message;
use crate::money::Amount;
use crate::order::{self, Fate, Phase, choice, expire};
use crate::reactions::{to_client, to_provider, to_vendor};
use crate::rejection::Rejection;
use crate::story::Story;

use super::Event;
use super::choose::back_to_held;
use super::decide::{awaited, current, done, retry};
use super::income::{self, Income};
use super::observation::{Observation, Source, Status, Trusted};
use super::state::Seen;

/// Takes in one observation.
pub(crate) fn observe(story: &mut Story<'_>, seen: &Observation) -> Result<Answer, Rejection> {
    if story.shop.payments.get(seen.attempt).is_none() {
        return Err(Rejection::AttemptUnknown);
    }
    let decisive = match seen.status {
        Status::Succeeded | Status::Failed | Status::Cancelled | Status::Reversed => true,
        Status::Pending
        | Status::Processing
        | Status::Authorized
        | Status::Unknown
        | Status::Absent => false,
    };
    if decisive && known_already(story, seen) {
        return Ok(already(story, seen));
    }
    match (seen.trusted, decisive) {
        // A hint: the API is asked, and nothing counts.
        (Trusted::Hint, true) => {
            to_provider::ask(story, seen.attempt, seen.provider_id.as_ref(), false);
            Ok(done(seen.attempt))
        }
        (Trusted::Hint, false) => Ok(Answer::Already),
        (Trusted::Fully, true) => Ok(decided(story, seen)),
        (Trusted::Fully, false) => Ok(undecided(story, seen)),
    }
}

/// The transaction an observation is about: its own word, else what the provider said before.
fn transaction(story: &Story<'_>, seen: &Observation) -> String {
    let known = story
        .shop
        .payments
        .get(seen.attempt)
        .and_then(|known| known.open.as_ref());
    let known = known.and_then(|open| open.provider_id.clone());
    seen.provider_id.clone().or(known).unwrap_or_default()
}

fn known_already(story: &Story<'_>, seen: &Observation) -> bool {
    let Some(known) = story.shop.payments.get(seen.attempt) else {
        return false;
    };
    let fact = Seen::new(&transaction(story, seen), seen.status);
    let nameless = Seen::new("", seen.status);
    known.seen.iter().any(|before| {
        // Without a name on either side it is taken for the one transaction there is.
        *before == fact || *before == nameless || (fact == nameless && before.status == seen.status)
    })
}

/// Nothing new. But an answer awaited at the lock deadline, which says again what did not make
/// the order paid, ends the wait.
fn already(story: &mut Story<'_>, seen: &Observation) -> Answer {
    let order = story
        .shop
        .payments
        .get(seen.attempt)
        .map(|known| known.order);
    match order {
        Some(order) if seen.trusted == Trusted::Fully && awaited(story, seen.attempt) => {
            expire::expire(story, order);
            done(seen.attempt)
        }
        Some(order) if seen.source != Source::Webhook && seen.status != Status::Succeeded => {
            claim::answered(story, order, seen.attempt, seen.status)
        }
        _ => Answer::Already,
    }
}

/// Pending and the like are no facts; they only answer the question of the lock deadline.
fn undecided(story: &mut Story<'_>, seen: &Observation) -> Answer {
    let order = story
        .shop
        .payments
        .get(seen.attempt)
        .map(|known| known.order);
    // A late webhook is older than our question; only what we asked answers it.
    let asked = seen.source != Source::Webhook;
    if let Some(order) = order.filter(|_| asked && !awaited(story, seen.attempt)) {
        return claim::answered(story, order, seen.attempt, seen.status);
    }
    let Some(order) = order.filter(|_| asked) else {
        return Answer::Already;
    };
    match seen.status {
        Status::Processing | Status::Authorized => expire::wait(story, order),
        Status::Pending
        | Status::Unknown
        | Status::Absent
        | Status::Succeeded
        | Status::Failed
        | Status::Cancelled
        | Status::Reversed => expire::expire(story, order),
    }
    done(seen.attempt)
}

/// She changed her mind about this charge, and now it failed: she is asked again how to pay.
fn other_method(
    story: &Story<'_>,
    attempt: AttemptId,
    order: OrderId,
) -> Option<(ClientId, Message)> {
    let known = story.shop.orders.open.get(&order)?;
    let last = known.phase == Phase::Held && known.attempts.last() == Some(&attempt);
    let message = to_client::payment_failed(story, order).filter(|_| last)?;
    Some((known.client, message))
}

fn decided(story: &mut Story<'_>, seen: &Observation) -> Answer {
    let Some(known) = story.shop.payments.get(seen.attempt) else {
        return Answer::Already;
    };
    let (order, succeeded) = (known.order, known.got > Amount::ZERO);
    match seen.status {
        Status::Succeeded => match seen.amount {
            Some(amount) => money(story, seen, order, amount),
            None => return sumless(story, seen, order),
        },
        Status::Failed | Status::Cancelled => {
            let open = story
                .shop
                .orders
                .open
                .get(&order)
                .is_some_and(order::Order::payable);
            // Success is sticky, and what failed for an order that is over changes nothing.
            if succeeded {
                return Answer::Already;
            }
            if !open {
                return claim::answered(story, order, seen.attempt, seen.status);
            }
            record(story, seen, None);
            claim::settled(story, order);
            if current(story, seen.attempt) {
                retry(story, order);
            } else if let Some((client, message)) = other_method(story, seen.attempt, order) {
                to_client::say(story, client, message);
            }
        }
        Status::Reversed => reversed(story, seen, order),
        Status::Pending
        | Status::Processing
        | Status::Authorized
        | Status::Unknown
        | Status::Absent => return Answer::Already,
    }
    done(seen.attempt)
}

/// The status route says succeeded without a sum: the detail is asked, and meanwhile the units
/// stay hers as while processing.
fn sumless(story: &mut Story<'_>, seen: &Observation, order: OrderId) -> Answer {
    if awaited(story, seen.attempt) {
        expire::wait(story, order);
    }
    if seen.source == Source::Status {
        to_provider::ask(story, seen.attempt, seen.provider_id.as_ref(), false);
    }
    done(seen.attempt)
}

fn record(story: &mut Story<'_>, seen: &Observation, fees: Option<Amount>) {
    let code = story.shop.currency().code();
    let fact = Event::PaymentObserved {
        attempt: seen.attempt,
        provider_id: transaction(story, seen),
        status: seen.status,
        amount: seen.amount,
        currency: seen.currency.clone().filter(|currency| currency != code),
        fees,
        paid_at: seen.paid_at.unwrap_or(story.now),
        source: seen.source,
        trusted: seen.trusted,
    };
    story.fact(fact);
}

/// A success with a sum.
fn money(story: &mut Story<'_>, seen: &Observation, order: OrderId, amount: Amount) {
    let Some(attempt) = story.shop.payments.get(seen.attempt) else {
        return;
    };
    let asked = attempt.asked;
    let fees = net_of(seen, asked);
    let came = if fees.is_some() { asked } else { amount };
    let gone = saw(story, seen, Status::Reversed);
    let attempt = seen.attempt;
    let was_current = current(story, attempt);
    record(story, seen, fees);
    if came <= Amount::ZERO {
        // A success of nothing owes nothing, and pays nothing.
        if was_current {
            retry_quietly(story, order);
        }
        return;
    }
    if gone {
        // Its reversal was faster: it came and went.
        story.fact(Event::PaymentReversed {
            order,
            attempt,
            amount: came,
        });
        return;
    }
    income::take(
        story,
        Income {
            order,
            attempt,
            came,
            seen,
        },
    );
}

/// The fees that are missing in a sum. Some routes give what the payer paid, some what is left
/// after the fees: it is net where the fees make it what was asked.
fn net_of(seen: &Observation, asked: Amount) -> Option<Amount> {
    let (amount, fees) = (seen.amount?, seen.fees.filter(|fees| fees.0 > 0)?);
    (amount != asked && amount.plus(fees) == Some(asked)).then_some(fees)
}

/// Whether this transaction was seen in a status before.
fn saw(story: &Story<'_>, seen: &Observation, status: Status) -> bool {
    let fact = Seen::new(&transaction(story, seen), status);
    let known = story.shop.payments.get(seen.attempt);
    known.is_some_and(|known| known.seen.contains(&fact))
}

fn retry_quietly(story: &mut Story<'_>, order: OrderId) {
    if !back_to_held(story, order) {
        expire::expire(story, order);
    }
}

/// The provider took money back: what was on its way back anyway has arrived; what paid an order
/// leaves it owed its money.
fn reversed(story: &mut Story<'_>, seen: &Observation, order: OrderId) {
    let attempt = seen.attempt;
    let came = saw(story, seen, Status::Succeeded) || meant(story, seen);
    let asked = story.shop.payments.get(attempt).map(|known| known.asked);
    record(story, seen, asked.and_then(|asked| net_of(seen, asked)));
    let Some(known) = story.shop.payments.get(attempt) else {
        return;
    };
    if !came {
        // Faster than its success, or a charge that never brought anything.
        if awaited(story, attempt) {
            expire::expire(story, order);
        }
        return;
    }
    let got = known.got;
    let rest = super::refund::arrived(story, attempt, gone(seen, known.asked, got));
    let counted = counted(story, order, attempt);
    let taken = Amount(rest.0.min(counted.0));
    if taken <= Amount::ZERO {
        return;
    }
    let before = story.shop.orders.client(order);
    story.fact(Event::PaymentReversed {
        order,
        attempt,
        amount: taken,
    });
    // What she lost in trust is told when she asks.
    let _ = before.map(|client| review(story, client));
    choice::emptied(story, order);
    to_vendor::reversed(story, order, taken);
    if let Some((client, message)) = before.zip(to_client::taken_back(story, order, taken)) {
        to_client::say(story, client, message);
    }
}

/// Whether a reversal without a name can mean only one transaction: the one that succeeded.
fn meant(story: &Story<'_>, seen: &Observation) -> bool {
    let Some(known) = story.shop.payments.get(seen.attempt) else {
        return false;
    };
    let paid = known
        .seen
        .iter()
        .filter(|seen| seen.status == Status::Succeeded);
    transaction(story, seen).is_empty() && paid.count() == 1
}

/// How much went back. A net sum with its fees is the whole of what came, or what was asked, as
/// it was when it came; without a readable sum it is all.
fn gone(seen: &Observation, asked: Amount, got: Amount) -> Amount {
    let Some(amount) = seen.amount.filter(|amount| amount.0 > 0 && *amount < got) else {
        return got;
    };
    match seen.fees.and_then(|fees| amount.plus(fees)) {
        Some(gross) if gross == got || gross == asked => gross.min(got),
        _ => amount,
    }
}

/// What of an attempt is in use: it pays an order, or waits for its payer's answer.
fn counted(story: &Story<'_>, order: OrderId, attempt: AttemptId) -> Amount {
    let Some(known) = story.shop.payments.get(attempt) else {
        return Amount::ZERO;
    };
    let spare = known.spare().0;
    if let Some(open) = story.shop.orders.open.get(&order) {
        let parts = open.paid.iter().flat_map(|paid| &paid.parts);
        let paid = parts.filter(|part| part.attempt == attempt);
        let paid = paid.fold(0_i64, |sum, part| sum.saturating_add(part.amount.0));
        return Amount(paid.saturating_add(spare));
    }
    let stub = story.shop.orders.closed.get(&order);
    let paid = stub.filter(|stub| stub.paid && stub.fate == Fate::Done);
    let paid = paid.map_or(0, |stub| stub.total.0.min(known.accounted.0));
    Amount(paid.saturating_add(spare))
}
