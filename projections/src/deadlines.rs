//! Shops that sleep: how many, who is next, who should be awake.
//!
//! No read model: the log itself keeps one row per sleeping shop, for a deadline must not depend on
//! anything that may be parked. Who asks is a login of the log's, not of the readings'.

use chrono::{DateTime, Utc};
use sqlx::PgPool;

/// A sleeping shop is woken within seconds; later than this is an alarm.
pub const ALARM_SECONDS: f64 = 10.0;

/// The sleeping shops at one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Sleeping {
    /// Shops that sleep and have a deadline.
    pub shops: i64,
    /// The earliest of their deadlines.
    pub next: Option<DateTime<Utc>>,
    /// Of them, those whose deadline passed more than [`ALARM_SECONDS`] ago: nobody woke them.
    pub overdue: i64,
}

/// How the sleeping shops stand now. A shop that is awake keeps its deadlines in memory, and its
/// row says so (minus infinity): it is not counted.
pub async fn sleeping(pool: &PgPool) -> Result<Sleeping, sqlx::Error> {
    sqlx::query_as(
        "SELECT count(*) AS shops, min(due_at) AS next,
                count(*) FILTER (WHERE due_at < clock_timestamp() - make_interval(secs => $1))
                    AS overdue
           FROM deadline WHERE due_at > '-infinity'",
    )
    .bind(ALARM_SECONDS)
    .fetch_one(pool)
    .await
}
