//! Wishes about money, and what comes back from the provider.

use serde::{Deserialize, Serialize};

use crate::ids::{AttemptId, OrderId};
use crate::segment::Method;
use crate::text::Text;

use super::observation::Observation;

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
}
