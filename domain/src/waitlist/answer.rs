//! What becomes of an offer.

use crate::action::Action;
use crate::ids::{ClientId, OrderId};
use crate::message::Message;
use crate::order::event::{CancelledBy, Line, Units};
use crate::order::{self, Phase};
use crate::reactions::to_client;
use crate::story::Story;

use super::Event;
use super::decide::shown;

/// She takes it: from now on it is her cart. Anything else than an offer stays as it is.
pub(crate) fn accept(story: &mut Story<'_>, order: OrderId) {
    if offer(story, order).is_some() {
        hush(story, order);
        story.fact(Event::OfferAccepted { order });
    }
}

/// She does not want it, and is told whether she still waits.
pub(crate) fn decline(story: &mut Story<'_>, order: OrderId) {
    let Some((client, line)) = offer(story, order) else {
        return;
    };
    let lines = to_client::lines(story, &[line]);
    refuse(story, order, line);
    let waits = shown(story.shop, client, line.variant);
    to_client::say(story, client, Message::OfferDeclined { lines, waits });
}

/// The same without a word: she is told something else.
pub(super) fn refuse(story: &mut Story<'_>, order: OrderId, line: Line) {
    hush(story, order);
    story.fact(Event::OfferDeclined {
        order,
        quantity: line.quantity,
        variant: Some(line.variant),
    });
}

/// She did not answer in time: she leaves, and it costs no trust.
pub(crate) fn lapse(story: &mut Story<'_>, order: OrderId) {
    let Some((client, line)) = offer(story, order) else {
        return;
    };
    let waits = story.shop.waitlists.get(client, line.variant);
    let quantity = waits.map_or(line.quantity, |waiting| waiting.quantity);
    let lines = to_client::lines(story, &[line]);
    story.fact(Event::OfferLapsed {
        order,
        quantity: line.quantity,
        variant: Some(line.variant),
    });
    let variant = line.variant;
    let lapsed = Message::OfferLapsed {
        lines,
        variant,
        quantity,
    };
    to_client::say(story, client, lapsed);
}

/// The vendor takes an offer back: its client leaves, or it would be offered to her again.
pub(crate) fn withdraw(story: &mut Story<'_>, order: OrderId) {
    if let Some((client, line)) = offer(story, order) {
        hush(story, order);
        let variant = line.variant;
        story.fact(Event::WaitlistLeft { client, variant });
    }
}

/// The vendor takes all offers of a client back, and she is told so once.
pub(super) fn withdraw_all(story: &mut Story<'_>, client: ClientId, orders: &[OrderId]) {
    let mut lines = Vec::new();
    for order in orders {
        let Some((_, line)) = offer(story, *order) else {
            continue;
        };
        withdraw(story, *order);
        let (variant, quantity) = (line.variant, line.quantity);
        story.fact(order::Event::OrderCancelled {
            order: *order,
            by: CancelledBy::Vendor,
            units: vec![Units { variant, quantity }],
            was_committed: false,
            reason: None,
        });
        lines.push(line);
    }
    let lines = to_client::lines(story, &lines);
    if let Some(order) = orders.first().copied() {
        let over = Message::CancelledByVendor { order, lines };
        to_client::say(story, client, over);
    }
}

/// Whose an order is and what it offers, if it is an offer that waits for her answer.
pub(super) fn offer(story: &Story<'_>, order: OrderId) -> Option<(ClientId, Line)> {
    let known = story.shop.orders.open.get(&order)?;
    let line = known.lines.first().copied()?;
    (known.phase == Phase::Offered).then_some((known.client, line))
}

/// Whether it is offered to her in this very step.
pub(crate) fn told_now(story: &Story<'_>, order: OrderId) -> bool {
    story.actions.iter().any(|action| offers(action, order))
}

/// What she is told next says more than the offer of this very step would.
fn hush(story: &mut Story<'_>, order: OrderId) {
    story.actions.retain(|action| !offers(action, order));
}

fn offers(action: &Action, order: OrderId) -> bool {
    matches!(
        action,
        Action::Say { message: Message::Offer { order: offered, .. }, .. } if *offered == order
    )
}
