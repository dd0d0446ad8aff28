//! Facts that end a hold: confirmed, fallen, closed.

use chrono::{DateTime, Utc};

use crate::agenda::Due;
use crate::ids::{LiveId, OrderId};
use crate::live::evolve::touched;
use crate::message::PurchaseShown;
use crate::money::Amount;
use crate::order::event::Units;
use crate::order::state::{Fate, Order, Phase, Stub};
use crate::shop::Shop;

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
    // A late payment honoured finds only a stub: it is paid now, and nothing else is known of it.
    if let Some(stub) = shop.orders.closed.get_mut(&order) {
        stub.paid = true;
        stub.fate = Fate::Done;
    }
    let Some(known) = shop.orders.open.get_mut(&order) else {
        return;
    };
    known.phase = Phase::Confirmed;
    known.asked = false;
    known.remind_at = None;
    let paid_at = known.paid.map_or(at, |paid| paid.at);
    let (client, live, total) = (known.client, known.live, known.total);
    shop.agenda.clear(Due::Hold(order));
    shop.agenda.clear(Due::Reminder(order));
    if let Some(buyer) = shop.clients.get_mut(client) {
        buyer.open.retain(|open| *open != order);
        buyer.paid = buyer.paid.saturating_add(1);
        buyer.purchases.insert(
            0,
            PurchaseShown {
                order,
                total,
                paid_at,
            },
        );
        buyer
            .purchases
            .truncate(crate::client::state::PURCHASES_KEPT);
    }
    count(shop, live, total, at);
}

/// Counts a sale where the vendor's notice looks: in its live, or in today.
fn count(shop: &mut Shop, live: Option<LiveId>, total: Amount, at: DateTime<Utc>) {
    let Some(live) = live else {
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
        session.open = session.open.saturating_sub(1);
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
        .map(Order::units)
        .unwrap_or_default();
    for units in units {
        shop.catalogue.unhold(units);
    }
    fell(shop, order);
}

/// Leaves a stub.
pub(crate) fn close(shop: &mut Shop, order: OrderId, fate: Fate, at: DateTime<Utc>) {
    let Some(known) = shop.orders.open.remove(&order) else {
        return;
    };
    shop.agenda.clear(Due::Hold(order));
    shop.agenda.clear(Due::Reminder(order));
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
    };
    shop.orders.closed.insert(order, stub);
}
