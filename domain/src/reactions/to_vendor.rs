//! What the vendor is told, on every phone she bound.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::action::{Action, Class};
use crate::ids::{ContactId, OrderId, RefundId};
use crate::message::{Message, ProductShown, ToVendor};
use crate::money::Amount;
use crate::order::Phase;
use crate::payment::refund::Back;
use crate::policy::Rule;
use crate::story::Story;
use crate::text::Text;
use crate::time::after;

use super::to_client::lines;

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

/// Money came for an order.
pub(crate) fn paid(story: &mut Story<'_>, order: OrderId) {
    let (Some(about), Some(known)) = (about(story, order), story.shop.orders.open.get(&order))
    else {
        return;
    };
    let live = known
        .live
        .and_then(|live| story.shop.live.sessions.get(&live));
    let (paid, collected) = live.map_or_else(
        || (story.shop.today.paid, story.shop.today.collected),
        |session| (session.paid, session.collected),
    );
    let message = ToVendor::Paid {
        about,
        order,
        lines: lines(story, &known.lines),
        total: known.total,
        paid,
        collected,
        low: low(story, order),
    };
    tell(story, &message);
}

/// The products of an order that run low.
fn low(story: &Story<'_>, order: OrderId) -> Vec<ProductShown> {
    let Some(known) = story.shop.orders.open.get(&order) else {
        return Vec::new();
    };
    let products: BTreeSet<_> = known.lines.iter().map(|line| line.product).collect();
    let least = story.shop.policy.count(Rule::LowStock);
    let shown = products
        .into_iter()
        .filter_map(|id| story.shop.catalogue.shown(id));
    shown.filter(|product| product.left <= least).collect()
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
