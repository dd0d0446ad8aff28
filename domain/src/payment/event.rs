//! Facts about money. An order has one intent; every charge asked of a provider is an attempt.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantNames};

use crate::ids::{AttemptId, OrderId, Reference, RefundId};
use crate::money::Amount;
use crate::segment::Method;
use crate::text::Text;

use super::observation::{Source, Status, Trusted};

/// Why money has to go back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundReason {
    /// The order was already paid.
    SecondCharge,
    /// More than asked; the surplus.
    Surplus,
    /// Less than asked, and not completed.
    Underpaid,
    /// The order had expired.
    Late,
    /// The order had been cancelled.
    Cancelled,
    /// Another currency than the shop's.
    WrongCurrency,
    /// The vendor gave up a paid order.
    VendorCancelled,
}

/// Part of a sum, and the attempt that brought it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which attempt.
    pub attempt: AttemptId,
    /// How much of the sum.
    pub amount: Amount,
}

/// What can have happened to the money of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, VariantNames)]
pub enum Event {
    /// How she wants to pay.
    PaymentMethodChosen {
        /// Which order.
        order: OrderId,
        /// How.
        method: Method,
    },
    /// A charge is asked of the provider; written before the call, so a crash between is visible.
    ChargeRequested {
        /// Which order.
        order: OrderId,
        /// Its number in the shop.
        attempt: AttemptId,
        /// What the provider and the payer see.
        reference: Reference,
        /// How.
        method: Method,
        /// What is asked.
        amount: Amount,
    },
    /// The provider made it; the link exists.
    ChargeCreated {
        /// Which attempt.
        attempt: AttemptId,
        /// The provider's own id, if it gave one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        provider_id: Option<String>,
        /// Where the payer goes on to.
        link: String,
    },
    /// The provider refused to make it, or nobody knows whether it did.
    ChargeFailed {
        /// Which attempt.
        attempt: AttemptId,
        /// The provider's code and title, never its details.
        reason: Text,
        /// A time-out: the charge may exist and stays watched.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unknown: bool,
    },
    /// At the lock deadline the provider was asked once what became of it; an answer is awaited.
    ProviderAsked {
        /// Which attempt.
        attempt: AttemptId,
    },
    /// What the provider says about an attempt, each new thing once.
    PaymentObserved {
        /// Which attempt.
        attempt: AttemptId,
        /// Its transaction.
        provider_id: String,
        /// What it says.
        status: Status,
        /// What the payer paid, minor units, where it said so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Amount>,
        /// ISO 4217 as it came, where it differs from the shop's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        currency: Option<String>,
        /// Net of fees: the sum that matched was amount + fees.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fees: Option<Amount>,
        /// The provider's time, or ours where it has none.
        paid_at: DateTime<Utc>,
        /// Where it was read.
        source: Source,
        /// How far it is believed.
        trusted: Trusted,
    },
    /// The money of the order is complete.
    PaymentConfirmed {
        /// Which order.
        order: OrderId,
        /// By which attempt.
        attempt: AttemptId,
        /// How much of it counts for the order.
        amount: Amount,
        /// The provider's time.
        paid_at: DateTime<Utc>,
        /// What each attempt brought, where it was more than one.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        parts: Vec<Part>,
    },
    /// The deposit is complete, the balance is due on site.
    DepositConfirmed {
        /// Which order.
        order: OrderId,
        /// By which attempt.
        attempt: AttemptId,
        /// The deposit.
        amount: Amount,
        /// What is left.
        balance: Amount,
        /// The provider's time.
        paid_at: DateTime<Utc>,
    },
    /// Less came than was asked.
    PaymentUnderpaid {
        /// Which order.
        order: OrderId,
        /// By which attempt.
        attempt: AttemptId,
        /// What came in all.
        received: Amount,
        /// What is missing.
        missing: Amount,
    },
    /// More came than was asked.
    PaymentOverpaid {
        /// Which order.
        order: OrderId,
        /// By which attempt.
        attempt: AttemptId,
        /// The surplus; a `RefundDue` follows.
        surplus: Amount,
    },
    /// Money for an order whose units are free again.
    PaymentArrivedLate {
        /// Which order.
        order: OrderId,
        /// By which attempt.
        attempt: AttemptId,
        /// How much.
        amount: Amount,
    },
    /// The units were still there: the order lives again.
    LatePaymentHonoured {
        /// Which order.
        order: OrderId,
        /// By which attempt.
        attempt: AttemptId,
    },
    /// The provider took the money back.
    PaymentReversed {
        /// Which order.
        order: OrderId,
        /// Which attempt.
        attempt: AttemptId,
        /// How much.
        amount: Amount,
    },
    /// Cash, taken by the vendor.
    CashReceived {
        /// Which order.
        order: OrderId,
        /// How much.
        amount: Amount,
    },
    /// Money that has to go back: a work item with an owner.
    RefundDue {
        /// Which order.
        order: OrderId,
        /// Which attempt brought it.
        attempt: AttemptId,
        /// How much.
        amount: Amount,
        /// Why.
        reason: RefundReason,
        /// Which refund of the shop.
        #[serde(default = "unnumbered", skip_serializing_if = "is_unnumbered")]
        refund: RefundId,
        /// By when it should be back with her.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<DateTime<Utc>>,
    },
    /// Somebody of the shop takes care of it.
    RefundTaken {
        /// Which refund.
        refund: RefundId,
        /// Who, an opaque user.
        owner: Text,
    },
    /// The provider is asked to send it back; written before the call.
    RefundRequested {
        /// Which refund.
        refund: RefundId,
        /// Which order.
        order: OrderId,
        /// Which attempt had brought it.
        attempt: AttemptId,
        /// How much.
        amount: Amount,
    },
    /// Its time is over and it is not back.
    RefundOverdue {
        /// Which refund.
        refund: RefundId,
    },
    /// Sent back, not yet confirmed.
    RefundSent {
        /// Which order.
        order: OrderId,
        /// Which attempt had brought it.
        attempt: AttemptId,
        /// How much.
        amount: Amount,
        /// By which way.
        method: Text,
        /// The operator's reference.
        evidence: Text,
        /// Which refund of the shop.
        #[serde(default = "unnumbered", skip_serializing_if = "is_unnumbered")]
        refund: RefundId,
    },
    /// It arrived.
    RefundConfirmed {
        /// Which order.
        order: OrderId,
        /// Which attempt had brought it.
        attempt: AttemptId,
        /// How much.
        amount: Amount,
        /// Which refund of the shop.
        #[serde(default = "unnumbered", skip_serializing_if = "is_unnumbered")]
        refund: RefundId,
    },
    /// It did not; due again.
    RefundFailed {
        /// Which order.
        order: OrderId,
        /// Which attempt had brought it.
        attempt: AttemptId,
        /// How much.
        amount: Amount,
        /// Why.
        reason: Text,
        /// Which refund of the shop.
        #[serde(default = "unnumbered", skip_serializing_if = "is_unnumbered")]
        refund: RefundId,
    },
}

/// Refunds were not numbered in the first events.
const fn unnumbered() -> RefundId {
    RefundId(0)
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde asks for"
)]
fn is_unnumbered(refund: &RefundId) -> bool {
    refund.0 == 0
}
