//! What each message needs. One arm per message; the arms live with their subject.

mod back;
mod holding;
mod late;
mod live;
mod paying;
mod talking;
mod vendor;
mod waiting;

use domain::message::{Message, Tap};

use super::context::Context;
use super::plan::{Label, Plan};
use super::refused::refused;

/// The plan of a message.
pub(super) fn plan(message: &Message, ctx: &Context<'_>) -> Plan {
    match message {
        Message::Held { .. }
        | Message::FirstPaid { .. }
        | Message::LiveOver { .. }
        | Message::Reminder { .. }
        | Message::Expired { .. }
        | Message::Cancelled { .. }
        | Message::CancelledByVendor { .. }
        | Message::Released { .. } => holding::plan(message, ctx),
        Message::AskMethod { .. }
        | Message::LinkComing { .. }
        | Message::PaymentLink { .. }
        | Message::PaymentFailed { .. }
        | Message::Paid { .. }
        | Message::Underpaid { .. }
        | Message::CheckingPayment { .. }
        | Message::NotPaidYet { .. }
        | Message::TakenBack { .. } => paying::plan(message, ctx),
        Message::AskChoice { .. } | Message::AskSwap { .. } | Message::WaitsForUnits { .. } => {
            late::plan(message, ctx)
        }
        Message::RefundPromised { .. }
        | Message::RefundSent { .. }
        | Message::CancellationAsked { .. }
        | Message::CancellationRefused { .. } => back::plan(message, ctx),
        Message::WaitlistJoined(_)
        | Message::Offer { .. }
        | Message::OfferDeclined { .. }
        | Message::OfferLapsed { .. }
        | Message::WaitlistLeft { .. }
        | Message::WaitlistClosed { .. }
        | Message::UnitFree { .. } => waiting::plan(message, ctx),
        Message::Catalogue { .. }
        | Message::Purchases { .. }
        | Message::Help { .. }
        | Message::Why { .. }
        | Message::Stopped
        | Message::Hint { .. }
        | Message::PleaseWrite { .. }
        | Message::LanguageChanged
        | Message::StyleChanged { .. } => talking::plan(message, ctx),
        Message::Refused(rejection) => refused(rejection, ctx),
        Message::Vendor(told) => vendor::plan(told, message.key(), ctx),
    }
}

/// How a word file asks whether something is so.
fn yes(so: bool) -> &'static str {
    if so { "yes" } else { "no" }
}

/// How a word file asks whether there is something to say; only full lists and sums are said.
fn or_none(words: Option<String>) -> String {
    let said = words.filter(|words| !words.is_empty());
    said.unwrap_or_else(|| "none".to_owned())
}

/// A tap of ours under another name than its own.
fn named(plan: Plan, tap: Tap, name: &'static str) -> Plan {
    plan.choice(tap.id(), Label::Named(name))
}
