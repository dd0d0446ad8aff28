//! What the vendor is told, on every phone she bound.

use chrono::{DateTime, Utc};

use crate::action::{Action, Class};
use crate::ids::{ContactId, OrderId, RefundId};
use crate::message::{Message, ToVendor};
use crate::money::Amount;
use crate::order::Phase;
use crate::payment::refund::Back;
use crate::policy::Rule;
use crate::story::Story;
use crate::text::Text;
use crate::time::after;

use super::to_client::lines;

pub(crate) mod live;
pub(crate) mod notice;

#[cfg(test)]
mod spec;

fn tell(story: &mut Story<'_>, message: &ToVendor) {
    for vendor in story.shop.vendors.clone() {
        story.promise(Action::Say {
            to: vendor.contact,
            language: vendor.language,
            simple: false,
            class: Class::Vendor,
            not_after: None,
            message: Message::Vendor(message.clone()),
        });
    }
}

fn about(story: &Story<'_>, order: OrderId) -> Option<ContactId> {
    let client = story.shop.orders.client(order)?;
    story.shop.clients.get(client).map(|known| known.contact)
}

/// Money has to go back.
pub(crate) fn refund_due(story: &mut Story<'_>, order: OrderId, back: Back) {
    let Some(about) = about(story, order) else {
        return;
    };
    let until = after(story.now, story.shop.policy.hours(Rule::RefundHours));
    tell(
        story,
        &ToVendor::RefundDue {
            about,
            order,
            amount: back.amount,
            note: back.note,
            automatic: back.automatic,
            until: Some(until),
        },
    );
}

/// A refund did not work, or nobody took care of it in time.
pub(crate) fn refund_late(story: &mut Story<'_>, refund: RefundId, reason: &Text) {
    let Some(item) = story.shop.payments.refunds.get(&refund) else {
        return;
    };
    let (order, amount) = (item.order, item.amount);
    let Some(about) = about(story, order) else {
        return;
    };
    let reason = reason.clone();
    tell(
        story,
        &ToVendor::RefundLate {
            about,
            order,
            amount,
            reason,
        },
    );
}

/// The operator took the money of an order back.
pub(crate) fn reversed(story: &mut Story<'_>, order: OrderId, amount: Amount) {
    let Some(about) = about(story, order) else {
        return;
    };
    let open = story.shop.orders.open.get(&order);
    let handed_over = open.is_none_or(|known| known.phase == Phase::HandedOver);
    let lines = open.map_or_else(Vec::new, |known| lines(story, &known.lines));
    tell(
        story,
        &ToVendor::Reversed {
            about,
            order,
            amount,
            lines,
            handed_over,
        },
    );
}

/// She would like to cancel what is paid.
pub(crate) fn cancellation_asked(story: &mut Story<'_>, order: OrderId, until: DateTime<Utc>) {
    let (Some(about), Some(known)) = (about(story, order), story.shop.orders.open.get(&order))
    else {
        return;
    };
    let message = ToVendor::CancellationAsked {
        about,
        order,
        lines: lines(story, &known.lines),
        total: known.total,
        until,
    };
    tell(story, &message);
}
