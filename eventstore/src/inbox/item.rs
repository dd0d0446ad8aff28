//! Working off the inbox: open items, tries, dead letters.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{Row, postgres::PgRow};

use super::{Inbox, InboxError};
use crate::seal;

const ADOPTED: &str = include_str!("../../sql/inbox_adopt.sql");
const PENDING: &str = include_str!("../../sql/inbox_pending.sql");
const DEAD: &str = include_str!("../../sql/inbox_dead_list.sql");
const BEGIN: &str = include_str!("../../sql/inbox_begin.sql");
const END: &str = include_str!("../../sql/inbox_end.sql");
const REVIVE: &str = include_str!("../../sql/inbox_revive.sql");

/// Items adopted from lapsed nodes in one go.
pub(super) const ADOPT: i64 = 1_000;
/// Tries before an item is a dead letter.
const TRIES: i32 = 5;

/// A POST that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub node: String,
    pub n: i64,
    pub door: String,
    pub received_at: DateTime<Utc>,
    /// The raw bytes; `None` once the day's key was destroyed.
    pub body: Option<Vec<u8>>,
    pub attempts: i32,
    pub error: Option<String>,
}

/// May it be tried?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Try {
    /// Yes; this is try number so and so.
    Go(i32),
    /// It was tried too often and is a dead letter now.
    Parked,
    /// It is not open (any more).
    Gone,
}

impl Inbox {
    /// This node's open items in order, after adopting those of lapsed nodes. Call it at the
    /// start and then now and then; `limit` at a time.
    pub async fn pending(&self, limit: i64) -> Result<Vec<Item>, InboxError> {
        let base = self.reserve().await?;
        let adopted = sqlx::query(ADOPTED)
            .bind(&self.node)
            .bind(base)
            .bind(ADOPT)
            .fetch_all(&self.pool)
            .await?;
        if !adopted.is_empty() {
            tracing::warn!(items = adopted.len(), "took over a lapsed node's inbox");
        }
        let query = sqlx::query(PENDING).bind(&self.node).bind(limit);
        self.open_all(query.fetch_all(&self.pool).await?).await
    }

    /// Counts a try, durably, before it begins.
    pub async fn begin(&self, n: i64) -> Result<Try, InboxError> {
        let rows = sqlx::query(BEGIN)
            .bind(&self.node)
            .bind(n)
            .bind(TRIES)
            .fetch_all(&self.pool)
            .await?;
        let Some(row) = rows.first() else {
            return Ok(Try::Gone);
        };
        let state: i16 = row.try_get("state")?;
        Ok(if state == 2 {
            Try::Parked
        } else {
            Try::Go(row.try_get("attempts")?)
        })
    }

    /// Every item in it has its receipt. False: it was not open.
    pub async fn done(&self, n: i64) -> Result<bool, InboxError> {
        self.end(n, 1, None).await
    }

    /// It cannot be understood: kept and shown.
    pub async fn dead(&self, n: i64, error: &str) -> Result<bool, InboxError> {
        self.end(n, 2, Some(error)).await
    }

    /// The newest dead letters of all nodes.
    pub async fn dead_letters(&self, limit: i64) -> Result<Vec<Item>, InboxError> {
        let rows = sqlx::query(DEAD).bind(limit).fetch_all(&self.pool).await?;
        self.open_all(rows).await
    }

    /// A dead letter is open again, its tries forgotten.
    pub async fn revive(&self, node: &str, n: i64) -> Result<bool, InboxError> {
        let done = sqlx::query(REVIVE)
            .bind(node)
            .bind(n)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    async fn end(&self, n: i64, state: i16, error: Option<&str>) -> Result<bool, InboxError> {
        let query = sqlx::query(END)
            .bind(&self.node)
            .bind(n)
            .bind(state)
            .bind(error);
        Ok(query.execute(&self.pool).await?.rows_affected() > 0)
    }

    pub(super) async fn open_all(&self, rows: Vec<PgRow>) -> Result<Vec<Item>, InboxError> {
        let mut items = Vec::with_capacity(rows.len());
        for row in rows {
            let day: NaiveDate = row.try_get("at_day")?;
            let door: String = row.try_get("door")?;
            let sealed: &[u8] = row.try_get("body")?;
            let body = match self.keys.read(day).await? {
                Some(key) => {
                    let opened = seal::open_bytes(&key, door.as_bytes(), sealed);
                    Some(opened.map_err(seal::DayKeyError::from)?.to_vec())
                }
                None => None,
            };
            items.push(Item {
                node: row.try_get("node")?,
                n: row.try_get("n")?,
                door,
                received_at: row.try_get("received_at")?,
                body,
                attempts: row.try_get("attempts")?,
                error: row.try_get("error")?,
            });
        }
        Ok(items)
    }
}
