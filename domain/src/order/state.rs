//! Carts and holds, and the stubs that closed orders leave.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::client::record::Counted;
use crate::ids::{AttemptId, ClientId, LiveId, OrderId};
use crate::money::Amount;
use crate::segment::Method;

use crate::payment::event::Part;

use super::event::{Choice, Line, Units};
use super::unmet::Unmet;

/// Where an order that is not closed is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// First paid, first served: a cart that holds nothing.
    Wished,
    /// Held for the next one on a waitlist, not accepted yet.
    Offered,
    /// A cart: units held, not frozen.
    Held,
    /// A method is chosen: frozen until the lock deadline.
    Paying,
    /// Its units are owed.
    Confirmed,
    /// Its units are owed, and its money was taken back.
    Owed,
    /// In her hands.
    HandedOver,
}

/// What money confirmed an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paid {
    /// By which attempt, the last one.
    pub attempt: AttemptId,
    /// How much of it counts.
    pub amount: Amount,
    /// The provider's time.
    pub at: DateTime<Utc>,
    /// What each attempt brought.
    pub parts: Vec<Part>,
}

/// An order that is not closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Whose.
    pub client: ClientId,
    /// Of which live.
    pub live: Option<LiveId>,
    /// Since when.
    pub placed_at: DateTime<Utc>,
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
    /// How it counts for her trust, while it is paid.
    pub counted: Option<Counted>,
}

impl Order {
    /// Its units, without their prices.
    pub fn units(&self) -> Vec<Units> {
        units(&self.lines)
    }

    /// The units it holds; none for a cart that holds nothing.
    pub fn held_units(&self) -> Vec<Units> {
        if self.holds() {
            self.units()
        } else {
            Vec::new()
        }
    }

    /// Whether it waits for money: before its deadline, or because its money was taken back.
    pub fn payable(&self) -> bool {
        self.unpaid() || self.phase == Phase::Owed
    }

    /// Whether it can still be paid before its deadline.
    pub fn unpaid(&self) -> bool {
        match self.phase {
            Phase::Wished | Phase::Offered | Phase::Held | Phase::Paying => true,
            Phase::Confirmed | Phase::Owed | Phase::HandedOver => false,
        }
    }

    /// Whether its units are held.
    pub fn holds(&self) -> bool {
        self.unpaid() && self.phase != Phase::Wished
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

/// Units of lines, without their prices.
pub(crate) fn units(lines: &[Line]) -> Vec<Units> {
    let units = |line: &Line| Units {
        variant: line.variant,
        quantity: line.quantity,
    };
    lines.iter().map(units).collect()
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
    /// Since when it was: money that comes back later is timed from then.
    pub placed_at: DateTime<Utc>,
    /// How it counts for her trust, while it is paid.
    pub counted: Option<Counted>,
}

const _: () = assert!(
    size_of::<Stub>() <= 64,
    "a closed order leaves at most 64 bytes"
);

/// What is kept for a while of an order that is over and had asked for money: enough to honour
/// money that comes late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remains {
    /// Of which live.
    pub live: Option<LiveId>,
    /// Since when.
    pub placed_at: DateTime<Utc>,
    /// What it was.
    pub lines: Vec<Line>,
    /// Length of its hold, minutes.
    pub minutes: u32,
    /// Its attempts, oldest first.
    pub attempts: Vec<AttemptId>,
    /// When it was over.
    pub over_at: DateTime<Utc>,
    /// Who cancelled it; nobody where its time was up.
    pub cancelled_by: Option<super::event::CancelledBy>,
    /// Whether its expiry counted against its client.
    pub attributable: bool,
    /// What she may choose, while she is asked.
    pub options: Vec<Choice>,
}

/// All orders.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Orders {
    /// The newest number given out.
    pub last: u64,
    /// Not closed.
    pub open: BTreeMap<OrderId, Order>,
    /// Closed.
    pub closed: BTreeMap<OrderId, Stub>,
    /// Closed a short while ago, with attempts to pay.
    pub late: BTreeMap<OrderId, Remains>,
    /// Those of them whose clients wait, their money with the shop, for units to come back.
    pub waiting: std::collections::BTreeSet<OrderId>,
    /// Whose clients say they paid, and wait for what the provider says.
    pub claims: std::collections::BTreeSet<OrderId>,
    /// Who asked outside lives for more than there was.
    pub unmet: Unmet,
    /// Since when nothing was looked for among them to let go of.
    pub swept: DateTime<Utc>,
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
