//! What a fact about money changes.

use chrono::{DateTime, Utc};

use crate::agenda::Due;
use crate::ids::{AttemptId, OrderId};
use crate::money::Amount;
use crate::order::Paid;
use crate::policy::Rule;
use crate::shop::Shop;
use crate::time::after;

use super::Event;
use super::event::RefundReason;
use super::observation::Status;
use super::state::{Attempt, Open, Seen, Stage};

/// Applies it.
#[expect(
    clippy::too_many_lines,
    reason = "one arm per event: the contents of the room"
)]
pub(crate) fn evolve(shop: &mut Shop, event: &Event, at: DateTime<Utc>) {
    match event {
        Event::PaymentMethodChosen { order, method } => {
            if let Some(known) = shop.orders.open.get_mut(order) {
                known.method = Some(*method);
            }
        }
        Event::ChargeRequested {
            order,
            attempt,
            method,
            amount,
            ..
        } => {
            request(shop, *order, *attempt, *amount, *method);
        }
        Event::ChargeCreated {
            attempt,
            provider_id,
            ..
        } => {
            with(shop, *attempt, |open| {
                if open.stage != Stage::Succeeded {
                    open.stage = Stage::Created;
                }
                open.linked = true;
                if provider_id.is_some() {
                    open.provider_id.clone_from(provider_id);
                }
            });
        }
        Event::ChargeFailed {
            attempt, unknown, ..
        } => {
            let stage = if *unknown {
                Stage::Unknown
            } else {
                Stage::Failed
            };
            with(shop, *attempt, |open| open.stage = stage);
            let order = shop.payments.get(*attempt).map(|known| known.order);
            if let Some(known) = order.and_then(|order| shop.orders.open.get_mut(&order)) {
                known.trouble = true;
            }
        }
        Event::ProviderAsked { attempt } => asked(shop, *attempt, at),
        Event::PaymentObserved {
            attempt,
            provider_id,
            status,
            amount,
            fees,
            ..
        } => {
            let came = amount
                .unwrap_or_default()
                .0
                .saturating_add(fees.unwrap_or_default().0);
            observed(
                shop,
                *attempt,
                Seen::new(provider_id, *status),
                Amount(came),
            );
        }
        Event::PaymentConfirmed {
            order,
            attempt,
            amount,
            paid_at,
        }
        | Event::DepositConfirmed {
            order,
            attempt,
            amount,
            paid_at,
            ..
        } => {
            account(shop, *attempt, *amount);
            if let Some(known) = shop.orders.open.get_mut(order) {
                known.paid = Some(Paid {
                    attempt: *attempt,
                    amount: *amount,
                    at: *paid_at,
                });
            }
        }
        Event::RefundDue {
            attempt,
            amount,
            reason,
            ..
        } => {
            // What the vendor gives back was confirmed before; it is the same money.
            if *reason != RefundReason::VendorCancelled {
                account(shop, *attempt, *amount);
            }
        }
        // Shapes of the full paying table: what they mean for stock and holds comes as events of
        // the room `order` beside them.
        Event::PaymentUnderpaid { .. }
        | Event::PaymentOverpaid { .. }
        | Event::PaymentArrivedLate { .. }
        | Event::LatePaymentHonoured { .. }
        | Event::PaymentReversed { .. }
        | Event::CashReceived { .. }
        | Event::RefundSent { .. }
        | Event::RefundConfirmed { .. }
        | Event::RefundFailed { .. } => {}
    }
}

fn with(shop: &mut Shop, attempt: AttemptId, change: impl FnOnce(&mut Open)) {
    let known = shop.payments.attempts.get_mut(&attempt);
    if let Some(open) = known.and_then(|known| known.open.as_mut()) {
        change(open);
    }
}

fn request(
    shop: &mut Shop,
    order: OrderId,
    attempt: AttemptId,
    asked: Amount,
    method: crate::segment::Method,
) {
    let open = Open {
        method,
        stage: Stage::Requested,
        provider_id: None,
        linked: false,
        told_late: false,
    };
    let known = Attempt {
        order,
        asked,
        open: Some(Box::new(open)),
        seen: Vec::new(),
        got: Amount::ZERO,
        accounted: Amount::ZERO,
    };
    shop.payments.last = shop.payments.last.max(attempt.0);
    shop.payments.attempts.insert(attempt, known);
    if let Some(known) = shop.orders.open.get_mut(&order) {
        known.attempt = Some(attempt);
        known.attempts.push(attempt);
        if known.topped && known.topped_by.is_none() {
            known.topped_by = Some(attempt);
        }
    }
}

fn asked(shop: &mut Shop, attempt: AttemptId, at: DateTime<Utc>) {
    let Some(order) = shop.payments.get(attempt).map(|known| known.order) else {
        return;
    };
    let Some(known) = shop.orders.open.get_mut(&order) else {
        return;
    };
    known.asked = true;
    // No answer by then is no answer.
    let wait = after(at, shop.policy.minutes(Rule::ProcessingStep));
    shop.agenda.set(Due::Hold(order), wait);
}

fn observed(shop: &mut Shop, attempt: AttemptId, seen: Seen, came: Amount) {
    let Some(known) = shop.payments.attempts.get_mut(&attempt) else {
        return;
    };
    known.seen.push(seen);
    let stage = match seen.status {
        Status::Succeeded => Stage::Succeeded,
        Status::Failed | Status::Cancelled => Stage::Failed,
        Status::Pending
        | Status::Processing
        | Status::Authorized
        | Status::Reversed
        | Status::Unknown
        | Status::Absent => return,
    };
    if stage == Stage::Succeeded {
        known.got = Amount(known.got.0.saturating_add(came.0.max(0)));
    }
    with(shop, attempt, |open| {
        // Success is sticky.
        if open.stage != Stage::Succeeded {
            open.stage = stage;
        }
    });
}

fn account(shop: &mut Shop, attempt: AttemptId, amount: Amount) {
    if let Some(known) = shop.payments.attempts.get_mut(&attempt) {
        known.accounted = Amount(known.accounted.0.saturating_add(amount.0));
    }
}

/// The newest charge that still asks exactly what is due by the chosen method: choosing it again
/// gives the same link, not a second charge.
pub(crate) fn reusable(shop: &Shop, order: OrderId) -> Option<AttemptId> {
    let known = shop.orders.open.get(&order)?;
    let method = known.method?;
    known.attempts.iter().rev().copied().find(|id| {
        let attempt = shop.payments.get(*id);
        attempt.is_some_and(|attempt| {
            let open = attempt.open.as_ref();
            attempt.asked == known.total
                && open.is_some_and(|open| open.method == method && open.stage == Stage::Created)
        })
    })
}
