//! Facts that make, lengthen or freeze a hold.

use chrono::{DateTime, TimeDelta, Utc};

use crate::agenda::Due;
use crate::ids::{ClientId, LiveId, OrderId, VariantId};
use crate::live::evolve::touched;
use crate::money::Amount;
use crate::order::event::{ExtendReason, HoldTerms, Line, Units};
use crate::order::state::{Order, Phase, units};
use crate::payment::evolve::reusable;
use crate::policy::Rule;
use crate::shop::Shop;
use crate::time::{after, part};

/// An order as it comes to be, by a buyer's word or by an offer.
#[derive(Debug)]
pub(crate) struct Placed<'a> {
    pub(crate) order: OrderId,
    pub(crate) client: ClientId,
    pub(crate) live: Option<LiveId>,
    pub(crate) lines: &'a [Line],
    pub(crate) total: Amount,
    pub(crate) deadline: DateTime<Utc>,
    pub(crate) terms: HoldTerms,
    pub(crate) unheld: bool,
}

/// A new order holds its units.
pub(crate) fn place(shop: &mut Shop, placed: &Placed<'_>, at: DateTime<Utc>) {
    let order = Order {
        client: placed.client,
        live: placed.live,
        placed_at: at,
        lines: placed.lines.to_vec(),
        total: placed.total,
        phase: if placed.unheld {
            Phase::Wished
        } else {
            Phase::Held
        },
        deadline: placed.deadline,
        bound: bound(shop, at, placed.terms.minutes),
        minutes: placed.terms.minutes,
        restarts: 0,
        remind_at: None,
        topped_by: None,
        topped: false,
        locked_until: None,
        asked: false,
        trouble: false,
        method: None,
        attempt: None,
        attempts: Vec::new(),
        paid: None,
        counted: None,
    };
    shop.orders.last = shop.orders.last.max(placed.order.0);
    shop.orders.open.insert(placed.order, order);
    if !placed.unheld {
        for units in units(placed.lines) {
            shop.catalogue.hold(units);
        }
    }
    if let Some(client) = shop.clients.get_mut(placed.client) {
        client.open.push(placed.order);
        client.standing = client.standing.saturating_add(1);
    }
    if let Some(live) = placed.live {
        if let Some(session) = shop.live.sessions.get_mut(&live) {
            session.open = session.open.saturating_add(1);
        }
        touched(shop, live, at);
    }
    shop.agenda.set(Due::Hold(placed.order), placed.deadline);
    if !placed.unheld {
        remind(shop, placed.order, at);
    }
}

/// No leak: the last moment of a hold that starts now.
fn bound(shop: &Shop, at: DateTime<Utc>, minutes: u32) -> DateTime<Utc> {
    let twice = TimeDelta::minutes(i64::from(minutes).saturating_mul(2));
    after(at, twice.max(shop.policy.minutes(Rule::NoLeakFloor)))
}

/// Units are held from now on: of a cart that held nothing, or of an order that was over.
pub(super) fn take(
    shop: &mut Shop,
    order: OrderId,
    units: &[Units],
    deadline: DateTime<Utc>,
    at: DateTime<Utc>,
) {
    let minutes = crate::time::minutes_left(at, deadline);
    let bound = bound(shop, at, minutes);
    let Some(known) = shop.orders.open.get_mut(&order) else {
        return;
    };
    known.phase = Phase::Held;
    known.deadline = deadline;
    known.bound = bound.max(deadline);
    known.minutes = minutes;
    for units in units {
        shop.catalogue.hold(*units);
    }
    shop.agenda.set(Due::Hold(order), deadline);
}

pub(super) fn add(shop: &mut Shop, order: OrderId, line: Line, total: Amount, unheld: bool) {
    let Some(known) = shop.orders.open.get_mut(&order) else {
        return;
    };
    known.lines.push(line);
    known.total = total;
    if !unheld {
        shop.catalogue.hold(Units {
            variant: line.variant,
            quantity: line.quantity,
        });
    }
}

/// Another quantity of a line.
pub(super) fn change(
    shop: &mut Shop,
    order: OrderId,
    variant: VariantId,
    (from, to): (u32, u32),
    unheld: bool,
) {
    let Some(known) = shop.orders.open.get_mut(&order) else {
        return;
    };
    let lines = known.lines.iter_mut();
    for line in lines.filter(|line| line.variant == variant) {
        line.quantity = to;
    }
    if !unheld {
        let units = |quantity| Units { variant, quantity };
        shop.catalogue.unhold(units(from));
        shop.catalogue.hold(units(to));
    }
}

pub(super) fn restart(shop: &mut Shop, order: OrderId, deadline: DateTime<Utc>, at: DateTime<Utc>) {
    let Some(known) = shop.orders.open.get_mut(&order) else {
        return;
    };
    if deadline <= known.deadline {
        return;
    }
    known.deadline = deadline;
    known.restarts = known.restarts.saturating_add(1);
    shop.agenda.set(Due::Hold(order), deadline);
    if known.remind_at.is_some() {
        remind(shop, order, at);
    }
}

/// Plans the one reminder of a hold: at a share of the time from now to its deadline.
fn remind(shop: &mut Shop, order: OrderId, at: DateTime<Utc>) {
    let Some(known) = shop.orders.open.get_mut(&order) else {
        return;
    };
    let trust = shop
        .clients
        .get(known.client)
        .map_or(crate::trust::START, crate::client::Client::trust);
    let score = i64::from(trust);
    let rule = if score >= shop.policy.get(Rule::HighTrust) {
        Rule::ReminderHighTrust
    } else if score < shop.policy.get(Rule::ReminderLowBelow) {
        Rule::ReminderLowTrust
    } else {
        Rule::ReminderUsual
    };
    let when = part(at, known.deadline, shop.policy.get(rule));
    known.remind_at = Some(when);
    shop.agenda.set(Due::Reminder(order), when);
}

pub(super) fn lock(shop: &mut Shop, order: OrderId, until: DateTime<Utc>) {
    let reused = reusable(shop, order);
    let Some(known) = shop.orders.open.get_mut(&order) else {
        return;
    };
    if known.phase != Phase::Paying {
        known.attempt = reused;
    }
    known.topped |= until > known.deadline;
    known.phase = Phase::Paying;
    known.deadline = until;
    known.locked_until = Some(until);
    known.asked = false;
    shop.agenda.set(Due::Hold(order), until);
    // None while paying; the plan is kept in case she changes her mind.
    shop.agenda.clear(Due::Reminder(order));
}

pub(super) fn unlock(shop: &mut Shop, order: OrderId, deadline: DateTime<Utc>, at: DateTime<Utc>) {
    let Some(known) = shop.orders.open.get_mut(&order) else {
        return;
    };
    known.phase = Phase::Held;
    known.deadline = deadline;
    known.locked_until = None;
    known.asked = false;
    known.attempt = None;
    // A reminder whose time passed while she paid is spent: she was just spoken to.
    known.remind_at = known.remind_at.filter(|when| *when > at);
    shop.agenda.set(Due::Hold(order), deadline);
    if let Some(when) = known.remind_at {
        shop.agenda.set(Due::Reminder(order), when);
    }
}

pub(super) fn extend(
    shop: &mut Shop,
    order: OrderId,
    deadline: DateTime<Utc>,
    reason: ExtendReason,
) {
    if reason == ExtendReason::Outage {
        return give_back(shop, order, deadline);
    }
    let Some(known) = shop.orders.open.get_mut(&order) else {
        return;
    };
    // The provider is slow: should it expire after all, that is not her doing.
    known.trouble |= reason == ExtendReason::Processing;
    known.deadline = deadline;
    known.asked = false;
    shop.agenda.set(Due::Hold(order), deadline);
}

/// Our own silence is given back whole: everything that waits in this order moves by as much, the
/// "no leak" bound and the wait for a provider that was asked included.
fn give_back(shop: &mut Shop, order: OrderId, deadline: DateTime<Utc>) {
    let Some(known) = shop.orders.open.get_mut(&order) else {
        return;
    };
    let given = deadline
        .signed_duration_since(known.deadline)
        .max(TimeDelta::zero());
    known.deadline = after(known.deadline, given);
    known.bound = after(known.bound, given);
    known.locked_until = known.locked_until.map(|until| after(until, given));
    known.remind_at = known.remind_at.map(|when| after(when, given));
    for due in [Due::Hold(order), Due::Reminder(order)] {
        if let Some(at) = shop.agenda.at(due) {
            shop.agenda.set(due, after(at, given));
        }
    }
}
