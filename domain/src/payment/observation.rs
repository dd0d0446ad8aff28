//! What a webhook, a poll and a read-back all become (bictorys.md 3.2): one shape, so that their
//! order and number do not matter.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::AttemptId;
use crate::money::Amount;

/// What the provider says. Anything we do not know is `Unknown`: pending, never failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Not paid yet.
    Pending,
    /// Being paid.
    Processing,
    /// Reserved only: not money.
    Authorized,
    /// Money.
    Succeeded,
    /// Refused.
    Failed,
    /// Given up by the payer.
    Cancelled,
    /// Taken back after it had succeeded.
    Reversed,
    /// A word we do not know.
    Unknown,
    /// A fresh, complete list does not hold it.
    Absent,
}

/// Where an observation was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The provider rang.
    Webhook,
    /// The list of transactions.
    List,
    /// The detail of one transaction.
    Detail,
    /// The status route: no amount.
    Status,
}

/// How far an observation is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trusted {
    /// Bound to its body: a signature, or our own question.
    Fully,
    /// Only the sender is proven: a hint, the API is asked.
    Hint,
}

/// One thing seen about one attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// Which attempt, by our own reference.
    pub attempt: AttemptId,
    /// The provider's transaction, where it named one.
    pub provider_id: Option<String>,
    /// What it says.
    pub status: Status,
    /// Minor units, as it came: gross or net is decided by comparing.
    pub amount: Option<Amount>,
    /// The merchant's fees, where given.
    pub fees: Option<Amount>,
    /// ISO 4217, where given.
    pub currency: Option<String>,
    /// The provider's time, where it has one.
    pub paid_at: Option<DateTime<Utc>>,
    /// Where it was read.
    pub source: Source,
    /// How far it is believed.
    pub trusted: Trusted,
}
