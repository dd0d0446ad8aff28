//! Rows of refunds out of the table and into it.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::PgConnection;
use uuid::Uuid;

use super::{Key, Row};
use crate::ApplyError;

pub(super) async fn load(
    conn: &mut PgConnection,
    keys: &BTreeSet<Key>,
) -> Result<BTreeMap<Key, Row>, ApplyError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT r.* FROM unnest($1::smallint[], $2::uuid[], $3::bigint[])
             AS u(lane, shop_id, refund_id)
           JOIN refunds r USING (lane, shop_id, refund_id)",
    )
    .bind(keys.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(keys.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(keys.iter().map(|key| key.2).collect::<Vec<_>>())
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| ((row.lane, row.shop_id, row.refund_id), row)).collect())
}

/// All rows of one shop, for [`crate::verify`].
pub(crate) async fn all(
    conn: &mut PgConnection,
    (lane, shop): (i16, Uuid),
) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as(
        "SELECT * FROM refunds WHERE lane = $1 AND shop_id = $2 ORDER BY refund_id",
    )
    .bind(lane)
    .bind(shop)
    .fetch_all(conn)
    .await
}

pub(super) async fn save(conn: &mut PgConnection, rows: Vec<Row>) -> Result<(), ApplyError> {
    sqlx::query(
        "INSERT INTO refunds AS r
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[],
             $6::bigint[], $7::text[], $8::text[], $9::boolean[], $10::text[],
             $11::timestamptz[], $12::text[], $13::text[], $14::text[], $15::timestamptz[],
             $16::timestamptz[], $17::timestamptz[], $18::timestamptz[], $19::timestamptz[],
             $20::timestamptz[])
         ON CONFLICT (lane, shop_id, refund_id) DO UPDATE SET order_id = excluded.order_id,
             attempt_id = excluded.attempt_id, amount = excluded.amount,
             reason = excluded.reason, state = excluded.state, automatic = excluded.automatic,
             owner = excluded.owner, until = excluded.until, method = excluded.method,
             evidence = excluded.evidence, failure = excluded.failure, due_at = excluded.due_at,
             asked_at = excluded.asked_at, sent_at = excluded.sent_at,
             confirmed_at = excluded.confirmed_at, failed_at = excluded.failed_at,
             overdue_at = excluded.overdue_at",
    )
    .bind(rows.iter().map(|row| row.lane).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.shop_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.refund_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.order_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.attempt_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.amount).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.reason.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.state.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.automatic).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.owner.as_deref()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.until).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.method.as_deref()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.evidence.as_deref()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.failure.as_deref()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.due_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.asked_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.sent_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.confirmed_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.failed_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.overdue_at).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
