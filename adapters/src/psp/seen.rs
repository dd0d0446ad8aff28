//! What a provider tells, whichever way it came.

use domain::ids::{AttemptId, Reference, ShopId};
use domain::money::Amount;
use domain::payment::observation::{Observation, Source, Status, Trusted};

/// One thing seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// About an attempt of ours.
    Ours {
        /// Which shop.
        shop: ShopId,
        /// What.
        observation: Observation,
    },
    /// About something else: another system's charge, a payout, a refund. Kept, not applied.
    Foreign(Foreign),
    /// About an attempt of ours perhaps, but it cannot be believed (a fraction of a franc, a
    /// negative amount, no status). Kept and shown; money is never guessed.
    Unreadable {
        /// Our reference, where there is one.
        reference: Option<String>,
        /// What is wrong.
        why: String,
    },
}

impl Seen {
    /// The observation, where it is about an attempt of ours.
    pub fn observation(&self) -> Option<&Observation> {
        match self {
            Self::Ours { observation, .. } => Some(observation),
            Self::Foreign(_) | Self::Unreadable { .. } => None,
        }
    }
}

/// Something that is not a payment of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// The provider's word, for example `payment` or `refund`.
    pub kind: Option<String>,
    /// Its reference, as it came.
    pub reference: Option<String>,
    /// The provider's transaction.
    pub provider_id: Option<String>,
    /// What it says.
    pub status: Status,
    /// Minor units, where readable.
    pub amount: Option<Amount>,
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
