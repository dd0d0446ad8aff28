//! A cart from its first word to its end, as long as no money came.

use domain::message::{LineShown, Message, Tap};
use domain::money::Amount;

use super::super::context::Context;
use super::super::pieces::{first_name, known, scarcity};
use super::super::plan::Plan;
use super::{named, yes};

/// Lines shown of each part, where a message shows two parts of a cart.
const PART_SHOWN: usize = 3;

pub(super) fn plan(message: &Message, ctx: &Context<'_>) -> Plan {
    match message {
        Message::Held { .. } => held(message, ctx),
        Message::FirstPaid { .. } => first_paid(message, ctx),
        Message::LiveOver { .. } => live_over(message, ctx),
        Message::Released { .. } => released(message, ctx),
        Message::Reminder {
            order,
            total,
            minutes,
        } => Plan::new(message.key())
            .hole("name", first_name(ctx.name))
            .hole("total", ctx.money(*total))
            .hole("minutes", ctx.span(*minutes))
            .tap(Tap::Pay(*order))
            .tap(Tap::Cancel(*order)),
        _ => over(message, ctx),
    }
}

fn held(message: &Message, ctx: &Context<'_>) -> Plan {
    let plan = Plan::new(message.key());
    let Message::Held {
        order,
        lines,
        total,
        deadline,
        minutes,
        left,
        scarcity: rest,
        known: who,
        changed,
        waits,
    } = message
    else {
        return plan;
    };
    let greeted = if *changed { "changed" } else { known(*who) };
    plan.hole("name", first_name(ctx.name))
        .hole("known", greeted)
        .hole("purchases", who.purchases)
        .hole("shop", ctx.shop())
        .hole("lines", ctx.lines(lines))
        .hole("total", ctx.money(*total))
        .hole("scarcity", scarcity(*rest))
        .hole("left", *left)
        .hole("minutes", ctx.span(*minutes))
        .hole("until", ctx.moment(*deadline))
        .hole("waits", ctx.waits(waits))
        .tap(Tap::Pay(*order))
        .tap(Tap::Cancel(*order))
}

fn first_paid(message: &Message, ctx: &Context<'_>) -> Plan {
    let plan = Plan::new(message.key());
    let Message::FirstPaid {
        order,
        lines,
        total,
        left,
        minutes,
        waits,
    } = message
    else {
        return plan;
    };
    plan.hole("lines", ctx.lines(lines))
        .hole("total", ctx.money(*total))
        .hole("left", *left)
        .hole("minutes", ctx.span(*minutes))
        .hole("waits", ctx.waits(waits))
        .tap(Tap::Pay(*order))
        .tap(Tap::Cancel(*order))
}

fn live_over(message: &Message, ctx: &Context<'_>) -> Plan {
    let plan = Plan::new(message.key());
    let Message::LiveOver {
        line,
        variant,
        left,
    } = message
    else {
        return plan;
    };
    let take = Tap::Take(*variant, line.quantity);
    let plan = plan
        .hole("lines", ctx.lines(std::slice::from_ref(line)))
        .hole("total", ctx.money(line.amount))
        .hole("left", *left);
    named(plan, take, "want").tap(Tap::Catalogue)
}

/// There were fewer than thought. What is left of the cart waits for its payment as before.
fn released(message: &Message, ctx: &Context<'_>) -> Plan {
    let plan = Plan::new(message.key());
    let Message::Released { order, lines, kept } = message else {
        return plan;
    };
    let plan = plan
        .hole("shop", ctx.shop())
        .hole("lines", ctx.lines_up_to(lines, PART_SHOWN))
        .hole("kept", ctx.lines_up_to(kept, PART_SHOWN))
        .hole("rest", yes(!kept.is_empty()))
        .hole("total", ctx.money(sum(kept)));
    if kept.is_empty() {
        plan.tap(Tap::Catalogue)
    } else {
        plan.tap(Tap::Pay(*order)).tap(Tap::Cancel(*order))
    }
}

fn sum(lines: &[LineShown]) -> Amount {
    let add = |sum: i64, line: &LineShown| sum.saturating_add(line.amount.0);
    Amount(lines.iter().fold(0, add))
}

/// An order is over.
fn over(message: &Message, ctx: &Context<'_>) -> Plan {
    let plan = Plan::new(message.key());
    match message {
        Message::Expired { lines, again, .. } => {
            let plan = plan
                .hole("lines", ctx.lines(lines))
                .hole("again", yes(again.is_some()));
            match again {
                Some((variant, quantity)) => plan.tap(Tap::Take(*variant, *quantity)),
                None => plan.tap(Tap::Catalogue),
            }
        }
        Message::CancelledByVendor { lines, .. } => plan
            .hole("lines", ctx.lines(lines))
            .hole("shop", ctx.shop())
            .tap(Tap::Catalogue),
        Message::Cancelled { lines, .. } => {
            plan.hole("lines", ctx.lines(lines)).tap(Tap::Catalogue)
        }
        _ => plan,
    }
}
