//! The same work, many rows at a time: what a busy server does instead of one completion each.

use std::{collections::BTreeMap, time::Duration};

use uuid::Uuid;

use super::{Claimed, Outbox, OutboxId};

const ROOMS: &str = include_str!("../../sql/outbox_rooms.sql");
const LATE: &str = include_str!("../../sql/outbox_late.sql");
const RECLAIM: &str = include_str!("../../sql/outbox_reclaim.sql");
const OVERDUE: &str = include_str!("../../sql/outbox_overdue.sql");
const SETTLE: &str = include_str!("../../sql/outbox_settle.sql");
const STATUSES: &str = include_str!("../../sql/outbox_statuses.sql");

/// How many promises of a sender may be kept now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    pub sender: String,
    pub room: i32,
}

/// What became of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Kept; the provider's message, hashed, where there is one.
    Sent { provider_ref: Option<String> },
    /// Again after this; `error` says why.
    Again { after: Duration, error: String },
    /// Not needed any more, or not allowed; why.
    Dropped { error: String },
    /// It will never be kept; why. Shown to people.
    Dead { error: String },
    /// It may have been kept and is not repeated.
    Unknown,
}

/// One try of one row, with its verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    id: OutboxId,
    attempt: i32,
    verdict: Verdict,
}

impl Outcome {
    /// The verdict on a claimed row.
    pub fn of(claimed: &Claimed, verdict: Verdict) -> Self {
        Self {
            id: claimed.id,
            attempt: claimed.attempts,
            verdict,
        }
    }
}

/// The provider's word on a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Our row, where the provider echoed it.
    pub id: Option<OutboxId>,
    /// Its message, hashed.
    pub provider_ref: String,
    /// 1 sent, 2 delivered, 3 read, 4 played; 100 failed.
    pub rank: i16,
    /// Why it failed.
    pub error: Option<String>,
}

impl Outbox {
    /// Leases the next promises of these kinds: at most `room` of each sender.
    pub async fn claim_rooms(
        &self,
        rooms: &[Room],
        kinds: &[&str],
        lease: Duration,
    ) -> Result<Vec<Claimed>, sqlx::Error> {
        let senders: Vec<&str> = rooms.iter().map(|room| room.sender.as_str()).collect();
        let counts: Vec<i32> = rooms.iter().map(|room| room.room).collect();
        let rows = sqlx::query(ROOMS)
            .bind(senders)
            .bind(counts)
            .bind(kinds)
            .bind(&self.node)
            .bind(lease.as_secs_f64())
            .fetch_all(&self.pool)
            .await?;
        super::claim::read(&rows)
    }

    /// Drops what waits and is too late; how many rows.
    pub async fn drop_late(&self, senders: &[String]) -> Result<u64, sqlx::Error> {
        let done = sqlx::query(LATE).bind(senders).execute(&self.pool).await?;
        Ok(done.rows_affected())
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

    /// Lets the leases of an earlier life of this node lapse; call it before the first claim.
    pub async fn reclaim(&self) -> Result<u64, sqlx::Error> {
        let done = sqlx::query(RECLAIM)
            .bind(&self.node)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected())
    }

    /// Writes the verdicts, one statement for all; those of an expired lease change nothing.
    pub async fn settle(&self, outcomes: &[Outcome]) -> Result<u64, sqlx::Error> {
        let parts: Vec<_> = outcomes
            .iter()
            .map(|outcome| parts(&outcome.verdict))
            .collect();
        let done = sqlx::query(SETTLE)
            .bind(
                outcomes
                    .iter()
                    .map(|o| o.id.lane.number())
                    .collect::<Vec<_>>(),
            )
            .bind(outcomes.iter().map(|o| o.id.batch).collect::<Vec<_>>())
            .bind(outcomes.iter().map(|o| o.id.n).collect::<Vec<_>>())
            .bind(outcomes.iter().map(|o| o.attempt).collect::<Vec<_>>())
            .bind(parts.iter().map(|part| part.0).collect::<Vec<_>>())
            .bind(parts.iter().map(|part| part.1).collect::<Vec<_>>())
            .bind(parts.iter().map(|part| part.2).collect::<Vec<_>>())
            .bind(parts.iter().map(|part| part.3).collect::<Vec<_>>())
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected())
    }

    /// Takes the provider's words in; of several about one message the highest counts.
    pub async fn statuses(&self, statuses: &[Status]) -> Result<u64, sqlx::Error> {
        let mut best: BTreeMap<&str, &Status> = BTreeMap::new();
        for status in statuses {
            let entry = best.entry(&status.provider_ref).or_insert(status);
            if entry.rank < status.rank {
                *entry = status;
            }
        }
        let best: Vec<&Status> = best.into_values().collect();
        let done = sqlx::query(STATUSES)
            .bind(
                best.iter()
                    .map(|s| s.id.map(|id| id.lane.number()))
                    .collect::<Vec<_>>(),
            )
            .bind(
                best.iter()
                    .map(|s| s.id.map(|id| id.batch))
                    .collect::<Vec<_>>(),
            )
            .bind(best.iter().map(|s| s.id.map(|id| id.n)).collect::<Vec<_>>())
            .bind(
                best.iter()
                    .map(|s| s.provider_ref.as_str())
                    .collect::<Vec<_>>(),
            )
            .bind(best.iter().map(|s| s.rank).collect::<Vec<_>>())
            .bind(best.iter().map(|s| s.error.as_deref()).collect::<Vec<_>>())
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected())
    }
}

/// State, seconds to wait, provider's message, error.
fn parts(verdict: &Verdict) -> (i16, Option<f64>, Option<&str>, Option<&str>) {
    match verdict {
        Verdict::Sent { provider_ref } => (2, None, provider_ref.as_deref(), None),
        Verdict::Again { after, error } => (0, Some(after.as_secs_f64()), None, Some(error)),
        Verdict::Dropped { error } => (3, None, None, Some(error)),
        Verdict::Dead { error } => (4, None, None, Some(error)),
        Verdict::Unknown => (5, None, None, Some("unknown")),
    }
}
