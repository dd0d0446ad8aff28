//! Wishes about money, and what comes back from the provider.

use serde::{Deserialize, Serialize};

use crate::ids::{AttemptId, OrderId, RefundId};
use crate::segment::Method;
use crate::text::Text;

use super::observation::Observation;

/// What became of asking the provider to send money back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundOutcome {
    /// It took the order; the money is on its way.
    Sent {
        /// Its reference, or empty.
        evidence: Text,
    },
    /// It will not.
    Refused {
        /// Code and title.
        reason: Text,
    },
    /// Nobody knows: somebody has to look before it is sent by hand.
    Unknown,
}

/// What may be asked about money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Choose how to pay (the /pay page; in a chat it is a button).
    ChooseMethod {
        /// Which order.
        order: OrderId,
        /// How.
        method: Method,
    },
    /// The provider made the charge.
    RecordCharge {
        /// Which attempt.
        attempt: AttemptId,
        /// The provider's id.
        provider_id: Option<String>,
        /// Where the payer goes on to; https, or http on loopback.
        link: String,
    },
    /// The provider refused to, or nobody knows.
    RecordChargeFailure {
        /// Which attempt.
        attempt: AttemptId,
        /// Code and title.
        reason: Text,
        /// A time-out or a 5xx: it may exist.
        unknown: bool,
    },
    /// The link of an attempt takes noticeably long: she is told once, if she still waits.
    LinkLate {
        /// Which attempt.
        attempt: AttemptId,
    },
    /// Something was seen about an attempt.
    Observe(Observation),
    /// The provider was asked at the lock deadline and gave no answer at all.
    NoAnswer {
        /// Which attempt.
        attempt: AttemptId,
    },
    /// The provider was asked to send money back.
    RecordRefund {
        /// Which refund.
        refund: RefundId,
        /// What it said.
        outcome: RefundOutcome,
    },
    /// Somebody takes care of a refund.
    TakeRefund {
        /// Which.
        refund: RefundId,
        /// Who, an opaque user.
        owner: Text,
    },
    /// The vendor sent it by hand.
    SendRefund {
        /// Which.
        refund: RefundId,
        /// By which way, for example `Wave`.
        method: Text,
        /// The operator's reference.
        evidence: Text,
    },
    /// It arrived.
    ConfirmRefund {
        /// Which.
        refund: RefundId,
    },
    /// It did not.
    FailRefund {
        /// Which.
        refund: RefundId,
        /// Why.
        reason: Text,
    },
}
