//! What each refusal needs. One arm per refusal; each says what to do next.

use domain::message::{ProductShown, Tap};
use domain::rejection::{Rejection, VariantChoice};
use domain::text::Text;

use super::context::Context;
use super::pieces::{item, short};
use super::plan::{Label, Line, Plan};
use crate::whatsapp::SAY;

const ASKED_MOST: usize = 40;

/// The plan of a refusal.
pub(super) fn refused(rejection: &Rejection, ctx: &Context<'_>) -> Plan {
    let plan = Plan::new(rejection.code());
    match rejection {
        Rejection::ShopUnknown
        | Rejection::ShopAlreadyOpen
        | Rejection::ClientUnknown
        | Rejection::SumTooLarge
        | Rejection::ProductUnknown
        | Rejection::StockUnknown
        | Rejection::LiveAlreadyOn
        | Rejection::NoLive
        | Rejection::AttemptUnknown
        | Rejection::RefundUnknown
        | Rejection::RefundElsewhere => plan,
        Rejection::ShopClosed | Rejection::ClientBlocked => plan.hole("shop", ctx.shop()),
        Rejection::TooOld { said_at } => plan.hole("at", ctx.moment(*said_at)).tap(Tap::Catalogue),
        Rejection::ReopenTooLate { until } => plan.hole("until", ctx.moment(*until)),
        Rejection::NothingOpen | Rejection::ButtonUnknown => plan.tap(Tap::Catalogue),
        Rejection::KeywordTaken { keyword } => plan.hole("keyword", quoted(keyword)),
        Rejection::StockProtected { free, orders } => {
            let shown: Vec<String> = orders
                .iter()
                .take(10)
                .map(|id| format!("LP-{id}"))
                .collect();
            plan.hole("free", *free)
                .hole("count", orders.len())
                .hole("orders", shown.join(", "))
        }
        Rejection::OutOfBounds { least, most } => plan
            .hole("least", least.to_string())
            .hole("most", most.to_string()),
        Rejection::KeywordUnknown { .. }
        | Rejection::QuantityAbsurd { .. }
        | Rejection::VariantMissing { .. }
        | Rejection::VariantUnknown { .. }
        | Rejection::ProductArchived { .. }
        | Rejection::OnlyDuringLive { .. }
        | Rejection::NotEnoughLeft { .. } => product(rejection, plan, ctx),
        Rejection::TooManyOpenLines { most }
        | Rejection::QuantityOverMost { asked: _, most }
        | Rejection::TooManyOrders { most } => plan.hole("most", *most),
        Rejection::TrustTooLow { score, least } => plan
            .hole("score", u32::from(*score))
            .hole("least", u32::from(*least))
            .hole("shop", ctx.shop()),
        Rejection::OrderUnknown
        | Rejection::OrderExpired { .. }
        | Rejection::OrderCancelled { .. }
        | Rejection::OrderPaid { .. }
        | Rejection::OrderFrozen { .. }
        | Rejection::TooManyAttempts { .. }
        | Rejection::OrderNotPaid { .. }
        | Rejection::NoChoice { .. }
        | Rejection::NoRequest { .. } => order(rejection, plan, ctx),
    }
}

/// About what is sold.
fn product(rejection: &Rejection, plan: Plan, ctx: &Context<'_>) -> Plan {
    match rejection {
        Rejection::KeywordUnknown { asked, nearest } => {
            let plan = plan
                .hole("asked", quoted(asked))
                .hole("count", nearest.len().min(3));
            if nearest.is_empty() {
                plan.tap(Tap::Catalogue)
            } else {
                words(plan, nearest)
            }
        }
        Rejection::QuantityAbsurd { asked } => plan.hole("asked", quoted(asked)),
        Rejection::VariantMissing {
            product,
            choices,
            quantity,
        }
        | Rejection::VariantUnknown {
            product,
            choices,
            quantity,
        } => {
            let rows = rows(choices, *quantity, ctx);
            let plan = named(plan, product).hole("count", rows.len());
            if rows.is_empty() {
                plan.tap(Tap::Catalogue)
            } else {
                plan.rows("choose", rows)
            }
        }
        Rejection::ProductArchived { product } => named(plan, product).tap(Tap::Catalogue),
        Rejection::OnlyDuringLive { product } => named(plan, product)
            .hole("shop", ctx.shop())
            .tap(Tap::Catalogue),
        Rejection::NotEnoughLeft { .. } => not_enough(rejection, plan),
        _ => plan,
    }
}

/// What is left, if anything, and a place on the list for the rest.
fn not_enough(rejection: &Rejection, plan: Plan) -> Plan {
    let Rejection::NotEnoughLeft {
        product,
        variant,
        asked,
        left,
        may_wait,
    } = rejection
    else {
        return plan;
    };
    let mut plan = named(plan, product)
        .hole("asked", *asked)
        .hole("left", *left)
        .hole("wait", if *may_wait { "yes" } else { "no" });
    if *left > 0 {
        let take = Tap::Take(*variant, *left);
        plan = plan.choice(take.id(), Label::Counted("take", *left));
    }
    if *may_wait {
        plan = plan.tap(Tap::Wait(*variant, *asked));
    }
    plan.tap(Tap::Catalogue)
}

/// About an order.
fn order(rejection: &Rejection, plan: Plan, ctx: &Context<'_>) -> Plan {
    match rejection {
        Rejection::OrderUnknown => plan.tap(Tap::Purchases).tap(Tap::Catalogue),
        Rejection::OrderExpired { order } | Rejection::OrderCancelled { order } => {
            plan.hole("order", order.to_string()).tap(Tap::Catalogue)
        }
        Rejection::OrderPaid { order } => plan
            .hole("order", order.to_string())
            .hole("shop", ctx.shop())
            .tap(Tap::Purchases),
        Rejection::OrderFrozen { order } => plan
            .hole("order", order.to_string())
            .tap(Tap::Pay(*order))
            .tap(Tap::Change(*order))
            .tap(Tap::Cancel(*order)),
        Rejection::TooManyAttempts { order } => plan
            .hole("order", order.to_string())
            .hole("shop", ctx.shop())
            .tap(Tap::Cancel(*order)),
        Rejection::NoChoice { order } => plan
            .hole("order", order.to_string())
            .tap(Tap::Purchases)
            .tap(Tap::Catalogue),
        Rejection::OrderNotPaid { order } | Rejection::NoRequest { order } => {
            plan.hole("order", order.to_string())
        }
        _ => plan,
    }
}

fn named(plan: Plan, product: &ProductShown) -> Plan {
    plan.hole("item", item(&product.name, &product.keyword))
}

/// Her own words, between quotes.
fn quoted(asked: &Text) -> String {
    let shown = short(asked.as_str(), ASKED_MOST);
    if shown.is_empty() {
        "…".to_owned()
    } else {
        shown
    }
}

/// Keywords as buttons: a tap is the word written.
fn words(plan: Plan, nearest: &[ProductShown]) -> Plan {
    nearest.iter().take(3).fold(plan, |plan, product| {
        let word = product.keyword.as_str();
        plan.choice(format!("{SAY}{word}"), Label::Itself(word.to_owned()))
    })
}

/// Sizes and colours that can be had, at most as many units as are left.
fn rows(choices: &[VariantChoice], quantity: u32, ctx: &Context<'_>) -> Vec<Line> {
    let free = choices.iter().filter(|choice| choice.left > 0);
    free.take(10)
        .map(|choice| {
            let label = short(choice.label.as_str(), 20);
            let take = quantity.clamp(1, choice.left);
            Line {
                id: Tap::Take(choice.variant, take).id(),
                title: if label.is_empty() {
                    format!("#{}", choice.variant)
                } else {
                    label
                },
                description: ctx.left(choice.left),
            }
        })
        .collect()
}
