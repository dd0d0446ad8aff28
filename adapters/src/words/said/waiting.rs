//! What is sold out, and the turn that comes.

use domain::message::{LineShown, Message, Tap, WaitShown};

use super::super::context::Context;
use super::super::pieces::{first_name, item};
use super::super::plan::Plan;
use super::{named, or_none, yes};

pub(super) fn plan(message: &Message, ctx: &Context<'_>) -> Plan {
    let plan = Plan::new(message.key());
    match message {
        Message::WaitlistJoined(waits) => joined(plan, waits, ctx),
        Message::Offer { .. } => offer(message, ctx),
        Message::OfferDeclined { lines, waits } => declined(plan, lines, waits.as_ref(), ctx),
        Message::OfferLapsed {
            lines,
            variant,
            quantity,
        } => plan
            .hole("lines", ctx.lines(lines))
            .tap(Tap::Wait(*variant, *quantity)),
        Message::WaitlistLeft { product } => plan
            .hole("item", item(&product.name, &product.keyword))
            .tap(Tap::Catalogue),
        Message::WaitlistClosed { products } => plan
            .hole("lines", ctx.products(products))
            .hole("shop", ctx.shop())
            .tap(Tap::Catalogue),
        Message::UnitFree {
            line,
            variant,
            left,
        } => {
            let take = Tap::Take(*variant, line.quantity);
            let plan = plan
                .hole("lines", ctx.lines(std::slice::from_ref(line)))
                .hole("total", ctx.money(line.amount))
                .hole("left", *left);
            named(plan, take, "want")
        }
        _ => plan,
    }
}

fn joined(plan: Plan, waits: &[WaitShown], ctx: &Context<'_>) -> Plan {
    let Some((waits, others)) = waits.split_first() else {
        return plan;
    };
    let line = LineShown {
        keyword: waits.product.keyword.clone(),
        name: waits.product.name.clone(),
        label: waits.label.clone(),
        quantity: waits.quantity,
        amount: waits.product.price,
    };
    plan.hole("lines", ctx.lines(std::slice::from_ref(&line)))
        .hole("position", waits.position)
        .hole("others", ctx.waits(others))
        .tap(Tap::Leave(waits.variant))
        .tap(Tap::Catalogue)
}

fn offer(message: &Message, ctx: &Context<'_>) -> Plan {
    let plan = Plan::new(message.key());
    let Message::Offer {
        order,
        lines,
        total,
        wanted,
        deadline,
        minutes,
    } = message
    else {
        return plan;
    };
    let offered = lines
        .iter()
        .fold(0_u32, |sum, line| sum.saturating_add(line.quantity));
    let plan = plan
        .hole("name", first_name(ctx.name))
        .hole("lines", ctx.lines(lines))
        .hole("total", ctx.money(*total))
        .hole("part", yes(offered < *wanted))
        .hole("wanted", *wanted)
        .hole("minutes", ctx.span(*minutes))
        .hole("until", ctx.moment(*deadline))
        .tap(Tap::Pay(*order));
    named(plan, Tap::Cancel(*order), "decline")
}

fn declined(plan: Plan, lines: &[LineShown], waits: Option<&WaitShown>, ctx: &Context<'_>) -> Plan {
    let place = waits.map(|waits| ctx.waits(std::slice::from_ref(waits)));
    let plan = plan
        .hole("lines", ctx.lines(lines))
        .hole("waits", or_none(place));
    match waits {
        Some(waits) => plan.tap(Tap::Leave(waits.variant)).tap(Tap::Catalogue),
        None => plan.tap(Tap::Catalogue),
    }
}
