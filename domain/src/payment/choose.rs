//! PAYER, a method, CHANGER: freezing a cart and asking for its charge.

use crate::ids::{AttemptId, OrderId, Reference};
use crate::message::Message;
use crate::order::decide::payable;
use crate::order::{self, Phase, first_paid};
use crate::policy::Rule;
use crate::reactions::{to_client, to_provider};
use crate::rejection::Rejection;
use crate::segment::Method;
use crate::story::Story;
use crate::waitlist::answer;

use super::Event;
use super::evolve::reusable;
use super::money::due;
use super::state::Stage;

/// PAYER: asks the method, or takes the one she prefers; while paying, the same link again.
/// Gives what she is told.
pub(crate) fn pay(story: &mut Story<'_>, order: OrderId) -> Result<Option<Message>, Rejection> {
    answer::accept(story, order);
    let known = payable(story.shop, order)?;
    if let (Phase::Paying, Some(attempt)) = (known.phase, known.attempt) {
        return Ok(to_client::link(story, attempt));
    }
    let client = known.client;
    if let Some(attempt) = good(story, order) {
        return Ok(to_client::link(story, attempt));
    }
    let preferred = story
        .shop
        .clients
        .get(client)
        .and_then(|client| client.method);
    match preferred {
        Some(method) => choose(story, order, method),
        None => Ok(to_client::ask_method(story, order)),
    }
}

/// A method: freezes the cart, tops the hold up once, and requests the charge for what is due.
/// The same method while paying is the same link again; another one is CHANGER first. Gives what
/// she is told now: nothing, where the link is on its way.
pub(crate) fn choose(
    story: &mut Story<'_>,
    order: OrderId,
    method: Method,
) -> Result<Option<Message>, Rejection> {
    first_paid::take(story, order)?;
    answer::accept(story, order);
    let known = payable(story.shop, order)?;
    if known.phase == Phase::Owed {
        return owed(story, order, method);
    }
    let mut unlock = None;
    if let (Phase::Paying, Some(attempt)) = (known.phase, known.attempt) {
        if known.method == Some(method) {
            return Ok(to_client::link(story, attempt));
        }
        // Waiting for the provider at the deadline: there is no time left to give.
        if known.asked {
            return Err(Rejection::OrderFrozen { order });
        }
        unlock = Some(known.deadline);
    }
    if too_many(story, order) {
        return Err(Rejection::TooManyAttempts { order });
    }
    let top = story.shop.policy.minutes(Rule::LockMinutes);
    let until = if known.topped {
        known.deadline
    } else {
        known.at_least(story.now, top)
    };
    if let Some(deadline) = unlock {
        story.fact(order::Event::HoldUnlocked { order, deadline });
    }
    story.fact(Event::PaymentMethodChosen { order, method });
    let reused = reusable(story.shop, order);
    story.fact(order::Event::HoldLockedForPayment { order, until });
    if let Some(attempt) = reused {
        return Ok(to_client::link(story, attempt));
    }
    request(story, order, method);
    Ok(None)
}

/// Its money was taken back and its units are owed: another charge, without any deadline.
fn owed(
    story: &mut Story<'_>,
    order: OrderId,
    method: Method,
) -> Result<Option<Message>, Rejection> {
    let known = story.shop.orders.open.get(&order);
    let same = known.is_some_and(|known| known.method == Some(method));
    if let Some(attempt) = good(story, order).filter(|_| same) {
        return Ok(to_client::link(story, attempt));
    }
    if too_many(story, order) {
        return Err(Rejection::TooManyAttempts { order });
    }
    story.fact(Event::PaymentMethodChosen { order, method });
    request(story, order, method);
    Ok(None)
}

/// The charge of an owed order that still asks what is due, and may still be paid.
fn good(story: &Story<'_>, order: OrderId) -> Option<AttemptId> {
    let known = story.shop.orders.open.get(&order);
    let attempt = known.filter(|known| known.phase == Phase::Owed)?.attempt?;
    let charge = story.shop.payments.get(attempt)?;
    let alive = matches!(
        charge.stage(),
        Some(Stage::Requested | Stage::Unknown | Stage::Created)
    );
    (alive && charge.asked == due(story.shop, order)).then_some(attempt)
}

/// Asks for a new charge of what is due.
pub(super) fn request(story: &mut Story<'_>, order: OrderId, method: Method) {
    let Some(known) = story.shop.orders.open.get(&order) else {
        return;
    };
    debug_assert!(known.payable(), "nothing is asked for what is paid");
    let amount = due(story.shop, order);
    let attempt = story.shop.payments.next();
    let reference = Reference::new(story.shop.id, attempt);
    story.fact(Event::ChargeRequested {
        order,
        attempt,
        reference,
        method,
        amount,
    });
    to_provider::charge(story, attempt);
}

/// After an attempt that nobody knows about, only so many more may follow.
pub(super) fn too_many(story: &Story<'_>, order: OrderId) -> bool {
    let Some(known) = story.shop.orders.open.get(&order) else {
        return true;
    };
    let stage = |id: &AttemptId| story.shop.payments.get(*id).and_then(super::Attempt::stage);
    let unknown = |id: &&AttemptId| stage(id) == Some(Stage::Unknown);
    let Some(first) = known.attempts.iter().find(unknown) else {
        return false;
    };
    let later = known.attempts.iter().filter(|id| *id > first).count();
    u32::try_from(later).unwrap_or(u32::MAX) >= story.shop.policy.count(Rule::AttemptsAfterUnknown)
}

/// CHANGER: the cart can be changed again; money on the old attempt still counts.
pub(crate) fn change(story: &mut Story<'_>, order: OrderId) -> Result<Option<Message>, Rejection> {
    answer::accept(story, order);
    let known = payable(story.shop, order)?;
    if known.phase == Phase::Paying {
        if known.asked {
            return Err(Rejection::OrderFrozen { order });
        }
        let deadline = known.deadline;
        story.fact(order::Event::HoldUnlocked { order, deadline });
    }
    Ok(to_client::ask_method(story, order))
}

/// A payment did not work: back to a cart with a little time left, within "no leak". False where
/// there is no time to give, and the hold has to end.
pub(super) fn back_to_held(story: &mut Story<'_>, order: OrderId) -> bool {
    let Some(known) = story.shop.orders.open.get(&order) else {
        return false;
    };
    let least = story.shop.policy.minutes(Rule::AfterFailureMinutes);
    let deadline = known.at_least(story.now, least);
    if known.asked || deadline <= story.now {
        return false;
    }
    story.fact(order::Event::HoldUnlocked { order, deadline });
    true
}
