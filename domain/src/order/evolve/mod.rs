//! What a fact about an order changes: its own phase, the stock, her list, the agenda.

mod ending;
mod holding;

use chrono::{DateTime, Utc};

use crate::shop::Shop;

use super::event::{Event, Units};
use super::state::{Fate, Phase};

pub(crate) use ending::{close, free_held};
pub(crate) use holding::{Placed, place};

use ending::{confirm, fell};
use holding::{add, extend, lock, restart, unlock};

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
        } => {
            let placed = Placed {
                order: *order,
                client: *client,
                live: *live,
                lines,
                total: *total,
                deadline: *deadline,
                terms: *terms,
            };
            place(shop, &placed, at);
        }
        Event::LineAdded {
            order,
            line,
            total,
            deadline,
        } => {
            add(shop, *order, *line, *total);
            restart(shop, *order, *deadline, at);
        }
        Event::LineChanged {
            order,
            variant,
            from,
            to,
            total,
        } => {
            let Some(known) = shop.orders.open.get_mut(order) else {
                return;
            };
            known.total = *total;
            for line in known
                .lines
                .iter_mut()
                .filter(|line| line.variant == *variant)
            {
                line.quantity = *to;
            }
            shop.catalogue.unhold(Units {
                variant: *variant,
                quantity: *from,
            });
            shop.catalogue.hold(Units {
                variant: *variant,
                quantity: *to,
            });
        }
        Event::LineRemoved {
            order,
            units,
            total,
        } => {
            let Some(known) = shop.orders.open.get_mut(order) else {
                return;
            };
            known.total = *total;
            known.lines.retain(|line| line.variant != units.variant);
            shop.catalogue.unhold(*units);
        }
        Event::HoldLockedForPayment { order, until } => lock(shop, *order, *until),
        Event::HoldUnlocked { order, deadline } => unlock(shop, *order, *deadline, at),
        Event::HoldExtended {
            order,
            deadline,
            reason,
        } => {
            extend(shop, *order, *deadline, *reason);
        }
        Event::HoldExpired { order, units, .. } => {
            for units in units {
                shop.catalogue.unhold(*units);
            }
            fell(shop, *order);
            close(shop, *order, Fate::Expired, at);
        }
        Event::OrderCancelled {
            order,
            units,
            was_committed,
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
            close(shop, *order, Fate::Cancelled, at);
        }
        Event::OrderConfirmed {
            order,
            units,
            from_available,
            ..
        } => {
            confirm(shop, *order, units, *from_available, at);
        }
        Event::OrderHandedOver { order, units } => {
            for units in units {
                shop.catalogue.uncommit(*units);
                shop.catalogue
                    .move_units(units.variant, i64::from(units.quantity).saturating_neg());
            }
            if let Some(known) = shop.orders.open.get_mut(order) {
                known.phase = Phase::HandedOver;
            }
        }
        Event::OrderReturned { units, .. } => {
            for units in units {
                shop.catalogue
                    .move_units(units.variant, i64::from(units.quantity));
            }
        }
        Event::OrderClosed { order } => close(shop, *order, Fate::Done, at),
        // Told to people; no rule of this segment asks for them.
        Event::QuantityAsked { .. }
        | Event::AddressGiven { .. }
        | Event::SlotChosen { .. }
        | Event::CancellationRequested { .. }
        | Event::DeliveryFailed { .. } => {}
    }
}
