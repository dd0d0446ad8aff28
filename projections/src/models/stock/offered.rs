//! Offers: their end names the order and how many units, and not always of what: here it is.

use std::collections::BTreeMap;

use sqlx::PgConnection;
use uuid::Uuid;

use super::Key;
use crate::{ApplyError, numbers};

/// Remembers the variants of new offers.
pub(super) async fn add(
    conn: &mut PgConnection,
    offered: &BTreeMap<Key, i64>,
) -> Result<(), ApplyError> {
    if offered.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO offered
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::bigint[])",
    )
    .bind(offered.keys().map(|key| key.0).collect::<Vec<_>>())
    .bind(offered.keys().map(|key| key.1).collect::<Vec<_>>())
    .bind(offered.keys().map(|key| key.2).collect::<Vec<_>>())
    .bind(offered.values().copied().collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// The units that ended offers free, by variant; a variant may come more than once.
pub(super) async fn of(
    conn: &mut PgConnection,
    freed: &BTreeMap<Key, i64>,
) -> Result<Vec<(Key, i64)>, ApplyError> {
    if freed.is_empty() {
        return Ok(Vec::new());
    }
    let found: Vec<(i16, Uuid, i64, i64)> = sqlx::query_as(
        "SELECT lane, shop_id, o.variant_id, u.units
           FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::bigint[])
                AS u(lane, shop_id, order_id, units)
           JOIN offered o USING (lane, shop_id, order_id)",
    )
    .bind(freed.keys().map(|key| key.0).collect::<Vec<_>>())
    .bind(freed.keys().map(|key| key.1).collect::<Vec<_>>())
    .bind(freed.keys().map(|key| key.2).collect::<Vec<_>>())
    .bind(freed.values().copied().collect::<Vec<_>>())
    .fetch_all(conn)
    .await?;
    numbers::all(u64::try_from(found.len()).unwrap_or(0), freed.len(), "offer")?;
    Ok(found
        .into_iter()
        .map(|(lane, shop, variant, units)| ((lane, shop, variant), units))
        .collect())
}
