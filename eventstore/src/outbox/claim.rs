//! Claiming the next promises.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::{Row, postgres::PgRow};
use uuid::Uuid;

use super::{Outbox, OutboxId};

const CLAIM: &str = include_str!("../../sql/outbox_claim.sql");
const LATE: &str = include_str!("../../sql/outbox_late.sql");
const RECLAIM: &str = include_str!("../../sql/outbox_reclaim.sql");

/// How many promises of a sender may be kept now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    pub sender: String,
    pub room: i32,
}

/// A promise under lease. Give it back with one [`Outcome`](super::Outcome).
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
    /// Leases the next promises of these kinds, at most `room` of each sender, in the order in
    /// which to keep them.
    pub async fn claim(
        &self,
        rooms: &[Room],
        kinds: &[&str],
        lease: Duration,
    ) -> Result<Vec<Claimed>, sqlx::Error> {
        let senders: Vec<&str> = rooms.iter().map(|room| room.sender.as_str()).collect();
        let counts: Vec<i32> = rooms.iter().map(|room| room.room).collect();
        let rows = sqlx::query(CLAIM)
            .bind(senders)
            .bind(counts)
            .bind(kinds)
            .bind(&self.node)
            .bind(lease.as_secs_f64())
            .fetch_all(&self.pool)
            .await?;
        read(&rows)
    }

    /// Drops what waits and is too late; how many rows.
    pub async fn drop_late(&self, senders: &[String]) -> Result<u64, sqlx::Error> {
        let done = sqlx::query(LATE).bind(senders).execute(&self.pool).await?;
        Ok(done.rows_affected())
    }

    /// Lets the leases of an earlier life of this node lapse; call it before the first claim.
    pub async fn reclaim(&self) -> Result<u64, sqlx::Error> {
        let done = sqlx::query(RECLAIM)
            .bind(&self.node)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected())
    }
}

/// The rows of a claim, in the order in which to keep them.
fn read(rows: &[PgRow]) -> Result<Vec<Claimed>, sqlx::Error> {
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
