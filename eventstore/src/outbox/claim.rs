//! Claiming the next promises.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::{Row, postgres::PgRow};
use uuid::Uuid;

use super::{Outbox, OutboxId};

const LATE: &str = include_str!("../../sql/outbox_late.sql");
const CLAIM: &str = include_str!("../../sql/outbox_claim.sql");

/// A promise under lease. Give it back to exactly one of the completions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    pub id: OutboxId,
    pub stream: Uuid,
    pub sender: String,
    pub recipient: Option<Uuid>,
    pub class: i16,
    pub kind: String,
    /// JSON text.
    pub body: String,
    pub at: DateTime<Utc>,
    pub not_after: Option<DateTime<Utc>>,
    /// 1 for the first try; also the lease's token.
    pub attempts: i32,
    /// An earlier lease lapsed: it may have been sent.
    pub interrupted: bool,
    /// What the last try ended with.
    pub error: Option<String>,
}

impl Outbox {
    /// Up to `limit` promises of these senders and kinds, leased for `lease`, in the order in
    /// which to keep them. What is too late is dropped on the way.
    pub async fn claim(
        &self,
        senders: &[String],
        kinds: &[&str],
        limit: i64,
        lease: Duration,
    ) -> Result<Vec<Claimed>, sqlx::Error> {
        sqlx::query(LATE).bind(senders).execute(&self.pool).await?;
        let rows = sqlx::query(CLAIM)
            .bind(senders)
            .bind(kinds)
            .bind(limit)
            .bind(lease.as_secs_f64())
            .bind(&self.node)
            .fetch_all(&self.pool)
            .await?;
        read(&rows)
    }
}

/// The rows of a claim, in the order in which to keep them.
pub(super) fn read(rows: &[PgRow]) -> Result<Vec<Claimed>, sqlx::Error> {
    let mut claimed = Vec::with_capacity(rows.len());
    for row in rows {
        claimed.push(Claimed {
            id: OutboxId::of_row(row)?,
            stream: row.try_get("shop_id")?,
            sender: row.try_get("sender")?,
            recipient: row.try_get("recipient")?,
            class: row.try_get("class")?,
            kind: row.try_get("kind")?,
            body: row.try_get("body")?,
            at: row.try_get("at")?,
            not_after: row.try_get("not_after")?,
            attempts: row.try_get("attempts")?,
            interrupted: row.try_get("interrupted")?,
            error: row.try_get("error")?,
        });
    }
    // UPDATE … RETURNING gives no order.
    claimed.sort_by_key(|one: &Claimed| (one.class, one.at, one.id));
    Ok(claimed)
}
