//! Misbehaviour on demand: one list, set by rate for everybody or by order for one charge or phone.
//!
//! Every handler asks at its moment what strikes; nobody else draws lots.

mod list;
mod outage;
mod plan;

use std::time::Duration;

use super::hub::Hub;

pub(super) use list::{Misbehaviour, Moment, Unit};
pub(super) use outage::{Fate, Neighbour, unavailable};
pub(super) use plan::{ALWAYS, Hit, Order, Plan};

impl Hub {
    /// What strikes in this moment, for something known under these names.
    pub(super) fn misbehaves(&self, moment: Moment, names: &[&str]) -> Option<Hit> {
        self.plan().draw(moment, names)
    }

    /// Sleeps; a stop wakes it up.
    pub(super) async fn pause(&self, time: Duration) {
        let mut stopped = self.stopped();
        tokio::select! {
            // An error means that the sandbox itself is gone: the same thing.
            _ = stopped.wait_for(|stop| *stop) => {}
            () = tokio::time::sleep(time) => {}
        }
    }
}
