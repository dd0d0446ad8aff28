//! What is asked of the payment provider.

use crate::action::Action;
use chrono::TimeDelta;

use crate::ids::{AttemptId, Reference, RefundId};
use crate::story::Story;
use crate::time::after;

/// How long a charge for what is owed is worth making; it has no deadline of its own.
const OWED_FOR: TimeDelta = TimeDelta::hours(1);

/// Asks for the charge of an attempt; pointless after the lock deadline of its order.
pub(crate) fn charge(story: &mut Story<'_>, attempt: AttemptId) {
    let Some(known) = story.shop.payments.get(attempt) else {
        return;
    };
    let (Some(open), Some(order)) = (&known.open, story.shop.orders.open.get(&known.order)) else {
        return;
    };
    let country = story
        .shop
        .profile
        .as_ref()
        .map(|profile| profile.country.clone());
    let action = Action::Charge {
        attempt,
        reference: Reference::new(story.shop.id, attempt),
        method: open.method,
        amount: known.asked,
        currency: story.shop.currency(),
        country: country.unwrap_or_default(),
        not_after: if order.unpaid() {
            order.deadline
        } else {
            after(story.now, OWED_FOR)
        },
    };
    story.promise(action);
}

/// She says she paid: asks what became of an attempt, and a person waits for the answer.
pub(crate) fn claim(story: &mut Story<'_>, attempt: AttemptId) {
    asks(story, attempt, None, false, true);
}

/// Asks the provider to send a whole transaction back: the named one, or the one there is.
pub(crate) fn refund(story: &mut Story<'_>, refund: RefundId, transaction: Option<String>) {
    let Some(item) = story.shop.payments.refunds.get(&refund) else {
        return;
    };
    let action = Action::Refund {
        refund,
        attempt: item.attempt,
        reference: Reference::new(story.shop.id, item.attempt),
        provider_id: transaction,
        amount: item.amount,
    };
    story.promise(action);
}

/// Asks what became of an attempt.
pub(crate) fn ask(
    story: &mut Story<'_>,
    attempt: AttemptId,
    seen: Option<&String>,
    deadline: bool,
) {
    asks(story, attempt, seen, deadline, false);
}

fn asks(
    story: &mut Story<'_>,
    attempt: AttemptId,
    seen: Option<&String>,
    deadline: bool,
    claim: bool,
) {
    let known = story
        .shop
        .payments
        .get(attempt)
        .and_then(|known| known.open.as_ref());
    let known = known.and_then(|open| open.provider_id.as_ref());
    let action = Action::Ask {
        attempt,
        reference: Reference::new(story.shop.id, attempt),
        provider_id: seen.or(known).cloned(),
        deadline,
        claim,
    };
    story.promise(action);
}
