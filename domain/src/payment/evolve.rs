//! What a fact about money changes.

use chrono::{DateTime, Utc};

use crate::agenda::Due;
use crate::client;
use crate::ids::{AttemptId, OrderId};
use crate::money::Amount;
use crate::order::{self, Paid, Phase};
use crate::policy::Rule;
use crate::shop::Shop;
use crate::time::after;

use super::Event;
use super::event::Part;
use super::giving;
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
            paid_at,
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
                (Amount(came), *paid_at),
            );
        }
        Event::PaymentConfirmed {
            order,
            attempt,
            amount,
            paid_at,
            parts,
        } => confirmed(
            shop,
            *order,
            &brought(*attempt, *amount, parts),
            *paid_at,
            at,
        ),
        Event::DepositConfirmed {
            order,
            attempt,
            amount,
            paid_at,
            ..
        } => confirmed(shop, *order, &brought(*attempt, *amount, &[]), *paid_at, at),
        Event::LatePaymentHonoured { order, .. } => order::evolve::honoured(shop, *order, at),
        Event::PaymentReversed {
            order,
            attempt,
            amount,
        } => reversed(shop, *order, *attempt, *amount, at),
        Event::RefundDue { .. }
        | Event::RefundTaken { .. }
        | Event::RefundRequested { .. }
        | Event::RefundSent { .. }
        | Event::RefundConfirmed { .. }
        | Event::RefundFailed { .. }
        | Event::RefundOverdue { .. } => giving::evolve(shop, event, at),
        // What they mean for stock and holds comes as events of the room `order` beside them.
        Event::PaymentUnderpaid { .. }
        | Event::PaymentOverpaid { .. }
        | Event::PaymentArrivedLate { .. }
        | Event::CashReceived { .. } => {}
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
        paid_at: None,
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

fn observed(
    shop: &mut Shop,
    attempt: AttemptId,
    seen: Seen,
    (came, paid_at): (Amount, DateTime<Utc>),
) {
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
    let order = known.order;
    if stage == Stage::Succeeded {
        known.got = Amount(known.got.0.saturating_add(came.0.max(0)));
        known.paid_at = Some(paid_at);
        shop.orders.claims.remove(&order);
    }
    with(shop, attempt, |open| {
        // Success is sticky.
        if open.stage != Stage::Succeeded {
            open.stage = stage;
        }
    });
}

/// What each attempt brought.
fn brought(attempt: AttemptId, amount: Amount, parts: &[Part]) -> Vec<Part> {
    if parts.is_empty() {
        vec![Part { attempt, amount }]
    } else {
        parts.to_vec()
    }
}

fn confirmed(
    shop: &mut Shop,
    order: OrderId,
    parts: &[Part],
    paid_at: DateTime<Utc>,
    at: DateTime<Utc>,
) {
    let mut amount = 0_i64;
    for part in parts {
        account(shop, part.attempt, part.amount);
        amount = amount.saturating_add(part.amount.0);
    }
    let Some(attempt) = parts.last().map(|part| part.attempt) else {
        return;
    };
    if let Some(stub) = shop.orders.closed.get_mut(&order) {
        stub.paid = true;
        client::count::settled(shop, order, paid_at, at);
    }
    if let Some(known) = shop.orders.open.get_mut(&order) {
        known.paid = Some(Paid {
            attempt,
            amount: Amount(amount),
            at: paid_at,
            parts: parts.to_vec(),
        });
    }
}

/// The provider took money back. If it had paid an order, the order is owed its money again, and
/// what other attempts had brought for it counts toward that.
fn reversed(
    shop: &mut Shop,
    order: OrderId,
    attempt: AttemptId,
    amount: Amount,
    at: DateTime<Utc>,
) {
    let spare = shop
        .payments
        .get(attempt)
        .map_or(0, |known| known.spare().0);
    let beyond = amount.0.saturating_sub(spare).max(0);
    let known = shop.orders.open.get_mut(&order);
    let paid = known.and_then(|known| {
        let paid = known.paid.take_if(|_| beyond > 0)?;
        known.phase = if known.phase == Phase::Confirmed {
            Phase::Owed
        } else {
            known.phase
        };
        (known.method, known.attempt) = (None, None);
        Some(paid)
    });
    if let Some(paid) = &paid {
        for part in &paid.parts {
            unaccount(shop, part.attempt, part.amount);
        }
    } else if beyond > 0 {
        unaccount(shop, attempt, Amount(beyond));
    }
    if let Some(known) = shop.payments.attempts.get_mut(&attempt) {
        known.got = Amount(known.got.0.saturating_sub(amount.0));
    }
    if beyond > 0 {
        // Nothing paid is left to be cancelled.
        shop.agenda.clear(Due::Cancellation(order));
        let paid = paid.map(|paid| (paid.amount, paid.at));
        order::evolve::unpaid(shop, order, paid, at);
    }
}

fn unaccount(shop: &mut Shop, attempt: AttemptId, amount: Amount) {
    if let Some(known) = shop.payments.attempts.get_mut(&attempt) {
        known.accounted = Amount(known.accounted.0.saturating_sub(amount.0));
    }
}

pub(super) fn account(shop: &mut Shop, attempt: AttemptId, amount: Amount) {
    if let Some(known) = shop.payments.attempts.get_mut(&attempt) {
        known.accounted = Amount(known.accounted.0.saturating_add(amount.0));
    }
}

/// The newest charge that still asks exactly what is due by the chosen method: choosing it again
/// gives the same link, not a second charge.
pub(crate) fn reusable(shop: &Shop, order: OrderId) -> Option<AttemptId> {
    let known = shop.orders.open.get(&order)?;
    let method = known.method?;
    let due = super::money::due(shop, order);
    known.attempts.iter().rev().copied().find(|id| {
        let attempt = shop.payments.get(*id);
        attempt.is_some_and(|attempt| {
            let open = attempt.open.as_ref();
            attempt.asked == due
                && open.is_some_and(|open| open.method == method && open.stage == Stage::Created)
        })
    })
}
