//! To the vendor: what happened, what to do, by when.

use domain::ids::{ContactId, OrderId};
use domain::message::{Tap, ToVendor};
use domain::money::Amount;
use domain::text::Text;

use super::super::context::Context;
use super::super::pieces::{note, short};
use super::super::plan::Plan;
use super::{live, or_none, yes};

/// What a provider says of a refund is shown up to this length.
const REASON_MOST: usize = 80;

pub(super) fn plan(message: &ToVendor, key: &'static str, ctx: &Context<'_>) -> Plan {
    let plan = Plan::new(key);
    match message {
        ToVendor::Paid { .. } => paid(plan, message, ctx),
        ToVendor::PaidMany {
            count,
            amount,
            orders,
            paid,
            collected,
            low,
        } => plan
            .hole("count", *count)
            .hole("amount", ctx.money(*amount))
            .hole("orders", ctx.payments(orders, *count))
            .hole("paid", *paid)
            .hole("collected", ctx.money(*collected))
            .hole("low", ctx.low(low)),
        ToVendor::StockLow { products } => plan.hole("products", ctx.low_lines(products)),
        ToVendor::LiveClosedItself { .. }
        | ToVendor::LiveReopened { .. }
        | ToVendor::LiveSummary { .. } => live::plan(message, plan, ctx),
        ToVendor::RefundDue {
            about: whom,
            order,
            amount,
            note: why,
            automatic,
            until,
        } => about(plan, *whom, (*order, *amount), ctx)
            .hole("note", note(*why))
            .hole("automatic", yes(*automatic))
            .hole("until", or_none(until.map(|until| ctx.moment(until)))),
        ToVendor::RefundLate {
            about: whom,
            order,
            amount,
            reason,
        } => about(plan, *whom, (*order, *amount), ctx).hole("reason", own(reason)),
        ToVendor::Reversed {
            about: whom,
            order,
            amount,
            lines,
            handed_over,
        } => about(plan, *whom, (*order, *amount), ctx)
            .hole("lines", or_none(Some(ctx.lines(lines))))
            .hole("handed", yes(*handed_over)),
        ToVendor::CancellationAsked {
            about: whom,
            order,
            lines,
            total,
            until,
        } => about(plan, *whom, (*order, *total), ctx)
            .hole("lines", ctx.lines(lines))
            .hole("until", ctx.moment(*until))
            .tap(Tap::Grant(*order))
            .tap(Tap::Deny(*order)),
        ToVendor::Decided { order, granted } => plan
            .hole("order", order.to_string())
            .hole("granted", yes(*granted)),
    }
}

fn own(words: &Text) -> String {
    or_none(Some(short(words.as_str(), REASON_MOST)))
}

/// Whose order, and how much of money.
fn about(
    plan: Plan,
    whom: ContactId,
    (order, amount): (OrderId, Amount),
    ctx: &Context<'_>,
) -> Plan {
    plan.hole("about", ctx.about(whom))
        .hole("order", order.to_string())
        .hole("amount", ctx.money(amount))
}

fn paid(plan: Plan, message: &ToVendor, ctx: &Context<'_>) -> Plan {
    let ToVendor::Paid {
        about,
        order,
        lines,
        total,
        paid,
        collected,
        low,
    } = message
    else {
        return plan;
    };
    plan.hole("about", ctx.about(*about))
        .hole("order", order.to_string())
        .hole("lines", or_none(Some(ctx.lines(lines))))
        .hole("total", ctx.money(*total))
        .hole("paid", *paid)
        .hole("collected", ctx.money(*collected))
        .hole("low", ctx.low(low))
}
