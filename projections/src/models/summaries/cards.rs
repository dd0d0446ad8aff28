//! What is asked of the summaries.

use chrono::{DateTime, Utc};
use domain::live::Summary;
use serde::Serialize;
use sqlx::types::Json;

use crate::TenantTx;

/// Money of a live that moved after it was settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Adjustment {
    pub at: DateTime<Utc>,
    pub order: i64,
    /// Signed, minor units.
    pub amount: i64,
    /// `paid_late`, `taken_back` (by the operator) or `given_back` (by the vendor).
    pub kind: String,
}

/// The summary of a live: the one of its end, or the settled one; nothing while there is none.
pub async fn summary(
    tx: &mut TenantTx,
    live: i64,
    settled: bool,
) -> Result<Option<Summary>, sqlx::Error> {
    let (lane, shop) = tx.place();
    let found: Option<Option<Json<Summary>>> = sqlx::query_scalar(
        "SELECT CASE WHEN $4 THEN settled ELSE hot END FROM summaries
          WHERE lane = $1 AND shop_id = $2 AND live_id = $3",
    )
    .bind(lane)
    .bind(shop)
    .bind(live)
    .bind(settled)
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.flatten().map(|Json(summary)| summary))
}

/// What money did to a settled live, oldest first.
pub async fn adjustments(tx: &mut TenantTx, live: i64) -> Result<Vec<Adjustment>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        r#"SELECT at, order_id AS "order", amount, kind FROM summary_adjustments
          WHERE lane = $1 AND shop_id = $2 AND live_id = $3 ORDER BY seq"#,
    )
    .bind(lane)
    .bind(shop)
    .bind(live)
    .fetch_all(tx.conn())
    .await
}
