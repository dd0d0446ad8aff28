//! Waitlists against the domain's state.

use domain::{Shop, ids::VariantId, waitlist::Waiting};

use crate::{models::waitlists::Row, numbers};

/// Every list, in the order they joined. Gives the first difference, in words.
///
/// Of `declined` the table knows only what was offered: what was free while she joined, and she
/// would not have, is the rules' own business.
pub(super) fn lists(shop: &Shop, rows: &[Row]) -> Option<String> {
    let lists = shop.waitlists.by_variant.iter();
    let wanted: Vec<(VariantId, &Waiting)> = lists
        .flat_map(|(id, list)| list.iter().map(|waiting| (*id, waiting)))
        .collect();
    let (found, count) = (rows.len(), wanted.len());
    if found != count {
        return Some(format!("the table has {found} who wait, the log {count}"));
    }
    rows.iter().zip(wanted).find_map(|(row, (variant, known))| {
        let same = row.variant_id == numbers::variant(variant)
            && row.client_id == known.client.0
            && row.quantity == i64::from(known.quantity)
            && row.asked_at == known.asked_at
            && row.live_id == known.live.map(numbers::live)
            && row.offer == known.offer.map(numbers::order)
            && row.declined <= i64::from(known.declined)
            && row.told_at == known.told.map(|told| told.at)
            && row.closed == known.closed;
        (!same).then(|| format!("waitlist: the table says {row:?}, the log {known:?}"))
    })
}
