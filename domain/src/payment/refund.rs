//! Money that goes back: a work item with an owner, a deadline, a way and evidence. Where a whole
//! transaction goes back and the shop lets it, the provider is asked in the same commit.

use crate::command::Answer;
use crate::ids::{AttemptId, OrderId, RefundId};
use crate::message::{Message, RefundNote};
use crate::money::Amount;
use crate::policy::Rule;
use crate::reactions::{to_client, to_provider, to_vendor};
use crate::rejection::Rejection;
use crate::story::Story;
use crate::text::Text;
use crate::time::after;

use super::Event;
use super::command::{Command, RefundOutcome};
use super::event::{Part, RefundReason};
use super::observation::Status;
use super::state::{Refund, Way};

/// What goes back, as people are told.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Back {
    pub(crate) amount: Amount,
    pub(crate) note: RefundNote,
    /// It goes back without anybody's hand.
    pub(crate) automatic: bool,
}

/// Money of one attempt is due back; whether it goes by itself. `transaction` names a transaction
/// that goes back whole.
pub(crate) fn owe(
    story: &mut Story<'_>,
    order: OrderId,
    part: Part,
    reason: RefundReason,
    transaction: Option<&String>,
) -> bool {
    let Part { attempt, amount } = part;
    let whole = transaction.is_some() || is_whole(story, part);
    let refund = story.shop.payments.next_refund();
    let until = after(story.now, story.shop.policy.hours(Rule::RefundHours));
    story.fact(Event::RefundDue {
        order,
        attempt,
        amount,
        reason,
        refund,
        until: Some(until),
    });
    let automatic = whole && story.shop.policy.get(Rule::AutoRefund) == 1;
    if automatic {
        story.fact(Event::RefundRequested {
            refund,
            order,
            attempt,
            amount,
        });
        to_provider::refund(story, refund, transaction.cloned());
    }
    automatic
}

/// Everything that came for an order and has no use is due back. Nothing where nothing is left.
pub(crate) fn owe_spare(
    story: &mut Story<'_>,
    order: OrderId,
    reason: RefundReason,
) -> Option<Back> {
    let parts = super::money::spare(story.shop, order);
    owe_all(story, order, &parts, reason)
}

/// The same for the parts of what had paid an order.
pub(crate) fn owe_all(
    story: &mut Story<'_>,
    order: OrderId,
    parts: &[Part],
    reason: RefundReason,
) -> Option<Back> {
    let mut back: Option<Back> = None;
    for part in parts {
        let by_itself = owe(story, order, *part, reason, None);
        let before = back.map_or((0, true), |back| (back.amount.0, back.automatic));
        back = Some(Back {
            amount: Amount(before.0.saturating_add(part.amount.0)),
            note: note(reason),
            automatic: before.1 && by_itself,
        });
    }
    back
}

/// Both are told what goes back, and she what becomes of her order.
pub(crate) fn promise(story: &mut Story<'_>, order: OrderId, back: Back) {
    if let Some(client) = story.shop.orders.client(order) {
        let message = to_client::refund(story, order, back);
        to_client::say(story, client, message);
    }
    to_vendor::refund_due(story, order, back);
}

/// How people read a reason.
pub(crate) fn note(reason: RefundReason) -> RefundNote {
    match reason {
        RefundReason::SecondCharge => RefundNote::SecondCharge,
        RefundReason::Surplus => RefundNote::Surplus,
        RefundReason::Underpaid => RefundNote::Underpaid,
        RefundReason::WrongCurrency => RefundNote::OtherCurrency,
        RefundReason::Late => RefundNote::Late,
        RefundReason::Cancelled => RefundNote::Cancelled,
        RefundReason::VendorCancelled => RefundNote::VendorCancelled,
    }
}

/// Whether it is all that one transaction brought: a provider sends back no part of one.
fn is_whole(story: &Story<'_>, part: Part) -> bool {
    let Some(known) = story.shop.payments.get(part.attempt) else {
        return false;
    };
    let many = |status| {
        known
            .seen
            .iter()
            .filter(|seen| seen.status == status)
            .count()
    };
    // What was taken back in part is no whole any more.
    known.got == part.amount && many(Status::Succeeded) == 1 && many(Status::Reversed) == 0
}

/// Judges a wish about a refund.
pub(super) fn decide(story: &mut Story<'_>, command: &Command) -> Result<Answer, Rejection> {
    match command {
        Command::RecordRefund { refund, outcome } => Ok(recorded(story, *refund, outcome)),
        Command::TakeRefund { refund, owner } => {
            if item(story, *refund)?.owner.as_ref() == Some(owner) {
                return Ok(Answer::Already);
            }
            let owner = owner.clone();
            story.fact(Event::RefundTaken {
                refund: *refund,
                owner,
            });
            Ok(Answer::DONE)
        }
        Command::SendRefund {
            refund,
            method,
            evidence,
        } => {
            let known = item(story, *refund)?;
            if known.way != Way::ByHand {
                return Err(Rejection::RefundElsewhere);
            }
            let (order, amount) = (known.order, known.amount);
            sent(story, *refund, method, evidence);
            tell_sent(story, order, amount, (method, evidence));
            Ok(Answer::DONE)
        }
        Command::ConfirmRefund { refund } => {
            // What the provider sends is confirmed by its own news only: confirmed before it, the
            // news would be taken for other money.
            if item(story, *refund)?.way != Way::Sent {
                return Err(Rejection::RefundElsewhere);
            }
            confirm(story, *refund);
            Ok(Answer::DONE)
        }
        Command::FailRefund { refund, reason } => {
            if item(story, *refund)?.way == Way::ByHand {
                return Err(Rejection::RefundElsewhere);
            }
            failed(story, *refund, reason);
            Ok(Answer::DONE)
        }
        Command::ChooseMethod { .. }
        | Command::RecordCharge { .. }
        | Command::RecordChargeFailure { .. }
        | Command::LinkLate { .. }
        | Command::Observe(_)
        | Command::NoAnswer { .. } => Ok(Answer::Already),
    }
}

fn item<'a>(story: &'a Story<'_>, refund: RefundId) -> Result<&'a Refund, Rejection> {
    let items = &story.shop.payments.refunds;
    items.get(&refund).ok_or(Rejection::RefundUnknown)
}

/// What the provider said when it was asked.
fn recorded(story: &mut Story<'_>, refund: RefundId, outcome: &RefundOutcome) -> Answer {
    // It may be back already: the provider's own news was faster than its answer.
    let known = story.shop.payments.refunds.get(&refund);
    if known.is_none_or(|known| known.way != Way::Asked) {
        return Answer::Already;
    }
    match outcome {
        RefundOutcome::Sent { evidence } => {
            sent(story, refund, &Text::default(), evidence);
            Answer::DONE
        }
        RefundOutcome::Refused { reason } => {
            failed(story, refund, reason);
            to_vendor::refund_late(story, refund, reason);
            Answer::DONE
        }
        // Watched: sent by hand as well, it would go back twice. At its deadline the vendor looks.
        RefundOutcome::Unknown => Answer::Already,
    }
}

fn sent(story: &mut Story<'_>, refund: RefundId, method: &Text, evidence: &Text) {
    let Some(known) = story.shop.payments.refunds.get(&refund) else {
        return;
    };
    let (order, attempt, amount) = (known.order, known.attempt, known.amount);
    story.fact(Event::RefundSent {
        order,
        attempt,
        amount,
        method: method.clone(),
        evidence: evidence.clone(),
        refund,
    });
}

/// It arrived.
fn confirm(story: &mut Story<'_>, refund: RefundId) {
    let Some(known) = story.shop.payments.refunds.get(&refund) else {
        return;
    };
    let (order, attempt, amount) = (known.order, known.attempt, known.amount);
    story.fact(Event::RefundConfirmed {
        order,
        attempt,
        amount,
        refund,
    });
}

fn failed(story: &mut Story<'_>, refund: RefundId, reason: &Text) {
    let Some(known) = story.shop.payments.refunds.get(&refund) else {
        return;
    };
    let (order, attempt, amount) = (known.order, known.attempt, known.amount);
    story.fact(Event::RefundFailed {
        order,
        attempt,
        amount,
        reason: reason.clone(),
        refund,
    });
}

fn tell_sent(
    story: &mut Story<'_>,
    order: OrderId,
    amount: Amount,
    (method, evidence): (&Text, &Text),
) {
    let Some(client) = story.shop.orders.client(order) else {
        return;
    };
    let message = Message::RefundSent {
        order,
        amount,
        method: method.clone(),
        evidence: evidence.clone(),
    };
    to_client::say(story, client, message);
}

/// It should be back by now: the vendor is told, and again each time as long passes.
pub(crate) fn overdue(story: &mut Story<'_>, refund: RefundId) {
    story.fact(Event::RefundOverdue { refund });
    to_vendor::refund_late(story, refund, &Text::default());
}

/// The provider took so much of an attempt back: what of it was on its way back anyway arrived.
/// She is told, where the vendor did not tell her when she sent it and nothing else of hers was
/// taken with it. Gives what is left.
pub(super) fn arrived(story: &mut Story<'_>, attempt: AttemptId, taken: Amount) -> Amount {
    let mut rest = taken;
    let mut news = Amount::ZERO;
    let items = story.shop.payments.refunds.iter();
    let hers: Vec<(RefundId, Amount, Way)> = items
        .filter(|(_, item)| item.attempt == attempt)
        .map(|(id, item)| (*id, item.amount, item.way))
        .collect();
    for (refund, amount, way) in hers {
        if let Some(less) = rest.minus(amount) {
            confirm(story, refund);
            rest = less;
            if way != Way::Sent {
                news = news.plus(amount).unwrap_or(news);
            }
        }
    }
    let order = story.shop.payments.get(attempt).map(|known| known.order);
    if let Some(order) = order.filter(|_| rest == Amount::ZERO && news > Amount::ZERO) {
        let nothing = Text::default();
        tell_sent(story, order, news, (&nothing, &nothing));
    }
    rest
}
