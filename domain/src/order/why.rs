//! Words of an order's facts: why a hold lasts longer, who cancels, what a payer may choose.

use serde::{Deserialize, Serialize};

/// Why a hold lasts longer than it said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExtendReason {
    /// Time in which LivePay could not answer.
    Outage,
    /// The provider is still processing at the lock deadline.
    Processing,
    /// A failed attempt left less time than the minimum.
    PaymentFailed,
    /// Part of the money came; the balance is asked.
    Underpaid,
}

/// What shall become of money that came when its order was over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// Wait for units to come back.
    Wait,
    /// Have something else for it.
    Swap,
    /// Have it back.
    Refund,
    /// Have the order after all, though she had cancelled it.
    Keep,
    /// Pay the rest and have the order.
    Complete,
}

impl Choice {
    /// The name on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::Wait => "wait",
            Self::Swap => "swap",
            Self::Refund => "refund",
            Self::Keep => "keep",
            Self::Complete => "complete",
        }
    }

    /// Reads [`Choice::code`] back.
    pub fn parse(code: &str) -> Option<Self> {
        [
            Self::Wait,
            Self::Swap,
            Self::Refund,
            Self::Keep,
            Self::Complete,
        ]
        .into_iter()
        .find(|choice| choice.code() == code)
    }
}

/// Why an order was cancelled, where it was not a plain wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    /// There were fewer units than thought.
    StockLowered,
    /// Its client asked for it after she had paid.
    Requested,
}

/// Who ended an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelledBy {
    /// The buyer.
    Client,
    /// The seller.
    Vendor,
}
