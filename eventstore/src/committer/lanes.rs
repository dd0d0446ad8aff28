//! Gaining and losing lanes.

use tokio::sync::oneshot;

use super::{Committer, slot::Phase};
use crate::{Decider, Lane, column::column};

/// A lane's head as this committer last moved it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    pub(crate) epoch: i64,
    pub(crate) batch: i64,
    pub(crate) pos: i64,
}

/// What the keeper tells a committer.
#[derive(Debug)]
pub(crate) enum Order {
    Gain(Vec<(Lane, Head)>),
    /// The node's lease lapsed: let everything go.
    DropAll,
    /// Finish what is queued, take nothing new, then say so.
    Stop(oneshot::Sender<()>),
}

impl<D: Decider> Committer<D> {
    /// Orders wait for a moment without a flight, and undo what was decided ahead.
    pub(super) fn obey(&mut self) {
        if self.session.is_none() || self.orders.is_empty() {
            return;
        }
        self.rewind();
        while let Some(order) = self.orders.pop_front() {
            match order {
                Order::Gain(lanes) => self.gain(lanes),
                Order::DropAll => {
                    for lane in column(self.heads.keys().copied()) {
                        self.lose(lane);
                    }
                }
                Order::Stop(done) => self.stop = Some(done),
            }
        }
    }

    fn gain(&mut self, lanes: Vec<(Lane, Head)>) {
        let numbers = column(lanes.iter().map(|(lane, _)| lane.number()));
        if self.heads.is_empty() {
            // Without a lane nobody felt the pulse; what was silent until now is written down.
            self.pulse = self.shared.clock.now();
        }
        for (lane, head) in lanes {
            self.heads.insert(lane, head);
            self.shared.ownership.set(lane, true);
        }
        // Whoever was awake when the last owner left may be due.
        self.look_for_due(numbers, true);
    }

    /// Lets a lane go: whoever waits is told who may have it now.
    pub(super) fn lose(&mut self, lane: Lane) {
        if self.heads.remove(&lane).is_none() {
            return;
        }
        self.shared.ownership.lose(lane);
        tracing::info!(lane = lane.number(), "lane lost");
        let gone = self.slots.extract_if(|_stream, slot| slot.lane == lane);
        for (_stream, slot) in gone {
            for job in slot.queue {
                job.answer(Err(self.shared.not_owner(lane)));
            }
        }
        let (gone, kept) = std::mem::take(&mut self.trials)
            .into_iter()
            .partition::<std::collections::VecDeque<_>, _>(|trial| trial.lane == lane);
        self.trials = kept;
        for job in gone.into_iter().flat_map(|trial| trial.jobs) {
            job.answer(Err(self.shared.not_owner(lane)));
        }
    }

    /// Undoes what was decided ahead: the streams are read again, the jobs wait again, in order.
    pub(super) fn rewind(&mut self) {
        let number = self.building.number;
        let undone = std::mem::replace(&mut self.building, super::batch::Batch::new(number));
        self.undo(undone);
    }

    /// Undoes a batch of which nothing happened.
    pub(super) fn undo(&mut self, undone: super::batch::Batch<D>) {
        let mut streams = Vec::new();
        for pending in undone.pending.into_iter().rev() {
            let mut job = pending.job;
            streams.push(job.stream);
            if job.reply.is_none() {
                // A sweep comes again by itself.
                continue;
            }
            job.asked = false;
            if let Some(slot) = self.slots.get_mut(&job.stream) {
                slot.queue.push_front(job);
            } else {
                let error = self.shared.not_owner(job.lane);
                job.answer(Err(error));
            }
        }
        for stream in streams {
            self.evict(stream);
        }
    }

    /// Forgets a stream's state; it is read again as soon as somebody needs it.
    pub(super) fn evict(&mut self, stream: uuid::Uuid) {
        if let Some(slot) = self.slots.get_mut(&stream)
            && !matches!(slot.phase, Phase::Cold)
        {
            slot.evict();
            self.to_wake.push_back(stream);
        }
    }
}
