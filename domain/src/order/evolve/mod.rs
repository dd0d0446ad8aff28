//! What a fact about an order changes: its own phase, the stock, her list, the agenda.

mod ending;
mod holding;
mod late;

use chrono::{DateTime, Utc};

use crate::agenda::Due;
use crate::client;
use crate::conversation::notices;
use crate::shop::Shop;

use super::event::Event;
use super::state::{Fate, Phase};
use super::unmet;

pub(crate) use ending::{close, free_held, unpaid};
pub(crate) use holding::{Placed, place};

use ending::{confirm, fell, over};
use holding::{add, change, extend, lock, restart, take, unlock};

pub(crate) use late::honoured;

/// Applies it.
#[expect(
    clippy::too_many_lines,
    reason = "one arm per event: the contents of the room"
)]
pub(crate) fn evolve(shop: &mut Shop, event: &Event, at: DateTime<Utc>) {
    match event {
        Event::OrderPlaced {
            order,
            client,
            live,
            lines,
            total,
            deadline,
            terms,
            unheld,
        } => {
            let placed = Placed {
                order: *order,
                client: *client,
                live: *live,
                lines,
                total: *total,
                deadline: *deadline,
                terms: *terms,
                unheld: *unheld,
            };
            place(shop, &placed, at);
        }
        Event::LineAdded {
            order,
            line,
            total,
            deadline,
            unheld,
        } => {
            add(shop, *order, *line, *total, *unheld);
            restart(shop, *order, *deadline, at);
        }
        Event::LineChanged {
            order,
            variant,
            from,
            to,
            total,
            unheld,
        } => {
            change(shop, *order, *variant, (*from, *to), *unheld);
            if let Some(known) = shop.orders.open.get_mut(order) {
                known.total = *total;
            }
        }
        Event::LineRemoved {
            order,
            units,
            total,
            unheld,
        } => {
            let Some(known) = shop.orders.open.get_mut(order) else {
                return;
            };
            known.total = *total;
            known.lines.retain(|line| line.variant != units.variant);
            if !unheld {
                shop.catalogue.unhold(*units);
            }
        }
        Event::UnitsTaken {
            order,
            units,
            deadline,
            ..
        } => take(shop, *order, units, *deadline, at),
        Event::OrderReopened {
            order,
            units,
            deadline,
            ..
        } => {
            late::reopened(shop, *order, at);
            take(shop, *order, units, *deadline, at);
        }
        Event::OrderSwapped {
            order,
            lines,
            total,
        } => {
            if let Some(known) = shop.orders.open.get_mut(order) {
                known.lines.clone_from(lines);
                known.total = *total;
            }
        }
        Event::ChoiceAsked {
            order,
            options,
            until,
        } => late::ask(shop, *order, options, *until),
        Event::ChoiceMade { order, until, .. } => late::chosen(shop, *order, *until),
        Event::ChoiceLapsed { order } => late::chosen(shop, *order, None),
        Event::HoldLockedForPayment { order, until } => lock(shop, *order, *until),
        Event::HoldUnlocked { order, deadline } => unlock(shop, *order, *deadline, at),
        Event::HoldExtended {
            order,
            deadline,
            reason,
        } => {
            extend(shop, *order, *deadline, *reason);
        }
        Event::HoldExpired {
            order,
            client,
            units,
            attributable,
        } => {
            for units in units {
                shop.catalogue.unhold(*units);
            }
            if *attributable {
                client::count::lapsed(shop, *order, *client, at);
            }
            fell(shop, *order);
            over(shop, *order, None, *attributable, at);
        }
        Event::OrderCancelled {
            order,
            units,
            was_committed,
            by,
            ..
        } => {
            for units in units {
                if *was_committed {
                    shop.catalogue.uncommit(*units);
                } else {
                    shop.catalogue.unhold(*units);
                }
            }
            fell(shop, *order);
            over(shop, *order, Some(*by), false, at);
        }
        Event::OrderConfirmed {
            order,
            units,
            from_available,
            told_later,
            ..
        } => {
            confirm(shop, *order, units, *from_available, at);
            notices::paid(shop, *order, *told_later, at);
        }
        Event::OrderHandedOver { order, units } => {
            for units in units {
                shop.catalogue.uncommit(*units);
                shop.catalogue
                    .move_units(units.variant, i64::from(units.quantity).saturating_neg());
            }
            shop.agenda.clear(Due::Cancellation(*order));
            if let Some(known) = shop.orders.open.get_mut(order) {
                known.phase = Phase::HandedOver;
            }
        }
        Event::CancellationRequested { order, decide_by } => {
            shop.agenda.set(Due::Cancellation(*order), *decide_by);
        }
        Event::CancellationRefused { order, .. } => shop.agenda.clear(Due::Cancellation(*order)),
        Event::OrderReturned { units, .. } => {
            for units in units {
                shop.catalogue
                    .move_units(units.variant, i64::from(units.quantity));
            }
        }
        Event::DemandUnmet {
            client,
            live,
            variant,
            quantity,
            ..
        } => unmet::remember(shop, *live, ((*client, *variant), *quantity), at),
        Event::OrderClosed { order } => close(shop, *order, Fate::Done, at),
        // Told to people; no rule of this segment asks for them.
        Event::QuantityAsked { .. }
        | Event::AddressGiven { .. }
        | Event::SlotChosen { .. }
        | Event::DeliveryFailed { .. } => {}
    }
}
