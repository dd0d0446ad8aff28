//! Where events come from: the broadcast while it is gapless, the log whenever it is not.

use std::{sync::Arc, time::Duration};

use eventstore::{Committed, LANES};
use sqlx::PgPool;
use tokio::{
    sync::broadcast::{self, error::RecvError, error::TryRecvError},
    time::{Instant, sleep_until},
};

use crate::Told;

use super::log;

/// Events of one tick at most (about: a committed batch is never cut).
const TICK_EVENTS: usize = 2_000;
/// Events read from the log per lane and question.
const READ_EVENTS: i64 = 250;
/// Lanes read at once, so that a catch-up stays within memory.
const READ_LANES: usize = 8;
/// How often the heads are asked: lanes written by other nodes are only seen this way.
const HEADS_EVERY: Duration = Duration::from_millis(250);

/// How far one lane has come here.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LaneState {
    /// The checkpoint as last seen. Another node may have moved it since.
    pub checkpoint: i64,
    /// The next position to take from the feed; never beyond `checkpoint + 1` between ticks.
    pub next: i64,
    /// The newest position pages were told of; `None` before the first tick of this process.
    told: Option<i64>,
    /// The log holds more than the broadcast gave.
    behind: bool,
}

#[derive(Debug)]
pub(super) struct Feed {
    pool: PgPool,
    committed: broadcast::Receiver<Arc<Committed>>,
    /// False once the log has stopped: then only the heads tell.
    open: bool,
    /// When to ask the heads again.
    heads_due: Instant,
    lanes: Vec<LaneState>,
}

impl Feed {
    pub(super) fn new(pool: PgPool, committed: broadcast::Receiver<Arc<Committed>>) -> Self {
        let lanes = (0..LANES).map(|_| LaneState::default()).collect();
        Self {
            pool,
            committed,
            open: true,
            heads_due: Instant::now(),
            lanes,
        }
    }

    /// The state of a lane; `None` outside 0 to 255.
    pub(super) fn lane(&self, lane: i16) -> Option<LaneState> {
        self.lanes.get(usize::try_from(lane).ok()?).copied()
    }

    /// The checkpoint moved in a transaction of ours.
    pub(super) fn moved(&mut self, lane: i16, to: i64) {
        if let Some(state) = self.state(lane) {
            state.checkpoint = to;
        }
    }

    /// Another node moved the checkpoint, or a crash moved it back: it is `found`, and what the
    /// feed gave beyond it counts as not taken.
    pub(super) fn found(&mut self, lane: i16, found: i64) {
        if let Some(state) = self.state(lane) {
            state.checkpoint = found;
            state.next = state.next.min(found.saturating_add(1));
            state.behind = true;
        }
    }

    /// Pages were told of everything up to this position.
    pub(super) fn told(&mut self, lane: i16, pos: i64) {
        if let Some(state) = self.state(lane) {
            state.told = state.told.max(Some(pos));
        }
    }

    /// Forgets everything and starts from these checkpoints. What a tick with an unknown end may
    /// have applied is taken again: not for the tables, but for the pages, who were not told.
    pub(super) fn reset(&mut self, checkpoints: &[(i16, i64)]) {
        for (lane, pos) in checkpoints {
            if let Some(state) = self.state(*lane) {
                let known = state.told.map_or(*pos, |told| told.min(*pos));
                let next = known.saturating_add(1);
                let told = Some(known);
                *state = LaneState {
                    checkpoint: *pos,
                    next,
                    told,
                    behind: false,
                };
            }
        }
        self.heads_due = Instant::now();
    }

    /// The next events, at least one: of each lane in order and without a gap, from its `next` on.
    pub(super) async fn gather(&mut self) -> Result<Vec<Told>, sqlx::Error> {
        let mut batch = Vec::new();
        loop {
            self.drain(&mut batch);
            if self.heads_due <= Instant::now() {
                self.look_at_heads().await?;
            }
            if batch.len() < TICK_EVENTS {
                self.read_log(&mut batch).await?;
            }
            if !batch.is_empty() {
                return Ok(batch);
            }
            if !self.lanes.iter().any(|state| state.behind) {
                self.wait(&mut batch).await;
            }
        }
    }

    /// What the broadcast holds already.
    fn drain(&mut self, batch: &mut Vec<Told>) {
        while self.open && batch.len() < TICK_EVENTS {
            match self.committed.try_recv() {
                Ok(committed) => self.take(&committed, batch),
                Err(TryRecvError::Empty) => return,
                Err(TryRecvError::Lagged(_)) => self.all_behind(),
                Err(TryRecvError::Closed) => self.open = false,
            }
        }
    }

    async fn wait(&mut self, batch: &mut Vec<Told>) {
        tokio::select! {
            received = self.committed.recv(), if self.open => match received {
                Ok(committed) => self.take(&committed, batch),
                Err(RecvError::Lagged(_)) => self.all_behind(),
                Err(RecvError::Closed) => self.open = false,
            },
            () = sleep_until(self.heads_due) => {}
        }
    }

    /// First position expected: take. Lower: seen, drop. Higher: a gap, read the log.
    fn take(&mut self, committed: &Committed, batch: &mut Vec<Told>) {
        let Some(state) = self.state(committed.lane.number()) else {
            return;
        };
        for event in &committed.events {
            if event.pos < state.next {
                continue;
            }
            if event.pos > state.next || state.behind {
                state.behind = true;
                return;
            }
            state.next = state.next.saturating_add(1);
            batch.push(Told::read(event));
        }
    }

    async fn read_log(&mut self, batch: &mut Vec<Told>) -> Result<(), sqlx::Error> {
        let wanted: Vec<(i16, i64)> = (0..LANES)
            .zip(&self.lanes)
            .filter(|(_, state)| state.behind)
            .map(|(lane, state)| (lane, state.next.saturating_sub(1)))
            .take(READ_LANES)
            .collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let mut tx = log::begin(&self.pool).await?;
        let read = log::events(&mut tx, &wanted, READ_EVENTS).await?;
        tx.rollback().await?;
        for (lane, after) in wanted {
            let Some(state) = self.state(lane) else {
                continue;
            };
            state.next = read
                .events
                .iter()
                .filter(|told| told.lane == lane)
                .map(|told| told.pos.saturating_add(1))
                .fold(after.saturating_add(1), i64::max);
            state.behind = read.cut.contains(&lane);
        }
        batch.extend(read.events);
        Ok(())
    }

    async fn look_at_heads(&mut self) -> Result<(), sqlx::Error> {
        let mut tx = log::begin(&self.pool).await?;
        let heads = log::heads(&mut tx).await?;
        tx.rollback().await?;
        self.heads_due = Instant::now() + HEADS_EVERY;
        for (lane, head) in heads {
            if let Some(state) = self.state(lane) {
                state.behind |= head >= state.next;
            }
        }
        Ok(())
    }

    fn all_behind(&mut self) {
        for state in &mut self.lanes {
            state.behind = true;
        }
    }

    fn state(&mut self, lane: i16) -> Option<&mut LaneState> {
        self.lanes.get_mut(usize::try_from(lane).ok()?)
    }
}
