//! What happened in the shops of a play, noted at its moment; [`super::figures`] counts it.

use std::time::Duration;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Note {
    /// When, in seconds of the live's own time.
    pub at: f64,
    /// Where, by its place among the shops.
    pub shop: usize,
    /// What.
    pub what: What,
}

/// What can be noted.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum What {
    /// A buyer began a purchase.
    Came,
    /// Her first words were answered after this long, of real time; noted when they were written.
    Answered(Duration),
    /// She holds an order that can be paid.
    Ordered,
    /// She paid on the provider's page.
    Paid {
        /// Francs.
        francs: i64,
        /// When the purchase had begun, in the live's own time.
        came: f64,
    },
    /// She wrote.
    Wrote,
    /// The shop wrote to her.
    Read,
    /// The vendor held this keyword up.
    Shown(String),
    /// The vendor took a break.
    Paused,
    /// The vendor was back.
    Resumed,
    /// The vendor said FIN.
    Finished,
}
