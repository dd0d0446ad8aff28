//! Money: an integer count of the currency's minor unit. No float ever touches it.

use serde::{Deserialize, Serialize};

/// Minor units of the shop's currency; 15 000 F is `Amount(15_000)`. Never negative.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Amount(pub i64);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The sum, or `None` where it would not fit.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference, or `None` where it would be negative.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0
            .checked_sub(other.0)
            .filter(|rest| *rest >= 0)
            .map(Self)
    }

    /// This amount `quantity` times, or `None` where it would not fit.
    pub fn times(self, quantity: u32) -> Option<Self> {
        self.0.checked_mul(i64::from(quantity)).map(Self)
    }
}

/// ISO 4217 codes of the places we serve; the exponent says what a minor unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Currency {
    /// West African CFA franc: no minor unit.
    #[serde(rename = "XOF")]
    Xof,
    /// Central African CFA franc: no minor unit.
    #[serde(rename = "XAF")]
    Xaf,
    /// Guinean franc: no minor unit.
    #[serde(rename = "GNF")]
    Gnf,
}

impl Currency {
    /// The ISO 4217 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Xof => "XOF",
            Self::Xaf => "XAF",
            Self::Gnf => "GNF",
        }
    }

    /// The currency of a code, or `None` where we do not sell in it.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Xof, Self::Xaf, Self::Gnf]
            .into_iter()
            .find(|known| known.code() == code)
    }
}
