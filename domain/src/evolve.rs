//! What a fact changes. Never refuses what happened; never asks why.

use chrono::{DateTime, Utc};

use crate::event::Event;
use crate::policy::Rule;
use crate::shop::Shop;
use crate::{b2b, catalogue, client, conversation, live, order, payment, shop, waitlist};

/// Applies one fact that happened `at`. Folding a shop's events gives its state.
pub fn evolve(shop: &mut Shop, event: &Event, at: DateTime<Utc>) {
    match event {
        Event::Shop(event) => shop::evolve::evolve(shop, event),
        Event::Catalogue(event) => catalogue(shop, event, at),
        Event::Live(event) => live::evolve::evolve(shop, event, at),
        Event::Client(event) => client::evolve::evolve(shop, event, at),
        Event::Order(event) => order::evolve::evolve(shop, event, at),
        Event::Waitlist(event) => waitlist::evolve::evolve(shop, event, at),
        Event::Payment(event) => payment::evolve::evolve(shop, event, at),
        Event::B2b(event) => b2b::evolve::evolve(&mut shop.b2b, event),
        Event::Conversation(event) => conversation::evolve::evolve(shop, event, at),
    }
}

fn catalogue(shop: &mut Shop, event: &catalogue::Event, at: DateTime<Utc>) {
    let low = shop.policy.count(Rule::LowStock);
    catalogue::evolve::evolve(&mut shop.catalogue, event, low);
    if let catalogue::Event::StockRanLow { product, .. } = event {
        conversation::notices::ran_low(shop, *product, at);
    }
}
