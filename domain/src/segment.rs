//! The five ways to sell: configuration of one engine, never a fork of the code.

use serde::{Deserialize, Serialize};

/// How a shop sells (domain.md, "Segments").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Segment {
    /// Lives: short holds with a visible timer.
    #[default]
    LiveSeller,
    /// A neighbourhood shop.
    Shop,
    /// Tickets with a deposit.
    Events,
    /// Appointments.
    Services,
    /// Quotes and invoices.
    B2b,
}

/// A language we have words in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// French, the house's first language.
    #[default]
    Fr,
    /// English.
    En,
}

/// How a client wants to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Wave.
    Wave,
    /// Orange Money.
    OrangeMoney,
    /// A bank card, on the provider's hosted page.
    Card,
}

impl Method {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Wave, Self::OrangeMoney, Self::Card];

    /// The stored and wire name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Wave => "wave",
            Self::OrangeMoney => "orange_money",
            Self::Card => "card",
        }
    }

    /// Reads [`Method::code`] back.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.code() == code)
    }
}
