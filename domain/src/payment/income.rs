//! A success with a sum: what it means for its order. Every franc that comes is confirmed, due
//! back, or kept while its payer says what she wants (domain.md, "Paying", the table).

use crate::client;
use crate::client::review::{News, review};
use crate::conversation::notices;
use crate::ids::{AttemptId, ClientId, OrderId};
use crate::message::Message;
use crate::money::Amount;
use crate::order::event::{CancelledBy, ExtendReason};
use crate::order::{self, Fate, Phase, expire};
use crate::policy::Rule;
use crate::reactions::{to_client, to_vendor};
use crate::story::Story;

use super::Event;
use super::choose::back_to_held;
use super::event::{Part, RefundReason};
use super::late;
use super::money::{due, received, spare};
use super::observation::Observation;
use super::refund::{Back, note, owe, owe_spare, promise};

/// What came in one transaction, as facts need it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Income<'a> {
    pub(super) order: OrderId,
    pub(super) attempt: AttemptId,
    /// What the payer paid, whatever the provider kept of it.
    pub(super) came: Amount,
    pub(super) seen: &'a Observation,
}

/// Finds its use. It is recorded as observed already.
pub(super) fn take(story: &mut Story<'_>, income: Income<'_>) {
    let Income { order, seen, .. } = income;
    let code = story.shop.currency().code();
    let foreign = seen.currency.as_ref().is_some_and(|named| named != code);
    if foreign {
        return strange(story, income, RefundReason::WrongCurrency);
    }
    if let Some(stub) = story.shop.orders.closed.get(&order) {
        return match stub.fate {
            Fate::Done if stub.paid => strange(story, income, RefundReason::SecondCharge),
            Fate::Done => settle_debt(story, income),
            Fate::Expired | Fate::Cancelled => late::arrived(story, income),
        };
    }
    let phase = story.shop.orders.open.get(&order).map(|known| known.phase);
    match phase {
        Some(Phase::Confirmed | Phase::HandedOver) => {
            strange(story, income, RefundReason::SecondCharge);
        }
        Some(Phase::Wished | Phase::Offered | Phase::Held | Phase::Paying | Phase::Owed) => {
            count(story, income);
        }
        None => {}
    }
}

/// Money that cannot pay its order goes back; she may pay another way.
pub(super) fn strange(story: &mut Story<'_>, income: Income<'_>, reason: RefundReason) {
    let Income {
        order,
        attempt,
        came,
        seen,
    } = income;
    let was_current = super::decide::current(story, attempt);
    let part = Part {
        attempt,
        amount: came,
    };
    let automatic = owe(story, order, part, reason, seen.provider_id.as_ref());
    let over = was_current && unpaid(story, order) && !back_to_held(story, order);
    if over {
        expire::free(story, order);
    }
    let back = Back {
        amount: came,
        note: note(reason),
        automatic,
    };
    promise(story, order, back);
    // A part that had come before goes back with it.
    if let Some(part) = over
        .then(|| owe_spare(story, order, RefundReason::Underpaid))
        .flatten()
    {
        promise(story, order, part);
    }
}

fn unpaid(story: &Story<'_>, order: OrderId) -> bool {
    let known = story.shop.orders.open.get(&order);
    known.is_some_and(order::Order::unpaid)
}

/// It was handed over, its money taken back, and here it is again.
fn settle_debt(story: &mut Story<'_>, income: Income<'_>) {
    let Income {
        order,
        attempt,
        came,
        seen,
    } = income;
    let paid_at = seen.paid_at.unwrap_or(story.now);
    let total = story.shop.orders.closed.get(&order).map(|stub| stub.total);
    if total != Some(came) {
        return strange(story, income, RefundReason::SecondCharge);
    }
    story.fact(Event::PaymentConfirmed {
        order,
        attempt,
        amount: came,
        paid_at,
        parts: Vec::new(),
    });
    // The sale was told when she bought; what is counted again is told when she asks.
    let _ = told(story, order);
}

/// Money for an order that waits for it: enough, or part of it.
fn count(story: &mut Story<'_>, income: Income<'_>) {
    let order = income.order;
    if due(story.shop, order) > Amount::ZERO {
        return underpaid(story, income);
    }
    let back = confirm(story, order, income.attempt, false);
    let news = told(story, order);
    paid(story, order, back, &news, false);
}

fn told(story: &mut Story<'_>, order: OrderId) -> News {
    let client = story.shop.orders.client(order);
    client.map_or_else(News::default, |client| review(story, client))
}

/// Both are told.
pub(crate) fn paid(
    story: &mut Story<'_>,
    order: OrderId,
    surplus: Option<Back>,
    news: &News,
    late: bool,
) {
    let client = story.shop.orders.client(order);
    if let Some((client, message)) = client.zip(to_client::paid(story, order, surplus, news, late))
    {
        to_client::say(story, client, message);
    }
    to_vendor::notice::paid(story, order, surplus.is_some());
    if let Some(surplus) = surplus {
        to_vendor::refund_due(story, order, surplus);
    }
}

/// The whole sum is there: the units are hers, and what is more goes back. `free` where they are
/// taken again from what is free. Gives the surplus.
pub(crate) fn confirm(
    story: &mut Story<'_>,
    order: OrderId,
    attempt: AttemptId,
    free: bool,
) -> Option<Back> {
    let known = story.shop.payments.get(attempt);
    let paid_at = known.and_then(|known| known.paid_at).unwrap_or(story.now);
    let known = story.shop.orders.open.get(&order)?;
    let (client, total) = (known.client, known.total);
    let units = if known.phase == Phase::Owed {
        Vec::new()
    } else {
        known.units()
    };
    let (parts, surplus) = divide(&spare(story.shop, order), total);
    let several = parts.len() > 1 || parts.first().is_some_and(|part| part.attempt != attempt);
    let parts = if several { parts } else { Vec::new() };
    story.fact(Event::PaymentConfirmed {
        order,
        attempt,
        amount: total,
        paid_at,
        parts,
    });
    story.fact(order::Event::OrderConfirmed {
        order,
        client,
        units,
        from_available: free,
        told_later: notices::busy(story.shop, story.now),
    });
    prefer(story, client, attempt);
    give_back(story, order, &surplus)
}

/// What is more than its price goes back.
fn give_back(story: &mut Story<'_>, order: OrderId, surplus: &[Part]) -> Option<Back> {
    for part in surplus {
        story.fact(Event::PaymentOverpaid {
            order,
            attempt: part.attempt,
            surplus: part.amount,
        });
    }
    super::refund::owe_all(story, order, surplus, RefundReason::Surplus)
}

/// What of the parts pays the total, and what is more.
fn divide(parts: &[Part], total: Amount) -> (Vec<Part>, Vec<Part>) {
    let (mut paying, mut more) = (Vec::new(), Vec::new());
    let mut missing = total;
    for part in parts {
        let used = Amount(part.amount.0.min(missing.0));
        let rest = part.amount.minus(used).unwrap_or_default();
        missing = missing.minus(used).unwrap_or_default();
        let of = |amount| Part {
            attempt: part.attempt,
            amount,
        };
        paying.extend((used > Amount::ZERO).then(|| of(used)));
        more.extend((rest > Amount::ZERO).then(|| of(rest)));
    }
    (paying, more)
}

/// Part of it: the balance is asked, with a little more time, within "no leak". Where there is no
/// time to give, the units are free and what came goes back.
fn underpaid(story: &mut Story<'_>, income: Income<'_>) {
    let Income { order, attempt, .. } = income;
    let (received, missing) = (received(story.shop, order), due(story.shop, order));
    story.fact(Event::PaymentUnderpaid {
        order,
        attempt,
        received,
        missing,
    });
    let Some(known) = story.shop.orders.open.get(&order) else {
        return;
    };
    let client = known.client;
    let until = match known.phase {
        Phase::Owed => Some(known.deadline),
        Phase::Paying => {
            let held = more_time(story, order);
            held.then(|| {
                story
                    .shop
                    .orders
                    .open
                    .get(&order)
                    .map(|known| known.deadline)
            })
            .flatten()
        }
        Phase::Wished | Phase::Offered | Phase::Held | Phase::Confirmed | Phase::HandedOver => {
            Some(lengthen(story, order, known.deadline))
        }
    };
    let Some(until) = until else {
        expire::free(story, order);
        if let Some(back) = owe_spare(story, order, RefundReason::Underpaid) {
            promise(story, order, back);
        }
        return;
    };
    let message = Message::Underpaid {
        order,
        received,
        missing,
        until,
    };
    to_client::say(story, client, message);
}

/// Unfrozen, with time enough to pay the rest.
fn more_time(story: &mut Story<'_>, order: OrderId) -> bool {
    let Some(known) = story.shop.orders.open.get(&order) else {
        return false;
    };
    let least = story.shop.policy.minutes(Rule::LockMinutes);
    let deadline = known.at_least(story.now, least);
    if deadline <= story.now {
        return false;
    }
    story.fact(order::Event::HoldUnlocked { order, deadline });
    true
}

/// A cart that is not frozen gets the time, too.
fn lengthen(
    story: &mut Story<'_>,
    order: OrderId,
    before: chrono::DateTime<chrono::Utc>,
) -> chrono::DateTime<chrono::Utc> {
    let Some(known) = story.shop.orders.open.get(&order) else {
        return before;
    };
    let least = story.shop.policy.minutes(Rule::LockMinutes);
    let deadline = known.at_least(story.now, least);
    if deadline > before {
        story.fact(order::Event::HoldExtended {
            order,
            deadline,
            reason: ExtendReason::Underpaid,
        });
    }
    deadline
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

/// Who had cancelled an order that is over; nobody where its time was up.
pub(super) fn cancelled_by(story: &Story<'_>, order: OrderId) -> Option<CancelledBy> {
    let remains = story.shop.orders.late.get(&order);
    remains.and_then(|remains| remains.cancelled_by)
}
