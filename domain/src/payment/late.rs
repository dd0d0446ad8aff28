//! Money for an order that is over. Where every line is still free it is honoured; else, and where
//! she had cancelled herself, she says what she wants, and without an answer it goes back.

use crate::message::Message;
use crate::money::Amount;
use crate::order::choice;
use crate::order::event::{CancelledBy, Choice};
use crate::order::{self, Fate};
use crate::policy::Rule;
use crate::reactions::to_client;
use crate::story::Story;
use crate::time::after;

use super::Event;
use super::event::RefundReason;
use super::income::{Income, cancelled_by, strange};
use super::money::received;

/// Judges it by how the order ended.
pub(super) fn arrived(story: &mut Story<'_>, income: Income<'_>) {
    let Income {
        order,
        attempt,
        came,
        ..
    } = income;
    let Some(stub) = story.shop.orders.closed.get(&order) else {
        return;
    };
    let (fate, total) = (stub.fate, stub.total);
    let by = cancelled_by(story, order);
    let kept = story.shop.orders.late.contains_key(&order);
    let before = received(story.shop, order).minus(came).unwrap_or_default();
    story.fact(Event::PaymentArrivedLate {
        order,
        attempt,
        amount: came,
    });
    let cancelled = fate == Fate::Cancelled;
    let hers = by == Some(CancelledBy::Client) && came == total;
    if !kept || (cancelled && !hers) {
        let reason = if cancelled {
            RefundReason::Cancelled
        } else {
            RefundReason::Late
        };
        return strange(story, income, reason);
    }
    // The whole sum waits for her answer already: this is more of it.
    if before >= total {
        return strange(story, income, RefundReason::SecondCharge);
    }
    if received(story.shop, order) < total {
        return short(story, income, total);
    }
    if cancelled {
        return ask(story, income, None, vec![Choice::Keep, Choice::Refund]);
    }
    if choice::free(story, order) {
        return choice::honour(story, order);
    }
    let options = vec![Choice::Wait, Choice::Swap, Choice::Refund];
    ask(story, income, None, options);
}

/// Late and too little: she may pay the rest while every line is free.
fn short(story: &mut Story<'_>, income: Income<'_>, total: Amount) {
    let order = income.order;
    if !choice::free(story, order) {
        // She may have been asked to complete it before: that is over, too.
        choice::close(story, order);
        if let Some(back) = super::refund::owe_spare(story, order, RefundReason::Late) {
            super::refund::promise(story, order, back);
        }
        return;
    }
    let missing = total.minus(received(story.shop, order));
    ask(
        story,
        income,
        missing,
        vec![Choice::Complete, Choice::Refund],
    );
}

fn ask(story: &mut Story<'_>, income: Income<'_>, missing: Option<Amount>, options: Vec<Choice>) {
    let order = income.order;
    let until = after(story.now, story.shop.policy.hours(Rule::LateChoiceHours));
    let cancelled = cancelled_by(story, order).is_some();
    story.fact(order::Event::ChoiceAsked {
        order,
        options: options.clone(),
        until,
    });
    let message = Message::AskChoice {
        order,
        lines: choice::lines(story, order),
        amount: received(story.shop, order),
        missing,
        cancelled,
        options,
        until,
    };
    if let Some(client) = story.shop.orders.client(order) {
        to_client::say(story, client, message);
    }
}
