//! Promises to keep: claimed under a lease, in order, and marked with what became of them.
//!
//! **Order.** Class first (0 is money), then age; inside a conversation strictly first in first
//! out, one in flight. **Leases.** A claim that lapses may be claimed again (`interrupted`): then
//! nobody knows whether it was sent, and the caller decides (money words once more, others
//! [`Verdict::Unknown`]). Whoever lost a lease to a newer claim is refused when it settles.
//! **Cost.** One statement per claim, per settling and per webhook's statuses, whatever the size.

mod claim;
mod id;
mod settle;
mod status;

use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::{PgPool, Row};
use uuid::Uuid;

pub use claim::{Claimed, Room};
pub use id::{BadOutboxId, OutboxId};
pub use settle::{Outcome, Verdict};
pub use status::Status;

const OVERDUE: &str = include_str!("../../sql/outbox_overdue.sql");
const COUNTS: &str = include_str!("../../sql/outbox_counts.sql");

/// One node's hands on the outbox.
#[derive(Clone, Debug)]
pub struct Outbox {
    pool: PgPool,
    node: String,
}

/// What waits or is in trouble, for a health page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// 0 waiting, 1 leased, 4 dead, 5 unknown.
    pub state: i16,
    pub class: i16,
    pub rows: i64,
    pub oldest: DateTime<Utc>,
}

impl Outbox {
    /// `pool` has the writer's role; `node` is the lease's owner.
    pub fn new(pool: PgPool, node: impl Into<String>) -> Self {
        Self {
            pool,
            node: node.into(),
        }
    }

    /// What has waited for `sender` longer than `for_longer`: (stream, body), oldest first.
    pub async fn waiting(
        &self,
        sender: &str,
        kind: &str,
        for_longer: Duration,
        limit: i64,
    ) -> Result<Vec<(Uuid, String)>, sqlx::Error> {
        let query = sqlx::query_as(OVERDUE).bind(sender).bind(kind);
        query
            .bind(for_longer.as_secs_f64())
            .bind(limit)
            .fetch_all(&self.pool)
            .await
    }

    /// What waits or is in trouble, by state and class.
    pub async fn counts(&self) -> Result<Vec<Backlog>, sqlx::Error> {
        let mut counts = Vec::new();
        for row in sqlx::query(COUNTS).fetch_all(&self.pool).await? {
            counts.push(Backlog {
                state: row.try_get("state")?,
                class: row.try_get("class")?,
                rows: row.try_get("rows")?,
                oldest: row.try_get("oldest")?,
            });
        }
        Ok(counts)
    }
}
