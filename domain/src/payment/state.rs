//! Charges asked of a provider, and what was seen about them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ids::{AttemptId, OrderId, RefundId};
use crate::money::Amount;
use crate::segment::Method;

use crate::text::Text;

use super::event::RefundReason;
use super::observation::Status;

/// Where an attempt is. Whether money came is in what was seen, not here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Asked of the provider, no word yet.
    Requested,
    /// Asked, and nobody knows whether it was made: watched.
    Unknown,
    /// Made: the link exists.
    Created,
    /// Refused by the provider, failed or cancelled.
    Failed,
    /// Money came.
    Succeeded,
}

/// What matters of an attempt while its order is not closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// How she pays.
    pub method: Method,
    /// Where it is.
    pub stage: Stage,
    /// The provider's id, where it gave one.
    pub provider_id: Option<String>,
    /// Whether the link exists.
    pub linked: bool,
    /// Whether she was told that it takes long.
    pub told_late: bool,
}

/// One thing that was seen, so that it counts once however often and in whatever order it comes.
/// The provider's id is kept as its UUIDv5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Whose.
    pub transaction: Uuid,
    /// What it said.
    pub status: Status,
}

impl Seen {
    /// As a provider's transaction and its status are remembered.
    pub fn new(provider_id: &str, status: Status) -> Self {
        Self {
            transaction: Uuid::new_v5(&Uuid::NAMESPACE_OID, provider_id.as_bytes()),
            status,
        }
    }
}

/// A charge asked of a provider. It is kept for ever: money may come late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// For which order.
    pub order: OrderId,
    /// What was asked.
    pub asked: Amount,
    /// The rest, until the order is closed.
    pub open: Option<Box<Open>>,
    /// Everything seen that was a fact.
    pub seen: Vec<Seen>,
    /// What the provider says came in, in all.
    pub got: Amount,
    /// What of it was confirmed or is due back.
    pub accounted: Amount,
    /// When the last of it was paid, by the provider's time.
    pub paid_at: Option<DateTime<Utc>>,
}

impl Attempt {
    /// What came and is neither confirmed nor due back.
    pub fn spare(&self) -> Amount {
        Amount(self.got.0.saturating_sub(self.accounted.0).max(0))
    }

    /// Where it is, while its order is not closed.
    pub fn stage(&self) -> Option<Stage> {
        self.open.as_ref().map(|open| open.stage)
    }
}

/// Where a refund is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Somebody of the shop has to send it.
    ByHand,
    /// The provider is asked, and nothing is known of it yet.
    Asked,
    /// The provider sends it back.
    Provider,
    /// The shop sent it.
    Sent,
}

/// A sum that has to go back, until it arrived: a work item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Of which order.
    pub order: OrderId,
    /// Which attempt brought it.
    pub attempt: AttemptId,
    /// How much.
    pub amount: Amount,
    /// Why.
    pub reason: RefundReason,
    /// Where it is.
    pub way: Way,
    /// Who takes care of it.
    pub owner: Option<Text>,
}

/// All attempts, and the sums that have to go back.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Payments {
    /// The newest number given out.
    pub last: u64,
    /// By number.
    pub attempts: BTreeMap<AttemptId, Attempt>,
    /// The newest number given to a refund.
    pub last_refund: u64,
    /// What is not back yet.
    pub refunds: BTreeMap<RefundId, Refund>,
}

impl Payments {
    /// The number the next attempt gets.
    pub fn next(&self) -> AttemptId {
        AttemptId(self.last.saturating_add(1))
    }

    /// The number the next refund gets.
    pub fn next_refund(&self) -> RefundId {
        RefundId(self.last_refund.saturating_add(1))
    }

    /// An attempt.
    pub fn get(&self, id: AttemptId) -> Option<&Attempt> {
        self.attempts.get(&id)
    }

    /// Its order is closed: only what late money needs stays.
    pub(crate) fn close(&mut self, id: AttemptId) {
        if let Some(attempt) = self.attempts.get_mut(&id) {
            attempt.open = None;
            attempt.seen.shrink_to_fit();
        }
    }
}
