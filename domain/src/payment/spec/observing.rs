//! Scenes: what the provider says.

use crate::command::{Answer, Command};
use crate::event::Event;
use crate::ids::AttemptId;
use crate::message::{Message, RefundNote, Waiting};
use crate::money::Amount;
use crate::order;
use crate::payment;
use crate::payment::event::RefundReason;
use crate::payment::observation::{Source, Status, Trusted};
use crate::spec::*;
use chrono::TimeDelta;

#[test]
fn a_sum_net_of_fees_is_the_same_money() {
    let mut net = seen(1, Status::Succeeded, Some(14_700));
    net.fees = Some(Amount(300));
    let scene = boutique().paying(AMINATA).observes(net);
    let scene = scene.then_kinds(&[
        "PaymentObserved",
        "PaymentConfirmed",
        "OrderConfirmed",
        "ClientPreferred",
    ]);
    let Some(Event::Payment(payment::Event::PaymentObserved { fees, .. })) =
        scene.last.events.first()
    else {
        panic!("no observation");
    };
    assert_eq!(*fees, Some(Amount(300)));
}

#[test]
fn a_hint_is_no_money_and_the_provider_is_asked() {
    let mut hint = seen(1, Status::Succeeded, Some(15_000));
    hint.trusted = Trusted::Hint;
    hint.source = Source::Webhook;
    let scene = boutique()
        .paying(AMINATA)
        .observes(hint)
        .then_nothing()
        .then_says(&[]);
    assert_eq!(scene.asks(), ["ask:1"]);
    assert_eq!(scene.stock(ROBE1), (3, 1, 0, 0));
}

#[test]
fn a_success_without_a_sum_is_asked_back() {
    let mut bare = seen(1, Status::Succeeded, None);
    bare.source = Source::Status;
    let scene = boutique().paying(AMINATA).observes(bare).then_nothing();
    assert_eq!(scene.asks(), ["ask:1"]);
}

#[test]
fn the_same_news_counts_once_also_after_the_order_is_closed() {
    let paid = seen(1, Status::Succeeded, Some(15_000));
    let hand_over = Command::Order(order::Command::HandOver { order: ORDER1 });
    boutique()
        .paying(AMINATA)
        .observes(paid.clone())
        .observes(paid.clone())
        .then_nothing()
        .answers(Answer::Already)
        .when(hand_over)
        .then_kinds(&["OrderHandedOver", "OrderClosed"])
        .observes(paid)
        .then_nothing()
        .answers(Answer::Already);
}

#[test]
fn a_second_charge_is_due_back_and_both_are_told() {
    let mut second = seen(1, Status::Succeeded, Some(15_000));
    second.provider_id = Some("tx-other".to_owned());
    boutique()
        .paying(AMINATA)
        .observes(seen(1, Status::Succeeded, Some(15_000)))
        .observes(second)
        .then_kinds(&["PaymentObserved", "RefundDue", "RefundRequested"])
        .then_says(&["refund-promised", "vendor-refund-due"]);
}

#[track_caller]
fn due_back(scene: &Scene) -> (Amount, RefundReason) {
    let due = scene.last.events.iter().find_map(|event| {
        if let Event::Payment(payment::Event::RefundDue { amount, reason, .. }) = event {
            return Some((*amount, *reason));
        }
        None
    });
    due.expect("nothing is due back")
}

#[test]
fn another_currency_is_due_back() {
    let mut euros = seen(1, Status::Succeeded, Some(15_000));
    euros.currency = Some("EUR".to_owned());
    let scene = boutique().paying(AMINATA).observes(euros);
    assert_eq!(
        due_back(&scene),
        (Amount(15_000), RefundReason::WrongCurrency)
    );
}

#[test]
fn a_failed_payment_gives_three_minutes_and_another_method() {
    let scene = boutique()
        .paying(AMINATA)
        .pass(570)
        .observes(seen(1, Status::Failed, None))
        .then_kinds(&["PaymentObserved", "HoldUnlocked"])
        .then_says(&["payment-failed"]);
    assert_eq!(
        scene.shop.orders.open[&ORDER1].deadline,
        scene.now + TimeDelta::minutes(3)
    );
}

#[test]
fn a_failure_after_success_changes_nothing() {
    let scene = boutique()
        .paying(AMINATA)
        .observes(seen(1, Status::Succeeded, Some(15_000)))
        .observes(seen(1, Status::Failed, None))
        .then_nothing();
    assert_eq!(scene.stock(ROBE1), (3, 0, 1, 0));
}

#[test]
fn a_success_after_failure_counts() {
    boutique()
        .paying(AMINATA)
        .observes(seen(1, Status::Failed, None))
        .observes(seen(1, Status::Succeeded, Some(15_000)))
        .then_kinds(&[
            "PaymentObserved",
            "PaymentConfirmed",
            "OrderConfirmed",
            "ClientPreferred",
        ]);
}

#[test]
fn a_failure_after_money_that_was_not_enough_changes_nothing() {
    boutique()
        .paying(AMINATA)
        .observes(seen(1, Status::Succeeded, Some(14_000)))
        .observes(seen(1, Status::Failed, None))
        .then_nothing();
}

#[test]
fn the_same_money_counts_once_when_its_name_comes_later() {
    let mut nameless = seen(1, Status::Succeeded, Some(15_000));
    nameless.provider_id = None;
    let link = "https://pay.example/1".to_owned();
    let attempt = AttemptId(1);
    let charge = payment::Command::RecordCharge {
        attempt,
        provider_id: None,
        link,
    };
    boutique()
        .says(AMINATA, "robe1")
        .says(AMINATA, "WAVE")
        .when(Command::Payment(charge))
        .observes(nameless.clone())
        .then_kinds(&[
            "PaymentObserved",
            "PaymentConfirmed",
            "OrderConfirmed",
            "ClientPreferred",
        ])
        .observes(seen(1, Status::Succeeded, Some(15_000)))
        .then_nothing()
        .observes(nameless)
        .then_nothing();
}

#[track_caller]
fn promise(scene: &Scene) -> (RefundNote, Option<Waiting>) {
    let Message::RefundPromised { note, waits, .. } = scene.message() else {
        panic!("{:?}", scene.message());
    };
    (note, waits)
}

#[test]
fn what_goes_back_leaves_the_order_waiting_and_she_knows_until_when() {
    let mut euros = seen(1, Status::Succeeded, Some(15_000));
    euros.currency = Some("EUR".to_owned());
    // Thirty seconds are left: three minutes are given to pay again.
    let scene = boutique().paying(AMINATA).pass(570).observes(euros);
    let until = scene.now + TimeDelta::minutes(3);
    let total = Amount(15_000);
    let waits = Some(Waiting { total, until });
    assert_eq!(promise(&scene), (RefundNote::OtherCurrency, waits));
    assert_eq!(scene.shop.orders.open[&ORDER1].deadline, until);
    // PAYER is true: another charge of the same sum, and it confirms.
    let scene = scene.says(AMINATA, "PAYER").then_says(&["ask-method"]);
    scene
        .says(AMINATA, "WAVE")
        .charged(2)
        .observes(seen(2, Status::Succeeded, Some(15_000)))
        .then_says(&["paid", "vendor-paid"]);
}
