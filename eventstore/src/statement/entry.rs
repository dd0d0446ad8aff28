//! One line of a provider's statement.

use chrono::{DateTime, Utc};
use sqlx::{Row, postgres::PgRow};
use uuid::Uuid;

/// One transaction, in the caller's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The provider's id of it.
    pub transaction: String,
    /// `payment`, `refund`, or the provider's word.
    pub kind: String,
    /// As it came.
    pub reference: Option<String>,
    /// Whose, where the reference is ours.
    pub shop: Option<Uuid>,
    /// Which of the shop's attempts, where the reference is ours.
    pub attempt: Option<i64>,
    /// Its newest word.
    pub status: String,
    /// Minor units, as it came; `None` where nobody can read it.
    pub amount: Option<i64>,
    /// Minor units.
    pub fees: Option<i64>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// The provider's time.
    pub at: Option<DateTime<Utc>>,
    /// Where it was read last; written by [`super::Statement::keep`] itself.
    pub source: String,
    /// How often nobody knew it; counted by [`super::Statement::stranger`].
    pub tries: i32,
}

/// One line with what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// In whose books.
    pub account: String,
    /// What it says.
    pub entry: Entry,
    /// The status its shop has taken in.
    pub met: Option<String>,
    /// When we first heard of it.
    pub first_seen: DateTime<Utc>,
}

impl Entry {
    pub(super) fn of_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            transaction: row.try_get("transaction_id")?,
            kind: row.try_get("kind")?,
            reference: row.try_get("reference")?,
            shop: row.try_get("shop_id")?,
            attempt: row.try_get("attempt")?,
            status: row.try_get("status")?,
            amount: row.try_get("amount")?,
            fees: row.try_get("fees")?,
            currency: row.try_get("currency")?,
            at: row.try_get("at")?,
            source: row.try_get("source")?,
            tries: row.try_get("tries")?,
        })
    }
}
