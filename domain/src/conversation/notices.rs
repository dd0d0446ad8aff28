//! What the vendor is still to be told: payments that come fast, and what ran low, so that a busy
//! minute is one message and not twenty.
//!
//! The first payment is told at once. Those that come soon after a notice about payments are
//! collected and told together when that time is over; then it begins again. What runs low waits
//! as long for company, and goes with the first notice that leaves.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::agenda::Due;
use crate::ids::{OrderId, ProductId};
use crate::policy::Rule;
use crate::shop::Shop;
use crate::time::after;

/// What the vendor is still to be told.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Notices {
    /// Payments before this are collected.
    pub until: Option<DateTime<Utc>>,
    /// Paid and not told yet, oldest first.
    pub orders: Vec<OrderId>,
    /// Ran low and not told yet, oldest first.
    pub low: Vec<ProductId>,
}

/// Whether a notice about payments left a moment ago. Nothing is collected for nobody.
pub(crate) fn busy(shop: &Shop, now: DateTime<Utc>) -> bool {
    let soon = shop.notices.until.is_some_and(|until| now < until);
    soon && !shop.vendors.is_empty()
}

fn window(shop: &Shop, at: DateTime<Utc>) -> DateTime<Utc> {
    after(at, shop.policy.seconds(Rule::NoticeSeconds))
}

/// What is collected is told then, or earlier.
fn not_after(shop: &mut Shop, at: DateTime<Utc>) {
    let known = shop.agenda.at(Due::VendorNotice);
    let first = known.map_or(at, |known| known.min(at));
    shop.agenda.set(Due::VendorNotice, first);
}

/// An order is paid; the vendor is told at once, or later.
pub(crate) fn paid(shop: &mut Shop, order: OrderId, later: bool, at: DateTime<Utc>) {
    if !later {
        shop.notices.until = Some(window(shop, at));
        return;
    }
    if !shop.notices.orders.contains(&order) {
        shop.notices.orders.push(order);
    }
    let until = shop.notices.until.unwrap_or(at);
    not_after(shop, until);
}

/// Few of a product are free, or none.
pub(crate) fn ran_low(shop: &mut Shop, product: ProductId, at: DateTime<Utc>) {
    if !shop.notices.low.contains(&product) {
        shop.notices.low.push(product);
    }
    let until = window(shop, at);
    not_after(shop, until);
}

/// She was told of these orders, and of everything that ran low. What is there again by now was
/// not said, so that it can be said when it goes.
pub(super) fn told(shop: &mut Shop, orders: &[OrderId], at: DateTime<Utc>) {
    shop.agenda.clear(Due::VendorNotice);
    let low = shop.policy.count(Rule::LowStock);
    for product in std::mem::take(&mut shop.notices.low) {
        if !shop.catalogue.is_low(product, low) {
            shop.catalogue.told_again(product, low);
        }
    }
    if orders.is_empty() {
        return;
    }
    let told: BTreeSet<&OrderId> = orders.iter().collect();
    shop.notices.orders.retain(|order| !told.contains(order));
    let until = window(shop, at);
    shop.notices.until = Some(until);
    if !shop.notices.orders.is_empty() {
        not_after(shop, until);
    }
}
