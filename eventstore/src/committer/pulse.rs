//! The pulse: the last instant at which this committer knew that the database answers.
//!
//! Every batch that lands proves it, and between batches the second's look for due streams. Once
//! the pulse is older than [`crate::LogConfig::silence`] nothing is decided: the process may have
//! been frozen, the database away. The next proof ends the silence; it is written down for those
//! asleep, what was decided ahead is undone, and every stream is told before anything else.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::Row;
use uuid::Uuid;

use super::{Committer, job::Job, shared::Shared, side::Side, slot::Phase};
use crate::{Decider, Lane, column::column};

const KEEP: &str = include_str!("../../sql/silence_keep.sql");
const SILENCES: &str = include_str!("../../sql/wake_silences.sql");

/// A time in which nothing could be decided, by the database's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Silence {
    pub(super) from: DateTime<Utc>,
    pub(super) until: DateTime<Utc>,
}

impl<D: Decider> Committer<D> {
    /// Whether the database was not heard of for too long, or a silence is being written down.
    pub(super) fn breathless(&self) -> bool {
        self.hushed > 0 || self.silent_for() > self.shared.config.silence
    }

    /// How long ago the database was last heard of.
    pub(super) fn silent_for(&self) -> Duration {
        let now = self.shared.clock.now();
        let silent = now.signed_duration_since(self.pulse);
        silent.to_std().unwrap_or_default()
    }

    /// The database answered, `at` by its clock. Called before what it answered is acted upon.
    pub(super) fn prove(&mut self, at: DateTime<Utc>) {
        let from = self.pulse;
        self.pulse = from.max(at);
        let silent = at.signed_duration_since(from);
        let least = TimeDelta::from_std(self.shared.config.silence).unwrap_or(TimeDelta::MAX);
        if silent <= least || self.heads.is_empty() {
            return;
        }
        let seconds = silent.num_seconds();
        tracing::warn!(
            seconds,
            "nothing could be committed for a while; streams are told"
        );
        self.rewind();
        self.hushed = self.hushed.saturating_add(1);
        let silence = Silence { from, until: at };
        let heads = self.heads.iter();
        let lanes = column(heads.map(|(lane, head)| (*lane, head.epoch)));
        let shared = Arc::clone(&self.shared);
        self.side.spawn(keep(shared, lanes, silence));
    }

    /// The silence is written down: who wakes from now on reads it; who is awake is told here.
    pub(super) fn silence_kept(&mut self, lanes: &[(Lane, i64)], silence: Silence) {
        self.hushed = self.hushed.saturating_sub(1);
        for (stream, slot) in &mut self.slots {
            let epoch = self.heads.get(&slot.lane).map(|head| head.epoch);
            if !lanes
                .iter()
                .any(|(lane, was)| *lane == slot.lane && Some(*was) == epoch)
            {
                continue;
            }
            match &slot.phase {
                Phase::Awake(awake) if awake.owes(silence.until) => {
                    slot.owed.push(silence);
                    let now = self.shared.clock.now();
                    let sweep = self.shared.decider.sweep(*stream, now);
                    slot.queue.push_front(Job::new(*stream, sweep, None));
                    slot.sweeping = true;
                    if !slot.ready {
                        slot.ready = true;
                        self.ready.push_back(*stream);
                    }
                }
                // It may have been read a moment before the silence was written down.
                Phase::Waking(_) => {
                    slot.phase = Phase::Cold;
                    self.to_wake.push_back(*stream);
                }
                _ => {}
            }
        }
    }

    /// Tells a stream of the silences it slept through, before anything else is judged in it.
    pub(super) fn tell_silences(&mut self, stream: Uuid) {
        let owed = self
            .slots
            .get_mut(&stream)
            .map(|slot| std::mem::take(&mut slot.owed));
        for Silence { from, until } in owed.unwrap_or_default() {
            if let Some(command) = self.shared.decider.silence(stream, from, until) {
                self.judge(Job::new(stream, command, None));
            }
        }
    }
}

/// Writes a silence down. Tries until it is: the streams asleep must not lose it.
async fn keep<D: Decider>(
    shared: Arc<Shared<D>>,
    lanes: Vec<(Lane, i64)>,
    silence: Silence,
) -> Side<D> {
    loop {
        let query = sqlx::query(KEEP)
            .bind(column(lanes.iter().map(|(lane, _)| lane.number())))
            .bind(column(lanes.iter().map(|(_, epoch)| *epoch)))
            .bind(silence.from)
            .bind(silence.until);
        match query.execute(&shared.pool).await {
            Ok(_kept) => return Side::Hushed(lanes, silence),
            Err(error) => tracing::warn!(%error, "a silence cannot be written down"),
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// The silences of these lanes that ended after an instant, oldest first.
pub(super) async fn silences(
    connection: &mut sqlx::PgConnection,
    lanes: &[i16],
    after: DateTime<Utc>,
) -> Result<Vec<(i16, Silence)>, sqlx::Error> {
    let rows = sqlx::query(SILENCES)
        .bind(lanes)
        .bind(after)
        .fetch_all(connection)
        .await?;
    let mut silences = Vec::with_capacity(rows.len());
    for row in rows {
        let silence = Silence {
            from: row.try_get("from_at")?,
            until: row.try_get("until_at")?,
        };
        silences.push((row.try_get("lane")?, silence));
    }
    Ok(silences)
}
