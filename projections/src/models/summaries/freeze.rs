//! From rows to the figures of a live, as of one event.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ids::{LiveId, ProductId},
    live::Summary,
};
use uuid::Uuid;

use super::{
    arithmetic::{self, Ask, Facts, Fate, Good, Sale, Shown},
    batch::Batch,
    orders,
};
use crate::{ApplyError, Told, numbers};

/// What a live came to, as the rows are now.
pub(super) fn freeze(
    batch: &Batch,
    told: &Told,
    live: LiveId,
    settled: bool,
) -> Result<Summary, ApplyError> {
    let key = (told.lane, told.shop, numbers::live(live));
    let session = batch.lives.get(&key).ok_or_else(|| ApplyError::unknown("live", key.2))?;
    let of_shop = (told.lane, told.shop, i64::MIN)..=(told.lane, told.shop, i64::MAX);
    let orders: Vec<_> = batch.orders.range(of_shop.clone()).map(|(_, row)| row).collect();
    let here = orders.iter().filter(|row| row.live_id == Some(key.2));
    let sales: Vec<Sale<'_>> = here.filter_map(|row| sale(row)).collect();
    let before = |row: &&&orders::Row| {
        row.is_paid() && row.paid_at.is_some_and(|at| at < session.started_at)
    };
    let bought: BTreeSet<Uuid> = orders.iter().filter(before).map(|row| row.client_id).collect();
    let at_fin: BTreeMap<i64, _> = session.goods.iter().map(|good| (good.product, good)).collect();
    let goods = batch.goods.range(of_shop).map(|(_, row)| {
        let was = at_fin.get(&row.product_id);
        Good {
            product: product(row.product_id),
            keyword: &row.keyword,
            name: &row.name,
            offered: was.map_or(0, |good| good.offered),
            out_at: was.and_then(|good| good.out_at),
            out_seconds: was.map_or(0, |good| good.out_seconds),
        }
    });
    let shown = session.shown.iter().map(|shown| Shown {
        at: shown.at,
        product: product(shown.product),
    });
    let asks = batch.unmet.values().filter(|row| row.key().0 == key);
    Ok(arithmetic::summary(&Facts {
        live,
        title: &session.title,
        started_at: session.started_at,
        finished_at: session.finished_at.unwrap_or(told.at),
        as_of: told.at,
        settled,
        sales,
        bought,
        goods: goods.collect(),
        shown: shown.collect(),
        asks: asks
            .map(|row| Ask { product: product(row.product_id), amount: row.amount })
            .collect(),
    }))
}

/// An order as a sale; offers that were not taken are none.
fn sale(row: &orders::Row) -> Option<Sale<'_>> {
    let fate = match row.state.as_str() {
        "paid" | "given_up" => Fate::Paid,
        "expired" => Fate::Expired,
        "cancelled" => Fate::Cancelled,
        "open" => Fate::Open,
        _ => return None,
    };
    Some(Sale {
        client: row.client_id,
        placed_at: row.placed_at,
        fate,
        lines: &row.lines,
        total: row.total,
        collected: row.collected,
        paid_at: row.paid_at,
    })
}

fn product(id: i64) -> ProductId {
    ProductId(u32::try_from(id).unwrap_or(u32::MAX))
}
