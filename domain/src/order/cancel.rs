//! Ending an order before its time: her wish, the vendor's, or her wish about what is paid, which
//! the vendor decides.

use crate::command::Answer;
use crate::ids::OrderId;
use crate::message::Message;
use crate::payment::event::RefundReason;
use crate::payment::refund::{Back, owe_all, owe_spare, promise};
use crate::policy::Rule;
use crate::reactions::{to_client, to_vendor};
use crate::rejection::Rejection;
use crate::story::Story;
use crate::time::after;
use crate::waitlist::{self, answer};

use super::decide::standing;
use super::event::{CancelReason, CancelledBy};
use super::{Event, Order, Phase};

/// Cancels an order. What is paid the vendor can give up, and the money is due back; a client's
/// wish to do so is put to the vendor.
pub(crate) fn cancel(
    story: &mut Story<'_>,
    order: OrderId,
    by: CancelledBy,
) -> Result<(), Rejection> {
    let known = standing(story.shop, order)?;
    match (known.phase, by) {
        (Phase::Offered, CancelledBy::Client) => answer::decline(story, order),
        (Phase::Offered, CancelledBy::Vendor) => {
            answer::withdraw(story, order);
            end(story, order, by, None);
        }
        (Phase::Wished | Phase::Held | Phase::Paying | Phase::Owed, _)
        | (Phase::Confirmed, CancelledBy::Vendor) => end(story, order, by, None),
        (Phase::Confirmed, CancelledBy::Client) => request(story, order),
        (Phase::HandedOver, _) => return Err(Rejection::OrderPaid { order }),
    }
    Ok(())
}

/// It is over, and whatever was paid for it goes back.
pub(super) fn end(
    story: &mut Story<'_>,
    order: OrderId,
    by: CancelledBy,
    reason: Option<CancelReason>,
) {
    let Some(known) = story.shop.orders.open.get(&order) else {
        return;
    };
    let known = known.clone();
    let lines = to_client::lines(story, &known.lines);
    let was_committed = matches!(known.phase, Phase::Confirmed | Phase::Owed);
    let units = if was_committed {
        known.units()
    } else {
        known.held_units()
    };
    story.fact(Event::OrderCancelled {
        order,
        by,
        units,
        was_committed,
        reason,
    });
    if reason != Some(CancelReason::StockLowered) {
        waitlist::decide::settled(story, known.client, &known.lines);
    }
    if let Some(back) = give_back(story, order, &known) {
        return promise(story, order, back);
    }
    let message = match (by, reason) {
        (_, Some(CancelReason::StockLowered)) => Message::Released {
            order,
            lines,
            kept: Vec::new(),
        },
        (CancelledBy::Client, _) => Message::Cancelled { order, lines },
        (CancelledBy::Vendor, _) => Message::CancelledByVendor { order, lines },
    };
    to_client::say(story, known.client, message);
}

/// The money of an order that is over goes back: what had paid it, or a part that had come.
fn give_back(story: &mut Story<'_>, order: OrderId, known: &Order) -> Option<Back> {
    if let Some(paid) = &known.paid {
        return owe_all(story, order, &paid.parts, RefundReason::VendorCancelled);
    }
    owe_spare(story, order, RefundReason::Cancelled)
}

/// She would like to cancel what is paid: the vendor decides, and the order stands if she does not.
fn request(story: &mut Story<'_>, order: OrderId) {
    use crate::agenda::Due;
    let asked = story.shop.agenda.at(Due::Cancellation(order));
    let until = asked.unwrap_or_else(|| {
        let hours = story.shop.policy.hours(Rule::CancellationHours);
        let decide_by = after(story.now, hours);
        story.fact(Event::CancellationRequested { order, decide_by });
        decide_by
    });
    if asked.is_none() {
        to_vendor::cancellation_asked(story, order, until);
    }
    tell(story, order, Message::CancellationAsked { order, until });
}

/// The vendor decides it.
pub(crate) fn decide(
    story: &mut Story<'_>,
    order: OrderId,
    granted: bool,
) -> Result<Answer, Rejection> {
    use crate::agenda::Due;
    let known = standing(story.shop, order).map(|_order| ());
    if story.shop.agenda.at(Due::Cancellation(order)).is_none() {
        // Decided, or never asked; a number that is no order stays unknown.
        return Err(match known {
            Err(Rejection::OrderUnknown) => Rejection::OrderUnknown,
            _ => Rejection::NoRequest { order },
        });
    }
    known?;
    if granted {
        let reason = Some(CancelReason::Requested);
        end(story, order, CancelledBy::Vendor, reason);
    } else {
        refuse(story, order, false);
    }
    Ok(super::decide::about(order))
}

/// Nobody decided in time: the order stands.
pub(crate) fn lapse(story: &mut Story<'_>, order: OrderId) {
    refuse(story, order, true);
}

fn refuse(story: &mut Story<'_>, order: OrderId, lapsed: bool) {
    story.fact(Event::CancellationRefused { order, lapsed });
    tell(story, order, Message::CancellationRefused { order, lapsed });
}

fn tell(story: &mut Story<'_>, order: OrderId, message: Message) {
    if let Some(client) = story.shop.orders.client(order) {
        to_client::say(story, client, message);
    }
}
