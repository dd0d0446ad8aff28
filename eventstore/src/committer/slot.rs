//! One stream's place in the committer: its queue, its state, what it answered lately.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{job::Job, pulse::Silence};
use crate::{Decider, Lane, SubmitError, stream::Awake};

pub(super) enum Phase<D: Decider> {
    /// Must be read before it can decide.
    Cold,
    /// Being read; an answer with another ticket is stale.
    Waking(u64),
    Awake(Box<Awake<D>>),
    /// Its deadline is being written; then it goes, or wakes again.
    Sleeping,
    /// Its decider panicked; evicted as soon as its rows are settled.
    Doomed,
}

/// What the receipts said of an asked command: `None` is "never seen".
pub(super) type Known = Option<(Arc<str>, i64, i64)>;

pub(super) struct Slot<D: Decider> {
    pub(super) lane: Lane,
    pub(super) queue: VecDeque<Job<D>>,
    pub(super) phase: Phase<D>,
    pub(super) recent: Recent,
    pub(super) known: HashMap<Uuid, Known>,
    /// Already in the fair queue.
    pub(super) ready: bool,
    /// Silences it must be told of before anything else.
    pub(super) owed: Vec<Silence>,
    /// A sweep is waiting in the queue.
    pub(super) sweeping: bool,
    pub(super) used: Instant,
    /// The newest batch that holds something of this stream.
    pub(super) last_batch: u64,
    pub(super) next_due: Option<DateTime<Utc>>,
    /// The entry of the due heap that counts.
    pub(super) armed: Option<DateTime<Utc>>,
    pub(super) since_snapshot: i64,
}

impl<D: Decider> Slot<D> {
    pub(super) fn new(lane: Lane) -> Self {
        Self {
            lane,
            queue: VecDeque::new(),
            phase: Phase::Cold,
            recent: Recent::default(),
            known: HashMap::new(),
            ready: false,
            owed: Vec::new(),
            sweeping: false,
            used: Instant::now(),
            last_batch: 0,
            next_due: None,
            armed: None,
            since_snapshot: 0,
        }
    }

    /// Tells everybody who waits that nothing of theirs was begun. Nobody waits for a sweep, and it
    /// must not be forgotten.
    pub(super) fn give_up(&mut self) {
        for job in std::mem::take(&mut self.queue) {
            if job.reply.is_none() {
                self.queue.push_back(job);
            } else {
                job.answer(Err(SubmitError::Unavailable));
            }
        }
    }

    /// Forgets everything but the queue: the log must be read again.
    pub(super) fn evict(&mut self) {
        self.phase = Phase::Cold;
        self.recent = Recent::default();
        self.known.clear();
        self.owed.clear();
        self.next_due = None;
        self.armed = None;
        for job in &mut self.queue {
            job.asked = false;
        }
    }
}

/// One answered command.
pub(super) struct Remembered {
    pub(super) outcome: Arc<str>,
    pub(super) batch: u64,
    /// 0 until its batch is settled.
    pub(super) pos: i64,
    pub(super) seq: i64,
}

/// The commands answered lately, bounded by age and number.
#[derive(Default)]
pub(super) struct Recent {
    by_id: HashMap<Uuid, Remembered>,
    order: VecDeque<(Instant, Uuid)>,
}

impl Recent {
    pub(super) fn get(&self, id: Uuid) -> Option<&Remembered> {
        self.by_id.get(&id)
    }

    pub(super) fn insert(&mut self, id: Uuid, remembered: Remembered, now: Instant) {
        self.by_id.insert(id, remembered);
        self.order.push_back((now, id));
    }

    pub(super) fn placed(&mut self, id: Uuid, pos: i64) {
        if let Some(remembered) = self.by_id.get_mut(&id) {
            remembered.pos = pos;
        }
    }

    /// Drops what is too old or too many, but nothing whose batch is not settled.
    pub(super) fn trim(&mut self, now: Instant, kept: Duration, max: usize, settled: u64) {
        while let Some((at, id)) = self.order.front().copied() {
            let stale = self.order.len() > max || now.duration_since(at) > kept;
            let open = self.by_id.get(&id).is_some_and(|seen| seen.batch > settled);
            if !stale || open {
                return;
            }
            self.order.pop_front();
            self.by_id.remove(&id);
        }
    }

    pub(super) fn weight(&self) -> usize {
        self.order.len().saturating_mul(160)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(batch: u64) -> Remembered {
        Remembered {
            outcome: "{}".into(),
            batch,
            pos: 0,
            seq: 1,
        }
    }

    #[test]
    fn remembers_no_more_than_asked_but_never_forgets_the_unsettled() {
        let mut recent = Recent::default();
        let now = Instant::now();
        for n in 0..10_u64 {
            recent.insert(Uuid::from_u128(n.into()), seen(n), now);
        }
        recent.trim(now, Duration::from_mins(1), 4, 100);
        assert_eq!(recent.order.len(), 4);
        assert!(recent.get(Uuid::from_u128(5)).is_none());
        assert!(recent.get(Uuid::from_u128(6)).is_some());

        recent.trim(now + Duration::from_secs(61), Duration::from_mins(1), 4, 7);
        assert!(recent.get(Uuid::from_u128(7)).is_none());
        assert!(
            recent.get(Uuid::from_u128(8)).is_some(),
            "batch 8 is still in flight"
        );
    }
}
