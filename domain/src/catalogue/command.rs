//! Wishes about products and stock.

use serde::{Deserialize, Serialize};

use crate::ids::{ProductId, VariantId};
use crate::money::Amount;
use crate::text::{Keyword, Text};

use super::event::AdjustReason;

/// A variant as the vendor describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewVariant {
    /// For example M.
    #[serde(default)]
    pub size: Option<Text>,
    /// For example rouge.
    #[serde(default)]
    pub colour: Option<Text>,
    /// Units there are now.
    pub stock: u32,
}

/// What may be asked about the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Put a product on sale, with at least one variant.
    AddProduct {
        /// Its word; must be free.
        keyword: Keyword,
        /// What buyers read.
        name: Text,
        /// Price of one unit, over 0.
        price: Amount,
        /// Refuse it outside lives?
        #[serde(default)]
        only_during_live: bool,
        /// Where its picture is.
        #[serde(default)]
        photo: Option<String>,
        /// One or more.
        variants: Vec<NewVariant>,
    },
    /// Change name, price or picture; absent fields stay.
    ChangeProduct {
        /// Which.
        product: ProductId,
        /// New name.
        name: Option<Text>,
        /// New price.
        price: Option<Amount>,
        /// New picture.
        photo: Option<String>,
    },
    /// Units came in.
    ReceiveStock {
        /// Of which variant.
        variant: VariantId,
        /// At least 1.
        quantity: u32,
    },
    /// The count is wrong by so many.
    AdjustStock {
        /// Of which variant.
        variant: VariantId,
        /// Signed, not 0.
        by: i64,
        /// Why.
        reason: AdjustReason,
    },
    /// Set units aside (positive) or put them back (negative).
    BlockStock {
        /// Of which variant.
        variant: VariantId,
        /// Signed, not 0.
        by: i64,
    },
    /// Stop selling it.
    ArchiveProduct {
        /// Which.
        product: ProductId,
    },
}
