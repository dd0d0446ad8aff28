//! Sleep: idle streams leave memory; long ones are photographed, beside the committer.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Committer, shared::Shared, side::Side, slot::Phase};
use crate::{Decider, Lane, snapshot};

const SLEEP: &str = include_str!("../../sql/sleep.sql");

/// Bytes of state a snapshot may cost for each event since the last one.
const BYTES_PER_EVENT: usize = 64;
/// A tail shorter than this is as quick to replay as a snapshot is to read.
const WORTH_A_SNAPSHOT: i64 = 500;
/// A queue that did not move for this long (its stream cannot be read now) is given back.
const STUCK: Duration = Duration::from_secs(10);
/// How many streams may leave in one second.
const LEAVE: usize = 256;

impl<D: Decider> Committer<D> {
    /// Once a second: weigh, send to sleep, photograph, look for due sleepers.
    pub(super) fn keep_house(&mut self) {
        let now = Instant::now();
        if now.duration_since(self.kept_house).as_millis() < 1_000 {
            return;
        }
        self.kept_house = now;
        let config = &self.shared.config;
        let mut weight = 0_usize;
        let mut idle = Vec::new();
        let mut long = Vec::new();
        for (stream, slot) in &mut self.slots {
            slot.recent.trim(
                now,
                config.commands_kept,
                config.commands_kept_max,
                self.settled,
            );
            if !slot.queue.is_empty() && now.duration_since(slot.used) > STUCK {
                slot.give_up();
            }
            let Phase::Awake(awake) = &slot.phase else {
                continue;
            };
            let bytes = awake.weight().saturating_add(slot.recent.weight());
            weight = weight.saturating_add(bytes);
            // A snapshot costs its size: a large state is written more seldom, so that no event
            // ever pays for more than a fixed share of it.
            let worth = i64::try_from(bytes / BYTES_PER_EVENT).unwrap_or(i64::MAX);
            if slot.since_snapshot >= config.snapshot_every.max(worth) {
                slot.since_snapshot = 0;
                long.push(*stream);
            } else if slot.queue.is_empty() && slot.last_batch <= self.settled {
                idle.push((slot.used, *stream, bytes));
            }
        }
        self.weight = weight;
        idle.sort_unstable_by_key(|(used, ..)| *used);
        let share = config
            .memory_limit
            .checked_div(config.committers)
            .unwrap_or_default();
        let (patience, mut left) = (config.idle, 0);
        for (used, stream, bytes) in idle {
            if left >= LEAVE || (weight <= share && now.duration_since(used) < patience) {
                break;
            }
            left = left.saturating_add(1);
            weight = weight.saturating_sub(bytes);
            self.send_to_sleep(stream);
        }
        for stream in long {
            let shared = Arc::clone(&self.shared);
            self.side.spawn(async move {
                photograph(&shared, stream).await;
                Side::Photographed(stream)
            });
        }
        if !self.heads.is_empty() {
            self.look_for_due(self.lanes(), false);
        }
    }

    fn send_to_sleep(&mut self, stream: Uuid) {
        let Some(slot) = self.slots.get_mut(&stream) else {
            return;
        };
        let Some(head) = self.heads.get(&slot.lane) else {
            return;
        };
        let (lane, epoch, due) = (slot.lane, head.epoch, slot.next_due);
        let worth = slot.since_snapshot >= WORTH_A_SNAPSHOT;
        slot.phase = Phase::Sleeping;
        slot.armed = None;
        let shared = Arc::clone(&self.shared);
        self.side.spawn(async move {
            if worth {
                photograph(&shared, stream).await;
            }
            if let Err(error) = put_to_bed(&shared, lane, epoch, stream, due).await {
                // Its row still says "awake": the next owner wakes it for nothing, no harm.
                tracing::warn!(%error, %stream, "a deadline was not written");
            }
            Side::Asleep(stream)
        });
    }
}

async fn put_to_bed<D: Decider>(
    shared: &Shared<D>,
    lane: Lane,
    epoch: i64,
    stream: Uuid,
    due: Option<DateTime<Utc>>,
) -> Result<(), sqlx::Error> {
    sqlx::query(SLEEP)
        .bind(lane.number())
        .bind(epoch)
        .bind(stream)
        .bind(due)
        .execute(&shared.pool)
        .await?;
    Ok(())
}

async fn photograph<D: Decider>(shared: &Shared<D>, stream: Uuid) {
    let written = snapshot::write(&shared.pool, &shared.decider, &shared.master, stream).await;
    if let Err(error) = written {
        tracing::warn!(%error, %stream, "a snapshot was not written");
    }
}
