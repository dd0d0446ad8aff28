//! What the provider says about messages that were sent.

use std::collections::BTreeMap;

use super::{Outbox, OutboxId};

const STATUSES: &str = include_str!("../../sql/outbox_statuses.sql");

/// The provider's word on a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Our row, where the provider echoed it.
    pub id: Option<OutboxId>,
    /// Its message, hashed.
    pub provider_ref: String,
    /// 1 sent, 2 delivered, 3 read, 4 played; 100 failed.
    pub rank: i16,
    /// Why it failed.
    pub error: Option<String>,
}

impl Outbox {
    /// Takes the provider's words in; how many rows rose. Of several about one message the highest
    /// counts.
    pub async fn statuses(&self, statuses: &[Status]) -> Result<u64, sqlx::Error> {
        let mut best: BTreeMap<&str, &Status> = BTreeMap::new();
        for status in statuses {
            let entry = best.entry(&status.provider_ref).or_insert(status);
            if entry.rank < status.rank {
                *entry = status;
            }
        }
        let best: Vec<&Status> = best.into_values().collect();
        let done = sqlx::query(STATUSES)
            .bind(
                best.iter()
                    .map(|s| s.id.map(|id| id.lane.number()))
                    .collect::<Vec<_>>(),
            )
            .bind(
                best.iter()
                    .map(|s| s.id.map(|id| id.batch))
                    .collect::<Vec<_>>(),
            )
            .bind(best.iter().map(|s| s.id.map(|id| id.n)).collect::<Vec<_>>())
            .bind(
                best.iter()
                    .map(|s| s.provider_ref.as_str())
                    .collect::<Vec<_>>(),
            )
            .bind(best.iter().map(|s| s.rank).collect::<Vec<_>>())
            .bind(best.iter().map(|s| s.error.as_deref()).collect::<Vec<_>>())
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected())
    }
}
