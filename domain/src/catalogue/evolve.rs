//! What a fact about products and stock changes.

use crate::ids::VariantId;

use super::Event;
use super::level::Level;
use super::state::{Catalogue, Product, Variant};

/// Applies it. Up to `low` units free of a product are few.
pub(crate) fn evolve(catalogue: &mut Catalogue, event: &Event, low: u32) {
    apply(catalogue, event);
    if let Some(variant) = came_in(event) {
        catalogue.rose(variant, low);
    }
}

/// Of what units came in, or were put back.
fn came_in(event: &Event) -> Option<VariantId> {
    match event {
        Event::StockReceived { variant, .. } => Some(*variant),
        Event::StockAdjusted { variant, by, .. } => (*by > 0).then_some(*variant),
        Event::StockBlocked { variant, by } => (*by < 0).then_some(*variant),
        Event::ProductAdded { .. }
        | Event::ProductChanged { .. }
        | Event::VariantAdded { .. }
        | Event::StockRanLow { .. }
        | Event::ProductArchived { .. } => None,
    }
}

fn apply(catalogue: &mut Catalogue, event: &Event) {
    match event {
        Event::ProductAdded {
            product,
            keyword,
            name,
            price,
            only_during_live,
            photo,
        } => {
            let added = Product {
                keyword: keyword.clone(),
                name: name.clone(),
                price: *price,
                only_during_live: *only_during_live,
                photo: photo.clone(),
                archived: false,
                variants: Vec::new(),
                level: Level::Out,
            };
            catalogue.add_product(*product, added);
        }
        Event::ProductChanged {
            product,
            name,
            price,
            photo,
        } => {
            let Some(known) = catalogue.product_mut(*product) else {
                return;
            };
            if let Some(name) = name {
                known.name.clone_from(name);
            }
            known.price = price.unwrap_or(known.price);
            if photo.is_some() {
                known.photo.clone_from(photo);
            }
        }
        Event::VariantAdded {
            variant,
            product,
            size,
            colour,
        } => {
            let added = Variant {
                product: *product,
                size: size.clone(),
                colour: colour.clone(),
                on_hand: 0,
                held: 0,
                committed: 0,
                blocked: 0,
                emptied: 0,
            };
            catalogue.add_variant(*variant, added);
        }
        Event::StockReceived { variant, quantity } => {
            catalogue.move_units(*variant, i64::from(*quantity));
        }
        Event::StockAdjusted { variant, by, .. } => catalogue.move_units(*variant, *by),
        Event::StockBlocked { variant, by } => catalogue.set_aside(*variant, *by),
        Event::StockRanLow { product, left } => catalogue.fell(*product, *left),
        Event::ProductArchived { product } => {
            if let Some(known) = catalogue.product_mut(*product) {
                known.archived = true;
            }
        }
    }
}
