//! Trust: a score per client and shop that anyone can recompute and she can ask about.
//!
//! [`facts`] is what is counted, [`policy`] the numbers, [`score`] the sum. The room `client`
//! counts as things happen and tells what changed (`client/review.rs`); [`recompute`] counts again
//! from the log, by a way of its own, and proves that both say the same.

use serde::{Deserialize, Serialize};

pub mod facts;
pub mod policy;
pub mod recompute;
pub mod score;

#[cfg(test)]
mod spec;

/// Score of a client nobody knows yet, under any policy.
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

/// The tiers above bronze, best first: tier, paid orders it takes, score it takes.
const TIERS: [(Tier, u32, u8); 3] = [
    (Tier::Diamond, 10, 80),
    (Tier::Gold, 6, 70),
    (Tier::Silver, 3, 60),
];

impl Tier {
    /// The tier of so many paid orders and the score that counts (the vendor's word over the
    /// computed one).
    pub fn of(paid: u32, score: u8) -> Self {
        let fits = |(_, orders, least): &(Self, u32, u8)| paid >= *orders && score >= *least;
        let found = TIERS.iter().find(|tier| fits(tier));
        found.map_or(Self::Bronze, |(tier, _, _)| *tier)
    }
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
