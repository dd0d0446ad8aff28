//! Scenes: money that the provider takes back (domain.md, "Paying", the row "reversed").

use crate::action::Action;
use crate::command::Command;
use crate::message::Tap;
use crate::order;
use crate::order::Phase;
use crate::order::event::{CancelledBy, Choice};
use crate::payment::observation::{Observation, Status};
use crate::rejection::Rejection;
use crate::spec::*;

const PAID: [&str; 3] = ["PaymentObserved", "PaymentConfirmed", "OrderConfirmed"];

fn paid(attempt: u64, amount: i64) -> Observation {
    seen(attempt, Status::Succeeded, Some(amount))
}

fn cancels(by: CancelledBy) -> Command {
    let order = ORDER1;
    Command::Order(order::Command::Cancel { order, by })
}

fn reversal() -> Observation {
    seen(1, Status::Reversed, Some(15_000))
}

#[test]
fn money_taken_back_leaves_the_order_owed_and_it_is_not_handed_over() {
    let hand_over = Command::Order(order::Command::HandOver { order: ORDER1 });
    let scene = boutique()
        .paying(AMINATA)
        .observes(paid(1, 15_000))
        .observes(reversal())
        .then_kinds(&["PaymentObserved", "PaymentReversed"])
        .then_says(&["vendor-reversed", "taken-back"]);
    assert_eq!(scene.shop.orders.open[&ORDER1].phase, Phase::Owed);
    assert_eq!(scene.stock(ROBE1), (3, 0, 1, 0));
    let scene = scene
        .when(hand_over.clone())
        .refused(Rejection::OrderNotPaid { order: ORDER1 });
    // She pays again: by another charge, without any deadline.
    let scene = scene.taps(AMINATA, Tap::Pay(ORDER1));
    assert_eq!(scene.asks(), ["charge:2"]);
    let scene = scene.charged(2).then_says(&["payment-link"]);
    let scene = scene.later(24 * 60).then_nothing();
    let scene = scene.observes(paid(2, 15_000)).then_kinds(&PAID);
    assert_eq!(scene.stock(ROBE1), (3, 0, 1, 0));
    scene
        .when(hand_over)
        .then_kinds(&["OrderHandedOver", "OrderClosed"]);
}

/// Owed and paid again, it keeps no live from ending: it holds nothing that could lapse.
#[test]
fn a_live_ends_though_an_order_of_it_was_paid_twice() {
    let live = |command| Command::Live(command);
    let scene = boutique()
        .when(live(crate::live::Command::Start {
            live: None,
            title: crate::text::Text::default(),
        }))
        .paying(AMINATA)
        .observes(paid(1, 15_000))
        .observes(reversal())
        .taps(AMINATA, Tap::Pay(ORDER1))
        .charged(2)
        .observes(paid(2, 15_000))
        .then_kinds(&PAID);
    scene
        .when(live(crate::live::Command::Finish))
        .then_kinds(&["LiveClosing", "LiveEnded"]);
}

#[test]
fn money_taken_back_before_it_came_is_no_money() {
    let scene = boutique()
        .paying(AMINATA)
        .observes(reversal())
        .then_kinds(&["PaymentObserved"])
        .observes(paid(1, 15_000))
        .then_kinds(&["PaymentObserved", "PaymentReversed"]);
    assert_eq!(scene.shop.orders.open[&ORDER1].phase, Phase::Paying);
}

#[test]
fn money_taken_back_after_handing_over_is_told_to_the_vendor() {
    let hand_over = Command::Order(order::Command::HandOver { order: ORDER1 });
    let scene = boutique()
        .paying(AMINATA)
        .observes(paid(1, 15_000))
        .when(hand_over)
        .observes(reversal())
        .then_kinds(&["PaymentObserved", "PaymentReversed"])
        .then_says(&["vendor-reversed"]);
    assert_eq!(scene.stock(ROBE1), (2, 0, 0, 0));
    // And if it comes back by another transaction, the debt is paid.
    let mut again = paid(1, 15_000);
    again.provider_id = Some("tx-again".to_owned());
    scene
        .observes(again)
        .then_kinds(&["PaymentObserved", "PaymentConfirmed"]);
}

#[test]
fn an_owed_order_can_be_cancelled_and_nothing_goes_back() {
    let scene = boutique()
        .paying(AMINATA)
        .observes(paid(1, 15_000))
        .observes(reversal())
        .when(cancels(CancelledBy::Vendor))
        .then_kinds(&["OrderCancelled"]);
    assert_eq!(scene.stock(ROBE1), (3, 0, 0, 0));
}

#[test]
fn a_part_taken_back_while_she_waits_for_units_ends_the_wait() {
    // Nothing is ever confirmed with less than it costs.
    let scene = boutique()
        .paying(AMINATA)
        .later(10)
        .observes(seen(1, Status::Pending, None))
        .says(FATOU, "3 robe1")
        .observes(paid(1, 15_000))
        .taps(AMINATA, Tap::Choose(ORDER1, Choice::Wait))
        .observes(seen(1, Status::Reversed, Some(5_000)))
        .then_kinds(&[
            "PaymentObserved",
            "PaymentReversed",
            "ChoiceLapsed",
            "RefundDue",
        ]);
    scene.says(FATOU, "ANNULER").then_kinds(&["OrderCancelled"]);
}

#[test]
fn an_owed_order_whose_new_charge_failed_can_be_paid_by_the_same_method() {
    let scene = boutique()
        .paying(AMINATA)
        .observes(paid(1, 15_000))
        .observes(reversal())
        .taps(AMINATA, Tap::Pay(ORDER1))
        .charge_fails(2, false)
        .then_says(&["payment-failed"])
        .says(AMINATA, "WAVE");
    assert_eq!(scene.asks(), ["charge:3"]);
    // Part of it comes: the rest is asked, whenever that is.
    let scene = scene.charged(3).later(3 * 24 * 60).observes(paid(3, 9_000));
    let scene = scene.then_kinds(&["PaymentObserved", "PaymentUnderpaid"]);
    let asked = scene.last.actions.iter().any(|action| match action {
        Action::Say {
            not_after, message, ..
        } => not_after.is_none() && message.key() == "underpaid",
        Action::Charge { .. } | Action::Ask { .. } | Action::Refund { .. } => false,
    });
    assert!(asked);
    let scene = scene.says(AMINATA, "WAVE");
    assert_eq!(scene.asks(), ["charge:4"]);
    scene.charged(4).observes(paid(4, 6_000)).then_kinds(&PAID);
}

#[test]
fn a_late_link_starts_no_lock_for_what_is_owed() {
    // The second lock by the same link used the one top-up; then it was paid, and taken back.
    let scene = boutique()
        .paying(AMINATA)
        .pass(60)
        .says(AMINATA, "CHANGER")
        .pass(420)
        .says(AMINATA, "WAVE")
        .observes(paid(1, 15_000))
        .observes(reversal())
        .taps(AMINATA, Tap::Pay(ORDER1));
    let scene = scene.pass(60).charged(2).then_kinds(&["ChargeCreated"]);
    assert_eq!(scene.shop.orders.open[&ORDER1].phase, Phase::Owed);
    assert_eq!(scene.stock(ROBE1), (3, 0, 1, 0));
}

#[test]
fn a_reversal_without_a_name_is_of_the_one_transaction_there_is() {
    let mut nameless = reversal();
    nameless.provider_id = None;
    let hand_over = Command::Order(order::Command::HandOver { order: ORDER1 });
    boutique()
        .paying(AMINATA)
        .observes(paid(1, 15_000))
        .when(hand_over)
        .observes(nameless)
        .then_kinds(&["PaymentObserved", "PaymentReversed"]);
}
