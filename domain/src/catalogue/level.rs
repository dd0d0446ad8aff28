//! How low a product is: the vendor is told when few of it are free, and when none is, once each
//! until units come in.

use serde::{Deserialize, Serialize};

use crate::ids::{ProductId, VariantId};

use super::Catalogue;

/// What the vendor knows of a product's stock. Holds that end make units free again without a
/// word: only what comes in begins a new story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// She was told that none is free, or none ever came in.
    Out,
    /// She was told that few are free, or only few came in.
    Low,
    /// There was enough when units last came in.
    Enough,
}

impl Level {
    /// How low so many units are, where up to `low` are few.
    fn of(left: u32, low: u32) -> Self {
        match left {
            0 => Self::Out,
            left if left <= low => Self::Low,
            _ => Self::Enough,
        }
    }
}

impl Catalogue {
    /// The products on sale of which fewer are free than the vendor knows, with what is left.
    pub(crate) fn ran_low(&self, low: u32) -> Vec<(ProductId, u32)> {
        let fallen = self.products().filter(|(_, product)| !product.archived);
        let fallen = fallen.filter_map(|(id, product)| {
            // Most are out, or far from it.
            let left = (product.level != Level::Out).then(|| self.left(product))?;
            (Level::of(left, low) < product.level).then_some((id, left))
        });
        fallen.collect()
    }

    /// Whether up to `low` units of it are free.
    pub(crate) fn is_low(&self, product: ProductId, low: u32) -> bool {
        let known = self.product(product);
        known.is_some_and(|known| self.left(known) <= low)
    }

    /// The vendor knows: so many are left.
    pub(super) fn fell(&mut self, product: ProductId, left: u32) {
        if let Some(known) = self.product_mut(product) {
            known.level = if left == 0 { Level::Out } else { Level::Low };
        }
    }

    /// Units of a variant came in: what falls from here on is told again.
    pub(super) fn rose(&mut self, variant: VariantId, low: u32) {
        if let Some(product) = self.variant(variant).map(|known| known.product) {
            self.told_again(product, low);
        }
    }

    /// Nothing that is free now has been told.
    pub(crate) fn told_again(&mut self, product: ProductId, low: u32) {
        let Some(left) = self.product(product).map(|known| self.left(known)) else {
            return;
        };
        if let Some(known) = self.product_mut(product) {
            known.level = known.level.max(Level::of(left, low));
        }
    }
}
