//! What trust counts of a client in one shop, whoever counts it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Everything a policy may look at.
///
/// *Paid* is an order confirmed by money and not reversed since; a refund the vendor caused still
/// counts. *Expired* is one per order, only where it was her doing, and not where a late payment
/// made it live again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Facts {
    /// Paid orders.
    pub paid: u32,
    /// Those of them a provider's payment confirmed: their time to pay is known.
    pub timed: u32,
    /// The times to pay of those together, whole seconds each: from the order to the provider's
    /// time.
    pub seconds: u64,
    /// Their sums together, minor units.
    pub spent: i64,
    /// Expired orders.
    pub expired: u32,
    /// The same orders by the UTC day on which they were confirmed or ran out. Days so long ago
    /// that they weigh nothing may be missing.
    pub days: BTreeMap<NaiveDate, Day>,
}

/// What happened on one UTC day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Day {
    /// Orders paid on it.
    pub paid: u32,
    /// Orders expired on it.
    pub expired: u32,
}
