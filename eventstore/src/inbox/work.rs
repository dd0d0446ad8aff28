//! Working off the inbox: open items, tries, dead letters.

use sqlx::Row as _;

use super::{Inbox, InboxError, item::Item};

const ADOPT: &str = include_str!("../../sql/inbox_adopt.sql");
const TAKE: &str = include_str!("../../sql/inbox_take.sql");
const DONE: &str = include_str!("../../sql/inbox_done.sql");
const DEAD: &str = include_str!("../../sql/inbox_dead.sql");
const LETTERS: &str = include_str!("../../sql/inbox_dead_list.sql");
const REVIVE: &str = include_str!("../../sql/inbox_revive.sql");

/// Tries before an item is a dead letter.
const TRIES: i32 = 5;

impl Inbox {
    /// Takes over up to `limit` open items of lapsed nodes, in their order; how many. Call it at
    /// the start and then now and then; the items come with the next [`Inbox::take`].
    pub async fn adopt(&self, limit: u32) -> Result<usize, InboxError> {
        let limit = i64::from(limit);
        let base = self.reserve(limit).await?;
        let adopted = sqlx::query(ADOPT)
            .bind(&self.node)
            .bind(base)
            .bind(limit)
            .fetch_all(&self.pool)
            .await?;
        if !adopted.is_empty() {
            tracing::warn!(items = adopted.len(), "took over a lapsed node's inbox");
        }
        Ok(adopted.len())
    }

    /// The next open items in order, without those already `in_work`; their try is counted,
    /// durably, before it begins.
    pub async fn take(&self, in_work: &[i64], limit: i64) -> Result<Vec<Item>, InboxError> {
        let mut rows = sqlx::query(TAKE)
            .bind(&self.node)
            .bind(in_work)
            .bind(limit)
            .bind(TRIES)
            .fetch_all(&self.pool)
            .await?;
        rows.retain(|row| row.try_get::<i16, _>("state").is_ok_and(|state| state == 0));
        let mut items = self.open_all(rows).await?;
        // UPDATE … RETURNING gives no order.
        items.sort_by_key(|item| (item.received_at, item.n));
        Ok(items)
    }

    /// Every item in these has its receipt; how many of them were open.
    pub async fn done(&self, numbers: &[i64]) -> Result<u64, InboxError> {
        let done = sqlx::query(DONE)
            .bind(&self.node)
            .bind(numbers)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected())
    }

    /// It cannot be understood: kept and shown. False: it was not open.
    pub async fn dead(&self, n: i64, error: &str) -> Result<bool, InboxError> {
        let query = sqlx::query(DEAD).bind(&self.node).bind(n).bind(error);
        Ok(query.execute(&self.pool).await?.rows_affected() > 0)
    }

    /// The newest dead letters of all nodes.
    pub async fn dead_letters(&self, limit: i64) -> Result<Vec<Item>, InboxError> {
        let rows = sqlx::query(LETTERS)
            .bind(limit)
            .fetch_all(&self.pool)
            .await?;
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
}
