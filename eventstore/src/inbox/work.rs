//! The same work, many items at a time: what a busy server does instead of `begin` and `done`.

use sqlx::Row as _;

use super::{Inbox, InboxError, item::Item};

const TAKE: &str = include_str!("../../sql/inbox_take.sql");
const DONE: &str = include_str!("../../sql/inbox_done.sql");
/// Tries before an item is a dead letter.
const TRIES: i32 = 5;

impl Inbox {
    /// The next open items in order, without those already `in_work`; their try is counted.
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

    /// Every item in these has its receipt.
    pub async fn done_all(&self, numbers: &[i64]) -> Result<(), InboxError> {
        sqlx::query(DONE)
            .bind(&self.node)
            .bind(numbers)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}
