//! Trust: a score per client and shop that anyone can recompute and she can ask about.
//!
//! The rules (`v1`, `v2`, tiers, badges) come with the issue "The hold meets the money"; what is
//! stored has its shape from the first day.

use serde::{Deserialize, Serialize};

/// Score of a client nobody knows yet (policy v1).
pub const START: u8 = 50;

/// What moved a score, in the order they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonCode {
    /// Where everybody starts.
    Start,
    /// Paid orders.
    Paid,
    /// Pays within two minutes on average.
    PaysFast,
    /// Spent much.
    Spent,
    /// Holds that ran out.
    Expired,
    /// Looks like a fake buyer.
    SuspectedFakeBuyer,
    /// The share of holds she honoured (v2).
    HonourRate,
}

/// One line of the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What.
    pub code: ReasonCode,
    /// How much, signed.
    pub points: i16,
}

/// What her paid orders and score give her.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Everybody.
    #[default]
    Bronze,
    /// At least 3 paid, score at least 60.
    Silver,
    /// At least 6 paid, score at least 70.
    Gold,
    /// At least 10 paid, score at least 80.
    Diamond,
}

/// Earned once, told once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Badge {
    /// First order of a live.
    FirstBuyer,
    /// 3 paid in this shop.
    Loyal,
    /// One paid under 2 minutes.
    FastPayer,
    /// 5 paid, no expiry since.
    Verified,
}
