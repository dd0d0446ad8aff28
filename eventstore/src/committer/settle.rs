//! A batch's fate is known: answers go out, subscribers hear of it.

use std::{collections::HashMap, sync::Arc, time::Instant};

use uuid::Uuid;

use super::{
    Committer,
    batch::{Batch, LaneBatch, Pending, Plan},
    flight::{self, Flight, Landed, Landing},
    slot::Phase,
};
use crate::{Answered, Committed, Decider, Lane, column::column};

/// Commands in a batch below which its fixed cost outweighs a moment's wait for more.
pub(super) const SMALL: usize = 64;
/// Turns a committer gives way after it answered several callers.
const LINGER: u8 = 2;

impl<D: Decider> Committer<D> {
    /// Sends the building batch, if nothing is in flight.
    pub(super) fn launch(&mut self) -> Option<Flight<D>> {
        if self.building.is_empty() || self.session.is_none() || self.breathless() {
            return None;
        }
        let next = Batch::new(self.building.number.saturating_add(1));
        let mut batch = std::mem::replace(&mut self.building, next);
        if batch.lanes.is_empty() {
            // Only repeats of what is settled by now: nothing to write.
            self.finish(batch, &HashMap::new(), &HashMap::new(), Vec::new());
            return None;
        }
        for lane in &mut batch.lanes {
            if let Some(head) = self.heads.get(&lane.lane) {
                lane.batch = head.batch;
            }
        }
        let session = self.session.take()?;
        self.launched = Instant::now();
        // A task of its own: the rows are encoded on the other core while this one decides.
        let flight = flight::fly(Arc::clone(&self.shared), session, batch);
        Some(tokio::spawn(flight))
    }

    /// Takes a batch's fate in; gives the next one, if it could leave at once.
    pub(super) fn land(&mut self, landed: Landed<D>) -> Option<Flight<D>> {
        self.session = Some(landed.session);
        // Several were answered: they are about to come again. A batch costs the same fixed sum
        // whatever is in it, so the next one waits for them a turn or two; never a timer.
        self.linger = if landed.batch.pending.len() > 1 {
            LINGER
        } else {
            0
        };
        match landed.landing {
            Landing::Undone => {
                self.prove(self.shared.clock.now());
                self.rewind();
                self.undo(landed.batch);
                None
            }
            Landing::Refused(error) => {
                self.prove(self.shared.clock.now());
                self.refused(landed.batch, &error);
                None
            }
            Landing::Settled { bases, found, now } => {
                if let Some(now) = now {
                    self.shared.clock.learn(now);
                }
                self.prove(now.unwrap_or_else(|| self.shared.clock.now()));
                if landed.batch.trial {
                    self.trials.pop_front();
                }
                let lost = self.advance(&landed.batch, &bases);
                // The database need not wait while a full batch's callers are answered: the next
                // one leaves first, if nothing stands in its way.
                let clear = lost.is_empty()
                    && !landed.batch.trial
                    && self.trials.is_empty()
                    && self.doomed.is_empty()
                    && self.orders.is_empty()
                    && self.building.is_full(SMALL);
                let next = if clear { self.launch() } else { None };
                self.finish(landed.batch, &bases, &found, lost);
                next
            }
        }
    }

    /// Moves the heads of the lanes that survived; those that did not are told.
    fn advance(&mut self, batch: &Batch<D>, bases: &HashMap<i16, i64>) -> Vec<(Lane, i64)> {
        let mut lost = Vec::new();
        for lane in &batch.lanes {
            match (
                bases.get(&lane.lane.number()),
                self.heads.get_mut(&lane.lane),
            ) {
                (Some(base), Some(head)) => {
                    head.pos = base.saturating_add(lane.positions());
                    head.batch = head.batch.saturating_add(1);
                }
                _ => lost.push((lane.lane, lane.epoch)),
            }
        }
        lost
    }

    fn finish(
        &mut self,
        batch: Batch<D>,
        bases: &HashMap<i16, i64>,
        found: &HashMap<Uuid, (i64, i64)>,
        lost: Vec<(Lane, i64)>,
    ) {
        self.settled = batch.number;
        for pending in batch.pending {
            self.answer(pending, bases, found);
        }
        for lane in batch.lanes {
            if let Some(base) = bases.get(&lane.lane.number()) {
                self.publish(lane, *base);
            }
        }
        if !lost.is_empty() {
            self.rewind();
        }
        for (lane, epoch) in lost {
            if self
                .heads
                .get(&lane)
                .is_some_and(|head| head.epoch == epoch)
            {
                self.lose(lane);
            }
        }
        self.bury();
    }

    fn answer(
        &mut self,
        pending: Pending<D>,
        bases: &HashMap<i16, i64>,
        found: &HashMap<Uuid, (i64, i64)>,
    ) {
        let job = pending.job;
        let lane = job.lane;
        match pending.plan {
            Plan::New { off, seq, outcome } => {
                if let Some(base) = bases.get(&lane.number()) {
                    let pos = base.saturating_add(off);
                    if let Some(slot) = self.slots.get_mut(&job.stream) {
                        slot.recent.placed(job.id, pos);
                    }
                    job.answer(Ok(Answered {
                        outcome,
                        lane,
                        pos,
                        seq,
                        repeated: false,
                    }));
                } else if let Some(&(pos, seq)) = found.get(&job.id) {
                    job.answer(Ok(Answered {
                        outcome,
                        lane,
                        pos,
                        seq,
                        repeated: false,
                    }));
                } else {
                    let error = self.shared.not_owner(lane);
                    job.answer(Err(error));
                }
            }
            Plan::Repeat => {
                let seen = self
                    .slots
                    .get(&job.stream)
                    .and_then(|slot| slot.recent.get(job.id));
                match seen.map(|seen| (Arc::clone(&seen.outcome), seen.pos, seen.seq)) {
                    Some((outcome, pos, seq)) if self.heads.contains_key(&lane) => {
                        job.repeated(outcome, pos, seq);
                    }
                    _ => {
                        let error = self.shared.not_owner(lane);
                        job.answer(Err(error));
                    }
                }
            }
        }
    }

    fn publish(&self, mut lane: LaneBatch, base: i64) {
        let promises = lane.promises.len();
        if promises > 0 {
            self.shared.wake_outbox.notify_one();
        }
        if self.shared.committed.receiver_count() == 0 {
            return;
        }
        let first_pos = base.saturating_add(1);
        for (pos, event) in (first_pos..).zip(&mut lane.events) {
            event.pos = pos;
        }
        let committed = Committed {
            lane: lane.lane,
            first_pos,
            events: lane.events,
            promises,
        };
        // No receiver left is no error.
        drop(self.shared.committed.send(Arc::new(committed)));
    }

    /// Evicts the streams whose decider panicked, once their rows are settled.
    fn bury(&mut self) {
        let settled = self.settled;
        let ripe = self
            .doomed
            .extract_if(.., |(_stream, batch)| *batch <= settled);
        for (stream, _batch) in column(ripe) {
            if let Some(slot) = self.slots.get_mut(&stream)
                && matches!(slot.phase, Phase::Doomed)
            {
                slot.evict();
                self.to_wake.push_back(stream);
            }
        }
    }

    /// The lanes held, for the keeper's eyes.
    pub(super) fn lanes(&self) -> Vec<i16> {
        column(self.heads.keys().copied().map(Lane::number))
    }
}
