//! The curve as the page draws it. A minute in which nothing came has no row.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::TenantTx;

/// One minute of a live; see [`super::TABLE`].
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Pace {
    /// Its first instant.
    pub minute: DateTime<Utc>,
    pub product: i64,
    pub units: i64,
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

/// What went into carts in a live since that minute, or in `only` these minutes; oldest first.
pub async fn pace(
    tx: &mut TenantTx,
    live: i64,
    since: DateTime<Utc>,
    only: Option<&[DateTime<Utc>]>,
) -> Result<Vec<Pace>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        "SELECT minute, product_id AS product, units FROM minute_units
          WHERE lane = $1 AND shop_id = $2 AND live_id = $3 AND minute >= $4
            AND ($5::timestamptz[] IS NULL OR minute = ANY($5)) ORDER BY minute, product_id",
    )
    .bind(lane)
    .bind(shop)
    .bind(live)
    .bind(since)
    .bind(only)
    .fetch_all(tx.conn())
    .await
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
