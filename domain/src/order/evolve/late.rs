//! Facts about orders that were over when their money came.

use chrono::{DateTime, Utc};

use crate::agenda::Due;
use crate::client::count;
use crate::ids::OrderId;
use crate::order::event::Choice;
use crate::order::state::{Order, Phase};
use crate::shop::Shop;

/// Her money counts after all: the order lives again, as a hold that is about to be confirmed.
pub(crate) fn honoured(shop: &mut Shop, order: OrderId, at: DateTime<Utc>) {
    live_again(shop, order, at);
}

/// She pays the rest: the order lives again, and is hers to pay.
pub(super) fn reopened(shop: &mut Shop, order: OrderId, at: DateTime<Utc>) {
    live_again(shop, order, at);
    let client = shop.orders.open.get(&order).map(|known| known.client);
    if let Some(client) = client.and_then(|client| shop.clients.get_mut(client)) {
        client.open.push(order);
        client.open.sort_unstable();
    }
}

/// Takes an order that was over back from its stub and its remains.
fn live_again(shop: &mut Shop, order: OrderId, at: DateTime<Utc>) {
    let Some(stub) = shop.orders.closed.remove(&order) else {
        return;
    };
    let Some(remains) = shop.orders.late.remove(&order) else {
        shop.orders.closed.insert(order, stub);
        return;
    };
    shop.orders.waiting.remove(&order);
    shop.agenda.clear(Due::Choice(order));
    let known = Order {
        client: stub.client,
        live: remains.live,
        placed_at: remains.placed_at,
        lines: remains.lines,
        total: stub.total,
        phase: Phase::Held,
        deadline: at,
        bound: at,
        minutes: remains.minutes,
        restarts: 0,
        remind_at: None,
        topped_by: None,
        topped: true,
        locked_until: None,
        asked: false,
        trouble: false,
        method: None,
        attempt: None,
        attempts: remains.attempts,
        paid: None,
        counted: None,
    };
    if let Some(client) = shop.clients.get_mut(known.client) {
        client.standing = client.standing.saturating_add(1);
    }
    if let Some(session) = known
        .live
        .and_then(|live| shop.live.sessions.get_mut(&live))
    {
        session.open = session.open.saturating_add(1);
    }
    shop.orders.open.insert(order, known);
    if remains.attributable {
        count::unlapsed(shop, order, remains.over_at, at);
    }
}

/// She is asked.
pub(super) fn ask(shop: &mut Shop, order: OrderId, options: &[Choice], until: DateTime<Utc>) {
    if let Some(remains) = shop.orders.late.get_mut(&order) {
        remains.options = options.to_vec();
        shop.agenda.set(Due::Choice(order), until);
    }
}

/// She chose, or nobody waits for her answer any more; `until` where she waits for units.
pub(super) fn chosen(shop: &mut Shop, order: OrderId, until: Option<DateTime<Utc>>) {
    let Some(remains) = shop.orders.late.get_mut(&order) else {
        return;
    };
    remains.options.clear();
    if let Some(until) = until {
        shop.orders.waiting.insert(order);
        shop.agenda.set(Due::Choice(order), until);
    } else {
        shop.orders.waiting.remove(&order);
        shop.agenda.clear(Due::Choice(order));
    }
}
