//! What payment providers say about money, kept line by line: their statement. Against it the
//! shops' facts are compared, and money that belongs to nobody is found.
//!
//! **Cost.** One statement per page, however many lines; a page that says nothing new writes
//! nothing. **Truth.** A hint never changes what was read from the provider's API.

mod entry;
mod met;

use chrono::{DateTime, Utc};
use sqlx::{PgPool, Row};
use std::collections::BTreeSet;
use uuid::Uuid;

pub use entry::{Entry, Kept};
pub use met::Alarm;

const KEEP: &str = include_str!("../../sql/statement_keep.sql");
const DUE: &str = include_str!("../../sql/statement_due.sql");
const ATTEMPT: &str = include_str!("../../sql/statement_attempt.sql");
const SINCE: &str = include_str!("../../sql/statement_since.sql");
const UNMATCHED: &str = include_str!("../../sql/statement_unmatched.sql");

/// The statements of all accounts. `pool` has the writer's role.
#[derive(Clone, Debug)]
pub struct Statement {
    pool: PgPool,
}

/// Where lines were read, and whether that proves them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// `webhook`, `list` or `detail`.
    pub source: &'static str,
    /// From the provider's API or a signed body. A hint is kept, and is not money.
    pub believed: bool,
}

impl Statement {
    pub fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// Keeps lines of an account.
    pub async fn keep(
        &self,
        account: &str,
        entries: &[Entry],
        origin: Origin,
    ) -> Result<(), sqlx::Error> {
        let mut left: Vec<&Entry> = entries.iter().collect();
        // The same transaction twice on one page takes a second statement.
        while !left.is_empty() {
            let mut seen = BTreeSet::new();
            let (now, later): (Vec<_>, Vec<_>) = left
                .into_iter()
                .partition(|entry| seen.insert(entry.transaction.as_str()));
            self.keep_once(account, &now, origin).await?;
            left = later;
        }
        Ok(())
    }

    async fn keep_once(
        &self,
        account: &str,
        entries: &[&Entry],
        origin: Origin,
    ) -> Result<(), sqlx::Error> {
        let text = |of: fn(&Entry) -> &str| entries.iter().map(|e| of(e)).collect::<Vec<_>>();
        let maybe = |of: fn(&Entry) -> Option<&str>| -> Vec<Option<&str>> {
            entries.iter().map(|e| of(e)).collect()
        };
        let number = |of: fn(&Entry) -> Option<i64>| -> Vec<Option<i64>> {
            entries.iter().map(|e| of(e)).collect()
        };
        sqlx::query(KEEP)
            .bind(account)
            .bind(text(|e| &e.transaction))
            .bind(text(|e| &e.kind))
            .bind(maybe(|e| e.reference.as_deref()))
            .bind(entries.iter().map(|e| e.shop).collect::<Vec<_>>())
            .bind(number(|e| e.attempt))
            .bind(text(|e| &e.status))
            .bind(number(|e| e.amount))
            .bind(number(|e| e.fees))
            .bind(maybe(|e| e.currency.as_deref()))
            .bind(entries.iter().map(|e| e.at).collect::<Vec<_>>())
            .bind(origin.source)
            .bind(origin.believed)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Money, come or gone back, that its shop has not taken in yet; oldest first.
    pub async fn due(&self, account: &str, limit: i64) -> Result<Vec<Entry>, sqlx::Error> {
        let rows = sqlx::query(DUE).bind(account).bind(limit);
        let rows = rows.fetch_all(&self.pool).await?;
        rows.iter().map(Entry::of_row).collect()
    }

    /// What the provider has under one of our references, hints left out.
    pub async fn of_attempt(
        &self,
        account: &str,
        shop: Uuid,
        attempt: i64,
    ) -> Result<Vec<Entry>, sqlx::Error> {
        let rows = sqlx::query(ATTEMPT).bind(account).bind(shop).bind(attempt);
        let rows = rows.fetch_all(&self.pool).await?;
        rows.iter().map(Entry::of_row).collect()
    }

    /// All payments that succeeded or went back since `from`, of one shop or account or of all.
    pub async fn since(
        &self,
        from: DateTime<Utc>,
        shop: Option<Uuid>,
        account: Option<&str>,
    ) -> Result<Vec<Kept>, sqlx::Error> {
        let query = sqlx::query(SINCE).bind(from).bind(shop).bind(account);
        let mut kept = Vec::new();
        for row in query.fetch_all(&self.pool).await? {
            kept.push(Kept {
                account: row.try_get("account")?,
                entry: Entry::of_row(&row)?,
                met: row.try_get("met")?,
                first_seen: row.try_get("first_seen")?,
            });
        }
        Ok(kept)
    }

    /// How many payments belong to nobody.
    pub async fn unmatched(&self) -> Result<i64, sqlx::Error> {
        sqlx::query_scalar(UNMATCHED).fetch_one(&self.pool).await
    }
}
