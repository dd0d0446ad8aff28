//! What is not kept for ever: receipts, silences and the keys of webhook bodies, 35 days each.
//! Events are.

use sqlx::PgPool;

use crate::Lane;

const RECEIPTS: &str = include_str!("../sql/retain_receipts.sql");
const SILENCES: &str = include_str!("../sql/retain_silences.sql");
const DAYS: &str = include_str!("../sql/retain_days.sql");
const BODIES: &str = include_str!("../sql/retain_inbox.sql");

/// What a round let go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gone {
    pub receipts: u64,
    pub days: u64,
    pub silences: u64,
    pub bodies: u64,
}

/// Lets go what is too old. Safe to run on several nodes, at any time, any number of times.
pub async fn run(pool: &PgPool) -> Result<Gone, sqlx::Error> {
    let mut gone = Gone::default();
    for lane in Lane::all() {
        let done = sqlx::query(RECEIPTS)
            .bind(lane.number())
            .execute(pool)
            .await?;
        gone.receipts = gone.receipts.saturating_add(done.rows_affected());
    }
    gone.silences = sqlx::query(SILENCES).execute(pool).await?.rows_affected();
    gone.days = sqlx::query(DAYS).execute(pool).await?.rows_affected();
    loop {
        let some = sqlx::query(BODIES).execute(pool).await?.rows_affected();
        gone.bodies = gone.bodies.saturating_add(some);
        if some == 0 {
            return Ok(gone);
        }
    }
}
