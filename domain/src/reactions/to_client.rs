//! What a client is told: the data of her messages, how urgent they are, and until when they are
//! true.

use chrono::{DateTime, TimeDelta, Utc};

use crate::action::{Action, Class};
use crate::client::review::News;
use crate::ids::{AttemptId, ClientId, ContactId, OrderId, ProductId, Reference};
use crate::message::{LineShown, Message, Scarcity, WaitShown, Waiting};
use crate::money::Amount;
use crate::order::Phase;
use crate::order::event::Line;
use crate::order::place::Held;
use crate::payment::money;
use crate::payment::refund::Back;
use crate::policy::Rule;
use crate::shop::Shop;
use crate::story::Story;
use crate::time::{after, minutes_left};

/// An answer about what is sold or left grows stale; a message older than this is not executed
/// either (`command::too_old`).
const STALE_AFTER: TimeDelta = TimeDelta::hours(1);

/// Promises a message to a client, in her language.
pub(crate) fn say(story: &mut Story<'_>, client: ClientId, message: Message) {
    let Some(known) = story.shop.clients.get(client) else {
        return;
    };
    let (to, language, simple) = (known.contact, known.language, known.simple);
    let (class, not_after) = urgency(story, &message);
    if !matches!(message, Message::Reminder { .. } | Message::Expired { .. }) {
        hush_reminder(story, to);
    }
    story.promise(Action::Say {
        to,
        language,
        simple,
        class,
        not_after,
        message,
    });
}

/// One message a step: whatever else she is told now, a reminder of this step would be a second.
fn hush_reminder(story: &mut Story<'_>, contact: ContactId) {
    story.actions.retain(|action| match action {
        Action::Say {
            to,
            message: Message::Reminder { .. },
            ..
        } => *to != contact,
        Action::Say { .. } | Action::Charge { .. } | Action::Ask { .. } | Action::Refund { .. } => {
            true
        }
    });
}

fn urgency(story: &Story<'_>, message: &Message) -> (Class, Option<DateTime<Utc>>) {
    let deadline = |order: &OrderId| {
        let known = story.shop.orders.open.get(order);
        let known = known.filter(|known| known.unpaid());
        known.map(|known| known.deadline)
    };
    let stale = Some(after(story.now, STALE_AFTER));
    match message {
        Message::Held { deadline, .. } | Message::Offer { deadline, .. } => {
            (Class::Hold, Some(*deadline))
        }
        Message::AskMethod { order, .. }
        | Message::LinkComing { order }
        | Message::PaymentLink { order, .. }
        | Message::PaymentFailed { order, .. }
        | Message::Reminder { order, .. } => (Class::Hold, deadline(order)),
        Message::Expired { .. }
        | Message::Cancelled { .. }
        | Message::CancelledByVendor { .. }
        | Message::Released { .. }
        | Message::OfferLapsed { .. }
        | Message::WaitlistClosed { .. } => (Class::Hold, None),
        Message::FirstPaid { .. } | Message::UnitFree { .. } => (Class::Hold, stale),
        // What is owed has no deadline: its balance is asked whenever it is missing.
        Message::Underpaid { until, .. } | Message::AskChoice { until, .. } => (
            Class::Money,
            Some(*until).filter(|until| *until > story.now),
        ),
        Message::Paid { .. }
        | Message::RefundPromised { .. }
        | Message::RefundSent { .. }
        | Message::WaitsForUnits { .. }
        | Message::TakenBack { .. }
        | Message::CancellationAsked { .. }
        | Message::CancellationRefused { .. } => (Class::Money, None),
        Message::CheckingPayment { .. } | Message::NotPaidYet { .. } | Message::AskSwap { .. } => {
            (Class::Money, stale)
        }
        Message::Refused(_)
        | Message::LiveOver { .. }
        | Message::WaitlistJoined(_)
        | Message::OfferDeclined { .. }
        | Message::WaitlistLeft { .. } => (Class::Refusal, stale),
        Message::Vendor(_) => (Class::Vendor, None),
        Message::Catalogue { .. }
        | Message::Purchases { .. }
        | Message::Help { .. }
        | Message::Why { .. }
        | Message::Stopped
        | Message::Hint { .. }
        | Message::PleaseWrite { .. }
        | Message::LanguageChanged
        | Message::StyleChanged { .. } => (Class::Rest, stale),
    }
}

/// Lines as a person sees them.
pub(crate) fn lines(story: &Story<'_>, lines: &[Line]) -> Vec<LineShown> {
    lines
        .iter()
        .filter_map(|line| story.shop.catalogue.line_shown(line))
        .collect()
}

/// "Your units are held", about the product she just asked for, and what she waits for beside it.
pub(crate) fn held(story: &Story<'_>, held: Held, waits: Vec<WaitShown>) -> Option<Message> {
    let Held {
        order,
        product,
        changed,
    } = held;
    let known = story.shop.orders.open.get(&order)?;
    let hers = known.lines.iter().filter(|line| line.product == product);
    let units: u32 = hers.map(|line| line.quantity).sum();
    let left = story
        .shop
        .catalogue
        .shown(product)
        .map_or(0, |shown| shown.left);
    let few = story.shop.policy.count(Rule::LowStock);
    if known.phase == Phase::Wished {
        return Some(Message::FirstPaid {
            order,
            lines: lines(story, &known.lines),
            total: known.total,
            left,
            minutes: story.shop.policy.count(Rule::LockMinutes),
            waits,
        });
    }
    Some(Message::Held {
        order,
        lines: lines(story, &known.lines),
        total: known.total,
        deadline: known.deadline,
        minutes: minutes_left(story.now, known.deadline),
        left,
        scarcity: match left {
            0 if units == 1 => Scarcity::Last,
            0 => Scarcity::LastOnes,
            left if left <= few => Scarcity::Few,
            _ => Scarcity::Plenty,
        },
        known: story.shop.clients.get(known.client)?.known(),
        changed,
        waits,
    })
}

/// "The live is over, and there is some left."
pub(crate) fn live_over(story: &Story<'_>, line: &Line) -> Option<Message> {
    Some(Message::LiveOver {
        line: story.shop.catalogue.line_shown(line)?,
        variant: line.variant,
        left: story.shop.catalogue.available(line.variant),
    })
}

/// What an order still waits for, and until when; nothing where it does not.
pub(crate) fn waiting(story: &Story<'_>, order: OrderId) -> Option<Waiting> {
    let open = story.shop.orders.open.get(&order);
    open.filter(|known| known.unpaid()).map(|known| Waiting {
        total: money::due(story.shop, order),
        until: known.deadline,
    })
}

/// "Your money goes back to you", as the order is now.
pub(crate) fn refund(story: &Story<'_>, order: OrderId, back: Back) -> Message {
    Message::RefundPromised {
        order,
        amount: back.amount,
        note: back.note,
        waits: waiting(story, order),
        automatic: back.automatic,
    }
}

/// "Your operator took the money back": told while the order still waits for it.
pub(crate) fn taken_back(story: &Story<'_>, order: OrderId, amount: Amount) -> Option<Message> {
    let known = story.shop.orders.open.get(&order)?;
    known
        .payable()
        .then_some(Message::TakenBack { order, amount })
}

/// What is missing to the sum of an order, and the minutes it can be paid in. What is owed has no
/// deadline; its link is good for as long as a stale word.
fn due(story: &Story<'_>, order: OrderId) -> Option<(Amount, u32)> {
    let known = story.shop.orders.open.get(&order)?;
    let until = if known.phase == Phase::Owed {
        after(story.now, STALE_AFTER)
    } else {
        known.deadline
    };
    Some((
        money::due(story.shop, order),
        minutes_left(story.now, until),
    ))
}

/// "How do you want to pay?"
pub(crate) fn ask_method(story: &Story<'_>, order: OrderId) -> Option<Message> {
    let (total, minutes) = due(story, order)?;
    Some(Message::AskMethod {
        order,
        total,
        minutes,
    })
}

/// "That did not work."
pub(crate) fn payment_failed(story: &Story<'_>, order: OrderId) -> Option<Message> {
    let (total, minutes) = due(story, order)?;
    Some(Message::PaymentFailed {
        order,
        total,
        minutes,
    })
}

/// "Your time is running out."
pub(crate) fn reminder(story: &Story<'_>, order: OrderId) -> Option<Message> {
    let (total, minutes) = due(story, order)?;
    Some(Message::Reminder {
        order,
        total,
        minutes,
    })
}

/// Whether she is reminded of a hold in this very step.
pub(crate) fn reminded(story: &Story<'_>, client: ClientId) -> bool {
    let contact = story.shop.clients.get(client).map(|known| known.contact);
    story.actions.iter().any(|action| match action {
        Action::Say {
            to,
            message: Message::Reminder { .. },
            ..
        } => Some(*to) == contact,
        Action::Say { .. } | Action::Charge { .. } | Action::Ask { .. } | Action::Refund { .. } => {
            false
        }
    })
}

/// The link of an attempt, or that it is coming.
pub(crate) fn link(story: &Story<'_>, attempt: AttemptId) -> Option<Message> {
    let known = story.shop.payments.get(attempt)?;
    let open = known.open.as_ref()?;
    if !open.linked {
        return Some(Message::LinkComing { order: known.order });
    }
    let (_, minutes) = due(story, known.order)?;
    Some(Message::PaymentLink {
        order: known.order,
        method: open.method,
        reference: Reference::new(story.shop.id, attempt),
        total: known.asked,
        minutes,
    })
}

/// "Paid."
pub(crate) fn paid(
    story: &Story<'_>,
    order: OrderId,
    surplus: Option<Back>,
    news: &News,
    late: bool,
) -> Option<Message> {
    let known = story.shop.orders.open.get(&order)?;
    let paid = known.paid.as_ref()?;
    Some(Message::Paid {
        order,
        lines: lines(story, &known.lines),
        total: paid.amount,
        paid_at: paid.at,
        known: story.shop.clients.get(known.client)?.known(),
        badges: news.badges.clone(),
        reached: news.reached,
        surplus: surplus.map(|back| back.amount),
        late,
    })
}

/// A keyword that can be bought, as the example: what is held up in the live, else the newest
/// that is left.
pub(crate) fn example(shop: &Shop) -> Option<crate::text::Keyword> {
    let catalogue = &shop.catalogue;
    let shown = shop.live.current().and_then(|session| session.shown);
    let shown = shown
        .and_then(|id| catalogue.product(id))
        .filter(|product| !product.archived);
    let newest = || {
        let sold = |(_, product): &(ProductId, &crate::catalogue::Product)| !product.archived;
        let left = |(_, product): &(ProductId, &crate::catalogue::Product)| {
            !product.archived && catalogue.left(product) > 0
        };
        let mut products = catalogue.products().rev();
        products
            .find(left)
            .or_else(|| catalogue.products().rev().find(sold))
    };
    let product = shown.or_else(|| newest().map(|(_, product)| product))?;
    Some(product.keyword.clone())
}
