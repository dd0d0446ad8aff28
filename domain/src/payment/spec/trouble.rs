//! Scenes: charges that fail, and the lock deadline.

use crate::action::{Action, Class};
use crate::command::{Answer, Command};
use crate::event::Event;
use crate::ids::AttemptId;
use crate::order;
use crate::order::event::CancelledBy;
use crate::payment;
use crate::payment::observation::{Source, Status};
use crate::rejection::Rejection;
use crate::segment::Method;
use crate::spec::*;

#[test]
fn a_refused_charge_gives_the_cart_back() {
    boutique()
        .says(AMINATA, "robe1")
        .says(AMINATA, "WAVE")
        .charge_fails(1, false)
        .then_kinds(&["ChargeFailed", "HoldUnlocked"])
        .then_says(&["payment-failed"]);
}

#[test]
fn a_charge_nobody_knows_about_is_followed_by_two_others_at_most() {
    let scene = boutique()
        .says(AMINATA, "robe1")
        .says(AMINATA, "WAVE")
        .charge_fails(1, true);
    let scene = scene
        .then_kinds(&["ChargeFailed", "ChargeRequested"])
        .then_says(&[]);
    assert_eq!(scene.asks(), ["charge:2"]);
    scene
        .charge_fails(2, true)
        .then_kinds(&["ChargeFailed", "ChargeRequested"])
        .charge_fails(3, true)
        .then_kinds(&["ChargeFailed", "HoldUnlocked"])
        .then_says(&["payment-failed"])
        .says(AMINATA, "OM")
        .refused(Rejection::TooManyAttempts { order: ORDER1 });
}

#[test]
fn money_on_an_unknown_charge_counts() {
    boutique()
        .says(AMINATA, "robe1")
        .says(AMINATA, "WAVE")
        .charge_fails(1, true)
        .observes(seen(1, Status::Succeeded, Some(15_000)))
        .then_kinds(&[
            "PaymentObserved",
            "PaymentConfirmed",
            "OrderConfirmed",
            "ClientPreferred",
        ]);
}

#[test]
fn an_expiry_is_not_hers_when_the_provider_failed() {
    let scene = boutique()
        .says(AMINATA, "robe1")
        .says(AMINATA, "WAVE")
        .charge_fails(1, false)
        .later(30);
    let Some(Event::Order(order::Event::HoldExpired { attributable, .. })) =
        scene.last.events.last()
    else {
        panic!("it did not expire");
    };
    assert!(!attributable);
}

#[test]
fn at_the_lock_deadline_the_provider_is_asked_once() {
    let scene = boutique()
        .paying(AMINATA)
        .later(10)
        .then_kinds(&["ProviderAsked"]);
    assert_eq!(scene.asks(), ["ask:1!"]);
    let scene = scene.pass(30).when(Command::Sweep).then_nothing();
    assert!(scene.asks().is_empty());
}

#[test]
fn a_success_at_the_lock_deadline_confirms() {
    boutique()
        .paying(AMINATA)
        .later(10)
        .observes(seen(1, Status::Succeeded, Some(15_000)))
        .then_kinds(&[
            "PaymentObserved",
            "PaymentConfirmed",
            "OrderConfirmed",
            "ClientPreferred",
        ]);
}

#[test]
fn answered_and_not_succeeded_expires() {
    for status in [Status::Pending, Status::Absent, Status::Unknown] {
        let scene = boutique()
            .paying(AMINATA)
            .later(10)
            .observes(seen(1, status, None));
        scene.then_kinds(&["HoldExpired"]).then_says(&["expired"]);
    }
    for status in [Status::Failed, Status::Cancelled] {
        let scene = boutique()
            .paying(AMINATA)
            .later(10)
            .observes(seen(1, status, None));
        scene
            .then_kinds(&["PaymentObserved", "HoldExpired"])
            .then_says(&["expired"]);
    }
}

#[test]
fn pending_before_the_lock_deadline_is_no_news() {
    boutique()
        .paying(AMINATA)
        .observes(seen(1, Status::Pending, None))
        .then_nothing();
}

#[test]
fn a_provider_that_is_processing_gets_ten_minutes_at_most() {
    let mut scene = boutique().paying(AMINATA).later(10);
    for _ in 0..5 {
        scene = scene
            .observes(seen(1, Status::Processing, None))
            .then_kinds(&["HoldExtended"])
            .later(2)
            .then_kinds(&["ProviderAsked"]);
    }
    scene
        .observes(seen(1, Status::Processing, None))
        .then_kinds(&["HoldExpired"]);
}

#[test]
fn a_provider_that_does_not_answer_is_waited_for_and_then_it_expires() {
    let no_answer = Command::Payment(payment::Command::NoAnswer {
        attempt: AttemptId(1),
    });
    let mut scene = boutique()
        .paying(AMINATA)
        .later(10)
        .when(no_answer.clone())
        .then_kinds(&["HoldExtended"])
        .when(no_answer)
        .answers(Answer::Already);
    let mut kinds = Vec::new();
    while scene.shop.orders.open.contains_key(&ORDER1) {
        scene = scene.later(1);
        kinds.extend(scene.last.events.iter().map(Event::kind));
        assert!(kinds.len() < 20, "{kinds:?}");
    }
    assert!(kinds.contains(&"HoldExpired"));
    assert!(kinds.contains(&"ProviderAsked"));
}

#[test]
fn words_about_money_never_grow_old_and_a_link_does() {
    let scene = boutique().paying(AMINATA);
    let deadline = scene.shop.orders.open[&ORDER1].deadline;
    let urgency = |scene: &Scene| {
        let Action::Say {
            class, not_after, ..
        } = &scene.last.actions[0]
        else {
            panic!()
        };
        (*class, *not_after)
    };
    assert_eq!(urgency(&scene), (Class::Hold, Some(deadline)));
    let scene = scene.observes(seen(1, Status::Succeeded, Some(15_000)));
    assert_eq!(urgency(&scene), (Class::Money, None));
}

#[test]
fn the_pay_page_chooses_a_method_too() {
    let choose = payment::Command::ChooseMethod {
        order: ORDER1,
        method: Method::Card,
    };
    let scene = boutique()
        .says(AMINATA, "robe1")
        .when(Command::Payment(choose));
    let answer = Answer::Done {
        order: Some(ORDER1),
        attempt: Some(AttemptId(1)),
    };
    assert_eq!(scene.answers(answer).asks(), ["charge:1"]);
}

#[test]
fn a_link_that_comes_for_a_cancelled_order_is_not_sent() {
    let cancel = order::Command::Cancel {
        order: ORDER1,
        by: CancelledBy::Client,
    };
    boutique()
        .says(AMINATA, "robe1")
        .says(AMINATA, "WAVE")
        .when(Command::Order(cancel))
        .charged(1)
        .then_nothing()
        .then_says(&[]);
}

#[test]
fn an_attempt_nobody_made_is_unknown() {
    boutique()
        .observes(seen(7, Status::Succeeded, Some(1)))
        .refused(Rejection::AttemptUnknown)
        .then_nothing();
}

#[test]
fn a_late_webhook_is_no_answer_to_our_question() {
    let mut late = seen(1, Status::Pending, None);
    late.source = Source::Webhook;
    let scene = boutique()
        .paying(AMINATA)
        .later(10)
        .observes(late)
        .then_nothing();
    assert_eq!(scene.stock(ROBE1), (3, 1, 0, 0));
}

#[test]
fn processing_is_waited_for_ten_minutes_also_where_the_bound_is_far() {
    let rule = crate::policy::Rule::HoldLive;
    let long = crate::shop::Command::ChangePolicy { rule, to: 30 };
    let mut scene = boutique()
        .when(Command::Shop(long))
        .paying(AMINATA)
        .later(30);
    for _ in 0..5 {
        let processing = seen(1, Status::Processing, None);
        scene = scene
            .observes(processing)
            .then_kinds(&["HoldExtended"])
            .later(2);
    }
    scene
        .observes(seen(1, Status::Processing, None))
        .then_kinds(&["HoldExpired"]);
}
