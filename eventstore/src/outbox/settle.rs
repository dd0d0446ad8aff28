//! What became of the claimed promises.

use std::time::Duration;

use super::{Claimed, Outbox, OutboxId};

const SETTLE: &str = include_str!("../../sql/outbox_settle.sql");

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

impl Outbox {
    /// Writes the verdicts, one statement for all; how many counted. Those whose lease was lost to
    /// a newer claim, or that a status overtook, change nothing.
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
