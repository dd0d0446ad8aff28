//! What an event means for stock.

use domain::{
    catalogue::Event as Catalogue,
    event::Event,
    ids::{OrderId, ProductId, VariantId},
    order::Event as Order,
    waitlist::Event as Waitlist,
};

/// What the batch moves on one variant: sums, so the order of events does not matter.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Moved {
    pub on_hand: i64,
    pub held: i64,
    pub committed: i64,
    pub blocked: i64,
}

/// The variants whose bars an event moves.
pub(crate) fn subjects(event: &Event) -> Vec<VariantId> {
    match event {
        Event::Catalogue(
            Catalogue::VariantAdded { variant, .. }
            | Catalogue::StockReceived { variant, .. }
            | Catalogue::StockAdjusted { variant, .. }
            | Catalogue::StockBlocked { variant, .. },
        ) => vec![*variant],
        Event::Order(event) => moves(event).into_iter().map(|(variant, _)| variant).collect(),
        Event::Waitlist(
            Waitlist::OfferMade { variant, .. }
            | Waitlist::WaitlistJoined { variant, .. }
            | Waitlist::WaitlistLeft { variant, .. }
            | Waitlist::WaitlistClosed { variant, .. },
        ) => vec![*variant],
        _ => Vec::new(),
    }
}

/// The offer that is answered or ends; of which variant, only the tables know.
pub(crate) fn offer(event: &Event) -> Option<OrderId> {
    let Event::Waitlist(
        Waitlist::OfferAccepted { order }
        | Waitlist::OfferDeclined { order, .. }
        | Waitlist::OfferLapsed { order, .. },
    ) = event
    else {
        return None;
    };
    Some(*order)
}

/// The product an event renames, reprices or archives.
pub(crate) fn product(event: &Event) -> Option<ProductId> {
    let Event::Catalogue(
        Catalogue::ProductChanged { product, .. } | Catalogue::ProductArchived { product },
    ) = event
    else {
        return None;
    };
    Some(*product)
}

/// What an order's event does to stock (domain.md, "Stock of a variant").
pub(crate) fn moves(event: &Order) -> Vec<(VariantId, Moved)> {
    let of = |held: i64, committed: i64, on_hand: i64| {
        move |variant: VariantId, quantity: u32| {
            let n = i64::from(quantity);
            let moved = Moved {
                held: held * n,
                committed: committed * n,
                on_hand: on_hand * n,
                blocked: 0,
            };
            (variant, moved)
        }
    };
    let (how, units) = match event {
        // First paid, first served: nothing is held.
        Order::OrderPlaced { unheld: true, .. }
        | Order::LineAdded { unheld: true, .. }
        | Order::LineChanged { unheld: true, .. }
        | Order::LineRemoved { unheld: true, .. } => return Vec::new(),
        Order::OrderPlaced { lines, .. } => {
            let hold = of(1, 0, 0);
            return lines.iter().map(|line| hold(line.variant, line.quantity)).collect();
        }
        Order::LineAdded { line, .. } => return vec![of(1, 0, 0)(line.variant, line.quantity)],
        Order::LineChanged { variant, from, to, .. } => {
            let held = i64::from(*to) - i64::from(*from);
            return vec![(*variant, Moved { held, ..Moved::default() })];
        }
        Order::LineRemoved { units, .. } => {
            return vec![of(-1, 0, 0)(units.variant, units.quantity)];
        }
        Order::UnitsTaken { units, .. } | Order::OrderReopened { units, .. } => {
            (of(1, 0, 0), units)
        }
        Order::HoldExpired { units, .. } => (of(-1, 0, 0), units),
        Order::OrderCancelled { units, was_committed: false, .. } => (of(-1, 0, 0), units),
        Order::OrderCancelled { units, was_committed: true, .. } => (of(0, -1, 0), units),
        Order::OrderConfirmed { units, from_available: false, .. } => (of(-1, 1, 0), units),
        Order::OrderConfirmed { units, from_available: true, .. } => (of(0, 1, 0), units),
        Order::OrderHandedOver { units, .. } => (of(0, -1, -1), units),
        Order::OrderReturned { units, .. } => (of(0, 0, 1), units),
        // A swap replaces lines of an order whose units are free, just before they are committed.
        Order::OrderSwapped { .. }
        | Order::ChoiceAsked { .. }
        | Order::ChoiceMade { .. }
        | Order::ChoiceLapsed { .. }
        | Order::QuantityAsked { .. }
        | Order::DemandUnmet { .. }
        | Order::AddressGiven { .. }
        | Order::SlotChosen { .. }
        | Order::HoldLockedForPayment { .. }
        | Order::HoldUnlocked { .. }
        | Order::HoldExtended { .. }
        | Order::CancellationRequested { .. }
        | Order::CancellationRefused { .. }
        | Order::DeliveryFailed { .. }
        | Order::OrderClosed { .. } => return Vec::new(),
    };
    units.iter().map(|unit| how(unit.variant, unit.quantity)).collect()
}
