//! Her money came when the order was over: what shall become of it.

use domain::ids::OrderId;
use domain::message::{Message, SwapShown, Tap};
use domain::money::Amount;
use domain::order::event::Choice;

use super::super::context::Context;
use super::super::plan::Plan;
use super::or_none;

/// Lines shown above the choices; each choice takes a line of its own.
const LINES_SHOWN: usize = 3;
const OFFERS_MOST: usize = 10;

pub(super) fn plan(message: &Message, ctx: &Context<'_>) -> Plan {
    match message {
        Message::AskChoice { .. } => ask_choice(message, ctx),
        Message::AskSwap {
            order,
            amount,
            offers,
        } => ask_swap(Plan::new(message.key()), *order, *amount, offers, ctx),
        Message::WaitsForUnits {
            order,
            lines,
            until,
        } => Plan::new(message.key())
            .hole("lines", ctx.lines(lines))
            .hole("until", ctx.moment(*until))
            // Who waits may still change her mind.
            .tap(Tap::Choose(*order, Choice::Swap))
            .tap(Tap::Choose(*order, Choice::Refund)),
        _ => Plan::new(message.key()),
    }
}

fn ask_choice(message: &Message, ctx: &Context<'_>) -> Plan {
    let plan = Plan::new(message.key());
    let Message::AskChoice {
        order,
        lines,
        amount,
        missing,
        cancelled,
        options,
        until,
    } = message
    else {
        return plan;
    };
    let why = match (missing, cancelled) {
        (Some(_), _) => "short",
        (None, true) => "cancelled",
        (None, false) => "late",
    };
    let plan = plan
        .hole("why", why)
        .hole("lines", ctx.lines_up_to(lines, LINES_SHOWN))
        .hole("amount", ctx.money(*amount))
        .hole("missing", or_none(missing.map(|sum| ctx.money(sum))))
        .hole("options", ctx.options(options))
        .hole("until", ctx.moment(*until));
    let options = options.iter().take(3);
    options.fold(plan, |plan, option| plan.tap(Tap::Choose(*order, *option)))
}

/// A list of what there is; with nothing in it, what else she may choose.
fn ask_swap(
    plan: Plan,
    order: OrderId,
    amount: Amount,
    offers: &[SwapShown],
    ctx: &Context<'_>,
) -> Plan {
    let shown = offers.iter().take(OFFERS_MOST);
    let rows: Vec<_> = shown.map(|offer| ctx.swap_row(order, offer)).collect();
    let plan = plan
        .hole("amount", ctx.money(amount))
        .hole("count", rows.len());
    if rows.is_empty() {
        plan.tap(Tap::Choose(order, Choice::Wait))
            .tap(Tap::Choose(order, Choice::Refund))
    } else {
        plan.rows("open", rows)
    }
}
