//! What the runner asks the database: the log's heads, its events, and the checkpoints.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use uuid::Uuid;

use crate::{
    Told,
    tables::{AS_PROJECTOR, SET},
    told::decode,
};

/// A transaction in the projector's role.
pub(crate) async fn begin(pool: &PgPool) -> Result<Transaction<'static, Postgres>, sqlx::Error> {
    let mut tx = pool.begin().await?;
    sqlx::query(AS_PROJECTOR).execute(&mut *tx).await?;
    Ok(tx)
}

/// (lane, newest position) of every lane.
pub(super) async fn heads(conn: &mut PgConnection) -> Result<Vec<(i16, i64)>, sqlx::Error> {
    sqlx::query_as("SELECT lane, pos FROM lane_head")
        .fetch_all(conn)
        .await
}

/// (lane, checkpoint) of these lanes.
pub(super) async fn checkpoints(
    conn: &mut PgConnection,
    lanes: &[i16],
) -> Result<Vec<(i16, i64)>, sqlx::Error> {
    sqlx::query_as("SELECT lane, pos FROM checkpoint WHERE projection = $1 AND lane = ANY($2)")
        .bind(SET)
        .bind(lanes)
        .fetch_all(conn)
        .await
}

/// Up to `limit` events of each lane after its position: many lanes in one question.
pub(super) async fn events(
    conn: &mut PgConnection,
    after: &[(i16, i64)],
    limit: i64,
) -> Result<Vec<Told>, sqlx::Error> {
    let (lanes, positions): (Vec<i16>, Vec<i64>) = after.iter().copied().unzip();
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT e.* FROM unnest($1::smallint[], $2::bigint[]) AS u(lane, after),
                LATERAL (SELECT lane, shop_id, seq, pos, kind, version, at, body::text AS body
                           FROM event WHERE event.lane = u.lane AND event.pos > u.after
                          ORDER BY event.pos LIMIT $3) e
          ORDER BY e.lane, e.pos",
    )
    .bind(lanes)
    .bind(positions)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Told::from).collect())
}

/// Up to `limit` events of one shop with `after < seq <= until`.
pub(crate) async fn of_shop(
    conn: &mut PgConnection,
    (lane, shop): (i16, Uuid),
    (after, until): (i64, i64),
    limit: i64,
) -> Result<Vec<Told>, sqlx::Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT lane, shop_id, seq, pos, kind, version, at, body::text AS body FROM event
          WHERE lane = $1 AND shop_id = $2 AND seq > $3 AND seq <= $4 ORDER BY seq LIMIT $5",
    )
    .bind(lane)
    .bind(shop)
    .bind(after)
    .bind(until)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Told::from).collect())
}

#[derive(sqlx::FromRow)]
struct Row {
    lane: i16,
    shop_id: Uuid,
    seq: i64,
    pos: i64,
    kind: String,
    version: i16,
    at: DateTime<Utc>,
    body: String,
}

impl From<Row> for Told {
    fn from(row: Row) -> Self {
        let event = decode(&row.kind, row.version, &row.body);
        let Row {
            lane,
            shop_id: shop,
            seq,
            pos,
            at,
            ..
        } = row;
        Self {
            lane,
            shop,
            seq,
            pos,
            at,
            event,
        }
    }
}
