//! Carts and holds, and the stubs that closed orders leave.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{AttemptId, ClientId, LiveId, OrderId};
use crate::money::Amount;
use crate::segment::Method;

use super::event::{Line, Units};

/// Where an order that is not closed is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Held for the next one on a waitlist, not accepted yet.
    Offered,
    /// A cart: units held, not frozen.
    Held,
    /// A method is chosen: frozen until the lock deadline.
    Paying,
    /// Its units are owed.
    Confirmed,
    /// In her hands.
    HandedOver,
}

/// What money confirmed an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paid {
    /// By which attempt.
    pub attempt: AttemptId,
    /// How much of it counts.
    pub amount: Amount,
    /// The provider's time.
    pub at: DateTime<Utc>,
}

/// An order that is not closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Whose.
    pub client: ClientId,
    /// Of which live.
    pub live: Option<LiveId>,
    /// What.
    pub lines: Vec<Line>,
    /// Their sum.
    pub total: Amount,
    /// Where it is.
    pub phase: Phase,
    /// Until when its units are hers.
    pub deadline: DateTime<Utc>,
    /// No leak: the deadline never moves beyond, whatever happens except an outage.
    pub bound: DateTime<Utc>,
    /// Length of its hold.
    pub minutes: u32,
    /// How often a line restarted the deadline.
    pub restarts: u32,
    /// When she is reminded, unless she was or it is too late.
    pub remind_at: Option<DateTime<Utc>>,
    /// The attempt whose method topped the hold up; that happens once.
    pub topped_by: Option<AttemptId>,
    /// The one top-up was used.
    pub topped: bool,
    /// The lock deadline before the provider's slowness prolonged it.
    pub locked_until: Option<DateTime<Utc>>,
    /// At the lock deadline the provider was asked, and its answer is awaited.
    pub asked: bool,
    /// A provider failed to make a charge, or nobody knows: an expiry is not her doing.
    pub trouble: bool,
    /// How she pays.
    pub method: Option<Method>,
    /// The attempt she is paying with.
    pub attempt: Option<AttemptId>,
    /// Every attempt, oldest first.
    pub attempts: Vec<AttemptId>,
    /// What confirmed it.
    pub paid: Option<Paid>,
}

impl Order {
    /// Its units, without their prices.
    pub fn units(&self) -> Vec<Units> {
        let units = |line: &Line| Units {
            variant: line.variant,
            quantity: line.quantity,
        };
        self.lines.iter().map(units).collect()
    }

    /// Whether it holds units that are not paid.
    pub fn unpaid(&self) -> bool {
        match self.phase {
            Phase::Offered | Phase::Held | Phase::Paying => true,
            Phase::Confirmed | Phase::HandedOver => false,
        }
    }

    /// `wanted`, as far as "no leak" allows, and never earlier than what she was promised.
    pub fn within_bound(&self, wanted: DateTime<Utc>) -> DateTime<Utc> {
        wanted.min(self.bound).max(self.deadline)
    }

    /// Until `now + least`, as far as "no leak" allows.
    pub fn at_least(&self, now: DateTime<Utc>, least: TimeDelta) -> DateTime<Utc> {
        self.within_bound(crate::time::after(now, least))
    }
}

/// How a closed order ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Time was up.
    Expired,
    /// Somebody cancelled it.
    Cancelled,
    /// Paid and done.
    Done,
}

/// What stays of a closed order for ever: enough for old buttons and late money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stub {
    /// Whose it was.
    pub client: ClientId,
    /// Its sum.
    pub total: Amount,
    /// When it closed.
    pub at: DateTime<Utc>,
    /// How.
    pub fate: Fate,
    /// Whether money had confirmed it.
    pub paid: bool,
}

const _: () = assert!(
    size_of::<Stub>() <= 64,
    "a closed order leaves at most 64 bytes"
);

/// All orders.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Orders {
    /// The newest number given out.
    pub last: u64,
    /// Not closed.
    pub open: BTreeMap<OrderId, Order>,
    /// Closed.
    pub closed: BTreeMap<OrderId, Stub>,
}

impl Orders {
    /// The number the next order gets.
    pub fn next(&self) -> OrderId {
        OrderId(self.last.saturating_add(1))
    }

    /// Whose an order is, closed or not.
    pub fn client(&self, order: OrderId) -> Option<ClientId> {
        let open = self.open.get(&order).map(|known| known.client);
        open.or_else(|| self.closed.get(&order).map(|stub| stub.client))
    }
}
