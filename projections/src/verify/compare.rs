//! Rows against the domain's state. Each function gives the first difference, in words.

use domain::{
    Shop,
    agenda::Due,
    ids::{ClientId, OrderId, VariantId},
    order::{Fate, Order, Phase, Remains, Stub, event::Line},
};

use crate::{
    models::{orders, stock::Terms},
    numbers,
};

/// Every variant of the shop, term by term.
pub(super) fn stock(shop: &Shop, rows: &[Terms]) -> Option<String> {
    let wanted: Vec<Terms> = shop
        .catalogue
        .variants()
        .map(|(id, variant)| terms(id, variant))
        .collect();
    for (row, wanted) in rows.iter().zip(&wanted) {
        if row != wanted {
            return Some(format!("stock: the table says {row:?}, the log {wanted:?}"));
        }
    }
    let (found, wanted) = (rows.len(), wanted.len());
    (found != wanted).then(|| format!("the table has {found} variants, the log {wanted}"))
}

fn terms(id: VariantId, variant: &domain::catalogue::state::Variant) -> Terms {
    Terms {
        variant: numbers::variant(id),
        product: numbers::product(variant.product),
        on_hand: i64::from(variant.on_hand),
        held: i64::from(variant.held),
        committed: i64::from(variant.committed),
        blocked: i64::from(variant.blocked),
    }
}

/// Every order: state, client and sum; of open ones also lines, deadline, method and money.
pub(super) fn orders(shop: &Shop, rows: &[orders::Row]) -> Option<String> {
    let wanted = shop
        .orders
        .open
        .len()
        .saturating_add(shop.orders.closed.len());
    if rows.len() != wanted {
        return Some(format!(
            "the table has {} orders, the log {wanted}",
            rows.len()
        ));
    }
    rows.iter().find_map(|row| order(shop, row))
}

fn order(shop: &Shop, row: &orders::Row) -> Option<String> {
    let id = OrderId(u64::try_from(row.order_id).unwrap_or(u64::MAX));
    let whose =
        |client| shop.clients.resolve(ClientId(row.client_id)) == shop.clients.resolve(client);
    if let Some(stub) = shop.orders.closed.get(&id) {
        let state = over(shop, id, stub);
        let chooses = matches!(state, "choosing" | "waiting");
        let until = shop.agenda.at(Due::Choice(id)).filter(|_| chooses);
        let same = row.state == state
            && whose(stub.client)
            && row.total == stub.total.0
            && row.deadline == until;
        return (!same).then(|| format!("order {id}: the table says {row:?}, the log {stub:?}"));
    }
    let Some(open) = shop.orders.open.get(&id) else {
        return Some(format!("order {id} is in the table, not in the log"));
    };
    let deadline = open.unpaid().then_some(open.deadline);
    let collected = open.paid.as_ref().map_or(0, |paid| paid.amount.0);
    let same = row.state == standing(open)
        && whose(open.client)
        && row.live_id == open.live.map(numbers::live)
        && row.total == open.total.0
        && lines(&row.lines) == lines(&open.lines)
        && row.deadline == deadline
        && row.collected == collected
        && row.paid_at == open.paid.as_ref().map(|paid| paid.at);
    (!same).then(|| format!("order {id}: the table says {row:?}, the log {open:?}"))
}

/// The word for an order that is closed.
fn over(shop: &Shop, id: OrderId, stub: &Stub) -> &'static str {
    let asked = |remains: &Remains| !remains.options.is_empty();
    match stub.fate {
        _ if shop.orders.waiting.contains(&id) => "waiting",
        _ if shop.orders.late.get(&id).is_some_and(asked) => "choosing",
        Fate::Expired => "expired",
        Fate::Cancelled => "cancelled",
        Fate::Done if stub.paid => "confirmed",
        Fate::Done => "owed",
    }
}

/// The word for an order that is not.
fn standing(open: &Order) -> &'static str {
    match open.phase {
        Phase::Wished => "wished",
        Phase::Offered => "offered",
        Phase::Held => "held",
        Phase::Paying => "paying",
        Phase::HandedOver if open.paid.is_none() => "owed",
        Phase::Confirmed | Phase::HandedOver => "confirmed",
        Phase::Owed => "owed",
    }
}

/// Lines by variant: their order in a cart means nothing.
fn lines(lines: &[Line]) -> Vec<Line> {
    let mut sorted = lines.to_vec();
    sorted.sort_by_key(|line| line.variant);
    sorted
}
