//! What is always true of a shop (domain.md, "Invariants"), checked over its whole state. Tests
//! call it after every command; it walks everything and is not for the road.

use std::collections::BTreeMap;

use crate::agenda::Due;
use crate::ids::{OrderId, VariantId};
use crate::money::Amount;
use crate::order::{Fate, Order, Phase};
use crate::shop::Shop;

mod waiting;

/// Checks invariants 1, 2, 3, 6 and 8, and that waitlists are served; says which is broken, and
/// where. True at rest: after a decision, not in the middle of one.
pub fn check(shop: &Shop) -> Result<(), String> {
    stock(shop)?;
    fates(shop)?;
    money(shop)?;
    sums(shop)?;
    deadlines(shop)?;
    clients(shop)?;
    lives(shop)?;
    waiting::lists(shop)?;
    waiting::offers(shop)?;
    waiting::served(shop)
}

/// A live knows how many of its orders keep it from ending.
fn lives(shop: &Shop) -> Result<(), String> {
    for (id, session) in &shop.live.sessions {
        let open = shop.orders.open.values();
        let open = open.filter(|order| order.live == Some(*id) && order.unpaid());
        hold(
            open.count() == usize::try_from(session.open).unwrap_or(usize::MAX),
            || format!("live {id}: {} orders are said to be open", session.open),
        )?;
    }
    Ok(())
}

fn hold(holds: bool, say: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(say()) }
}

/// 1: what is spoken for is there, and the counters are the sums of the orders.
fn stock(shop: &Shop) -> Result<(), String> {
    let mut held: BTreeMap<VariantId, u64> = BTreeMap::new();
    let mut committed: BTreeMap<VariantId, u64> = BTreeMap::new();
    for order in shop.orders.open.values() {
        let sum = match order.phase {
            Phase::Offered | Phase::Held | Phase::Paying => &mut held,
            Phase::Confirmed | Phase::Owed => &mut committed,
            Phase::Wished | Phase::HandedOver => continue,
        };
        for line in &order.lines {
            *sum.entry(line.variant).or_default() += u64::from(line.quantity);
        }
    }
    for (id, variant) in shop.catalogue.variants() {
        let taken =
            u64::from(variant.held) + u64::from(variant.committed) + u64::from(variant.blocked);
        hold(taken <= u64::from(variant.on_hand), || {
            format!("1: variant {id} is oversold")
        })?;
        let of = |sum: &BTreeMap<VariantId, u64>| sum.get(&id).copied().unwrap_or(0);
        hold(of(&held) == u64::from(variant.held), || {
            format!("1: held of variant {id}")
        })?;
        hold(of(&committed) == u64::from(variant.committed), || {
            format!("1: committed of variant {id}")
        })?;
    }
    Ok(())
}

/// 2: an order is in one place, and what expired or was cancelled is not owed to anybody.
fn fates(shop: &Shop) -> Result<(), String> {
    for (id, order) in &shop.orders.open {
        hold(!shop.orders.closed.contains_key(id), || {
            format!("2: order {id} open and closed")
        })?;
        let confirmed = matches!(order.phase, Phase::Confirmed | Phase::HandedOver);
        hold(confirmed == order.paid.is_some(), || {
            format!("2: order {id} confirmed unpaid")
        })?;
    }
    for (id, stub) in &shop.orders.closed {
        let expired_and_paid = stub.fate == Fate::Expired && stub.paid;
        hold(!expired_and_paid, || {
            format!("2: order {id} expired and confirmed")
        })?;
    }
    Ok(())
}

/// 3: every franc that came is confirmed or due back, exactly once; or, while the rest of it is
/// asked or its payer says what she wants, neither.
fn money(shop: &Shop) -> Result<(), String> {
    let kept = |order: OrderId| {
        let open = shop.orders.open.get(&order);
        let chosen = shop.orders.late.get(&order);
        open.is_some_and(Order::payable)
            || chosen.is_some_and(|remains| !remains.options.is_empty())
            || shop.orders.waiting.contains(&order)
    };
    for (id, attempt) in &shop.payments.attempts {
        let settled = attempt.got == attempt.accounted;
        let waits = attempt.got > attempt.accounted && kept(attempt.order);
        hold(settled || waits, || {
            format!(
                "3: attempt {id} got {:?}, accounted {:?}",
                attempt.got, attempt.accounted
            )
        })?;
    }
    Ok(())
}

/// 6: lines add up, nothing is negative.
fn sums(shop: &Shop) -> Result<(), String> {
    for (id, order) in &shop.orders.open {
        let mut lines = order
            .lines
            .iter()
            .map(|line| line.unit_price.times(line.quantity));
        let sum = lines.try_fold(Amount::ZERO, |sum, line| sum.plus(line?));
        hold(sum == Some(order.total), || {
            format!("6: total of order {id}")
        })?;
        let whole = !order.lines.is_empty()
            && order
                .lines
                .iter()
                .all(|line| line.quantity > 0 && line.unit_price.0 > 0);
        hold(whole, || format!("6: a line of order {id}"))?;
        let exact = order
            .paid
            .as_ref()
            .is_none_or(|paid| paid.amount == order.total);
        hold(exact, || format!("6: order {id} is paid with another sum"))?;
    }
    Ok(())
}

/// 8: no unpaid deadline lies beyond "no leak", and every unpaid order falls due.
fn deadlines(shop: &Shop) -> Result<(), String> {
    let due = |order: &Order| order.unpaid();
    for (id, order) in shop.orders.open.iter().filter(|(_, order)| due(order)) {
        // A cart that holds nothing keeps nobody from anything.
        hold(!order.holds() || order.deadline <= order.bound, || {
            format!("8: order {id} leaks")
        })?;
        let waits = shop.agenda.at(Due::Hold(*id));
        let right = match waits {
            Some(at) if order.asked => at > order.deadline,
            Some(at) => at == order.deadline,
            None => false,
        };
        hold(right, || format!("8: order {id} falls due at {waits:?}"))?;
    }
    Ok(())
}

/// The index of open orders per client says what the orders say.
fn clients(shop: &Shop) -> Result<(), String> {
    let unpaid = shop.orders.open.iter().filter(|(_, order)| order.unpaid());
    let mut expected: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (id, order) in unpaid {
        expected.entry(order.client).or_default().push(*id);
    }
    for (id, client) in shop.clients.iter() {
        let open = expected.remove(&id).unwrap_or_default();
        hold(open == client.open, || {
            format!("index: open orders of client {id}")
        })?;
    }
    hold(expected.is_empty(), || {
        "index: an order of nobody".to_owned()
    })
}
