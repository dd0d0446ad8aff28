//! Scenes: the paying table, while the order is held, being paid, or owed (domain.md, "Paying").

use chrono::TimeDelta;

use crate::agenda::Due;
use crate::command::Command;
use crate::ids::AttemptId;
use crate::message::{Message, Tap};
use crate::money::Amount;
use crate::order;
use crate::order::event::CancelledBy;
use crate::payment::observation::Status;
use crate::rejection::Rejection;
use crate::spec::*;

const ROBE_PAID: [&str; 4] = [
    "PaymentObserved",
    "PaymentConfirmed",
    "OrderConfirmed",
    "ClientPreferred",
];

fn paid(attempt: u64, amount: i64) -> crate::payment::observation::Observation {
    seen(attempt, Status::Succeeded, Some(amount))
}

fn cancels(by: CancelledBy) -> Command {
    let order = ORDER1;
    Command::Order(order::Command::Cancel { order, by })
}

fn decides(granted: bool) -> Command {
    let order = ORDER1;
    Command::Order(order::Command::DecideCancellation { order, granted })
}

#[test]
fn less_asks_the_balance_and_the_balance_confirms() {
    let scene = boutique()
        .paying(AMINATA)
        .pass(570)
        .observes(paid(1, 10_000))
        .then_kinds(&["PaymentObserved", "PaymentUnderpaid", "HoldUnlocked"])
        .then_says(&["underpaid"]);
    let until = scene.now + TimeDelta::minutes(5);
    assert_eq!(
        scene.message(),
        Message::Underpaid {
            order: ORDER1,
            received: Amount(10_000),
            missing: Amount(5_000),
            until,
        }
    );
    let scene = scene.says(AMINATA, "PAYER").says(AMINATA, "WAVE");
    assert_eq!(
        scene.shop.payments.attempts[&AttemptId(2)].asked,
        Amount(5_000)
    );
    let scene = scene
        .charged(2)
        .observes(paid(2, 5_000))
        .then_kinds(&ROBE_PAID);
    let known = scene.shop.orders.open[&ORDER1].paid.clone().unwrap();
    assert_eq!((known.amount, known.parts.len()), (Amount(15_000), 2));
    // Given up by the vendor, each part goes back where it came from.
    scene.when(cancels(CancelledBy::Vendor)).then_kinds(&[
        "OrderCancelled",
        "RefundDue",
        "RefundRequested",
        "RefundDue",
        "RefundRequested",
    ]);
}

#[test]
fn a_balance_that_does_not_come_frees_the_units_and_goes_back() {
    let scene = boutique()
        .paying(AMINATA)
        .observes(paid(1, 10_000))
        .later(10)
        .then_kinds(&["HoldExpired", "RefundDue", "RefundRequested"])
        .then_says(&["refund-promised", "vendor-refund-due"]);
    assert_eq!(scene.stock(ROBE1), (3, 0, 0, 0));
}

#[test]
fn a_cart_with_money_in_it_is_not_changed_but_another_is_made() {
    let scene = boutique().paying(AMINATA).observes(paid(1, 10_000));
    let scene = scene.says(AMINATA, "sac2").then_kinds(&["OrderPlaced"]);
    let cancel = Tap::Cancel(ORDER1);
    scene
        .taps(AMINATA, cancel)
        .then_kinds(&["OrderCancelled", "RefundDue", "RefundRequested"])
        .then_says(&["refund-promised", "vendor-refund-due"]);
}

#[test]
fn too_little_at_the_very_end_goes_back_at_once() {
    boutique()
        .says(AMINATA, "robe1")
        .pass(19 * 60 - 570)
        .says(AMINATA, "WAVE")
        .charged(1)
        .later(11)
        .later(8)
        .observes(paid(1, 10_000))
        .then_says(&["ask-choice"]);
    // "No leak": twenty minutes after the first hold began there is no time left to give.
    let scene = boutique()
        .paying(AMINATA)
        .later(10)
        .then_kinds(&["ProviderAsked"]);
    let scene = scene.observes(seen(1, Status::Processing, None)).later(2);
    let scene = scene.observes(seen(1, Status::Processing, None)).later(2);
    let scene = scene.observes(seen(1, Status::Processing, None)).later(2);
    let scene = scene.observes(seen(1, Status::Processing, None)).later(2);
    let scene = scene.observes(seen(1, Status::Processing, None)).later(2);
    let scene = scene
        .observes(paid(1, 10_000))
        .then_kinds(&[
            "PaymentObserved",
            "PaymentUnderpaid",
            "HoldExpired",
            "RefundDue",
            "RefundRequested",
        ])
        .then_says(&["refund-promised", "vendor-refund-due"]);
    assert_eq!(scene.stock(ROBE1), (3, 0, 0, 0));
}

#[test]
fn more_commits_and_the_surplus_goes_back_by_hand() {
    let scene = boutique().paying(AMINATA).observes(paid(1, 16_000));
    let scene = scene.then_kinds(&[
        "PaymentObserved",
        "PaymentConfirmed",
        "OrderConfirmed",
        "ClientPreferred",
        "PaymentOverpaid",
        "RefundDue",
    ]);
    let scene = scene.then_says(&["paid", "vendor-paid", "vendor-refund-due"]);
    let Message::Paid { surplus, total, .. } = scene.message() else {
        panic!("{:?}", scene.message());
    };
    assert_eq!((total, surplus), (Amount(15_000), Some(Amount(1_000))));
    // A provider sends back no part of a transaction.
    assert!(scene.asks().is_empty());
}

#[test]
fn a_failure_after_she_changed_her_mind_proposes_another_method() {
    boutique()
        .paying(AMINATA)
        .says(AMINATA, "CHANGER")
        .observes(seen(1, Status::Failed, None))
        .then_kinds(&["PaymentObserved"])
        .then_says(&["payment-failed"]);
}

#[test]
fn a_second_charge_of_a_paid_order_goes_back_whole() {
    let mut second = paid(1, 15_000);
    second.provider_id = Some("tx-other".to_owned());
    let scene = boutique()
        .paying(AMINATA)
        .observes(paid(1, 15_000))
        .observes(second)
        .then_kinds(&["PaymentObserved", "RefundDue", "RefundRequested"]);
    assert_eq!(scene.asks(), ["refund:1"]);
}

#[test]
fn her_wish_to_cancel_what_is_paid_is_decided_by_the_vendor() {
    let asked = boutique()
        .paying(AMINATA)
        .observes(paid(1, 15_000))
        .taps(AMINATA, Tap::Cancel(ORDER1))
        .then_kinds(&["CancellationRequested"])
        .then_says(&["vendor-cancellation-asked", "cancellation-asked"]);
    let asked = asked
        .taps(AMINATA, Tap::Cancel(ORDER1))
        .then_nothing()
        .then_says(&["cancellation-asked"]);
    asked
        .clone()
        .when(decides(true))
        .then_kinds(&["OrderCancelled", "RefundDue", "RefundRequested"])
        .then_says(&["refund-promised", "vendor-refund-due"]);
    asked
        .clone()
        .when(decides(false))
        .then_kinds(&["CancellationRefused"])
        .then_says(&["cancellation-refused"])
        .when(decides(true))
        .refused(Rejection::NoRequest { order: ORDER1 });
    boutique()
        .when(decides(true))
        .refused(Rejection::OrderUnknown);
    let scene = asked
        .later(48 * 60)
        .then_kinds(&["CancellationRefused"])
        .then_says(&["cancellation-refused"]);
    assert_eq!(scene.stock(ROBE1), (3, 0, 1, 0));
}

#[test]
fn only_the_vendors_own_phone_decides() {
    boutique()
        .paying(AMINATA)
        .observes(paid(1, 15_000))
        .taps(AMINATA, Tap::Cancel(ORDER1))
        .taps(AMINATA, Tap::Grant(ORDER1))
        .refused(Rejection::ButtonUnknown)
        .then_nothing();
}

#[test]
fn handed_over_closes_her_wish() {
    let hand_over = Command::Order(order::Command::HandOver { order: ORDER1 });
    let scene = boutique()
        .paying(AMINATA)
        .observes(paid(1, 15_000))
        .taps(AMINATA, Tap::Cancel(ORDER1))
        .when(hand_over);
    assert_eq!(scene.shop.agenda.at(Due::Cancellation(ORDER1)), None);
}

#[test]
fn fewer_units_than_thought_let_the_newest_carts_go() {
    let lower = |by| {
        Command::Catalogue(crate::catalogue::Command::AdjustStock {
            variant: ROBE1,
            by,
            reason: crate::catalogue::event::AdjustReason::Count,
        })
    };
    let scene = boutique()
        .says(AMINATA, "robe1")
        .says(FATOU, "sac2 et robe1")
        .says(3, "robe1")
        .when(lower(-1))
        .then_kinds(&["OrderCancelled", "StockAdjusted"])
        .then_says(&["released"]);
    let scene = scene
        .when(lower(-1))
        .then_kinds(&["LineRemoved", "StockAdjusted"])
        .then_says(&["released"]);
    assert_eq!(scene.stock(ROBE1), (1, 1, 0, 0));
    // What is being paid is protected, and nothing is let go in vain.
    scene
        .says(AMINATA, "WAVE")
        .when(lower(-1))
        .refused(Rejection::StockProtected {
            free: 0,
            orders: vec![ORDER1],
        })
        .then_nothing();
}

#[test]
fn money_for_a_released_cart_goes_back() {
    let lower = Command::Catalogue(crate::catalogue::Command::AdjustStock {
        variant: ROBE1,
        by: -3,
        reason: crate::catalogue::event::AdjustReason::Loss,
    });
    boutique()
        .paying(AMINATA)
        .says(AMINATA, "CHANGER")
        .when(lower)
        .then_kinds(&["OrderCancelled", "StockAdjusted"])
        .observes(paid(1, 15_000))
        .then_kinds(&[
            "PaymentObserved",
            "PaymentArrivedLate",
            "RefundDue",
            "RefundRequested",
        ]);
}

#[test]
fn a_part_that_came_goes_back_with_strange_money_at_the_very_end() {
    let mut euros = paid(2, 10_000);
    euros.currency = Some("EUR".to_owned());
    let scene = boutique()
        .paying(AMINATA)
        .observes(paid(1, 5_000))
        .says(AMINATA, "OM")
        .charged(2)
        .later(10)
        .then_kinds(&["ProviderAsked"])
        .observes(euros);
    let scene = scene.then_kinds(&[
        "PaymentObserved",
        "RefundDue",
        "RefundRequested",
        "HoldExpired",
        "RefundDue",
        "RefundRequested",
    ]);
    assert_eq!(scene.stock(ROBE1), (3, 0, 0, 0));
}
