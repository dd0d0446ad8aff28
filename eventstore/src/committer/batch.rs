//! What is about to be committed: rows by lane, and who waits for them.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::job::Job;
use crate::{Decider, Lane, Promise, Recorded, seal::WrappedKey, stream::Judged};

/// The decided commands of one statement. Kept whole until its fate is known, so that it can be
/// sent again byte for byte.
pub(super) struct Batch<D: Decider> {
    pub(super) number: u64,
    pub(super) lanes: Vec<LaneBatch>,
    by_lane: HashMap<Lane, usize>,
    pub(super) pending: Vec<Pending<D>>,
    /// Only the front trial's jobs are in it.
    pub(super) trial: bool,
    bytes: usize,
}

/// The rows of one lane.
pub(super) struct LaneBatch {
    pub(super) lane: Lane,
    /// The fence: both must still hold when the statement runs.
    pub(super) epoch: i64,
    pub(super) batch: i64,
    pub(super) events: Vec<Recorded>,
    pub(super) receipts: Vec<ReceiptRow>,
    pub(super) promises: Vec<PromiseRow>,
    pub(super) keys: Vec<(Uuid, WrappedKey)>,
}

pub(super) struct ReceiptRow {
    pub(super) stream: Uuid,
    pub(super) command: Uuid,
    /// Position after the command, from the batch's first.
    pub(super) off: i64,
    pub(super) seq: i64,
    pub(super) at: DateTime<Utc>,
    pub(super) outcome: Arc<str>,
}

pub(super) struct PromiseRow {
    pub(super) stream: Uuid,
    pub(super) at: DateTime<Utc>,
    pub(super) promise: Promise,
}

/// A job that waits for the batch, and what it will be told.
pub(super) struct Pending<D: Decider> {
    pub(super) job: Job<D>,
    pub(super) plan: Plan,
}

pub(super) enum Plan {
    New {
        off: i64,
        seq: i64,
        outcome: Arc<str>,
    },
    /// The id was decided in a batch that is not settled yet: the same answer, right after it.
    Repeat,
}

/// A statement stays well below what a connection and the server's memory like.
const MAX_BYTES: usize = 8 << 20;

impl<D: Decider> Batch<D> {
    pub(super) fn new(number: u64) -> Self {
        Self {
            number,
            lanes: Vec::new(),
            by_lane: HashMap::new(),
            pending: Vec::new(),
            trial: false,
            bytes: 0,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pending.is_empty()
    }

    pub(super) fn is_full(&self, limit: usize) -> bool {
        self.pending.len() >= limit || self.bytes >= MAX_BYTES
    }

    pub(super) fn repeat(&mut self, job: Job<D>) {
        self.pending.push(Pending {
            job,
            plan: Plan::Repeat,
        });
    }

    /// Adds a decided command; `epoch` is the lane's when it was decided.
    pub(super) fn add(&mut self, job: Job<D>, epoch: i64, judged: Judged, seq: i64) {
        let next = self.lanes.len();
        let index = *self.by_lane.entry(job.lane).or_insert(next);
        if index == next {
            self.lanes.push(LaneBatch::new(job.lane, epoch));
        }
        let Some(lane) = self.lanes.get_mut(index) else {
            return;
        };
        let bodies: usize = judged.events.iter().map(|event| event.body.len()).sum();
        self.bytes = self.bytes.saturating_add(bodies).saturating_add(512);
        lane.events.extend(judged.events);
        let off = count(lane.events.len());
        lane.receipts.push(ReceiptRow {
            stream: job.stream,
            command: job.id,
            off,
            seq,
            at: judged.at,
            outcome: Arc::clone(&judged.outcome),
        });
        for promise in judged.promises {
            self.bytes = self.bytes.saturating_add(promise.body.len());
            lane.promises.push(PromiseRow {
                stream: job.stream,
                at: judged.at,
                promise,
            });
        }
        lane.keys
            .extend(judged.keys.into_iter().map(|key| (job.stream, key)));
        let plan = Plan::New {
            off,
            seq,
            outcome: judged.outcome,
        };
        self.pending.push(Pending { job, plan });
    }
}

impl LaneBatch {
    fn new(lane: Lane, epoch: i64) -> Self {
        Self {
            lane,
            epoch,
            batch: 0,
            events: Vec::new(),
            receipts: Vec::new(),
            promises: Vec::new(),
            keys: Vec::new(),
        }
    }

    /// How many positions it takes.
    pub(super) fn positions(&self) -> i64 {
        count(self.events.len())
    }
}

/// A length as the database counts.
pub(super) fn count(len: usize) -> i64 {
    i64::try_from(len).unwrap_or(i64::MAX)
}
