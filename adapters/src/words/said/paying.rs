//! From the method to the receipt, and what can go wrong between them.

use domain::ids::OrderId;
use domain::message::{Message, Tap, Waiting};

use super::super::context::Context;
use super::super::pieces::{first_name, known};
use super::super::plan::Plan;
use super::super::time::receipt;
use super::{named, or_none, yes};

/// Lines of a receipt that has more to tell than its order.
const BESIDE_NEWS: usize = 3;

pub(super) fn plan(message: &Message, ctx: &Context<'_>) -> Plan {
    let plan = Plan::new(message.key());
    match message {
        Message::AskMethod {
            order,
            total,
            minutes,
        }
        | Message::PaymentFailed {
            order,
            total,
            minutes,
        } => plan
            .hole("total", ctx.money(*total))
            .hole("minutes", ctx.span(*minutes))
            .methods(*order),
        Message::PaymentLink {
            order,
            method,
            reference,
            total,
            minutes,
        } => {
            let base = ctx.pay_base.trim_end_matches('/');
            plan.hole("link", format!("{base}/pay/{reference}"))
                .hole("method", method.code())
                .hole("total", ctx.money(*total))
                .hole("minutes", ctx.span(*minutes))
                .tap(Tap::Change(*order))
        }
        Message::Paid { .. } => paid(message, ctx),
        Message::Underpaid { .. } => underpaid(message, ctx),
        Message::NotPaidYet { order, waits } => not_paid_yet(plan, *order, waits.as_ref(), ctx),
        Message::TakenBack { order, amount } => plan
            .hole("order", order.to_string())
            .hole("amount", ctx.money(*amount))
            .hole("shop", ctx.shop())
            .tap(Tap::Pay(*order)),
        Message::CheckingPayment { order } => plan.hole("order", order.to_string()),
        _ => plan,
    }
}

fn paid(message: &Message, ctx: &Context<'_>) -> Plan {
    let plan = Plan::new(message.key());
    let Message::Paid {
        order,
        lines,
        total,
        paid_at,
        known: who,
        badges,
        reached,
        surplus,
        late,
    } = message
    else {
        return plan;
    };
    let news = *late || surplus.is_some() || reached.is_some() || !badges.is_empty();
    let lines = if news {
        ctx.lines_up_to(lines, BESIDE_NEWS)
    } else {
        ctx.lines(lines)
    };
    plan.hole("name", first_name(ctx.name))
        .hole("lines", lines)
        .hole("total", ctx.money(*total))
        .hole("receipt", receipt(*paid_at, ctx.zone, *order))
        .hole("shop", ctx.shop())
        .hole("known", known(*who))
        .hole("purchases", who.purchases)
        .hole("badges", or_none(Some(ctx.badges(badges))))
        .hole("reached", or_none(reached.map(|tier| ctx.tier(tier))))
        .hole("surplus", or_none(surplus.map(|sum| ctx.money(sum))))
        .hole("late", yes(*late))
        .tap(Tap::Purchases)
}

/// What is owed after a reversal has no deadline any more; none is said.
fn underpaid(message: &Message, ctx: &Context<'_>) -> Plan {
    let plan = Plan::new(message.key());
    let Message::Underpaid {
        order,
        received,
        missing,
        until,
    } = message
    else {
        return plan;
    };
    let until = (*until > ctx.now).then(|| ctx.moment(*until));
    let plan = plan
        .hole("received", ctx.money(*received))
        .hole("missing", ctx.money(*missing))
        .hole("until", or_none(until));
    named(plan, Tap::Pay(*order), "complete").tap(Tap::Cancel(*order))
}

fn not_paid_yet(plan: Plan, order: OrderId, waits: Option<&Waiting>, ctx: &Context<'_>) -> Plan {
    let until = or_none(waits.map(|waits| ctx.moment(waits.until)));
    let due = or_none(waits.map(|waits| ctx.money(waits.total)));
    let plan = plan
        .hole("order", order.to_string())
        .hole("until", until)
        .hole("due", due)
        .hole("shop", ctx.shop());
    if waits.is_some() {
        plan.tap(Tap::Pay(order))
    } else {
        plan
    }
}
