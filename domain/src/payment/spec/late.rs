//! Scenes: money for an order that is over (domain.md, "Paying").

use crate::command::Command;
use crate::ids::OrderId;
use crate::message::{Message, Tap};
use crate::money::Amount;
use crate::order;
use crate::order::event::{CancelledBy, Choice};
use crate::payment::observation::{Observation, Status};
use crate::rejection::Rejection;
use crate::spec::*;

fn paid(attempt: u64, amount: i64) -> Observation {
    seen(attempt, Status::Succeeded, Some(amount))
}

/// Aminata's ROBE1 expired while she paid; of the three, so many were sold since.
fn expired(sold: usize) -> Scene {
    let scene = boutique()
        .paying(AMINATA)
        .later(10)
        .observes(seen(1, Status::Pending, None))
        .then_kinds(&["HoldExpired"]);
    let words = ["robe1", "2 robe1", "3 robe1"];
    match sold.checked_sub(1).and_then(|at| words.get(at)) {
        Some(words) => scene.says(FATOU, words),
        None => scene,
    }
}

const SOLD_OUT: usize = 3;

#[test]
fn late_and_free_is_honoured() {
    let scene = expired(2)
        .observes(paid(1, 15_000))
        .then_kinds(&[
            "PaymentObserved",
            "PaymentArrivedLate",
            "LatePaymentHonoured",
            "PaymentConfirmed",
            "OrderConfirmed",
        ])
        .then_says(&["paid", "vendor-paid"]);
    assert_eq!(scene.stock(ROBE1), (3, 2, 1, 0));
    let Message::Paid { late, .. } = scene.message() else {
        panic!("{:?}", scene.message());
    };
    assert!(late);
    let hand_over = Command::Order(order::Command::HandOver { order: ORDER1 });
    scene
        .when(hand_over)
        .then_kinds(&["OrderHandedOver", "OrderClosed"]);
}

#[test]
fn late_and_more_is_honoured_and_the_surplus_goes_back() {
    expired(0).observes(paid(1, 15_500)).then_kinds(&[
        "PaymentObserved",
        "PaymentArrivedLate",
        "LatePaymentHonoured",
        "PaymentConfirmed",
        "OrderConfirmed",
        "PaymentOverpaid",
        "RefundDue",
    ]);
}

/// Aminata paid late, and nothing is left.
fn asked() -> Scene {
    let scene = expired(SOLD_OUT)
        .observes(paid(1, 15_000))
        .then_kinds(&["PaymentObserved", "PaymentArrivedLate", "ChoiceAsked"])
        .then_says(&["ask-choice"]);
    let Message::AskChoice {
        options, amount, ..
    } = scene.message()
    else {
        panic!("{:?}", scene.message());
    };
    assert_eq!(options, [Choice::Wait, Choice::Swap, Choice::Refund]);
    assert_eq!(amount, Amount(15_000));
    scene
}

#[test]
fn late_and_sold_she_may_have_it_back() {
    let scene = asked()
        .taps(AMINATA, Tap::Choose(ORDER1, Choice::Refund))
        .then_kinds(&["ChoiceMade", "RefundDue", "RefundRequested"])
        .then_says(&["refund-promised", "vendor-refund-due"]);
    // An old button finds it over.
    scene
        .taps(AMINATA, Tap::Choose(ORDER1, Choice::Wait))
        .refused(Rejection::OrderExpired { order: ORDER1 });
}

#[test]
fn late_and_sold_without_an_answer_it_goes_back_after_a_day() {
    asked()
        .later(24 * 60 - 1)
        .later(1)
        .then_kinds(&["ChoiceLapsed", "RefundDue", "RefundRequested"])
        .then_says(&["refund-promised", "vendor-refund-due"]);
}

#[test]
fn late_and_sold_she_may_wait_and_is_first_when_one_comes_back() {
    let scene = asked()
        .taps(AMINATA, Tap::Choose(ORDER1, Choice::Wait))
        .then_kinds(&["ChoiceMade"])
        .then_says(&["waits-for-units"]);
    let scene = scene.says(FATOU, "ANNULER");
    let scene = scene
        .then_kinds(&[
            "OrderCancelled",
            "LatePaymentHonoured",
            "PaymentConfirmed",
            "OrderConfirmed",
        ])
        .then_says(&["cancelled", "paid", "vendor-paid"]);
    assert_eq!(scene.stock(ROBE1), (3, 0, 1, 0));
}

#[test]
fn who_waits_in_vain_has_it_back_after_a_week_and_may_have_it_before() {
    let waiting = asked().taps(AMINATA, Tap::Choose(ORDER1, Choice::Wait));
    let paid = waiting
        .clone()
        .says(FATOU, "WAVE")
        .charged(2)
        .observes(paid(2, 45_000));
    paid.later(7 * 24 * 60)
        .then_kinds(&["ChoiceLapsed", "RefundDue", "RefundRequested"]);
    waiting
        .taps(AMINATA, Tap::Choose(ORDER1, Choice::Refund))
        .then_kinds(&["ChoiceMade", "RefundDue", "RefundRequested"]);
}

#[test]
fn late_and_sold_she_may_have_something_else_and_the_rest_goes_back() {
    let scene = asked().taps(AMINATA, Tap::Choose(ORDER1, Choice::Swap));
    let scene = scene.then_nothing().then_says(&["ask-swap"]);
    let Message::AskSwap { offers, .. } = scene.message() else {
        panic!("{:?}", scene.message());
    };
    let variants: Vec<_> = offers.iter().map(|offer| offer.variant).collect();
    assert_eq!(variants, [SAC2, PAGNE_S, PAGNE_M]);
    let scene = scene
        .taps(AMINATA, Tap::Swap(ORDER1, SAC2))
        .then_kinds(&[
            "ChoiceMade",
            "LatePaymentHonoured",
            "OrderSwapped",
            "PaymentConfirmed",
            "OrderConfirmed",
            "PaymentOverpaid",
            "RefundDue",
        ])
        .then_says(&["paid", "vendor-paid", "vendor-refund-due"]);
    assert_eq!(scene.stock(SAC2), (5, 0, 1, 0));
    scene
        .taps(AMINATA, Tap::Swap(ORDER1, SAC2))
        .refused(Rejection::OrderPaid { order: ORDER1 });
}

#[test]
fn something_else_that_is_gone_is_refused_and_her_choice_stays_open() {
    asked()
        .says(3, "5 sac2")
        .taps(AMINATA, Tap::Swap(ORDER1, SAC2))
        .refused_as("not-enough-left")
        .then_nothing()
        .taps(AMINATA, Tap::Choose(ORDER1, Choice::Refund))
        .then_kinds(&["ChoiceMade", "RefundDue", "RefundRequested"]);
}

#[test]
fn late_and_less_may_be_completed_while_it_is_free() {
    let short = expired(0)
        .observes(paid(1, 10_000))
        .then_kinds(&["PaymentObserved", "PaymentArrivedLate", "ChoiceAsked"])
        .then_says(&["ask-choice"]);
    let Message::AskChoice { missing, .. } = short.message() else {
        panic!("{:?}", short.message());
    };
    assert_eq!(missing, Some(Amount(5_000)));
    let scene = short
        .clone()
        .taps(AMINATA, Tap::Choose(ORDER1, Choice::Complete))
        .then_kinds(&["ChoiceMade", "OrderReopened"])
        .then_says(&["ask-method"]);
    assert_eq!(scene.stock(ROBE1), (3, 1, 0, 0));
    let scene = scene.says(AMINATA, "WAVE").charged(2);
    scene.clone().observes(paid(2, 5_000)).then_kinds(&[
        "PaymentObserved",
        "PaymentConfirmed",
        "OrderConfirmed",
        "ClientPreferred",
    ]);
    // Not completed after all: over for good, and it goes back.
    scene
        .later(5)
        .observes(seen(2, Status::Pending, None))
        .then_kinds(&["HoldExpired", "RefundDue", "RefundRequested"]);
    // Sold while she thought about it.
    short
        .says(FATOU, "3 robe1")
        .taps(AMINATA, Tap::Choose(ORDER1, Choice::Complete))
        .then_kinds(&["ChoiceMade", "RefundDue", "RefundRequested"]);
}

#[test]
fn late_and_less_and_sold_goes_back_at_once() {
    expired(SOLD_OUT)
        .observes(paid(1, 10_000))
        .then_kinds(&[
            "PaymentObserved",
            "PaymentArrivedLate",
            "RefundDue",
            "RefundRequested",
        ])
        .then_says(&["refund-promised", "vendor-refund-due"]);
}

#[test]
fn the_rest_by_itself_makes_it_whole() {
    let mut rest = paid(1, 5_000);
    rest.provider_id = Some("tx-rest".to_owned());
    expired(0)
        .observes(paid(1, 10_000))
        .observes(rest)
        .then_kinds(&[
            "PaymentObserved",
            "PaymentArrivedLate",
            "LatePaymentHonoured",
            "PaymentConfirmed",
            "OrderConfirmed",
        ]);
}

#[test]
fn more_of_it_while_she_is_asked_goes_back() {
    let mut more = paid(1, 15_000);
    more.provider_id = Some("tx-more".to_owned());
    asked().observes(more).then_kinds(&[
        "PaymentObserved",
        "PaymentArrivedLate",
        "RefundDue",
        "RefundRequested",
    ]);
}

fn cancelled(by: CancelledBy) -> Scene {
    let order = ORDER1;
    let cancel = Command::Order(order::Command::Cancel { order, by });
    boutique()
        .paying(AMINATA)
        .when(cancel)
        .then_kinds(&["OrderCancelled"])
}

#[test]
fn she_cancelled_and_paid_exactly_she_may_keep_it() {
    let scene = cancelled(CancelledBy::Client)
        .observes(paid(1, 15_000))
        .then_kinds(&["PaymentObserved", "PaymentArrivedLate", "ChoiceAsked"])
        .then_says(&["ask-choice"]);
    scene
        .clone()
        .taps(AMINATA, Tap::Choose(ORDER1, Choice::Keep))
        .then_kinds(&[
            "ChoiceMade",
            "LatePaymentHonoured",
            "PaymentConfirmed",
            "OrderConfirmed",
        ]);
    scene
        .clone()
        .later(24 * 60)
        .then_kinds(&["ChoiceLapsed", "RefundDue", "RefundRequested"]);
    // Sold meanwhile: what now?
    let scene = scene
        .says(FATOU, "3 robe1")
        .taps(AMINATA, Tap::Choose(ORDER1, Choice::Keep));
    scene
        .then_kinds(&["ChoiceAsked"])
        .then_says(&["ask-choice"]);
}

#[test]
fn whatever_else_comes_for_a_cancelled_order_goes_back() {
    let back = [
        "PaymentObserved",
        "PaymentArrivedLate",
        "RefundDue",
        "RefundRequested",
    ];
    for amount in [10_000, 16_000] {
        let scene = cancelled(CancelledBy::Client).observes(paid(1, amount));
        scene
            .then_kinds(&back)
            .then_says(&["refund-promised", "vendor-refund-due"]);
    }
    for amount in [10_000, 15_000, 16_000] {
        cancelled(CancelledBy::Vendor)
            .observes(paid(1, amount))
            .then_kinds(&back);
    }
}

#[test]
fn months_later_only_the_sum_is_known_and_it_goes_back() {
    let scene = expired(0)
        .later(60 * 24 * 60)
        .says(FATOU, "robe1")
        .later(60 * 24 * 60);
    assert!(scene.shop.orders.late.is_empty());
    scene
        .observes(paid(1, 15_000))
        .then_kinds(&[
            "PaymentObserved",
            "PaymentArrivedLate",
            "RefundDue",
            "RefundRequested",
        ])
        .then_says(&["refund-promised", "vendor-refund-due"]);
}

#[test]
fn it_is_taken_back_while_she_is_asked() {
    asked()
        .observes(seen(1, Status::Reversed, Some(15_000)))
        .then_kinds(&["PaymentObserved", "PaymentReversed", "ChoiceLapsed"]);
}

#[test]
fn a_choice_of_somebody_else_is_no_choice() {
    asked()
        .taps(FATOU, Tap::Choose(ORDER1, Choice::Refund))
        .refused(Rejection::OrderUnknown)
        .taps(AMINATA, Tap::Choose(OrderId(9), Choice::Refund))
        .refused(Rejection::OrderUnknown)
        .taps(AMINATA, Tap::Choose(ORDER1, Choice::Keep))
        .refused(Rejection::NoChoice { order: ORDER1 });
}
