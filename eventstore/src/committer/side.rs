//! What runs beside the committer on other connections, and what it brings back.

use std::{collections::HashMap, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use sqlx::Row;
use uuid::Uuid;

use super::{
    Committer,
    job::Job,
    pulse::Silence,
    slot::{Known, Phase, Slot},
    wake,
};
use crate::{Decider, Lane, SubmitError, column::column, stream::Awake};

const RECEIPTS: &str = include_str!("../../sql/receipts_known.sql");
const DUE: &str = include_str!("../../sql/deadline_due.sql");

/// How many streams wake in one go, how many goes at a time.
const GROUP: usize = 64;
const GROUPS: usize = 4;
/// A second's worth of due streams.
const DUE_LIMIT: i64 = 512;

pub(super) enum Side<D: Decider> {
    Woken(Vec<Woken<D>>),
    Known(Vec<(Uuid, Uuid, Known)>),
    Asleep(Uuid),
    Due(Due),
    /// A silence is written down for these lanes.
    Hushed(Vec<(Lane, i64)>, Silence),
    Photographed(Uuid),
}

/// What a look at the table of sleepers found.
pub(super) struct Due {
    streams: Vec<Uuid>,
    /// The database's time; nothing for a gain's look, which may have waited.
    now: Option<DateTime<Utc>>,
}

pub(super) struct Woken<D: Decider> {
    pub(super) stream: Uuid,
    pub(super) ticket: u64,
    /// The stream and how many events it has beyond its snapshot; or why it cannot be read.
    pub(super) awake: Result<(Box<Awake<D>>, i64), String>,
    /// What it must be told of.
    pub(super) silences: Vec<Silence>,
}

impl<D: Decider> Committer<D> {
    /// Starts what waits to be read.
    pub(super) fn start_side(&mut self) {
        while self.waking < GROUPS && !self.to_wake.is_empty() {
            let mut wanted = Vec::new();
            while wanted.len() < GROUP
                && let Some(stream) = self.to_wake.pop_front()
            {
                let Some(slot) = self.slots.get_mut(&stream) else {
                    continue;
                };
                if matches!(slot.phase, Phase::Cold) {
                    self.tickets = self.tickets.saturating_add(1);
                    slot.phase = Phase::Waking(self.tickets);
                    wanted.push((stream, self.tickets));
                }
            }
            if wanted.is_empty() {
                break;
            }
            self.waking = self.waking.saturating_add(1);
            self.side
                .spawn(wake::wake(Arc::clone(&self.shared), wanted));
        }
        if !self.asking && !self.to_ask.is_empty() {
            self.asking = true;
            let asked = std::mem::take(&mut self.to_ask);
            let pool = self.shared.pool.clone();
            self.side
                .spawn(async move { Side::Known(ask(pool, asked).await) });
        }
    }

    pub(super) fn look_for_due(&mut self, lanes: Vec<i16>, orphans: bool) {
        if !orphans {
            if self.looking {
                return;
            }
            self.looking = true;
        }
        let pool = self.shared.pool.clone();
        // Orphans are looked for once per gain: all of them, or they would wait for ever.
        let limit = if orphans { i64::MAX } else { DUE_LIMIT };
        self.side.spawn(async move {
            loop {
                let query = sqlx::query(DUE).bind(&lanes).bind(orphans).bind(limit);
                match query.fetch_all(&pool).await {
                    Ok(rows) => {
                        let shops = rows.iter().filter_map(|row| row.try_get("shop_id").ok());
                        let now = rows.iter().find_map(|row| row.try_get("now").ok());
                        return Side::Due(Due {
                            streams: shops.collect(),
                            now: now.filter(|_now| !orphans),
                        });
                    }
                    Err(error) => tracing::error!(%error, "due shops cannot be read"),
                }
                // Failing is no answer: a deadline nobody sees is never kept.
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
        });
    }

    pub(super) fn returned(&mut self, side: Side<D>) {
        match side {
            Side::Woken(woken) => {
                self.waking = self.waking.saturating_sub(1);
                for one in woken {
                    self.woken(one);
                }
            }
            Side::Known(answers) => {
                self.asking = false;
                for (stream, id, known) in answers {
                    let Some(slot) = self.slots.get_mut(&stream) else {
                        continue;
                    };
                    if slot.queue.iter().any(|job| job.id == id && job.ask) {
                        slot.known.insert(id, known);
                    }
                    self.make_ready(stream);
                }
            }
            Side::Asleep(stream) => {
                let empty = self
                    .slots
                    .get(&stream)
                    .is_none_or(|slot| slot.queue.is_empty());
                if empty {
                    self.slots.remove(&stream);
                } else if let Some(slot) = self.slots.get_mut(&stream) {
                    slot.evict();
                    self.to_wake.push_back(stream);
                }
            }
            Side::Hushed(lanes, silence) => self.silence_kept(&lanes, silence),
            Side::Due(Due { streams, now }) => {
                if let Some(now) = now {
                    self.looking = false;
                    self.heard(now);
                }
                for stream in streams {
                    let lane = Lane::of(stream);
                    if self.heads.contains_key(&lane) && !self.slots.contains_key(&stream) {
                        self.slots.insert(stream, Slot::new(lane));
                        self.to_wake.push_back(stream);
                    }
                }
            }
            Side::Photographed(stream) => {
                tracing::debug!(%stream, "snapshot written");
            }
        }
    }

    /// The database answered beside the commits. While a batch is in flight only its landing is
    /// proof: the committer's own connection may be the one that is gone.
    fn heard(&mut self, now: DateTime<Utc>) {
        if now > self.shared.clock.now() {
            // The whole machine slept, perhaps: the monotonic clock may have stood still.
            self.shared.clock.learn(now);
        }
        if self.session.is_some() {
            self.prove(now);
        }
    }

    fn woken(&mut self, woken: Woken<D>) {
        let stream = woken.stream;
        let Some(slot) = self.slots.get_mut(&stream) else {
            return;
        };
        if !matches!(slot.phase, Phase::Waking(ticket) if ticket == woken.ticket) {
            return;
        }
        match woken.awake {
            Ok((awake, tail)) => {
                let due = D::next_due(&awake.state);
                slot.phase = Phase::Awake(awake);
                slot.since_snapshot = tail;
                slot.sweeping = false;
                slot.used = std::time::Instant::now();
                super::fill::arm(&mut self.due, slot, stream, due, None);
                slot.owed = woken.silences;
                if !slot.owed.is_empty() {
                    // Even if nobody speaks to it.
                    let sweep = self.shared.decider.sweep(stream, self.shared.clock.now());
                    slot.queue.push_front(Job::new(stream, sweep, None));
                    slot.sweeping = true;
                }
                self.make_ready(stream);
            }
            Err(reason) => {
                tracing::error!(%stream, reason, "a stream cannot be read");
                if let Some(slot) = self.slots.remove(&stream) {
                    for job in slot.queue {
                        job.answer(Err(SubmitError::Parked(reason.clone())));
                    }
                }
                self.trials.retain_mut(|trial| {
                    if trial.stream == stream {
                        for job in trial.jobs.drain(..) {
                            job.answer(Err(SubmitError::Parked(reason.clone())));
                        }
                    }
                    trial.stream != stream
                });
            }
        }
    }

    pub(super) fn make_ready(&mut self, stream: Uuid) {
        if let Some(slot) = self.slots.get_mut(&stream)
            && !slot.ready
            && !slot.queue.is_empty()
        {
            slot.ready = true;
            self.ready.push_back(stream);
        }
    }
}

/// One SELECT for all ids that may have been seen. Waits for the database rather than guess.
async fn ask(pool: sqlx::PgPool, asked: Vec<(Uuid, Uuid)>) -> Vec<(Uuid, Uuid, Known)> {
    loop {
        match known(&pool, &asked).await {
            Ok(mut seen) => {
                let answer = |(stream, id)| (stream, id, seen.remove(&(stream, id)));
                return asked.into_iter().map(answer).collect();
            }
            Err(error) => tracing::warn!(%error, "receipts cannot be read"),
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

type Receipts = HashMap<(Uuid, Uuid), (Arc<str>, i64, i64)>;

async fn known(pool: &sqlx::PgPool, asked: &[(Uuid, Uuid)]) -> Result<Receipts, sqlx::Error> {
    let rows = sqlx::query(RECEIPTS)
        .bind(column(
            asked.iter().map(|(stream, _)| Lane::of(*stream).number()),
        ))
        .bind(column(asked.iter().map(|(stream, _)| *stream)))
        .bind(column(asked.iter().map(|(_, id)| *id)))
        .fetch_all(pool)
        .await?;
    let mut seen = HashMap::new();
    for row in rows {
        let outcome: String = row.try_get("outcome")?;
        let answer = (outcome.into(), row.try_get("pos")?, row.try_get("seq")?);
        seen.insert(
            (row.try_get("shop_id")?, row.try_get("command_id")?),
            answer,
        );
    }
    Ok(seen)
}
