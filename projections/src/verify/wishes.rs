//! Requests to cancel against the domain's state.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{Shop, agenda::Due};

use crate::numbers;

/// Every undecided request: (order, decide by). Gives the first difference, in words.
pub(super) fn cancellations(shop: &Shop, rows: &[(i64, DateTime<Utc>)]) -> Option<String> {
    let orders = shop.orders.open.keys().copied();
    let wanted: BTreeMap<i64, DateTime<Utc>> = orders
        .filter_map(|order| {
            let until = shop.agenda.at(Due::Cancellation(order))?;
            Some((numbers::order(order), until))
        })
        .collect();
    let found: BTreeMap<i64, DateTime<Utc>> = rows.iter().copied().collect();
    (found != wanted)
        .then(|| format!("requests to cancel: the table says {found:?}, the log {wanted:?}"))
}
