//! What the seller asks of refunds.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::TenantTx;

/// A refund as the seller sees it; see [`super::TABLE`] for the states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct RefundCard {
    pub refund: i64,
    pub order: i64,
    pub attempt: i64,
    /// Whose order it was.
    #[serde(skip)]
    pub client_id: Option<Uuid>,
    /// As the event holds it; `None` for a client who was forgotten.
    #[serde(skip)]
    pub sealed_name: Option<String>,
    /// Her name in clear; empty until opened, and after she was forgotten.
    #[sqlx(default)]
    pub client: String,
    /// Minor units.
    pub amount: i64,
    /// `second_charge`, `surplus`, `underpaid`, `late`, `cancelled`, `wrong_currency` or
    /// `vendor_cancelled`.
    pub reason: String,
    /// `due`, `asked`, `sent`, `failed` or `confirmed`.
    pub state: String,
    /// The provider sends it, nobody's hand is needed.
    pub automatic: bool,
    /// Who takes care of it, an opaque user.
    pub owner: Option<String>,
    pub until: DateTime<Utc>,
    pub overdue_at: Option<DateTime<Utc>>,
    /// By which way it was sent, where it was by hand.
    pub method: Option<String>,
    /// The operator's reference.
    pub evidence: Option<String>,
    /// Why it did not arrive, the last time.
    pub failure: Option<String>,
    pub due_at: DateTime<Utc>,
    pub asked_at: Option<DateTime<Utc>>,
    pub sent_at: Option<DateTime<Utc>>,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub failed_at: Option<DateTime<Utc>>,
}

/// Up to `limit` refunds that have not arrived, the most urgent first; the next page begins after
/// the last one of this page, named by its (`until`, `refund`).
pub async fn open(
    tx: &mut TenantTx,
    after: Option<(DateTime<Utc>, i64)>,
    limit: i64,
) -> Result<Vec<RefundCard>, sqlx::Error> {
    let (lane, shop) = tx.place();
    let (until, refund) = after.unzip();
    sqlx::query_as(
        r#"SELECT r.refund_id AS refund, r.order_id AS "order", r.attempt_id AS attempt,
                  o.client_id, c.name AS sealed_name, r.amount, r.reason, r.state, r.automatic,
                  r.owner, r.until, r.overdue_at, r.method, r.evidence, r.failure, r.due_at,
                  r.asked_at, r.sent_at, r.confirmed_at, r.failed_at
             FROM refunds r
             LEFT JOIN orders o USING (lane, shop_id, order_id)
             LEFT JOIN clients c USING (lane, shop_id, client_id)
            WHERE r.lane = $1 AND r.shop_id = $2 AND r.state <> 'confirmed'
              AND ($3::timestamptz IS NULL OR (r.until, r.refund_id) > ($3, $4))
            ORDER BY r.until, r.refund_id LIMIT $5"#,
    )
    .bind(lane)
    .bind(shop)
    .bind(until)
    .bind(refund)
    .bind(limit)
    .fetch_all(tx.conn())
    .await
}

/// How many refunds are in a state, and how much they are in all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Sum {
    pub state: String,
    pub refunds: i64,
    /// Of them, past their time and not back.
    pub overdue: i64,
    /// Minor units.
    pub amount: i64,
}

/// The sums of every state that occurs, by name.
pub async fn totals(tx: &mut TenantTx) -> Result<Vec<Sum>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        "SELECT state, count(*) AS refunds,
                count(*) FILTER (WHERE overdue_at IS NOT NULL AND state <> 'confirmed') AS overdue,
                sum(amount)::bigint AS amount
           FROM refunds WHERE lane = $1 AND shop_id = $2 GROUP BY state ORDER BY state",
    )
    .bind(lane)
    .bind(shop)
    .fetch_all(tx.conn())
    .await
}
