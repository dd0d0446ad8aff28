//! Loyal clients who are there now.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::TenantTx;

/// A loyal client who did something in the live a moment ago.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct PresentCard {
    pub client_id: Uuid,
    /// As the event holds it; `None` for a client who was forgotten.
    #[serde(skip)]
    pub sealed_name: Option<String>,
    /// Her name in clear; empty until opened, and after she was forgotten.
    #[sqlx(default)]
    pub client: String,
    /// `silver`, `gold` or `diamond`.
    pub tier: String,
    /// When she ordered, paid or began to wait, the last time.
    pub at: DateTime<Utc>,
}

/// Of tier silver or better, and in the live within the last 15 minutes: at most five, the best
/// tier first, then who was there last.
pub(super) async fn present(tx: &mut TenantTx, live: i64) -> Result<Vec<PresentCard>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        "SELECT c.client_id, c.name AS sealed_name, c.tier, max(did.at) AS at
           FROM (SELECT client_id, greatest(placed_at, paid_at) AS at FROM orders
                  WHERE lane = $1 AND shop_id = $2 AND live_id = $3 AND NOT offered
                  UNION ALL
                 SELECT client_id, asked_at FROM waitlists
                  WHERE lane = $1 AND shop_id = $2 AND live_id = $3) did
           JOIN clients c ON c.lane = $1 AND c.shop_id = $2 AND c.client_id = did.client_id
          WHERE did.at > now() - interval '15 minutes'
            AND c.tier <> 'bronze' AND NOT c.blocked
          GROUP BY c.client_id, c.name, c.tier
          ORDER BY array_position(ARRAY['diamond', 'gold', 'silver'], c.tier), at DESC, c.client_id
          LIMIT 5",
    )
    .bind(lane)
    .bind(shop)
    .bind(live)
    .fetch_all(tx.conn())
    .await
}
