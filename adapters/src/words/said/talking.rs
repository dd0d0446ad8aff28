//! She looks around, asks, or only talks.

use domain::message::{Message, ProductShown, Tap, WhyShown};

use super::super::context::Context;
use super::super::pieces::{example, known};
use super::super::plan::Plan;
use super::{or_none, yes};

/// Rows of a WhatsApp list.
const ROWS_MOST: usize = 10;

pub(super) fn plan(message: &Message, ctx: &Context<'_>) -> Plan {
    let plan = Plan::new(message.key());
    match message {
        Message::Catalogue {
            products,
            more,
            live,
        } => catalogue(plan, products, ctx)
            .hole("more", yes(*more))
            .hole("live", yes(*live)),
        Message::Purchases {
            orders,
            count,
            known: who,
        } => plan
            .hole("count", *count)
            .hole("orders", ctx.purchases(orders))
            .hole("shop", ctx.shop())
            .hole("known", known(*who))
            .tap(Tap::Catalogue),
        Message::Help {
            example: word,
            open,
        } => plan
            .hole("shop", ctx.shop())
            .hole("example", example(word.as_ref()))
            .hole("open", yes(*open))
            .tap(Tap::Catalogue)
            .tap(Tap::Purchases),
        Message::Why { .. } => why(message, ctx),
        Message::Hint { example: word } => plan
            .hole("shop", ctx.shop())
            .hole("example", example(word.as_ref()))
            .tap(Tap::Catalogue),
        Message::PleaseWrite { example: word } => plan
            .hole("example", example(word.as_ref()))
            .tap(Tap::Catalogue),
        Message::StyleChanged { simple } => {
            plan.hole("style", if *simple { "simple" } else { "normal" })
        }
        _ => plan,
    }
}

fn catalogue(plan: Plan, products: &[ProductShown], ctx: &Context<'_>) -> Plan {
    let shown = products.iter().take(ROWS_MOST);
    let rows: Vec<_> = shown.map(|product| ctx.row(product)).collect();
    let plan = plan.hole("shop", ctx.shop()).hole("count", rows.len());
    if rows.is_empty() {
        plan.tap(Tap::Help)
    } else {
        plan.rows("open", rows)
    }
}

/// Her score line by line, what it does, and the way back from whatever restricts her.
fn why(message: &Message, ctx: &Context<'_>) -> Plan {
    let plan = Plan::new(message.key());
    let Message::Why(WhyShown {
        score,
        minutes,
        tier,
        reasons,
        overridden,
        flagged,
        first_paid,
        way_back,
        seller,
        blocked,
    }) = message
    else {
        return plan;
    };
    // A judgement of the vendor's own lifts the flag's effects (domain.md, Trust).
    let doubted = *flagged && !*overridden;
    let holds = match (blocked, first_paid) {
        (true, _) => "blocked",
        (false, true) => "unheld",
        (false, false) => "held",
    };
    // Paid orders are no way back for her whose orders are not taken.
    let way = match way_back {
        _ if *seller => "seller",
        Some(_) => "orders",
        None => "none",
    };
    plan.hole("shop", ctx.shop())
        .hole("score", u32::from(*score))
        .hole("tier", ctx.tier(*tier))
        .hole("reasons", or_none(Some(ctx.reasons(reasons))))
        .hole("overridden", yes(*overridden))
        .hole("flagged", yes(doubted))
        .hole("holds", holds)
        .hole("minutes", ctx.span(*minutes))
        .hole("way", way)
        .hole("back", way_back.unwrap_or(0))
}
