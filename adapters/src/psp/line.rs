//! A line of a provider's own books.

use chrono::{DateTime, Utc};
use domain::money::Amount;
use domain::payment::observation::Status;

/// Which way money went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A payer paid, or tried to.
    Payment,
    /// Money went back to a payer.
    Refund,
    /// Anything else, by the provider's own word: a payout, a settlement.
    Other(String),
}

/// One transaction as the provider told it, whether or not it is about us. It holds no personal
/// data: names and phones of a body are never read into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The provider's id of the transaction; never empty.
    pub transaction: String,
    /// Which way.
    pub kind: Kind,
    /// The reference as it came: ours, somebody else's, or none.
    pub reference: Option<String>,
    /// What it says.
    pub status: Status,
    /// Minor units, as it came (gross or net); `None` where it cannot be read.
    pub amount: Option<Amount>,
    /// The merchant's fees in minor units, where given.
    pub fees: Option<Amount>,
    /// ISO 4217 as it came.
    pub currency: Option<String>,
    /// The provider's time.
    pub at: Option<DateTime<Utc>>,
}
