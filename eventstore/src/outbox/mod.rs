//! Promises to keep: claimed under a lease, in order, and marked with what became of them.
//!
//! **Order.** Class first (0 is money), then age; inside a conversation strictly first in first
//! out, one in flight. **Leases.** A claim that lapses may be claimed again (`interrupted`): then
//! nobody knows whether it was sent, and the caller decides (money words once more, others
//! [`Outbox::unknown`]). Whoever lost a lease to a newer claim is refused when it completes.
//! **Cost.** Two statements per claim whatever its size, one per completion.

mod claim;
mod id;
mod many;

use chrono::{DateTime, Utc};
use sqlx::{PgPool, Row};
use uuid::Uuid;

pub use claim::Claimed;
pub use id::{BadOutboxId, OutboxId};
pub use many::{Outcome, Room, Status, Verdict};

const FINISH: &str = include_str!("../../sql/outbox_finish.sql");
const RETRY: &str = include_str!("../../sql/outbox_retry.sql");
const BY_REF: &str = include_str!("../../sql/outbox_status_ref.sql");
const BY_ID: &str = include_str!("../../sql/outbox_status_id.sql");
const COUNTS: &str = include_str!("../../sql/outbox_counts.sql");

/// One node's hands on the outbox.
#[derive(Clone, Debug)]
pub struct Outbox {
    pool: PgPool,
    node: String,
}

/// How a promise ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Sent,
    Dropped,
    Dead,
    Unknown,
}

impl End {
    fn number(self) -> i16 {
        match self {
            Self::Sent => 2,
            Self::Dropped => 3,
            Self::Dead => 4,
            Self::Unknown => 5,
        }
    }
}

/// A row a status moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub id: OutboxId,
    pub stream: Uuid,
    pub kind: String,
    pub class: i16,
    pub body: String,
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

    /// It was sent; `provider_ref` is the HMAC of the provider's id. False: the lease was lost.
    pub async fn sent(
        &self,
        claimed: &Claimed,
        provider_ref: Option<&str>,
    ) -> Result<bool, sqlx::Error> {
        self.end(claimed, End::Sent, provider_ref, None).await
    }

    /// It will not be sent, for a reason that is nobody's fault (window closed, opted out).
    pub async fn dropped(&self, claimed: &Claimed, reason: &str) -> Result<bool, sqlx::Error> {
        self.end(claimed, End::Dropped, None, Some(reason)).await
    }

    /// It cannot be sent: somebody must look.
    pub async fn dead(&self, claimed: &Claimed, error: &str) -> Result<bool, sqlx::Error> {
        self.end(claimed, End::Dead, None, Some(error)).await
    }

    /// Perhaps sent; passed over, never repeated. A status may still prove it was.
    pub async fn unknown(&self, claimed: &Claimed) -> Result<bool, sqlx::Error> {
        self.end(
            claimed,
            End::Unknown,
            None,
            Some("unknown whether it was sent"),
        )
        .await
    }

    /// Not now: again at `due_at`. It keeps its place in its conversation.
    pub async fn retry(
        &self,
        claimed: &Claimed,
        due_at: DateTime<Utc>,
        error: &str,
    ) -> Result<bool, sqlx::Error> {
        let done = sqlx::query(RETRY)
            .bind(claimed.id.lane.number())
            .bind(claimed.id.batch)
            .bind(claimed.id.n)
            .bind(claimed.attempts)
            .bind(due_at)
            .bind(error)
            .bind(&self.node)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// The provider's status, by its reference. `None`: unknown reference, or no rise.
    pub async fn status_by_ref(
        &self,
        provider_ref: &str,
        rank: i16,
        error: Option<&str>,
    ) -> Result<Option<Moved>, sqlx::Error> {
        let query = sqlx::query(BY_REF)
            .bind(provider_ref)
            .bind(rank)
            .bind(error);
        moved(query.fetch_all(&self.pool).await?)
    }

    /// The provider's status, by the id that rode along with the message.
    pub async fn status_by_id(
        &self,
        id: OutboxId,
        rank: i16,
        error: Option<&str>,
        provider_ref: Option<&str>,
    ) -> Result<Option<Moved>, sqlx::Error> {
        let query = sqlx::query(BY_ID)
            .bind(id.lane.number())
            .bind(id.batch)
            .bind(id.n)
            .bind(rank)
            .bind(error)
            .bind(provider_ref);
        moved(query.fetch_all(&self.pool).await?)
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

    async fn end(
        &self,
        claimed: &Claimed,
        end: End,
        provider_ref: Option<&str>,
        error: Option<&str>,
    ) -> Result<bool, sqlx::Error> {
        let done = sqlx::query(FINISH)
            .bind(claimed.id.lane.number())
            .bind(claimed.id.batch)
            .bind(claimed.id.n)
            .bind(claimed.attempts)
            .bind(end.number())
            .bind(provider_ref)
            .bind(error)
            .bind(&self.node)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() > 0)
    }
}

fn moved(rows: Vec<sqlx::postgres::PgRow>) -> Result<Option<Moved>, sqlx::Error> {
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    Ok(Some(Moved {
        id: OutboxId::of_row(row)?,
        stream: row.try_get("shop_id")?,
        kind: row.try_get("kind")?,
        class: row.try_get("class")?,
        body: row.try_get("body")?,
    }))
}
