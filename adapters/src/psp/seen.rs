//! What a provider tells, whichever way it came.

use domain::ids::{AttemptId, Reference, ShopId};
use domain::payment::observation::{Observation, Source, Status, Trusted};

use super::line::Line;

/// One thing seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// About an attempt of ours.
    Ours {
        /// Which shop.
        shop: ShopId,
        /// What.
        observation: Observation,
        /// The same as a line of the provider's books; a bare status is none.
        line: Option<Box<Line>>,
    },
    /// About something else: another system's charge, a payout. Kept, not applied.
    Foreign {
        /// The provider's word for what it is, for example `payout`.
        kind: Option<String>,
        /// What is kept of it; `None` where the provider gave it no id.
        line: Option<Box<Line>>,
    },
    /// About an attempt of ours perhaps, but it cannot be believed (a fraction of a franc, a
    /// negative amount, no status). Kept and shown; money is never guessed.
    Unreadable {
        /// What is wrong.
        why: String,
        /// What could be read of it.
        line: Option<Box<Line>>,
    },
}

impl Seen {
    /// The observation, where it is about an attempt of ours.
    pub fn observation(&self) -> Option<&Observation> {
        match self {
            Self::Ours { observation, .. } => Some(observation),
            Self::Foreign { .. } | Self::Unreadable { .. } => None,
        }
    }

    /// It as a line of the provider's books, where the provider gave it an id.
    pub fn line(&self) -> Option<&Line> {
        match self {
            Self::Ours { line, .. }
            | Self::Foreign { line, .. }
            | Self::Unreadable { line, .. } => line.as_deref(),
        }
    }
}

/// A body that is not the provider's at all: a dead letter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unreadable: {0}")]
pub struct Undecodable(pub String);

/// Puts an observation together where the reference is ours.
pub(super) fn of_reference(
    reference: &str,
    blank: impl FnOnce(AttemptId) -> Observation,
) -> Option<Seen> {
    let (shop, attempt) = Reference::parse(reference)?;
    Some(Seen::Ours {
        shop,
        observation: blank(attempt),
        line: None,
    })
}

/// An observation that says only a status.
pub(super) fn bare(attempt: AttemptId, status: Status, source: Source) -> Observation {
    Observation {
        attempt,
        provider_id: None,
        status,
        amount: None,
        fees: None,
        currency: None,
        paid_at: None,
        source,
        trusted: Trusted::Fully,
    }
}
