//! Rows of attempts out of the table and into it.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::PgConnection;
use uuid::Uuid;

use super::{Key, Row};
use crate::ApplyError;

/// These attempts, all attempts of their orders, and all attempts of these orders.
pub(super) async fn load(
    conn: &mut PgConnection,
    attempts: &BTreeSet<Key>,
    orders: &BTreeSet<Key>,
) -> Result<BTreeMap<Key, Row>, ApplyError> {
    let rows: Vec<Row> = sqlx::query_as(
        "WITH named AS (
             SELECT lane, shop_id, r.order_id
               FROM unnest($1::smallint[], $2::uuid[], $3::bigint[])
                    AS u(lane, shop_id, attempt_id)
               JOIN attempts r USING (lane, shop_id, attempt_id)
              UNION
             SELECT * FROM unnest($4::smallint[], $5::uuid[], $6::bigint[]))
         SELECT r.* FROM named JOIN attempts r USING (lane, shop_id, order_id)",
    )
    .bind(attempts.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(attempts.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(attempts.iter().map(|key| key.2).collect::<Vec<_>>())
    .bind(orders.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(orders.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(orders.iter().map(|key| key.2).collect::<Vec<_>>())
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| ((row.lane, row.shop_id, row.attempt_id), row)).collect())
}

/// All rows of one shop, for [`crate::verify`].
pub(crate) async fn all(
    conn: &mut PgConnection,
    (lane, shop): (i16, Uuid),
) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as(
        "SELECT * FROM attempts WHERE lane = $1 AND shop_id = $2 ORDER BY attempt_id",
    )
    .bind(lane)
    .bind(shop)
    .fetch_all(conn)
    .await
}

pub(super) async fn save(conn: &mut PgConnection, rows: Vec<Row>) -> Result<(), ApplyError> {
    sqlx::query(
        "INSERT INTO attempts AS r
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::bigint[], $5::text[],
             $6::text[], $7::bigint[], $8::timestamptz[], $9::text[], $10::text[], $11::text[],
             $12::text[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[],
             $17::timestamptz[], $18::timestamptz[], $19::boolean[])
         ON CONFLICT (lane, shop_id, attempt_id) DO UPDATE SET link = excluded.link,
             state = excluded.state, provider_id = excluded.provider_id,
             status = excluded.status, got = excluded.got, confirmed = excluded.confirmed,
             due_back = excluded.due_back, reversed = excluded.reversed,
             paid_at = excluded.paid_at, claimed_at = excluded.claimed_at, done = excluded.done",
    )
    .bind(rows.iter().map(|row| row.lane).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.shop_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.attempt_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.order_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.reference.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.method.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.amount).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.asked_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.link.as_deref()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.state.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.provider_id.as_deref()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.status.as_deref()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.got).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.confirmed).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.due_back).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.reversed).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.paid_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.claimed_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.done).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
