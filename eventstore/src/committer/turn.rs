//! The committer's turn of the wheel.

use std::{future, time::Duration};

use super::{Committer, flight::Flight, settle::SMALL, side::Side, slot::Phase};
use crate::Decider;

/// How many new commands are taken in at once.
const TAKE: usize = 1_024;
/// A database away for longer than this is told to those who wait in a queue.
const PATIENCE: Duration = Duration::from_secs(5);

impl<D: Decider> Committer<D> {
    /// Runs until it was told to stop and everything queued is answered, or the log is dropped.
    pub(crate) async fn run(mut self) {
        let mut flight: Option<Flight<D>> = None;
        let mut taken = Vec::with_capacity(TAKE);
        loop {
            self.obey();
            if self.breathless() {
                // What ends the silence must not wait behind those who come meanwhile.
                self.take_sides();
            }
            self.ring();
            self.keep_house();
            self.fill();
            if flight.is_none() && self.linger > 0 && !self.building.is_full(SMALL) {
                self.linger -= 1;
                tokio::task::yield_now().await;
                self.take_in();
                continue;
            }
            if flight.is_none() {
                flight = self.launch();
            }
            self.start_side();
            if self.done(flight.is_some()) {
                return;
            }
            // More could be decided at once (a batch was only repeats): no reason to wait.
            let at_once = flight.is_none()
                && self.trials.is_empty()
                && !self.ready.is_empty()
                && !self.breathless();
            let nap = if at_once {
                Duration::ZERO
            } else {
                self.until_alarm()
            };
            tokio::select! {
                biased;
                landed = fly(&mut flight) => flight = self.land(landed),
                count = self.intake.recv_many(&mut taken, TAKE) => {
                    if count == 0 {
                        return;
                    }
                    for job in taken.drain(..) {
                        self.admit(job);
                    }
                }
                Some(order) = self.control.recv() => self.orders.push_back(order),
                Some(side) = self.side.join_next() => self.came(side),
                () = tokio::time::sleep(nap) => {}
            }
            let flying_on = flight.is_some() && self.launched.elapsed() > PATIENCE;
            if flying_on || (!self.heads.is_empty() && self.silent_for() > PATIENCE) {
                self.give_up_queued();
            }
        }
    }

    fn take_sides(&mut self) {
        while let Some(side) = self.side.try_join_next() {
            self.came(side);
        }
    }

    fn came(&mut self, side: Result<Side<D>, tokio::task::JoinError>) {
        match side {
            Ok(side) => self.returned(side),
            Err(error) => self.crashed(&error),
        }
    }

    /// Admits what came in meanwhile, without waiting.
    fn take_in(&mut self) {
        for _job in 0..TAKE {
            let Ok(job) = self.intake.try_recv() else {
                return;
            };
            self.admit(job);
        }
    }

    /// The database is away: who waits in a queue is told (nothing of theirs was begun).
    fn give_up_queued(&mut self) {
        for slot in self.slots.values_mut() {
            slot.give_up();
        }
    }

    /// A task beside us panicked: whoever it was reading for is read again.
    fn crashed(&mut self, error: &tokio::task::JoinError) {
        tracing::error!(%error, "a side task crashed");
        self.asking = false;
        self.looking = false;
        self.waking = 0;
        self.hushed = 0;
        for (stream, slot) in &mut self.slots {
            if matches!(slot.phase, Phase::Waking(_) | Phase::Sleeping) {
                slot.evict();
                self.to_wake.push_back(*stream);
            }
        }
    }

    /// True once told to stop with nothing left to answer.
    fn done(&mut self, flying: bool) -> bool {
        if self.stop.is_none() {
            return false;
        }
        let busy = flying
            || !self.building.is_empty()
            || !self.trials.is_empty()
            || !self.intake.is_empty()
            || self.slots.values().any(|slot| !slot.queue.is_empty());
        if busy {
            return false;
        }
        if let Some(done) = self.stop.take() {
            done.send(()).unwrap_or_default();
        }
        true
    }
}

/// The flight, if there is one; else never.
async fn fly<D: Decider>(flight: &mut Option<Flight<D>>) -> super::flight::Landed<D> {
    match flight {
        Some(flight) => match flight.await {
            Ok(landed) => landed,
            // A bug of ours, as if it had been here.
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_cancelled) => future::pending().await,
            },
        },
        None => future::pending().await,
    }
}
