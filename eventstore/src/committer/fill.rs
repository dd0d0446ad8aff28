//! Deciding: from the fair queue into the building batch, on speculative state.

use std::{
    cmp::Reverse,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{
    Committer,
    batch::count,
    job::Job,
    slot::{Phase, Remembered, Slot},
};
use crate::{Decider, SubmitError};

/// Commands one stream may decide before it is the next one's turn.
const SHARE: usize = 64;

/// What the front of a queue waits for.
enum Front<D: Decider> {
    Nothing,
    Asked,
    Decide(Job<D>),
    /// Answered without a decision.
    Done,
    /// Decided in a batch that is not settled yet.
    Follow(Job<D>),
}

impl<D: Decider> Committer<D> {
    /// A new command: into its stream's queue, or back to its caller.
    pub(super) fn admit(&mut self, job: Job<D>) {
        if !self.heads.contains_key(&job.lane) {
            let error = self.shared.not_owner(job.lane);
            return job.answer(Err(error));
        }
        let config = &self.shared.config;
        let stream = job.stream;
        if !self.slots.contains_key(&stream) && self.weight > config.memory_limit {
            return job.answer(Err(SubmitError::Busy));
        }
        let slot = self
            .slots
            .entry(stream)
            .or_insert_with(|| Slot::new(job.lane));
        if slot.queue.len() >= config.queue_limit {
            return job.answer(Err(SubmitError::Busy));
        }
        if slot.queue.is_empty() {
            slot.used = Instant::now();
        }
        slot.queue.push_back(job);
        match slot.phase {
            Phase::Cold => self.to_wake.push_back(stream),
            Phase::Awake(_) if !slot.ready => {
                slot.ready = true;
                self.ready.push_back(stream);
            }
            _ => {}
        }
        // Asked at once, while the stream perhaps still wakes.
        if let Some(job) = slot.queue.back_mut()
            && job.ask
            && slot.recent.get(job.id).is_none()
        {
            job.asked = true;
            self.to_ask.push((stream, job.id));
        }
    }

    /// Decides as much as fits, each stream its share, in turn.
    pub(super) fn fill(&mut self) {
        if self.breathless() {
            return;
        }
        if !self.trials.is_empty() {
            return self.fill_trial();
        }
        let limit = self.shared.config.batch_limit;
        while !self.building.is_full(limit)
            && let Some(stream) = self.ready.pop_front()
        {
            self.serve(stream, limit);
        }
    }

    fn serve(&mut self, stream: Uuid, limit: usize) {
        if let Some(slot) = self.slots.get_mut(&stream) {
            slot.ready = false;
        }
        for _turn in 0..SHARE {
            if self.building.is_full(limit) {
                break;
            }
            match self.front(stream) {
                Front::Nothing | Front::Asked => return,
                Front::Done => {}
                Front::Decide(job) => self.decide(job),
                Front::Follow(job) => self.building.repeat(job),
            }
        }
        if let Some(slot) = self.slots.get_mut(&stream)
            && !slot.queue.is_empty()
        {
            slot.ready = true;
            self.ready.push_back(stream);
        }
    }

    /// "Seen before?", cheapest first: this stream's memory, then the receipts if the id is not
    /// known to be new. The receipt's key is the last guard.
    fn front(&mut self, stream: Uuid) -> Front<D> {
        let Some(slot) = self.slots.get_mut(&stream) else {
            return Front::Nothing;
        };
        if !matches!(slot.phase, Phase::Awake(_)) {
            return Front::Nothing;
        }
        let Some(mut job) = slot.queue.pop_front() else {
            return Front::Nothing;
        };
        slot.used = Instant::now();
        if let Some(seen) = slot.recent.get(job.id) {
            if seen.batch > self.settled {
                slot.last_batch = self.building.number;
                return Front::Follow(job);
            }
            let (outcome, pos, seq) = (Arc::clone(&seen.outcome), seen.pos, seen.seq);
            job.repeated(outcome, pos, seq);
            return Front::Done;
        }
        if !job.ask {
            return Front::Decide(job);
        }
        match slot.known.remove(&job.id) {
            Some(None) => Front::Decide(job),
            Some(Some((outcome, pos, seq))) => {
                job.repeated(outcome, pos, seq);
                Front::Done
            }
            None => {
                if !job.asked {
                    job.asked = true;
                    self.to_ask.push((stream, job.id));
                }
                slot.queue.push_front(job);
                Front::Asked
            }
        }
    }

    /// Decides one command into the building batch, after what its stream must be told first.
    pub(super) fn decide(&mut self, job: Job<D>) {
        self.tell_silences(job.stream);
        self.judge(job);
    }

    pub(super) fn judge(&mut self, job: Job<D>) {
        let Some(slot) = self.slots.get_mut(&job.stream) else {
            return;
        };
        let Some(head) = self.heads.get(&job.lane) else {
            return;
        };
        let Phase::Awake(awake) = &mut slot.phase else {
            return;
        };
        if slot.recent.get(job.id).is_some() {
            // Twice in one refused batch: the second follows the first.
            slot.last_batch = self.building.number;
            return self.building.repeat(job);
        }
        let now = self.shared.clock.now();
        let decider = &self.shared.decider;
        let judged = catch_unwind(AssertUnwindSafe(|| awake.judge(decider, &job.command, now)));
        let Ok(judged) = judged else {
            tracing::error!(command = %job.id, stream = %job.stream, "the decider panicked");
            slot.phase = Phase::Doomed;
            self.doomed.push((job.stream, self.building.number));
            return job.answer(Err(SubmitError::Parked("the decider panicked".to_owned())));
        };
        let due = D::next_due(&awake.state);
        let seq = awake.seq;
        if job.reply.is_none() {
            slot.sweeping = false;
        }
        arm(
            &mut self.due,
            slot,
            job.stream,
            due,
            job.reply.is_none().then_some(now),
        );
        if job.reply.is_none() && judged.events.is_empty() && judged.promises.is_empty() {
            return;
        }
        slot.since_snapshot = slot
            .since_snapshot
            .saturating_add(count(judged.events.len()));
        slot.last_batch = self.building.number;
        let outcome = Arc::clone(&judged.outcome);
        let remembered = Remembered {
            outcome,
            batch: self.building.number,
            pos: 0,
            seq,
        };
        let config = &self.shared.config;
        let instant = slot.used;
        slot.recent.insert(job.id, remembered, instant);
        slot.recent.trim(
            instant,
            config.commands_kept,
            config.commands_kept_max,
            self.settled,
        );
        self.building.add(job, head.epoch, judged, seq);
    }
}

type DueHeap = std::collections::BinaryHeap<Reverse<(DateTime<Utc>, Uuid)>>;

/// Sets the stream's alarm. A sweep that left the same instant due (`swept`) is knocked again a
/// second later, not in a circle.
pub(super) fn arm<D: Decider>(
    heap: &mut DueHeap,
    slot: &mut Slot<D>,
    stream: Uuid,
    due: Option<DateTime<Utc>>,
    swept: Option<DateTime<Utc>>,
) {
    let alarm = match (due, swept) {
        (Some(due), Some(now)) if due <= now => {
            tracing::warn!(%stream, "a sweep settled nothing that was due");
            now.checked_add_signed(TimeDelta::seconds(1))
        }
        (due, _) => due,
    };
    if slot.next_due == due && slot.armed == alarm {
        return;
    }
    slot.next_due = due;
    slot.armed = alarm;
    if let Some(alarm) = alarm {
        heap.push(Reverse((alarm, stream)));
    }
}

impl<D: Decider> Committer<D> {
    /// Queues a sweep for every awake stream whose alarm rang.
    pub(super) fn ring(&mut self) {
        let now = self.shared.clock.now();
        while let Some(Reverse((due, stream))) = self.due.peek().copied() {
            if due > now {
                return;
            }
            self.due.pop();
            let Some(slot) = self.slots.get_mut(&stream) else {
                continue;
            };
            if slot.armed != Some(due) || slot.sweeping || !matches!(slot.phase, Phase::Awake(_)) {
                continue;
            }
            slot.armed = None;
            slot.sweeping = true;
            let command = self.shared.decider.sweep(stream, now);
            slot.queue.push_back(Job::new(stream, command, None));
            if !slot.ready {
                slot.ready = true;
                self.ready.push_back(stream);
            }
        }
    }

    /// How long until the next alarm, at most a quarter second.
    pub(super) fn until_alarm(&self) -> Duration {
        let longest = Duration::from_millis(250);
        let Some(Reverse((due, _))) = self.due.peek() else {
            return longest;
        };
        let left = due.signed_duration_since(self.shared.clock.now());
        left.to_std().unwrap_or_default().min(longest)
    }
}
