//! What the provider says about an attempt, however it came: one function, so that the order and
//! the number of webhooks, polls and read-backs do not matter.
//!
//! Only a success with a sum is money, and every such franc ends as confirmed or as due back,
//! exactly once.

use crate::client;
use crate::command::Answer;
use crate::ids::{AttemptId, ClientId, OrderId};
use crate::message::RefundNote;
use crate::money::Amount;
use crate::order::{self, Fate, Phase, expire};
use crate::reactions::{to_client, to_provider, to_vendor};
use crate::rejection::Rejection;
use crate::story::Story;

use super::Event;
use super::choose::back_to_held;
use super::decide::{awaited, current, done, retry};
use super::event::RefundReason;
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
    let answers = seen.source != Source::Webhook && awaited(story, seen.attempt);
    let Some(order) = order.filter(|_| answers) else {
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
                .is_some_and(order::Order::unpaid);
            // Success is sticky, and what failed for a closed order changes nothing.
            if succeeded || !open {
                return Answer::Already;
            }
            record(story, seen, None);
            if current(story, seen.attempt) {
                retry(story, order);
            }
        }
        Status::Reversed => {
            record(story, seen, None);
            if awaited(story, seen.attempt) {
                expire::expire(story, order);
            }
        }
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
    // Some routes give what the payer paid, some what is left after the fees.
    let gross = seen
        .fees
        .filter(|fees| fees.0 > 0)
        .and_then(|fees| amount.plus(fees));
    let fees = seen
        .fees
        .filter(|_| amount != asked && gross == Some(asked));
    let came = if fees.is_some() { asked } else { amount };
    let refund = refund_reason(story, seen, order, came);
    let was_current = current(story, seen.attempt);
    record(story, seen, fees);
    let Some(reason) = refund else {
        return confirm(story, seen, order, came);
    };
    // A success of nothing owes nothing.
    let owed = came > Amount::ZERO;
    if owed {
        story.fact(Event::RefundDue {
            order,
            attempt: seen.attempt,
            amount: came,
            reason,
        });
    }
    // Money that did not pay the order frees her to pay it another way.
    if was_current && !back_to_held(story, order) {
        expire::free(story, order);
    }
    if owed {
        promise_back(story, order, came, reason);
    }
}

/// Why this money does not pay its order; nothing where it does. The full table of domain.md,
/// "Paying", adds its rows here.
fn refund_reason(
    story: &Story<'_>,
    seen: &Observation,
    order: OrderId,
    came: Amount,
) -> Option<RefundReason> {
    let code = story.shop.currency().code();
    if seen
        .currency
        .as_ref()
        .is_some_and(|currency| currency != code)
    {
        return Some(RefundReason::WrongCurrency);
    }
    if let Some(stub) = story.shop.orders.closed.get(&order) {
        return Some(match stub.fate {
            Fate::Expired => RefundReason::Late,
            Fate::Cancelled => RefundReason::Cancelled,
            Fate::Done => RefundReason::SecondCharge,
        });
    }
    let known = story.shop.orders.open.get(&order)?;
    match known.phase {
        Phase::Confirmed | Phase::HandedOver => Some(RefundReason::SecondCharge),
        Phase::Offered | Phase::Held | Phase::Paying => {
            let asked = story
                .shop
                .payments
                .get(seen.attempt)
                .map(|attempt| attempt.asked);
            // A cart that changed after CHANGER is not paid by what the old attempt asked.
            let due = asked.map_or(known.total, |asked| asked.max(known.total));
            let least = asked.map_or(known.total, |asked| asked.min(known.total));
            if came < due {
                Some(RefundReason::Underpaid)
            } else if came > least {
                Some(RefundReason::Surplus)
            } else {
                None
            }
        }
    }
}

fn confirm(story: &mut Story<'_>, seen: &Observation, order: OrderId, amount: Amount) {
    let Some(known) = story.shop.orders.open.get(&order) else {
        return;
    };
    let (client, units) = (known.client, known.units());
    let paid_at = seen.paid_at.unwrap_or(story.now);
    let attempt = seen.attempt;
    story.fact(Event::PaymentConfirmed {
        order,
        attempt,
        amount,
        paid_at,
    });
    story.fact(order::Event::OrderConfirmed {
        order,
        client,
        units,
        from_available: false,
    });
    prefer(story, client, attempt);
    if let Some(message) = to_client::paid(story, order) {
        to_client::say(story, client, message);
    }
    to_vendor::paid(story, order);
}

/// What she paid with is what she is offered first the next time.
fn prefer(story: &mut Story<'_>, client: ClientId, attempt: AttemptId) {
    let known = story.shop.payments.get(attempt);
    let method = known.and_then(|known| known.open.as_ref().map(|open| open.method));
    let before = story.shop.clients.get(client).map(|known| known.method);
    if method.is_some() && before.is_some_and(|before| before != method) {
        story.fact(client::Event::ClientPreferred {
            client,
            language: None,
            simple: None,
            method,
        });
    }
}

/// Both are told what goes back, and she what becomes of her order.
fn promise_back(story: &mut Story<'_>, order: OrderId, amount: Amount, reason: RefundReason) {
    let note = match reason {
        RefundReason::SecondCharge => RefundNote::SecondCharge,
        RefundReason::Surplus => RefundNote::Surplus,
        RefundReason::Underpaid => RefundNote::Underpaid,
        RefundReason::WrongCurrency => RefundNote::OtherCurrency,
        RefundReason::Late => RefundNote::Late,
        RefundReason::Cancelled => RefundNote::Cancelled,
        RefundReason::VendorCancelled => RefundNote::VendorCancelled,
    };
    if let Some(client) = story.shop.orders.client(order) {
        let message = to_client::refund(story, order, amount, note);
        to_client::say(story, client, message);
    }
    to_vendor::refund_due(story, order, amount, note);
}
