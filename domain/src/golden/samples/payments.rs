//! Money.

use uuid::Uuid;

use crate::ids::{Reference, RefundId, ShopId};
use crate::money::Amount;
use crate::payment;
use crate::payment::event::RefundReason;
use crate::payment::observation::{Source, Status, Trusted};
use crate::segment::Method;

use super::*;

pub(super) fn charges() -> impl Iterator<Item = payment::Event> {
    use payment::Event as E;
    let (order, attempt, amount, method) = (ORDER, ATTEMPT, AMOUNT, Method::OrangeMoney);
    let provider_id = "8f1c".to_owned();
    let paid_at = then();
    [
        E::PaymentMethodChosen { order, method },
        E::ChargeRequested {
            order,
            attempt,
            reference: Reference::new(ShopId(Uuid::from_u128(0x5A0B)), attempt),
            method,
            amount,
        },
        E::ChargeCreated {
            attempt,
            provider_id: Some(provider_id.clone()),
            link: "https://pay.example/8f1c".to_owned(),
        },
        E::ChargeFailed {
            attempt,
            reason: text("E500 erreur"),
            unknown: true,
        },
        E::ProviderAsked { attempt },
        E::PaymentObserved {
            attempt,
            provider_id,
            status: Status::Succeeded,
            amount: Some(Amount(14_700)),
            currency: Some("EUR".to_owned()),
            fees: Some(Amount(300)),
            paid_at,
            source: Source::Webhook,
            trusted: Trusted::Fully,
        },
        E::PaymentConfirmed {
            order,
            attempt,
            amount,
            paid_at,
            parts: Vec::new(),
        },
        E::DepositConfirmed {
            order,
            attempt,
            amount,
            balance: amount,
            paid_at,
        },
    ]
    .into_iter()
}

pub(super) fn money() -> impl Iterator<Item = payment::Event> {
    use payment::Event as E;
    let (order, attempt, amount) = (ORDER, ATTEMPT, AMOUNT);
    [
        E::PaymentUnderpaid {
            order,
            attempt,
            received: amount,
            missing: Amount(1_000),
        },
        E::PaymentOverpaid {
            order,
            attempt,
            surplus: Amount(1_000),
        },
        E::PaymentArrivedLate {
            order,
            attempt,
            amount,
        },
        E::LatePaymentHonoured { order, attempt },
        E::PaymentReversed {
            order,
            attempt,
            amount,
        },
        E::CashReceived { order, amount },
        E::RefundDue {
            order,
            attempt,
            amount,
            reason: RefundReason::SecondCharge,
            refund: RefundId(0),
            until: None,
        },
        E::RefundTaken {
            refund: RefundId(3),
            owner: text("user-1"),
        },
        E::RefundRequested {
            refund: RefundId(3),
            order,
            attempt,
            amount,
        },
        E::RefundOverdue {
            refund: RefundId(3),
        },
        E::RefundSent {
            order,
            attempt,
            amount,
            method: text("Wave"),
            evidence: text("T-1"),
            refund: RefundId(0),
        },
        E::RefundConfirmed {
            order,
            attempt,
            amount,
            refund: RefundId(0),
        },
        E::RefundFailed {
            order,
            attempt,
            amount,
            reason: text("compte fermé"),
            refund: RefundId(0),
        },
    ]
    .into_iter()
}
