//! Rows of waitlists out of the table, into it, and away.

use std::collections::BTreeMap;

use sqlx::PgConnection;
use uuid::Uuid;

use super::{About, Key, Row};
use crate::ApplyError;

pub(super) async fn load(
    conn: &mut PgConnection,
    about: &About,
) -> Result<BTreeMap<Key, Row>, ApplyError> {
    let (variants, offers, clients) = (&about.variants, &about.offers, &about.clients);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT r.* FROM unnest($1::smallint[], $2::uuid[], $3::bigint[])
                AS u(lane, shop_id, variant_id)
           JOIN waitlists r USING (lane, shop_id, variant_id)
          UNION
         SELECT r.* FROM unnest($4::smallint[], $5::uuid[], $6::bigint[])
                AS u(lane, shop_id, offer)
           JOIN waitlists r USING (lane, shop_id, offer)
          UNION
         SELECT r.* FROM unnest($7::smallint[], $8::uuid[], $9::uuid[])
                AS u(lane, shop_id, client_id)
           JOIN waitlists h USING (lane, shop_id, client_id)
           JOIN waitlists r ON (r.lane, r.shop_id, r.variant_id)
                = (h.lane, h.shop_id, h.variant_id)",
    )
    .bind(variants.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(variants.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(variants.iter().map(|key| key.2).collect::<Vec<_>>())
    .bind(offers.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(offers.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(offers.iter().map(|key| key.2).collect::<Vec<_>>())
    .bind(clients.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(clients.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(clients.iter().map(|key| key.2).collect::<Vec<_>>())
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| ((row.lane, row.shop_id, row.seq), row)).collect())
}

/// All rows of one shop, list by list, for [`crate::verify`].
pub(crate) async fn all(
    conn: &mut PgConnection,
    (lane, shop): (i16, Uuid),
) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as(
        "SELECT * FROM waitlists WHERE lane = $1 AND shop_id = $2
          ORDER BY variant_id, seq",
    )
    .bind(lane)
    .bind(shop)
    .fetch_all(conn)
    .await
}

pub(super) async fn remove(conn: &mut PgConnection, gone: &[Key]) -> Result<(), ApplyError> {
    if gone.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "DELETE FROM waitlists r
          USING unnest($1::smallint[], $2::uuid[], $3::bigint[]) AS u(lane, shop_id, seq)
          WHERE (r.lane, r.shop_id, r.seq) = (u.lane, u.shop_id, u.seq)",
    )
    .bind(gone.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(gone.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(gone.iter().map(|key| key.2).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn save(conn: &mut PgConnection, rows: Vec<Row>) -> Result<(), ApplyError> {
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO waitlists AS r
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::bigint[], $5::uuid[],
             $6::bigint[], $7::timestamptz[], $8::bigint[], $9::bigint[], $10::bigint[],
             $11::bigint[], $12::timestamptz[], $13::boolean[])
         ON CONFLICT (lane, shop_id, seq) DO UPDATE SET client_id = excluded.client_id,
             quantity = excluded.quantity, live_id = excluded.live_id, offer = excluded.offer,
             offered = excluded.offered, declined = excluded.declined,
             told_at = excluded.told_at, closed = excluded.closed",
    )
    .bind(rows.iter().map(|row| row.lane).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.shop_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.seq).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.variant_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.client_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.quantity).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.asked_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.live_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.offer).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.offered).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.declined).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.told_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.closed).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// The last head start of each shop that changed it.
pub(super) async fn head_starts(
    conn: &mut PgConnection,
    seconds: &BTreeMap<(i16, Uuid), i64>,
) -> Result<(), ApplyError> {
    if seconds.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO head_starts AS r
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[])
         ON CONFLICT (lane, shop_id) DO UPDATE SET seconds = excluded.seconds",
    )
    .bind(seconds.keys().map(|key| key.0).collect::<Vec<_>>())
    .bind(seconds.keys().map(|key| key.1).collect::<Vec<_>>())
    .bind(seconds.values().copied().collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
