//! Facts about what is sold and how much of it there is.

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantNames};

use crate::ids::{ProductId, VariantId};
use crate::money::Amount;
use crate::text::{Keyword, Text};

/// Why the count of a variant was corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdjustReason {
    /// Counted again.
    Count,
    /// Damaged or lost.
    Loss,
    /// Sold elsewhere.
    SoldElsewhere,
    /// Came back.
    Return,
}

/// What can have happened to the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, VariantNames)]
pub enum Event {
    /// A product is on sale under a keyword. Its variants follow.
    ProductAdded {
        /// Its number in the shop.
        product: ProductId,
        /// What buyers write.
        keyword: Keyword,
        /// What they read.
        name: Text,
        /// Price of one unit.
        price: Amount,
        /// Refused outside a live.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        only_during_live: bool,
        /// Where its picture is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        photo: Option<String>,
    },
    /// Price, name or picture changed; orders placed keep theirs.
    ProductChanged {
        /// Which product.
        product: ProductId,
        /// New name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<Text>,
        /// New price.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        price: Option<Amount>,
        /// New picture.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        photo: Option<String>,
    },
    /// A size and/or colour of a product; a product without variants has exactly one, without both.
    VariantAdded {
        /// Its number in the shop.
        variant: VariantId,
        /// Of which product.
        product: ProductId,
        /// For example M or 38.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        size: Option<Text>,
        /// For example rouge.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        colour: Option<Text>,
    },
    /// Units came in.
    StockReceived {
        /// Of which variant.
        variant: VariantId,
        /// How many, at least 1.
        quantity: u32,
    },
    /// The count was corrected.
    StockAdjusted {
        /// Of which variant.
        variant: VariantId,
        /// Signed difference, never 0.
        by: i64,
        /// Why.
        reason: AdjustReason,
    },
    /// Units were set aside (positive) or put back (negative) by the vendor.
    StockBlocked {
        /// Of which variant.
        variant: VariantId,
        /// Signed difference, never 0.
        by: i64,
    },
    /// The vendor is told that a product runs low, or out: once each until units come in.
    StockRanLow {
        /// Which product.
        product: ProductId,
        /// Units free of it, all variants together.
        left: u32,
    },
    /// No longer on sale; its history stays.
    ProductArchived {
        /// Which product.
        product: ProductId,
    },
}
