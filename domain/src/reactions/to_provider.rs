//! What is asked of the payment provider.

use crate::action::Action;
use crate::ids::{AttemptId, Reference};
use crate::story::Story;

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
        not_after: order.deadline,
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
    };
    story.promise(action);
}
