//! What shall become of money that came when its order was over: she chooses, or nobody answers.

use crate::agenda::Due;
use crate::client::review::review;
use crate::ids::{OrderId, VariantId};
use crate::message::{LineShown, Message, SwapShown};
use crate::money::Amount;
use crate::payment::event::RefundReason;
use crate::payment::income::{confirm, paid};
use crate::payment::money::{received, spare};
use crate::payment::{self, refund};
use crate::policy::Rule;
use crate::reactions::to_client;
use crate::rejection::Rejection;
use crate::story::Story;
use crate::time::after;

use super::Event;
use super::event::{CancelledBy, Choice, Line};
use super::state::{Remains, units};

/// Rows of a WhatsApp list.
const OFFERS_MOST: usize = 10;

/// She chose. Gives what she is told, where nothing else tells her.
pub(crate) fn choose(
    story: &mut Story<'_>,
    order: OrderId,
    choice: Choice,
) -> Result<Option<Message>, Rejection> {
    let remains = asked(story, order)?;
    // Who waits may still change her mind; everything else was on the buttons.
    let waits = story.shop.orders.waiting.contains(&order);
    let open = remains.options.contains(&choice)
        || (waits && matches!(choice, Choice::Swap | Choice::Refund));
    if !open {
        return Err(Rejection::NoChoice { order });
    }
    match choice {
        Choice::Swap => Ok(Some(offers(story, order))),
        Choice::Refund => {
            give_back(story, order);
            Ok(None)
        }
        Choice::Wait => Ok(wait(story, order)),
        Choice::Keep if free(story, order) => {
            chose(story, order, choice);
            honour(story, order);
            Ok(None)
        }
        Choice::Keep => Ok(Some(ask_again(story, order))),
        Choice::Complete => complete(story, order),
    }
}

/// The order that is over and about which something is to be chosen.
fn asked<'a>(story: &'a Story<'_>, order: OrderId) -> Result<&'a Remains, Rejection> {
    if let Some(remains) = story.shop.orders.late.get(&order)
        && (!remains.options.is_empty() || story.shop.orders.waiting.contains(&order))
    {
        return Ok(remains);
    }
    super::decide::payable(story.shop, order)?;
    Err(Rejection::NoChoice { order })
}

fn chose(story: &mut Story<'_>, order: OrderId, choice: Choice) {
    let until = None;
    story.fact(Event::ChoiceMade {
        order,
        choice,
        until,
    });
}

/// Its lines, as she sees them.
pub(crate) fn lines(story: &Story<'_>, order: OrderId) -> Vec<LineShown> {
    let remains = story.shop.orders.late.get(&order);
    remains.map_or_else(Vec::new, |remains| to_client::lines(story, &remains.lines))
}

/// Whether every line of an order that is over is free.
pub(crate) fn free(story: &Story<'_>, order: OrderId) -> bool {
    let remains = story.shop.orders.late.get(&order);
    let left = |line: &Line| story.shop.catalogue.available(line.variant) >= line.quantity;
    remains.is_some_and(|remains| remains.lines.iter().all(left))
}

/// Her money counts after all. The caller has seen that its lines are free.
pub(crate) fn honour(story: &mut Story<'_>, order: OrderId) {
    live_again(story, order, None);
}

fn live_again(story: &mut Story<'_>, order: OrderId, instead: Option<Line>) {
    let Some(last) = spare(story.shop, order).last().copied() else {
        return;
    };
    // Nothing is confirmed with less than it costs.
    if instead.is_none() && !whole(story, order) {
        return;
    }
    let attempt = last.attempt;
    story.fact(payment::Event::LatePaymentHonoured { order, attempt });
    if let Some(line) = instead {
        let total = line.unit_price.times(line.quantity).unwrap_or_default();
        story.fact(Event::OrderSwapped {
            order,
            lines: vec![line],
            total,
        });
    }
    let surplus = confirm(story, order, attempt, true);
    let client = story.shop.orders.client(order);
    let news = client.map(|client| review(story, client));
    paid(story, order, surplus, &news.unwrap_or_default(), true);
}

/// Those who wait with their money are served first, the longest waiting before the others.
pub(crate) fn serve(story: &mut Story<'_>) {
    if story.shop.orders.waiting.is_empty() {
        return;
    }
    let mut waiting: Vec<OrderId> = story.shop.orders.waiting.iter().copied().collect();
    // Everybody waits as long: whose time ends first has waited longest.
    waiting.sort_by_key(|order| story.shop.agenda.at(Due::Choice(*order)));
    for order in waiting {
        if free(story, order) {
            honour(story, order);
        }
    }
}

fn wait(story: &mut Story<'_>, order: OrderId) -> Option<Message> {
    let until = after(story.now, story.shop.policy.hours(Rule::LateWaitHours));
    story.fact(Event::ChoiceMade {
        order,
        choice: Choice::Wait,
        until: Some(until),
    });
    if free(story, order) {
        honour(story, order);
        return None;
    }
    let lines = lines(story, order);
    Some(Message::WaitsForUnits {
        order,
        lines,
        until,
    })
}

/// She would keep it, and somebody else has the units now.
fn ask_again(story: &mut Story<'_>, order: OrderId) -> Message {
    let until = after(story.now, story.shop.policy.hours(Rule::LateChoiceHours));
    let options = vec![Choice::Wait, Choice::Swap, Choice::Refund];
    story.fact(Event::ChoiceAsked {
        order,
        options: options.clone(),
        until,
    });
    Message::AskChoice {
        order,
        lines: lines(story, order),
        amount: received(story.shop, order),
        missing: None,
        cancelled: false,
        options,
        until,
    }
}

/// The rest can be paid while every line is free; else what came goes back.
fn complete(story: &mut Story<'_>, order: OrderId) -> Result<Option<Message>, Rejection> {
    if !free(story, order) {
        give_back(story, order);
        return Ok(None);
    }
    let Some(remains) = story.shop.orders.late.get(&order) else {
        return Ok(None);
    };
    let units = units(&remains.lines);
    let client = story.shop.orders.client(order);
    let client = client.ok_or(Rejection::OrderUnknown)?;
    let deadline = after(story.now, story.shop.policy.minutes(Rule::LockMinutes));
    chose(story, order, Choice::Complete);
    story.fact(Event::OrderReopened {
        order,
        client,
        units,
        deadline,
    });
    // It runs again: what its expiry had cost her is hers again.
    let _ = review(story, client);
    payment::choose::pay(story, order)
}

/// She wants it back, or nothing else is left.
fn give_back(story: &mut Story<'_>, order: OrderId) {
    chose(story, order, Choice::Refund);
    send_back(story, order);
}

fn send_back(story: &mut Story<'_>, order: OrderId) {
    let reason = match cancelled(story, order) {
        Some(_) => RefundReason::Cancelled,
        None => RefundReason::Late,
    };
    if let Some(back) = refund::owe_spare(story, order, reason) {
        refund::promise(story, order, back);
    }
}

fn cancelled(story: &Story<'_>, order: OrderId) -> Option<CancelledBy> {
    let remains = story.shop.orders.late.get(&order);
    remains.and_then(|remains| remains.cancelled_by)
}

/// She did not answer, or waited in vain.
pub(crate) fn lapse(story: &mut Story<'_>, order: OrderId) {
    story.fact(Event::ChoiceLapsed { order });
    send_back(story, order);
}

/// Money about which she was asked, or with which she waits, was taken back: what was to be chosen
/// needs the whole sum, or at least a part of it. What is left goes back.
pub(crate) fn emptied(story: &mut Story<'_>, order: OrderId) {
    let Ok(remains) = asked(story, order) else {
        return;
    };
    let left = received(story.shop, order);
    let completes = remains.options.contains(&Choice::Complete) && left > Amount::ZERO;
    if completes || whole(story, order) {
        return;
    }
    lapse(story, order);
}

/// What was to be chosen is not to be chosen any more.
pub(crate) fn close(story: &mut Story<'_>, order: OrderId) {
    if asked(story, order).is_ok() {
        story.fact(Event::ChoiceLapsed { order });
    }
}

/// Whether the whole sum of an order that is over is there.
fn whole(story: &Story<'_>, order: OrderId) -> bool {
    let stub = story.shop.orders.closed.get(&order);
    stub.is_some_and(|stub| received(story.shop, order) >= stub.total)
}

/// What she could have instead: on sale, free, and not dearer than what she paid.
fn offers(story: &Story<'_>, order: OrderId) -> Message {
    let amount = received(story.shop, order);
    let shelf = &story.shop.catalogue;
    let rows = shelf.variants().filter_map(|(id, variant)| {
        let product = shelf.product(variant.product)?;
        let had = |line: &Line| line.variant == id;
        let remains = story.shop.orders.late.get(&order)?;
        let fits = variant.available() > 0
            && !product.archived
            && product.price <= amount
            && !remains.lines.iter().any(had);
        fits.then(|| SwapShown {
            variant: id,
            keyword: product.keyword.clone(),
            name: product.name.clone(),
            label: variant.label(),
            price: product.price,
        })
    });
    Message::AskSwap {
        order,
        amount,
        offers: rows.take(OFFERS_MOST).collect(),
    }
}

/// This instead: as many as she had, as far as there are and her money goes. What is left of it
/// goes back.
pub(crate) fn swap(
    story: &mut Story<'_>,
    order: OrderId,
    variant: VariantId,
) -> Result<(), Rejection> {
    let remains = asked(story, order)?;
    let waits = story.shop.orders.waiting.contains(&order);
    if !waits && !remains.options.contains(&Choice::Swap) {
        return Err(Rejection::NoChoice { order });
    }
    let had: u32 = remains.lines.iter().map(|line| line.quantity).sum();
    let line = instead(story, order, variant, had)?;
    chose(story, order, Choice::Swap);
    live_again(story, order, Some(line));
    Ok(())
}

fn instead(
    story: &Story<'_>,
    order: OrderId,
    variant: VariantId,
    had: u32,
) -> Result<Line, Rejection> {
    let shelf = &story.shop.catalogue;
    let known = shelf.variant(variant).ok_or(Rejection::StockUnknown)?;
    let product = shelf
        .product(known.product)
        .ok_or(Rejection::ProductUnknown)?;
    let shown = shelf
        .shown(known.product)
        .ok_or(Rejection::ProductUnknown)?;
    if product.archived {
        return Err(Rejection::ProductArchived { product: shown });
    }
    let left = known.available();
    let fits = |quantity: &u32| {
        let price = product.price.times(*quantity);
        price.is_some_and(|price: Amount| price <= received(story.shop, order))
    };
    let quantity = (1..=had.min(left)).rev().find(fits);
    let quantity = quantity.ok_or(Rejection::NotEnoughLeft {
        product: shown,
        variant,
        asked: had,
        left,
        may_wait: false,
    })?;
    Ok(Line {
        product: known.product,
        variant,
        quantity,
        unit_price: product.price,
    })
}
