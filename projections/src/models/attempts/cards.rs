//! What the payer, the pacer and the bookkeeper ask.

use chrono::{DateTime, Utc};
use domain::ids::AttemptId;
use serde::Serialize;
use sqlx::PgPool;

use crate::{TenantTx, numbers};

/// What the payment page needs of an attempt.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AttemptCard {
    pub order_id: i64,
    pub method: String,
    pub amount: i64,
    pub link: Option<String>,
    /// Of the attempt.
    pub state: String,
}

/// One attempt of the shop.
pub async fn card(
    tx: &mut TenantTx,
    attempt: AttemptId,
) -> Result<Option<AttemptCard>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        "SELECT order_id, method, amount, link, state FROM attempts
          WHERE lane = $1 AND shop_id = $2 AND attempt_id = $3",
    )
    .bind(lane)
    .bind(shop)
    .bind(numbers::attempt(attempt))
    .fetch_optional(tx.conn())
    .await
}

/// An attempt for the bookkeeper, to lay beside the provider's own list. Sums in minor units; see
/// [`super::TABLE`] for what each one is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct PaymentCard {
    pub attempt: i64,
    pub order: i64,
    /// What the provider and the payer see.
    pub reference: String,
    /// `wave`, `orange_money` or `card`.
    pub method: String,
    /// The provider's transaction, once it named one.
    pub provider_id: Option<String>,
    /// `requested`, `created`, `unknown`, `failed` or `paid`.
    pub state: String,
    /// The provider's last word.
    pub status: Option<String>,
    /// What was asked.
    pub asked: i64,
    pub got: i64,
    pub confirmed: i64,
    pub due_back: i64,
    pub reversed: i64,
    pub asked_at: DateTime<Utc>,
    /// The provider's time, or ours where it has none.
    pub paid_at: Option<DateTime<Utc>>,
    /// Since when she says she paid and the provider does not.
    pub claimed_at: Option<DateTime<Utc>>,
}

/// Up to `limit` attempts asked or paid since then, newest first; the next page begins below
/// the last attempt of this one (`before`).
pub async fn list(
    tx: &mut TenantTx,
    since: DateTime<Utc>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<PaymentCard>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        r#"SELECT attempt_id AS attempt, order_id AS "order", reference, method, provider_id,
                  state, status, amount AS asked, got, confirmed, due_back, reversed, asked_at,
                  paid_at, claimed_at
             FROM attempts
            WHERE lane = $1 AND shop_id = $2 AND (asked_at >= $3 OR paid_at >= $3)
              AND ($4::bigint IS NULL OR attempt_id < $4)
            ORDER BY attempt_id DESC LIMIT $5"#,
    )
    .bind(lane)
    .bind(shop)
    .bind(since)
    .bind(before)
    .bind(limit)
    .fetch_all(tx.conn())
    .await
}

/// Whether any attempt of the last seven days is still open, in any shop; for the pacer only,
/// which speaks for LivePay and for no shop.
pub async fn anything_open(pool: &PgPool) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM attempts
                         WHERE state IN ('requested', 'created', 'unknown')
                           AND asked_at > clock_timestamp() - interval '7 days')",
    )
    .fetch_one(pool)
    .await
}
