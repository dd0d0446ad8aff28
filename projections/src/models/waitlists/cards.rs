//! Whose turn it is. The order of a list: when she asked, with a head start for gold and diamond
//! by her tier of now; who asked at the same instant waits in the order of joining.

use chrono::{DateTime, Utc};
use domain::{ids::VariantId, policy::Rule};
use serde::Serialize;
use uuid::Uuid;

use crate::{TenantTx, numbers};

/// One who waits; see [`super::TABLE`] for what each number is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct WaitCard {
    /// From 1, as of now.
    pub position: i64,
    #[serde(skip)]
    pub client_id: Uuid,
    /// As the event holds it; `None` for a client who was forgotten.
    #[serde(skip)]
    pub sealed_name: Option<String>,
    /// Her name in clear; empty until opened, and after she was forgotten.
    #[sqlx(default)]
    pub client: String,
    /// `bronze`, `silver`, `gold` or `diamond`.
    pub tier: Option<String>,
    pub quantity: i64,
    pub asked_at: DateTime<Utc>,
    pub offer: Option<i64>,
    pub offered: i64,
    pub declined: i64,
    pub told_at: Option<DateTime<Utc>>,
    pub closed: bool,
}

/// How many wait for a variant, and for how many units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Waits {
    pub variant: i64,
    pub clients: i64,
    pub units: i64,
}

/// The first `limit` of those who wait for a variant.
pub async fn line(
    tx: &mut TenantTx,
    variant: VariantId,
    limit: i64,
) -> Result<Vec<WaitCard>, sqlx::Error> {
    find(tx, variant, None, limit).await
}

/// Her place for a variant, from 1, as of now; nothing where she does not wait.
pub async fn position(
    tx: &mut TenantTx,
    client: Uuid,
    variant: VariantId,
) -> Result<Option<i64>, sqlx::Error> {
    let hers = find(tx, variant, Some(client), 1).await?;
    Ok(hers.first().map(|card| card.position))
}

async fn find(
    tx: &mut TenantTx,
    variant: VariantId,
    only: Option<Uuid>,
    limit: i64,
) -> Result<Vec<WaitCard>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        "SELECT * FROM (
             SELECT row_number() OVER (ORDER BY w.asked_at - make_interval(secs =>
                        CASE WHEN c.tier IN ('gold', 'diamond')
                             THEN coalesce(h.seconds, $4)::float8 ELSE 0 END), w.seq) AS position,
                    w.client_id, c.name AS sealed_name, c.tier, w.quantity, w.asked_at, w.offer,
                    w.offered, w.declined, w.told_at, w.closed
               FROM waitlists w
               LEFT JOIN clients c USING (lane, shop_id, client_id)
               LEFT JOIN head_starts h USING (lane, shop_id)
              WHERE w.lane = $1 AND w.shop_id = $2 AND w.variant_id = $3) AS line
          WHERE $5::uuid IS NULL OR client_id = $5
          ORDER BY position LIMIT $6",
    )
    .bind(lane)
    .bind(shop)
    .bind(numbers::variant(variant))
    .bind(Rule::PrioritySeconds.default_value())
    .bind(only)
    .bind(limit)
    .fetch_all(tx.conn())
    .await
}

/// How all lists of the shop stand.
pub async fn lists(tx: &mut TenantTx) -> Result<Vec<Waits>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        "SELECT variant_id AS variant, count(*) AS clients, sum(quantity)::bigint AS units
           FROM waitlists WHERE lane = $1 AND shop_id = $2
          GROUP BY variant_id ORDER BY variant_id",
    )
    .bind(lane)
    .bind(shop)
    .fetch_all(tx.conn())
    .await
}
