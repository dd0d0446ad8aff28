//! The figures of a play: per shop and per minute, counted from the diary by a pure function.

mod count;

use serde::Serialize;

use super::Arrivals;

pub(super) use count::{Play, count, percentile};

/// Everything that is reported about a play beside the sums of [`super::Report`].
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Figures {
    /// The seed it can be played again with.
    pub seed: u64,
    /// In which way buyers came.
    pub arrivals: Arrivals,
    /// How many phones.
    pub buyers: usize,
    /// How long it really lasted, in seconds.
    pub seconds: u64,
    /// How long the live is in its own time, in seconds.
    pub length_s: f64,
    /// Width of a bin in seconds of the live's own time: 60, or less in a live under ten minutes.
    pub step_s: u32,
    /// All shops together. Its marks are those of the only shop, if there is only one.
    pub whole: ShopFigures,
    /// Each of them.
    pub shops: Vec<ShopFigures>,
}

/// One shop's live.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ShopFigures {
    /// What people call it.
    pub name: String,
    /// The platform's id of its number.
    pub number: String,
    /// Over the whole live.
    #[serde(flatten)]
    pub sums: Sums,
    /// What the vendor did.
    pub marks: Vec<Mark>,
    /// Minute by minute.
    pub minutes: Vec<Bin>,
}

/// Counts over a stretch of time.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Sums {
    /// Purchases that should have begun, by the curve.
    pub expected: f64,
    /// Purchases begun.
    pub arrivals: u32,
    /// Of those, paid, whenever that was: a part between 0 and 1.
    pub conversion: Option<f64>,
    /// Orders held.
    pub orders: u32,
    /// Payments on the provider's page.
    pub payments: u32,
    /// Their francs.
    pub francs: i64,
    /// Messages written or read by phones.
    pub messages: u32,
    /// Those messages for each payment.
    pub messages_per_sale: Option<f64>,
    /// Milliseconds to the first answer, of what was asked in this time.
    pub first_answer_ms: Option<Answers>,
}

/// How fast answers were, in milliseconds of real time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Answers {
    /// Half of them were faster.
    pub p50: u64,
    /// One in a hundred was slower.
    pub p99: u64,
}

/// Counts of one minute (or of one shorter step).
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Bin {
    /// Its first second, in the live's own time.
    pub from_s: u32,
    /// What happened in it.
    #[serde(flatten)]
    pub sums: Sums,
}

/// What the vendor did, and when.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    /// Seconds of the live's own time.
    pub at_s: f64,
    /// What.
    #[serde(flatten)]
    pub what: Moment,
}

/// What a vendor does in a live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Moment {
    /// Held something up.
    Shown {
        /// Its keyword.
        keyword: String,
    },
    /// Took a break.
    Paused,
    /// Was back.
    Resumed,
    /// Said FIN.
    Fin,
}

impl Figures {
    /// The shop with the most purchases, and all together when it is the only one.
    pub(super) fn busiest(&self) -> &ShopFigures {
        let most = self.shops.iter().max_by_key(|shop| shop.sums.arrivals);
        match most {
            Some(shop) if self.shops.len() > 1 => shop,
            _ => &self.whole,
        }
    }
}
