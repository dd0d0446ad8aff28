//! What a fact about money that goes back changes: the list of work items, and when each should
//! be done.

use chrono::{DateTime, Utc};

use crate::agenda::Due;
use crate::ids::RefundId;
use crate::policy::Rule;
use crate::shop::Shop;
use crate::time::after;

use super::Event;
use super::event::RefundReason;
use super::evolve::account;
use super::state::{Refund, Way};

/// Applies it.
pub(super) fn evolve(shop: &mut Shop, event: &Event, at: DateTime<Utc>) {
    match event {
        Event::RefundDue {
            order,
            attempt,
            amount,
            reason,
            refund,
            until,
        } => {
            // What the vendor gives back was confirmed before; it is the same money.
            if *reason != RefundReason::VendorCancelled {
                account(shop, *attempt, *amount);
            }
            let item = Refund {
                order: *order,
                attempt: *attempt,
                amount: *amount,
                reason: *reason,
                way: Way::ByHand,
                owner: None,
            };
            shop.payments.last_refund = shop.payments.last_refund.max(refund.0);
            shop.payments.refunds.insert(*refund, item);
            if let Some(until) = until {
                shop.agenda.set(Due::Refund(*refund), *until);
            }
        }
        Event::RefundTaken { refund, owner } => {
            with(shop, *refund, |item| item.owner = Some(owner.clone()));
        }
        Event::RefundRequested { refund, .. } => {
            with(shop, *refund, |item| item.way = Way::Asked);
        }
        Event::RefundSent { refund, .. } => with(shop, *refund, |item| {
            item.way = match item.way {
                Way::Asked | Way::Provider => Way::Provider,
                Way::ByHand | Way::Sent => Way::Sent,
            };
        }),
        Event::RefundConfirmed { refund, .. } => {
            shop.payments.refunds.remove(refund);
            shop.agenda.clear(Due::Refund(*refund));
        }
        Event::RefundFailed { refund, .. } => with(shop, *refund, |item| item.way = Way::ByHand),
        Event::RefundOverdue { refund } => {
            let again = after(at, shop.policy.hours(Rule::RefundHours));
            shop.agenda.set(Due::Refund(*refund), again);
        }
        Event::PaymentMethodChosen { .. }
        | Event::ChargeRequested { .. }
        | Event::ChargeCreated { .. }
        | Event::ChargeFailed { .. }
        | Event::ProviderAsked { .. }
        | Event::PaymentObserved { .. }
        | Event::PaymentConfirmed { .. }
        | Event::DepositConfirmed { .. }
        | Event::PaymentUnderpaid { .. }
        | Event::PaymentOverpaid { .. }
        | Event::PaymentArrivedLate { .. }
        | Event::LatePaymentHonoured { .. }
        | Event::PaymentReversed { .. }
        | Event::CashReceived { .. } => {}
    }
}

fn with(shop: &mut Shop, refund: RefundId, change: impl FnOnce(&mut Refund)) {
    if let Some(item) = shop.payments.refunds.get_mut(&refund) {
        change(item);
    }
}
