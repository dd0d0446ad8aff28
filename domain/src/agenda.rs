//! What falls due, and when. A deadline is state, never a timer: a knock makes the shop look here.
//!
//! Both ways are kept (by time and by name), so that setting, clearing and asking for the next
//! one take O(log n). The stored form is the list of (what, when).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{LiveId, OrderId, RefundId};

/// Something that falls due. At one instant they are settled in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// The one reminder of a hold.
    Reminder(OrderId),
    /// The end of a hold, or of the wait for the provider's answer.
    Hold(OrderId),
    /// The end of a client's time to choose what becomes of late money, or of her waiting.
    Choice(OrderId),
    /// The end of the vendor's time to decide a cancellation.
    Cancellation(OrderId),
    /// A refund that should be back by now.
    Refund(RefundId),
    /// A live nobody touched for hours.
    LiveSilence(LiveId),
    /// A live that is over: nothing is offered to those who wait in it any more.
    LastCall(LiveId),
    /// A live whose figures become final.
    LiveSettle(LiveId),
    /// What came fast is told to the vendor together.
    VendorNotice,
}

/// Everything that falls due.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Vec<(Due, DateTime<Utc>)>", into = "Vec<(Due, DateTime<Utc>)>")]
pub struct Agenda {
    at: BTreeMap<Due, DateTime<Utc>>,
    queue: BTreeSet<(DateTime<Utc>, Due)>,
}

impl Agenda {
    /// It falls due then, and at no other time.
    pub fn set(&mut self, due: Due, at: DateTime<Utc>) {
        self.clear(due);
        self.at.insert(due, at);
        self.queue.insert((at, due));
    }

    /// It does not fall due any more.
    pub fn clear(&mut self, due: Due) {
        if let Some(at) = self.at.remove(&due) {
            self.queue.remove(&(at, due));
        }
    }

    /// When this falls due.
    pub fn at(&self, due: Due) -> Option<DateTime<Utc>> {
        self.at.get(&due).copied()
    }

    /// When something falls due next.
    pub fn next(&self) -> Option<DateTime<Utc>> {
        self.queue.first().map(|(at, _)| *at)
    }

    /// The first thing due at `now` that comes after `last` in time and name.
    pub fn due_after(
        &self,
        last: Option<(DateTime<Utc>, Due)>,
        now: DateTime<Utc>,
    ) -> Option<(DateTime<Utc>, Due)> {
        use std::ops::Bound::{Excluded, Unbounded};
        let from = last.map_or(Unbounded, Excluded);
        self.queue
            .range((from, Unbounded))
            .next()
            .copied()
            .filter(|(at, _)| *at <= now)
    }

    /// How many things wait.
    pub fn len(&self) -> usize {
        self.at.len()
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.at.is_empty()
    }
}

impl From<Vec<(Due, DateTime<Utc>)>> for Agenda {
    fn from(list: Vec<(Due, DateTime<Utc>)>) -> Self {
        let mut agenda = Self::default();
        for (due, at) in list {
            agenda.set(due, at);
        }
        agenda
    }
}

impl From<Agenda> for Vec<(Due, DateTime<Utc>)> {
    fn from(agenda: Agenda) -> Self {
        agenda.at.into_iter().collect()
    }
}
