//! The curve as the page draws it. A minute in which nothing came has no row.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::types::Json;

use crate::TenantTx;

/// One minute of a live; see [`super::TABLE`].
#[expect(clippy::struct_field_names, reason = "the wire's word, as in `Pace`")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Minute {
    /// Its first instant.
    pub minute: DateTime<Utc>,
    pub orders: i64,
    pub payments: i64,
    /// Minor units.
    pub amount: i64,
}

/// Units of one product that went into carts in one minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pace {
    /// Its first instant.
    pub minute: DateTime<Utc>,
    pub product: i64,
    pub units: i64,
}

/// The curve of a live.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Curve {
    pub minutes: Vec<Minute>,
    /// Of its newest minutes.
    pub pace: Vec<Pace>,
}

#[derive(sqlx::FromRow)]
struct Found {
    #[sqlx(flatten)]
    minute: Minute,
    /// Product and units.
    pace: Option<Json<Vec<(i64, i64)>>>,
}

/// A product was held up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Showing {
    pub at: DateTime<Utc>,
    pub product: i64,
    pub keyword: String,
}

/// `only` these minutes of a live, or all; oldest first.
pub async fn minutes(
    tx: &mut TenantTx,
    live: i64,
    only: Option<&[DateTime<Utc>]>,
) -> Result<Vec<Minute>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        "SELECT minute, orders, payments, amount FROM minutes
          WHERE lane = $1 AND shop_id = $2 AND live_id = $3
            AND ($4::timestamptz[] IS NULL OR minute = ANY($4)) ORDER BY minute",
    )
    .bind(lane)
    .bind(shop)
    .bind(live)
    .bind(only)
    .fetch_all(tx.conn())
    .await
}

/// The curve of a live: all its minutes, or `only` these, oldest first, and the pace of those that
/// are not older than `since`.
pub async fn curve(
    tx: &mut TenantTx,
    live: i64,
    since: DateTime<Utc>,
    only: Option<&[DateTime<Utc>]>,
) -> Result<Curve, sqlx::Error> {
    let (lane, shop) = tx.place();
    let found: Vec<Found> = sqlx::query_as(
        "SELECT m.minute, m.orders, m.payments, m.amount, u.pace
           FROM minutes m
           LEFT JOIN LATERAL (
                SELECT jsonb_agg(jsonb_build_array(u.product_id, u.units) ORDER BY u.product_id)
                       AS pace
                  FROM minute_units u
                 WHERE u.lane = m.lane AND u.shop_id = m.shop_id AND u.live_id = m.live_id
                   AND u.minute = m.minute AND m.minute >= $5) u ON true
          WHERE m.lane = $1 AND m.shop_id = $2 AND m.live_id = $3
            AND ($4::timestamptz[] IS NULL OR m.minute = ANY($4)) ORDER BY m.minute",
    )
    .bind(lane)
    .bind(shop)
    .bind(live)
    .bind(only)
    .bind(since)
    .fetch_all(tx.conn())
    .await?;
    let mut curve = Curve::default();
    for Found { minute, pace } in found {
        let at = minute.minute;
        let pace = pace.map_or_else(Vec::new, |Json(pace)| pace).into_iter();
        let of = |(product, units)| Pace { minute: at, product, units };
        curve.pace.extend(pace.map(of));
        curve.minutes.push(minute);
    }
    Ok(curve)
}

/// What was held up in a live, oldest first.
pub async fn showings(tx: &mut TenantTx, live: i64) -> Result<Vec<Showing>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        "SELECT s.at, s.product_id AS product, coalesce(p.keyword, '') AS keyword
           FROM showings s LEFT JOIN products p USING (lane, shop_id, product_id)
          WHERE s.lane = $1 AND s.shop_id = $2 AND s.live_id = $3 ORDER BY s.seq",
    )
    .bind(lane)
    .bind(shop)
    .bind(live)
    .fetch_all(tx.conn())
    .await
}
