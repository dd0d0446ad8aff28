//! A POST that was kept, opened again.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{Row, postgres::PgRow};

use super::{Inbox, InboxError};
use crate::seal;

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

impl Inbox {
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
