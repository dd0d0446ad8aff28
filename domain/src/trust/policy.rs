//! Trust policies are data with a version. A shop follows one of them ([`Rule::TrustPolicy`]); a
//! change counts from the next thing that happens to a client on.
//!
//! The numbers are those of domain.md, "Trust". A policy that was in force never changes: another
//! one gets the next version.

use serde::{Deserialize, Serialize};

use crate::policy::{Policy, Rule};

/// Which policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Version {
    /// A sum of points.
    V1,
    /// The share of holds she honoured, what is recent counting more.
    V2,
}

impl Version {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::V1, Self::V2];

    /// The one a shop follows now.
    pub fn of(policy: &Policy) -> Self {
        Self::numbered(policy.get(Rule::TrustPolicy))
    }

    /// By the number the rule has; its bounds allow no other than these.
    pub fn numbered(number: i64) -> Self {
        if number == 2 { Self::V2 } else { Self::V1 }
    }

    /// Its name in events: `v1`.
    pub fn name(self) -> &'static str {
        match self {
            Self::V1 => "v1",
            Self::V2 => "v2",
        }
    }

    /// Reads [`Version::name`] back.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|version| version.name() == name)
    }

    /// Its numbers.
    pub fn policy(self) -> &'static TrustPolicy {
        match self {
            Self::V1 => &V1,
            Self::V2 => &V2,
        }
    }
}

/// The numbers of one policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrustPolicy {
    /// Which.
    pub version: Version,
    /// Who looks like a fake buyer.
    pub flag: Flag,
    /// How the score comes about.
    pub sum: Sum,
}

/// Who looks like a fake buyer: more expired orders than this, and fewer paid ones than that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flag {
    /// Expired orders it takes more than.
    pub expired_over: u32,
    /// Paid orders that speak against it.
    pub paid_under: u32,
}

/// How a score comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sum {
    /// Points are added up.
    Points(Points),
    /// The share of holds she honoured.
    HonourRate(HonourRate),
}

/// Points, signed; their sum is clamped to 0–100 once, at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Points {
    /// Where everybody starts.
    pub start: i16,
    /// For each paid order.
    pub per_paid: i16,
    /// For all paid orders together, at most.
    pub paid_most: i16,
    /// Mean time to pay that is fast: under so many seconds.
    pub fast_seconds: u64,
    /// For being fast.
    pub fast: i16,
    /// Spent more than this, minor units.
    pub spent_over: i64,
    /// For having spent it.
    pub spent: i16,
    /// For each expired order.
    pub per_expired: i16,
    /// For looking like a fake buyer.
    pub flag: i16,
}

/// `(paid + paid_prior) / (paid + lapsed + prior)`, everything in weighted thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HonourRate {
    /// Added to what she paid, thousandths of an order.
    pub paid_prior: u64,
    /// Added to everything, thousandths of an order.
    pub prior: u64,
    /// What an order of so many days ago weighs, thousandths: the first half-life, day by day.
    pub weights: &'static [u16],
}

impl HonourRate {
    /// What an order weighs after so many whole days, in thousandths; in the end nothing.
    pub fn weight(&self, days: u64) -> u64 {
        let halves = u64::try_from(self.weights.len()).unwrap_or(1).max(1);
        let rest = usize::try_from(days.checked_rem(halves).unwrap_or(0)).unwrap_or(0);
        let first = self.weights.get(rest).copied().map_or(0, u64::from);
        let halved = u32::try_from(days.checked_div(halves).unwrap_or(0)).unwrap_or(u32::MAX);
        first.checked_shr(halved).unwrap_or(0)
    }
}

/// From this many days on no policy gives an order any weight by its age: ten half-lives.
pub const FORGOTTEN_DAYS: u64 = 900;

/// The first policy.
pub const V1: TrustPolicy = TrustPolicy {
    version: Version::V1,
    flag: FLAG,
    sum: Sum::Points(Points {
        start: 50,
        per_paid: 5,
        paid_most: 25,
        fast_seconds: 120,
        fast: 10,
        spent_over: 100_000,
        spent: 10,
        per_expired: -10,
        flag: -20,
    }),
};

/// The second policy: it forgives with time, and flags as the first one does.
pub const V2: TrustPolicy = TrustPolicy {
    version: Version::V2,
    flag: FLAG,
    sum: Sum::HonourRate(HonourRate {
        paid_prior: 2_000,
        prior: 3_000,
        weights: &HALF_LIFE_90,
    }),
};

const FLAG: Flag = Flag {
    expired_over: 3,
    paid_under: 2,
};

/// `1000 × 2^(−days/90)` for the days 0 to 89, rounded; every 90 days more halve it.
#[rustfmt::skip]
const HALF_LIFE_90: [u16; 90] = [
    1000, 992, 985, 977, 970, 962, 955, 948, 940, 933, 926, 919, 912, 905, 898,
    891, 884, 877, 871, 864, 857, 851, 844, 838, 831, 825, 819, 812, 806, 800,
    794, 788, 782, 776, 770, 764, 758, 752, 746, 741, 735, 729, 724, 718, 713,
    707, 702, 696, 691, 686, 680, 675, 670, 665, 660, 655, 650, 645, 640, 635,
    630, 625, 620, 616, 611, 606, 602, 597, 592, 588, 583, 579, 574, 570, 566,
    561, 557, 553, 548, 544, 540, 536, 532, 528, 524, 520, 516, 512, 508, 504,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn weight(days: u64) -> u64 {
        let Sum::HonourRate(rate) = V2.sum else {
            panic!()
        };
        rate.weight(days)
    }

    #[test]
    fn what_is_old_weighs_half_every_ninety_days_and_in_the_end_nothing() {
        let some = [0, 45, 89, 90, 180, 270, 899, FORGOTTEN_DAYS, u64::MAX];
        assert_eq!(some.map(weight), [1_000, 707, 504, 500, 250, 125, 0, 0, 0],);
        assert!((0..2_000).all(|days| weight(days) >= weight(days + 1)));
    }

    #[test]
    fn a_version_is_found_by_its_name_and_its_number() {
        for (version, number) in Version::ALL.into_iter().zip(1..) {
            assert_eq!(Version::named(version.name()), Some(version));
            assert_eq!(Version::numbered(number), version);
            assert_eq!(version.policy().version, version);
        }
        assert_eq!(Version::named("v3"), None);
    }
}
