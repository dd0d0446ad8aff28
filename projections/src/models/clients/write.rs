//! Rows of clients out of the table and into it.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::{Key, Row};
use crate::ApplyError;

pub(super) async fn load(
    conn: &mut PgConnection,
    keys: &BTreeSet<Key>,
) -> Result<BTreeMap<Key, Row>, ApplyError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT r.* FROM unnest($1::smallint[], $2::uuid[], $3::uuid[])
             AS u(lane, shop_id, client_id)
           JOIN clients r USING (lane, shop_id, client_id)",
    )
    .bind(keys.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(keys.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(keys.iter().map(|key| key.2).collect::<Vec<_>>())
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| ((row.lane, row.shop_id, row.client_id), row)).collect())
}

/// All rows of one shop, for [`crate::verify`].
pub(crate) async fn all(
    conn: &mut PgConnection,
    (lane, shop): (i16, Uuid),
) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as(
        "SELECT * FROM clients WHERE lane = $1 AND shop_id = $2 ORDER BY client_id",
    )
    .bind(lane)
    .bind(shop)
    .fetch_all(conn)
    .await
}

pub(super) async fn save(conn: &mut PgConnection, rows: Vec<Row>) -> Result<(), ApplyError> {
    sqlx::query(
        "INSERT INTO clients AS r
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[],
                              $6::text[], $7::boolean[], $8::smallint[], $9::smallint[],
                              $10::boolean[], $11::text[], $12::boolean[], $13::jsonb[])
         ON CONFLICT (lane, shop_id, client_id) DO UPDATE SET contact_id = excluded.contact_id,
             name = excluded.name, language = excluded.language, blocked = excluded.blocked,
             score = excluded.score, overridden = excluded.overridden,
             flagged = excluded.flagged, tier = excluded.tier,
             first_paid = excluded.first_paid, badges = excluded.badges",
    )
    .bind(rows.iter().map(|row| row.lane).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.shop_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.client_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.contact_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.name.as_deref()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.language.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.blocked).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.score).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.overridden).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.flagged).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.tier.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.first_paid).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| Json(&row.badges.0)).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
