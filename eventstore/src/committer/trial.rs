//! After a refused batch: its jobs again, stream by stream, then one by one, until the one that
//! cannot be committed stands alone.

use std::time::Duration;

use super::{
    Committer,
    batch::Batch,
    flight::Fault,
    job::Job,
    slot::{Phase, Slot},
};
use crate::{Decider, Lane, SubmitError, column::column};

/// How often the database may be in the way before a command alone is given back.
const TRIES: u8 = 3;

/// Jobs of one stream, tried together and apart from everything else.
pub(super) struct Trial<D: Decider> {
    pub(super) lane: Lane,
    pub(super) stream: uuid::Uuid,
    pub(super) jobs: Vec<Job<D>>,
}

impl<D: Decider> Committer<D> {
    /// The database refused the batch: nothing of it happened.
    pub(super) fn refused(&mut self, batch: Batch<D>, error: &sqlx::Error) {
        tracing::warn!(%error, commands = batch.pending.len(), "a batch was refused; splitting it");
        self.rewind();
        let front = if batch.trial {
            self.trials.pop_front()
        } else {
            None
        };
        let mut jobs = column(batch.pending.into_iter().map(|pending| pending.job));
        for job in &jobs {
            let stream = job.stream;
            if let Some(slot) = self.slots.get_mut(&stream)
                && !matches!(slot.phase, Phase::Cold)
            {
                slot.evict();
                self.to_wake.push_back(stream);
            }
        }
        if front.is_some() && jobs.len() == 1 {
            if let Some(job) = jobs.pop() {
                self.failed_alone(job, error);
            }
        } else if front.is_some() {
            for job in jobs.into_iter().rev() {
                let (lane, stream) = (job.lane, job.stream);
                self.trials.push_front(Trial {
                    lane,
                    stream,
                    jobs: vec![job],
                });
            }
        } else {
            self.split_by_stream(jobs);
        }
    }

    fn split_by_stream(&mut self, jobs: Vec<Job<D>>) {
        for job in jobs {
            let (lane, stream) = (job.lane, job.stream);
            match self.trials.iter_mut().find(|trial| trial.stream == stream) {
                Some(trial) => trial.jobs.push(job),
                None => self.trials.push_back(Trial {
                    lane,
                    stream,
                    jobs: vec![job],
                }),
            }
        }
    }

    fn failed_alone(&mut self, mut job: Job<D>, error: &sqlx::Error) {
        job.tries = job.tries.saturating_add(1);
        let (lane, stream) = (job.lane, job.stream);
        match Fault::of(error) {
            Fault::Seen if job.tries <= TRIES => {
                // Done before: the receipts have the answer.
                job.ask = true;
                job.asked = false;
                let slot = self.slots.entry(stream).or_insert_with(|| Slot::new(lane));
                slot.queue.push_front(job);
                self.to_wake.push_back(stream);
            }
            Fault::Weather if job.tries <= TRIES => {
                self.trials.push_front(Trial {
                    lane,
                    stream,
                    jobs: vec![job],
                });
                self.pause = Some(tokio::time::Instant::now() + Duration::from_millis(50));
            }
            Fault::Weather => job.answer(Err(SubmitError::Unavailable)),
            Fault::Seen | Fault::Poison => {
                tracing::error!(command = %job.id, %stream, %error, "a command was parked");
                job.answer(Err(SubmitError::Parked(error.to_string())));
            }
        }
    }

    /// Decides the front trial, alone, as soon as its stream is awake.
    pub(super) fn fill_trial(&mut self) {
        if self
            .pause
            .is_some_and(|pause| pause > tokio::time::Instant::now())
        {
            return;
        }
        while self.session.is_some() && self.building.is_empty() {
            let Some(trial) = self.trials.front_mut() else {
                return;
            };
            let (lane, stream) = (trial.lane, trial.stream);
            let slot = self.slots.entry(stream).or_insert_with(|| Slot::new(lane));
            if matches!(slot.phase, Phase::Cold) {
                self.to_wake.push_back(stream);
            }
            if !matches!(slot.phase, Phase::Awake(_)) {
                return;
            }
            let jobs = std::mem::take(&mut trial.jobs);
            for job in jobs {
                self.decide(job);
            }
            self.building.trial = true;
            if self.building.is_empty() {
                self.trials.pop_front();
            }
        }
    }
}
