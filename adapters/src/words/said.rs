//! What each message needs. One arm per message.

use domain::message::{Message, RefundNote, Tap, Waiting};

use super::context::Context;
use super::pieces::{example, first_name, known, note, scarcity};
use super::plan::{Label, Plan};
use super::refused::refused;
use super::time::{clock, receipt};

/// The plan of a message.
pub(super) fn plan(message: &Message, ctx: &Context<'_>) -> Plan {
    match message {
        Message::Held { .. } => held(message, ctx),
        Message::AskMethod {
            order,
            total,
            minutes,
        }
        | Message::PaymentFailed {
            order,
            total,
            minutes,
        } => Plan::new(message.key())
            .hole("total", ctx.money(*total))
            .hole("minutes", ctx.span(*minutes))
            .methods(*order),
        Message::LiveOver { .. } => live_over(message, ctx),
        Message::LinkComing { .. } | Message::Stopped | Message::LanguageChanged => {
            Plan::new(message.key())
        }
        Message::PaymentLink {
            order,
            method,
            reference,
            total,
            minutes,
        } => {
            let base = ctx.pay_base.trim_end_matches('/');
            Plan::new(message.key())
                .hole("link", format!("{base}/pay/{reference}"))
                .hole("method", method.code())
                .hole("total", ctx.money(*total))
                .hole("minutes", ctx.span(*minutes))
                .tap(Tap::Change(*order))
        }
        Message::Paid { .. } => paid(message, ctx),
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
        Message::Expired { .. }
        | Message::Cancelled { .. }
        | Message::CancelledByVendor { .. }
        | Message::RefundPromised { .. } => over(message, ctx),
        Message::Catalogue { .. }
        | Message::Purchases { .. }
        | Message::Help { .. }
        | Message::Why { .. }
        | Message::Hint { .. }
        | Message::PleaseWrite { .. } => talk(message, ctx),
        Message::StyleChanged { simple } => {
            Plan::new(message.key()).hole("style", if *simple { "simple" } else { "normal" })
        }
        Message::Refused(rejection) => refused(rejection, ctx),
        Message::VendorPaid { .. } | Message::VendorRefundDue { .. } => vendor(message, ctx),
        Message::FirstPaid { .. }
        | Message::Underpaid { .. }
        | Message::AskChoice { .. }
        | Message::AskSwap { .. }
        | Message::WaitsForUnits { .. }
        | Message::CheckingPayment { .. }
        | Message::NotPaidYet { .. }
        | Message::TakenBack { .. }
        | Message::CancellationAsked { .. }
        | Message::CancellationRefused { .. }
        | Message::Released { .. }
        | Message::WaitlistJoined(_)
        | Message::Offer { .. }
        | Message::OfferDeclined { .. }
        | Message::OfferLapsed { .. }
        | Message::WaitlistLeft { .. }
        | Message::WaitlistClosed { .. }
        | Message::UnitFree { .. }
        | Message::RefundSent { .. }
        | Message::VendorRefundLate { .. }
        | Message::VendorReversed { .. }
        | Message::VendorCancellationAsked { .. }
        | Message::VendorDecided { .. } => Plan::new(message.key()),
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
        ..
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
        .hole("until", clock(*deadline, ctx.zone, ctx.language))
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
    plan.hole("lines", ctx.lines(std::slice::from_ref(line)))
        .hole("total", ctx.money(line.amount))
        .hole("left", *left)
        .choice(take.id(), Label::Named("want"))
        .tap(Tap::Catalogue)
}

fn paid(message: &Message, ctx: &Context<'_>) -> Plan {
    let plan = Plan::new(message.key());
    let Message::Paid {
        order,
        lines,
        total,
        paid_at,
        known: who,
        ..
    } = message
    else {
        return plan;
    };
    plan.hole("name", first_name(ctx.name))
        .hole("lines", ctx.lines(lines))
        .hole("total", ctx.money(*total))
        .hole("receipt", receipt(*paid_at, ctx.zone, *order))
        .hole("shop", ctx.shop())
        .hole("known", known(*who))
        .hole("purchases", who.purchases)
        .tap(Tap::Purchases)
}

/// An order is over.
fn over(message: &Message, ctx: &Context<'_>) -> Plan {
    let plan = Plan::new(message.key());
    match message {
        Message::Expired { lines, again, .. } => {
            let plan = plan
                .hole("lines", ctx.lines(lines))
                .hole("again", if again.is_some() { "yes" } else { "no" });
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
        Message::RefundPromised { .. } => back(message, plan, ctx),
        _ => plan,
    }
}

/// Money goes back: what becomes of the order decides what can be done next.
fn back(message: &Message, plan: Plan, ctx: &Context<'_>) -> Plan {
    let Message::RefundPromised {
        order,
        amount,
        note: why,
        waits,
        ..
    } = message
    else {
        return plan;
    };
    let until = |waits: &Waiting| clock(waits.until, ctx.zone, ctx.language);
    let due = waits.as_ref().map(|waits| ctx.money(waits.total));
    let plan = plan
        .hole("order", order.to_string())
        .hole("amount", ctx.money(*amount))
        .hole("note", note(*why))
        .hole("shop", ctx.shop())
        .hole("due", due.unwrap_or_default())
        .hole("until", waits.as_ref().map(until).unwrap_or_default());
    match (waits, why) {
        (Some(_), _) => plan
            .hole("next", "pay")
            .tap(Tap::Pay(*order))
            .tap(Tap::Cancel(*order)),
        (None, RefundNote::SecondCharge) => plan.hole("next", "none").tap(Tap::Purchases),
        (None, _) => plan.hole("next", "again").tap(Tap::Catalogue),
    }
}

/// She looks around.
fn talk(message: &Message, ctx: &Context<'_>) -> Plan {
    let plan = Plan::new(message.key());
    match message {
        Message::Catalogue {
            products,
            more,
            live,
        } => {
            let rows: Vec<_> = products
                .iter()
                .take(10)
                .map(|product| ctx.row(product))
                .collect();
            let plan = plan
                .hole("shop", ctx.shop())
                .hole("count", rows.len())
                .hole("more", if *more { "yes" } else { "no" })
                .hole("live", if *live { "yes" } else { "no" });
            if rows.is_empty() {
                plan.tap(Tap::Help)
            } else {
                plan.rows("open", rows)
            }
        }
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
            .hole("open", if *open { "yes" } else { "no" })
            .tap(Tap::Catalogue)
            .tap(Tap::Purchases),
        Message::Why { score, minutes, .. } => plan
            .hole("score", u32::from(*score))
            .hole("minutes", ctx.span(*minutes)),
        Message::Hint { example: word } => plan
            .hole("shop", ctx.shop())
            .hole("example", example(word.as_ref()))
            .tap(Tap::Catalogue),
        Message::PleaseWrite { example: word } => plan
            .hole("example", example(word.as_ref()))
            .tap(Tap::Catalogue),
        _ => plan,
    }
}

fn vendor(message: &Message, ctx: &Context<'_>) -> Plan {
    let plan = Plan::new(message.key());
    match message {
        Message::VendorPaid {
            about: _,
            order,
            lines,
            total,
            paid,
            collected,
            low,
        } => plan
            .hole("about", ctx.about())
            .hole("order", order.to_string())
            .hole("lines", ctx.lines(lines))
            .hole("total", ctx.money(*total))
            .hole("paid", *paid)
            .hole("collected", ctx.money(*collected))
            .hole("low", ctx.low(low)),
        Message::VendorRefundDue {
            about: _,
            order,
            amount,
            note: why,
            ..
        } => plan
            .hole("about", ctx.about())
            .hole("order", order.to_string())
            .hole("amount", ctx.money(*amount))
            .hole("note", note(*why)),
        _ => plan,
    }
}
