//! The providers' lists against our orders: what agrees, what only they have, what only we have.
//!
//! Theirs is the statement (`eventstore::statement`), filled by webhooks, polls and the daily
//! sweep; ours is the reading of attempts. They may live in different databases, so they are
//! compared here and not by SQL.

mod compare;
mod ours;
mod report;

use chrono::{DateTime, Utc};
use domain::ids::ShopId;
use eventstore::statement::Statement;
use sqlx::PgPool;

pub use report::{Finding, Group, Reconciliation, Sum, Verdict};

/// What is to be compared.
#[derive(Debug, Clone)]
pub struct Question {
    /// From when on.
    pub since: DateTime<Utc>,
    /// Only this shop. Money that names no shop belongs to none and is left out then.
    pub shop: Option<ShopId>,
}

/// Compares. `reading` has the projector's role; `statement` is the home database's.
pub async fn run(
    reading: &PgPool,
    statement: &Statement,
    question: &Question,
) -> Result<Reconciliation, sqlx::Error> {
    let shop = question.shop.map(|ShopId(shop)| shop);
    let theirs = statement.since(question.since, shop, None).await?;
    let ours = ours::read(reading, question, &theirs).await?;
    Ok(compare::compare(question.since, theirs, ours))
}
