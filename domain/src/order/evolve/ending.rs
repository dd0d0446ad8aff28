//! Facts that end a hold: confirmed, fallen, closed.

use chrono::{DateTime, TimeDelta, Utc};

use crate::agenda::Due;
use crate::client;
use crate::ids::{LiveId, OrderId};
use crate::live::evolve::touched;
use crate::message::PurchaseShown;
use crate::money::Amount;
use crate::order::event::{CancelledBy, Units};
use crate::order::state::{Fate, Order, Phase, Remains, Stub};
use crate::policy::Rule;
use crate::shop::Shop;
use crate::time::after;
use crate::waitlist;

pub(super) fn confirm(
    shop: &mut Shop,
    order: OrderId,
    units: &[Units],
    again: bool,
    at: DateTime<Utc>,
) {
    for units in units {
        if !again {
            shop.catalogue.unhold(*units);
        }
        shop.catalogue.commit(*units);
    }
    let Some(known) = shop.orders.open.get_mut(&order) else {
        return;
    };
    let owed = known.phase == Phase::Owed;
    known.phase = Phase::Confirmed;
    known.asked = false;
    known.remind_at = None;
    let paid_at = known.paid.as_ref().map_or(at, |paid| paid.at);
    let (client, live, total) = (known.client, known.live, known.total);
    shop.agenda.clear(Due::Hold(order));
    shop.agenda.clear(Due::Reminder(order));
    if let Some(buyer) = shop.clients.get_mut(client) {
        buyer.open.retain(|open| *open != order);
        buyer.purchases.insert(
            0,
            PurchaseShown {
                order,
                total,
                paid_at,
            },
        );
        buyer.purchases.truncate(client::state::PURCHASES_KEPT);
    }
    client::count::confirmed(shop, order, at);
    let session = live.and_then(|live| shop.live.sessions.get_mut(&live));
    // An order whose money had been taken back held nothing up.
    if let Some(session) = session.filter(|_| !owed) {
        session.open = session.open.saturating_sub(1);
    }
    count(shop, live, total, at);
}

/// Counts a sale where the vendor's notice looks: in its live, or in today where there was none,
/// or where it is settled and counts nothing more.
fn count(shop: &mut Shop, live: Option<LiveId>, total: Amount, at: DateTime<Utc>) {
    let known = live.filter(|live| shop.live.sessions.contains_key(live));
    let Some(live) = known else {
        let day = at.date_naive();
        if shop.today.day != Some(day) {
            shop.today = crate::shop::Today {
                day: Some(day),
                ..Default::default()
            };
        }
        shop.today.paid = shop.today.paid.saturating_add(1);
        shop.today.collected = Amount(shop.today.collected.0.saturating_add(total.0));
        return;
    };
    if let Some(session) = shop.live.sessions.get_mut(&live) {
        session.paid = session.paid.saturating_add(1);
        session.collected = Amount(session.collected.0.saturating_add(total.0));
    }
    touched(shop, live, at);
}

/// An order that stands no more.
pub(super) fn fell(shop: &mut Shop, order: OrderId) {
    let client = shop.orders.open.get(&order).map(|known| known.client);
    if let Some(client) = client.and_then(|client| shop.clients.get_mut(client)) {
        client.standing = client.standing.saturating_sub(1);
    }
}

/// Frees what an order holds, as its lines say.
pub(crate) fn free_held(shop: &mut Shop, order: OrderId) {
    let units = shop
        .orders
        .open
        .get(&order)
        .map(Order::held_units)
        .unwrap_or_default();
    for units in units {
        shop.catalogue.unhold(units);
    }
    fell(shop, order);
}

/// Its time was up (`by` nobody) or somebody cancelled it; if it had asked for money, enough of it
/// is kept for a while to honour what comes late.
pub(super) fn over(
    shop: &mut Shop,
    order: OrderId,
    by: Option<CancelledBy>,
    attributable: bool,
    at: DateTime<Utc>,
) {
    sweep(shop, at);
    let known = shop.orders.open.get(&order);
    let asked = known.filter(|known| !known.attempts.is_empty());
    if let Some(known) = asked {
        let remains = Remains {
            live: known.live,
            placed_at: known.placed_at,
            lines: known.lines.clone(),
            minutes: known.minutes,
            attempts: known.attempts.clone(),
            over_at: at,
            cancelled_by: by,
            attributable,
            options: Vec::new(),
        };
        shop.orders.late.insert(order, remains);
    }
    let fate = by.map_or(Fate::Expired, |_| Fate::Cancelled);
    close(shop, order, fate, at);
}

/// Once a day, lets go of what is too old to be honoured and about which nothing is open.
fn sweep(shop: &mut Shop, at: DateTime<Utc>) {
    if at.signed_duration_since(shop.orders.swept) < TimeDelta::days(1) {
        return;
    }
    shop.orders.swept = at;
    let keep = shop.policy.hours(Rule::LateKeepHours);
    let (agenda, claims) = (&shop.agenda, &mut shop.orders.claims);
    shop.orders.late.retain(|order, remains| {
        let kept = after(remains.over_at, keep) > at || agenda.at(Due::Choice(*order)).is_some();
        if !kept {
            claims.remove(order);
        }
        kept
    });
}

/// Leaves a stub.
pub(crate) fn close(shop: &mut Shop, order: OrderId, fate: Fate, at: DateTime<Utc>) {
    let Some(known) = shop.orders.open.remove(&order) else {
        return;
    };
    shop.agenda.clear(Due::Hold(order));
    shop.agenda.clear(Due::Reminder(order));
    shop.agenda.clear(Due::Cancellation(order));
    if known.phase == Phase::Offered {
        waitlist::evolve::withdrawn(shop, order, &known.lines);
    }
    if let Some(client) = shop.clients.get_mut(known.client) {
        client.open.retain(|open| *open != order);
    }
    if let Some(session) = known
        .live
        .and_then(|live| shop.live.sessions.get_mut(&live))
    {
        session.open = session.open.saturating_sub(u32::from(known.unpaid()));
    }
    for attempt in &known.attempts {
        shop.payments.close(*attempt);
    }
    let stub = Stub {
        client: known.client,
        total: known.total,
        at,
        fate,
        paid: known.paid.is_some(),
        placed_at: known.placed_at,
        counted: known.counted,
    };
    shop.orders.closed.insert(order, stub);
}

/// Its money was taken back: it counts as a sale no more. `paid`, where it is not handed over: how
/// much, and when.
pub(crate) fn unpaid(
    shop: &mut Shop,
    order: OrderId,
    paid: Option<(Amount, DateTime<Utc>)>,
    at: DateTime<Utc>,
) {
    client::count::reversed(shop, order, paid.map(|(amount, _)| amount), at);
    let client = shop.orders.client(order);
    if let Some(buyer) = client.and_then(|client| shop.clients.get_mut(client)) {
        buyer.purchases.retain(|purchase| purchase.order != order);
    }
    if let Some(stub) = shop.orders.closed.get_mut(&order) {
        stub.paid = false;
    }
    let Some((amount, paid_at)) = paid else {
        return;
    };
    let less = |sum: Amount| Amount(sum.0.saturating_sub(amount.0).max(0));
    let live = shop.orders.open.get(&order).map(|known| known.live);
    let session = live
        .flatten()
        .and_then(|live| shop.live.sessions.get_mut(&live));
    if let Some(session) = session {
        // It waits for its money again, but holds up nothing: the live may end without it.
        session.paid = session.paid.saturating_sub(1);
        session.collected = less(session.collected);
    } else if live == Some(None) && shop.today.day == Some(paid_at.date_naive()) {
        shop.today.paid = shop.today.paid.saturating_sub(1);
        shop.today.collected = less(shop.today.collected);
    }
}
