//! Ending an order before its time.

use crate::ids::OrderId;
use crate::message::{Message, RefundNote};
use crate::payment;
use crate::payment::event::RefundReason;
use crate::reactions::{to_client, to_vendor};
use crate::rejection::Rejection;
use crate::story::Story;

use super::decide::standing;
use super::event::CancelledBy;
use super::{Event, Order, Phase};

/// Cancels an order. What is paid can be given up by the vendor only; the money is due back.
pub(crate) fn cancel(
    story: &mut Story<'_>,
    order: OrderId,
    by: CancelledBy,
) -> Result<(), Rejection> {
    let known = standing(story.shop, order)?;
    let paid = match (known.phase, by) {
        (Phase::Offered | Phase::Held | Phase::Paying, _) => false,
        (Phase::Confirmed, CancelledBy::Vendor) => true,
        (Phase::Confirmed, CancelledBy::Client) | (Phase::HandedOver, _) => {
            return Err(Rejection::OrderPaid { order });
        }
    };
    let known = known.clone();
    let lines = to_client::lines(story, &known.lines);
    let units = known.units();
    story.fact(Event::OrderCancelled {
        order,
        by,
        units,
        was_committed: paid,
    });
    if paid && give_back(story, order, &known) {
        return Ok(());
    }
    let message = match by {
        CancelledBy::Client => Message::Cancelled { order, lines },
        CancelledBy::Vendor => Message::CancelledByVendor { order, lines },
    };
    to_client::say(story, known.client, message);
    Ok(())
}

/// The money of a paid order goes back; that is what she is told.
fn give_back(story: &mut Story<'_>, order: OrderId, known: &Order) -> bool {
    let Some(paid) = known.paid else { return false };
    let (attempt, amount) = (paid.attempt, paid.amount);
    let reason = RefundReason::VendorCancelled;
    story.fact(payment::Event::RefundDue {
        order,
        attempt,
        amount,
        reason,
    });
    let note = RefundNote::VendorCancelled;
    let message = to_client::refund(story, order, amount, note);
    to_client::say(story, known.client, message);
    to_vendor::refund_due(story, order, amount, note);
    true
}
