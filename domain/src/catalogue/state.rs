//! What is sold and how much of it there is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ids::{ProductId, VariantId};
use crate::message::ProductShown;
use crate::money::Amount;
use crate::order::event::{Line, Units};
use crate::rejection::VariantChoice;
use crate::text::{Keyword, Text};

use super::level::Level;

/// A product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Its word.
    pub keyword: Keyword,
    /// Its name.
    pub name: Text,
    /// Price of one unit.
    pub price: Amount,
    /// Refused outside a live.
    pub only_during_live: bool,
    /// Where its picture is.
    pub photo: Option<String>,
    /// No longer sold.
    pub archived: bool,
    /// Its variants, oldest first.
    pub variants: Vec<VariantId>,
    /// How low it was when the vendor was last told, or when units last came in.
    pub level: Level,
}

/// A variant and its stock. `available` is derived, never stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// Of which product.
    pub product: ProductId,
    /// For example M.
    pub size: Option<Text>,
    /// For example rouge.
    pub colour: Option<Text>,
    /// Units physically there.
    pub on_hand: u32,
    /// Units under a live hold or an offer.
    pub held: u32,
    /// Units owed and not handed over.
    pub committed: u32,
    /// Units the vendor set aside.
    pub blocked: u32,
    /// Grows whenever units go and none is left: "free again" is told from "still free".
    pub emptied: u64,
}

impl Variant {
    /// Units that are spoken for.
    pub fn taken(&self) -> u32 {
        self.held
            .saturating_add(self.committed)
            .saturating_add(self.blocked)
    }

    /// Units that can be held now.
    pub fn available(&self) -> u32 {
        self.on_hand.saturating_sub(self.taken())
    }

    /// Units of it went.
    pub(super) fn went(&mut self) {
        if self.available() == 0 {
            self.emptied = self.emptied.saturating_add(1);
        }
    }

    /// `M rouge`, or empty.
    pub fn label(&self) -> Text {
        match (&self.size, &self.colour) {
            (Some(size), Some(colour)) => Text::new(&format!("{size} {colour}")),
            (Some(one), None) | (None, Some(one)) => one.clone(),
            (None, None) => Text::default(),
        }
    }
}

/// All products and variants; both are numbered from 1 without gaps.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Catalogue {
    products: Vec<Product>,
    variants: Vec<Variant>,
    /// The newest product of each word, archived ones included: they are told apart by name.
    words: BTreeMap<Keyword, ProductId>,
}

fn slot(number: u32) -> Option<usize> {
    usize::try_from(number).ok()?.checked_sub(1)
}

fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

impl Catalogue {
    /// A product.
    pub fn product(&self, id: ProductId) -> Option<&Product> {
        self.products.get(slot(id.0)?)
    }

    /// A variant.
    pub fn variant(&self, id: VariantId) -> Option<&Variant> {
        self.variants.get(slot(id.0)?)
    }

    /// All products with their numbers, oldest first.
    pub fn products(&self) -> impl DoubleEndedIterator<Item = (ProductId, &Product)> {
        self.products
            .iter()
            .enumerate()
            .map(|(at, product)| (ProductId(number(at).saturating_add(1)), product))
    }

    /// All variants with their numbers, oldest first.
    pub fn variants(&self) -> impl Iterator<Item = (VariantId, &Variant)> {
        self.variants
            .iter()
            .enumerate()
            .map(|(at, variant)| (VariantId(number(at).saturating_add(1)), variant))
    }

    /// The newest product of a word, archived or not.
    pub fn by_keyword(&self, keyword: &Keyword) -> Option<ProductId> {
        self.words.get(keyword).copied()
    }

    /// The number the next product gets.
    pub fn next_product(&self) -> ProductId {
        ProductId(number(self.products.len()).saturating_add(1))
    }

    /// The number the next variant gets.
    pub fn next_variant(&self) -> VariantId {
        VariantId(number(self.variants.len()).saturating_add(1))
    }

    /// Products and variants together.
    pub fn len(&self) -> usize {
        self.products.len().saturating_add(self.variants.len())
    }

    /// Whether nothing is sold yet.
    pub fn is_empty(&self) -> bool {
        self.products.is_empty()
    }

    /// Units of a variant that can be held now; 0 for no such variant.
    pub fn available(&self, id: VariantId) -> u32 {
        self.variant(id).map_or(0, Variant::available)
    }

    /// Units free over all variants of a product.
    pub fn left(&self, product: &Product) -> u32 {
        product
            .variants
            .iter()
            .fold(0, |sum, id| sum.saturating_add(self.available(*id)))
    }

    /// A product as a person sees it.
    pub fn shown(&self, id: ProductId) -> Option<ProductShown> {
        let product = self.product(id)?;
        Some(ProductShown {
            keyword: product.keyword.clone(),
            name: product.name.clone(),
            price: product.price,
            left: self.left(product),
        })
    }

    /// The variants of a product as a person chooses among them.
    pub fn choices(&self, id: ProductId) -> Vec<VariantChoice> {
        let ids = self
            .product(id)
            .map(|product| product.variants.as_slice())
            .unwrap_or_default();
        let choice = |id: &VariantId| {
            let variant = self.variant(*id)?;
            Some(VariantChoice {
                variant: *id,
                label: variant.label(),
                left: variant.available(),
            })
        };
        ids.iter().filter_map(choice).collect()
    }

    /// A line of an order as a person sees it.
    pub fn line_shown(&self, line: &Line) -> Option<crate::message::LineShown> {
        let product = self.product(line.product)?;
        Some(crate::message::LineShown {
            keyword: product.keyword.clone(),
            name: product.name.clone(),
            label: self.variant(line.variant)?.label(),
            quantity: line.quantity,
            amount: line.unit_price.times(line.quantity)?,
        })
    }

    pub(super) fn product_mut(&mut self, id: ProductId) -> Option<&mut Product> {
        self.products.get_mut(slot(id.0)?)
    }

    pub(super) fn variant_mut(&mut self, id: VariantId) -> Option<&mut Variant> {
        self.variants.get_mut(slot(id.0)?)
    }

    pub(super) fn add_product(&mut self, id: ProductId, product: Product) {
        self.words.insert(product.keyword.clone(), id);
        self.products.push(product);
    }

    pub(super) fn add_variant(&mut self, id: VariantId, variant: Variant) {
        if let Some(product) = self.product_mut(variant.product) {
            product.variants.push(id);
        }
        self.variants.push(variant);
    }

    /// Units are held.
    pub(crate) fn hold(&mut self, units: Units) {
        if let Some(variant) = self.variant_mut(units.variant) {
            variant.held = variant.held.saturating_add(units.quantity);
            variant.went();
        }
    }

    /// Units are held no more.
    pub(crate) fn unhold(&mut self, units: Units) {
        if let Some(variant) = self.variant_mut(units.variant) {
            variant.held = variant.held.saturating_sub(units.quantity);
        }
    }

    /// Units are owed.
    pub(crate) fn commit(&mut self, units: Units) {
        if let Some(variant) = self.variant_mut(units.variant) {
            variant.committed = variant.committed.saturating_add(units.quantity);
            variant.went();
        }
    }

    /// Units are owed no more.
    pub(crate) fn uncommit(&mut self, units: Units) {
        if let Some(variant) = self.variant_mut(units.variant) {
            variant.committed = variant.committed.saturating_sub(units.quantity);
        }
    }

    /// The vendor sets units aside, or puts them back (negative).
    pub(super) fn set_aside(&mut self, id: VariantId, by: i64) {
        if let Some(variant) = self.variant_mut(id) {
            variant.blocked = shifted(variant.blocked, by);
            variant.went();
        }
    }

    /// Units left the house (negative) or came in.
    pub(crate) fn move_units(&mut self, id: VariantId, by: i64) {
        if let Some(variant) = self.variant_mut(id) {
            variant.on_hand = shifted(variant.on_hand, by);
            variant.went();
        }
    }
}

/// A count moved by a signed difference, kept within what a count can be.
fn shifted(count: u32, by: i64) -> u32 {
    let moved = i64::from(count)
        .saturating_add(by)
        .clamp(0, i64::from(u32::MAX));
    u32::try_from(moved).unwrap_or(u32::MAX)
}
