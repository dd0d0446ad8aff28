//! Money that goes back, and her wish to cancel what is paid.

use domain::message::{Message, RefundNote, Tap, Waiting};
use domain::text::Text;

use super::super::context::Context;
use super::super::pieces::{note, short};
use super::super::plan::Plan;
use super::{or_none, yes};

/// The vendor's own words are shown up to this length.
const OWN_WORDS_MOST: usize = 40;

pub(super) fn plan(message: &Message, ctx: &Context<'_>) -> Plan {
    let plan = Plan::new(message.key());
    match message {
        Message::RefundPromised { .. } => promised(message, plan, ctx),
        Message::RefundSent {
            order,
            amount,
            method,
            evidence,
        } => plan
            .hole("order", order.to_string())
            .hole("amount", ctx.money(*amount))
            .hole("method", own(method))
            .hole("evidence", own(evidence))
            .hole("shop", ctx.shop()),
        Message::CancellationAsked { order, until } => plan
            .hole("order", order.to_string())
            .hole("until", ctx.moment(*until))
            .hole("shop", ctx.shop()),
        Message::CancellationRefused { order, lapsed } => plan
            .hole("order", order.to_string())
            .hole("lapsed", yes(*lapsed))
            .hole("shop", ctx.shop())
            .tap(Tap::Purchases),
        _ => plan,
    }
}

fn own(words: &Text) -> String {
    or_none(Some(short(words.as_str(), OWN_WORDS_MOST)))
}

/// What becomes of the order decides what can be done next.
fn promised(message: &Message, plan: Plan, ctx: &Context<'_>) -> Plan {
    let Message::RefundPromised {
        order,
        amount,
        note: why,
        waits,
        automatic,
    } = message
    else {
        return plan;
    };
    let until = |waits: &Waiting| ctx.moment(waits.until);
    let due = waits.as_ref().map(|waits| ctx.money(waits.total));
    let plan = plan
        .hole("order", order.to_string())
        .hole("amount", ctx.money(*amount))
        .hole("note", note(*why))
        .hole("shop", ctx.shop())
        .hole("automatic", yes(*automatic))
        .hole("due", due.unwrap_or_default())
        .hole("until", waits.as_ref().map(until).unwrap_or_default());
    match (waits, why) {
        (Some(_), _) => plan
            .hole("next", "pay")
            .tap(Tap::Pay(*order))
            .tap(Tap::Cancel(*order)),
        // The order itself is paid, and stands.
        (None, RefundNote::SecondCharge | RefundNote::Surplus) => {
            plan.hole("next", "none").tap(Tap::Purchases)
        }
        (None, _) => plan.hole("next", "again").tap(Tap::Catalogue),
    }
}
