//! What a live came to: the figures the vendor reads when it ends, and the final ones later.
//!
//! Whoever counts (the reading `summaries`) fills it; whoever words it reads it. Sums are in the
//! minor unit of the shop's currency, shares in thousandths, times in UTC.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{LiveId, ProductId};
use crate::money::Amount;

/// The figures of one live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Which live.
    pub live: LiveId,
    /// What it was called.
    pub title: String,
    /// When it went on air.
    pub started_at: DateTime<Utc>,
    /// When FIN was said (or silence said it).
    pub finished_at: DateTime<Utc>,
    /// The figures are as of then: the end of its last hold, or the settling.
    pub as_of: DateTime<Utc>,
    /// Final: later money is an adjustment.
    pub settled: bool,
    /// On air until FIN, breaks included.
    pub seconds: u32,
    /// Carts begun in it, and offers of it accepted (from then on).
    pub placed: u32,
    /// Of these: confirmed by money that was not taken back by the operator since. What the vendor
    /// gave up later still counts, as it does for trust.
    pub paid: u32,
    /// Of these: their time ran out, and no late money was honoured.
    pub expired: u32,
    /// Of these: cancelled without having been paid, or after the operator took the money back.
    pub cancelled: u32,
    /// Of these: none of that yet. So is one whose money the operator took back: it waits for it
    /// again, though it holds up no live.
    pub open: u32,
    /// Paid ÷ (paid + expired + cancelled), rounded down; nothing while nothing is resolved.
    pub conversion: Option<u32>,
    /// The totals of the paid ones, those that were given up later included.
    pub gross: Amount,
    /// What of it counts: neither taken back nor due back. Before the provider's fees, which it
    /// does not always tell.
    pub net: Amount,
    /// Most units in paid orders; of several the one with the larger sum, then the older one.
    pub best: Option<Sold>,
    /// Every product that was asked for, sold or held up in it, most units first.
    pub products: Vec<ProductFigures>,
    /// Payers without a paid order in the shop (by the provider's time) before it went on air.
    pub new_clients: u32,
    /// Payers with one.
    pub returning_clients: u32,
    /// From the order to the provider's time of payment, whole seconds: half paid within it (the
    /// nearest rank).
    pub pay_median: Option<u32>,
    /// Nine of ten paid within it.
    pub pay_p90: Option<u32>,
    /// The minute with the most orders; of several the first.
    pub peak: Option<Peak>,
    /// What those who asked in vain would have paid: the most each client asked for of each
    /// variant, at the price of then. An upper bound, for some of them bought later.
    pub lost: Amount,
    /// One thing to do better.
    pub advice: Option<Advice>,
}

/// Units of one product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sold {
    /// Which.
    pub product: ProductId,
    /// Its word.
    pub keyword: String,
    /// What buyers read.
    pub name: String,
    /// Units in paid orders.
    pub units: u32,
    /// Their sum.
    pub amount: Amount,
}

/// One product in a live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductFigures {
    /// Units and money of paid orders.
    #[serde(flatten)]
    pub sold: Sold,
    /// Units that were free when it went on air, and what came in until FIN: received, corrected,
    /// returned or no longer set aside (less what was taken away). What was owed to buyers of
    /// before was not on offer.
    pub offered: u32,
    /// Units in paid orders ÷ offered, rounded down; nothing where nothing was offered. Above 1 000
    /// where units of earlier carts were sold again.
    pub sell_through: Option<u32>,
    /// The first instant until FIN at which none was free of any variant: its start, where none was
    /// then. What is new in the live is not out before some of it came in.
    pub out_at: Option<DateTime<Utc>>,
    /// How long none was free until FIN, whole seconds; the time between an end and its undoing is
    /// not counted.
    pub out_seconds: u32,
    /// What those who asked for it in vain would have paid, at most.
    pub lost: Amount,
}

/// The busiest minute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peak {
    /// Its first instant.
    pub minute: DateTime<Utc>,
    /// Orders placed in it.
    pub orders: u32,
    /// The keyword last held up before its end, if any was.
    pub shown: Option<String>,
}

/// One piece of advice, with the figures it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Advice {
    /// It was sold out while people still asked: bring more.
    MoreStock {
        /// What.
        keyword: String,
        /// How long it took to sell out, minutes.
        minutes: u32,
        /// What was asked for in vain, at most.
        lost: Amount,
    },
    /// Many did not pay in time: remind them on air, or switch to first paid first served.
    MorePayment {
        /// Expired.
        expired: u32,
        /// Of so many resolved.
        resolved: u32,
    },
    /// Orders came when it was held up: hold it up earlier and again.
    ShowAgain {
        /// What.
        keyword: String,
        /// Orders of the minute after it.
        orders: u32,
    },
    /// Nothing stood out: the best seller, again.
    Again {
        /// What.
        keyword: String,
        /// Units sold.
        units: u32,
    },
}
