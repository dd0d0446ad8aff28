//! Rows of orders out of the table and into it.

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
        "SELECT r.* FROM unnest($1::smallint[], $2::uuid[], $3::bigint[])
             AS u(lane, shop_id, order_id)
           JOIN orders r USING (lane, shop_id, order_id)",
    )
    .bind(keys.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(keys.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(keys.iter().map(|key| key.2).collect::<Vec<_>>())
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| ((row.lane, row.shop_id, row.order_id), row)).collect())
}

/// All rows of one shop, for [`crate::verify`].
pub(crate) async fn all(
    conn: &mut PgConnection,
    (lane, shop): (i16, Uuid),
) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as(
        "SELECT * FROM orders WHERE lane = $1 AND shop_id = $2 ORDER BY order_id",
    )
    .bind(lane)
    .bind(shop)
    .fetch_all(conn)
    .await
}

/// Orders that got into trouble, and those that got out of it.
pub(super) async fn trouble(
    conn: &mut PgConnection,
    into: &BTreeSet<Key>,
    out: &BTreeSet<Key>,
) -> Result<(), ApplyError> {
    let statements = [
        (
            into,
            "INSERT INTO troubled
             SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[])",
        ),
        (
            out,
            "DELETE FROM troubled t
              USING unnest($1::smallint[], $2::uuid[], $3::bigint[]) AS u(lane, shop_id, order_id)
              WHERE (t.lane, t.shop_id, t.order_id) = (u.lane, u.shop_id, u.order_id)",
        ),
    ];
    for (keys, statement) in statements.into_iter().filter(|(keys, _)| !keys.is_empty()) {
        sqlx::query(statement)
            .bind(keys.iter().map(|key| key.0).collect::<Vec<_>>())
            .bind(keys.iter().map(|key| key.1).collect::<Vec<_>>())
            .bind(keys.iter().map(|key| key.2).collect::<Vec<_>>())
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

pub(super) async fn save(conn: &mut PgConnection, rows: Vec<Row>) -> Result<(), ApplyError> {
    sqlx::query(
        "INSERT INTO orders AS r
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::uuid[], $5::bigint[],
             $6::text[], $7::jsonb[], $8::bigint[], $9::timestamptz[], $10::timestamptz[],
             $11::timestamptz[], $12::text[], $13::bigint[], $14::bigint[], $15::text[],
             $16::boolean[])
         ON CONFLICT (lane, shop_id, order_id) DO UPDATE SET state = excluded.state,
             lines = excluded.lines, total = excluded.total, deadline = excluded.deadline,
             paid_at = excluded.paid_at, method = excluded.method,
             collected = excluded.collected, seq = excluded.seq, fate = excluded.fate,
             offered = excluded.offered",
    )
    .bind(rows.iter().map(|row| row.lane).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.shop_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.order_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.client_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.live_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.state.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| Json(&row.lines.0)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.total).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.placed_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.deadline).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.paid_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.method.as_deref()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.collected).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.seq).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.fate.as_deref()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.offered).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
