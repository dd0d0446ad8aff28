//! Scenes: a method, the lock, the link.

use crate::command::{Answer, Command};
use crate::conversation;
use crate::event::Event;
use crate::ids::{AttemptId, Reference};
use crate::message::{Message, Tap};
use crate::money::Amount;
use crate::order;
use crate::payment;
use crate::payment::observation::Status;
use crate::rejection::Rejection;
use crate::segment::Method;
use crate::spec::*;
use chrono::TimeDelta;

#[test]
fn a_keyword_becomes_a_paid_order_in_three_messages() {
    let scene = boutique()
        .says(AMINATA, "robe1")
        .then_kinds(&["ClientRegistered", "OrderPlaced"])
        .then_says(&["held"])
        .says(AMINATA, "PAYER")
        .then_nothing()
        .then_says(&["ask-method"])
        .says(AMINATA, "WAVE")
        .then_kinds(&[
            "PaymentMethodChosen",
            "HoldLockedForPayment",
            "ChargeRequested",
        ])
        .then_says(&[]);
    assert_eq!(scene.asks(), ["charge:1"]);
    let scene = scene
        .charged(1)
        .then_kinds(&["ChargeCreated"])
        .then_says(&["payment-link"])
        .observes(seen(1, Status::Succeeded, Some(15_000)))
        .then_kinds(&[
            "PaymentObserved",
            "PaymentConfirmed",
            "OrderConfirmed",
            "ClientPreferred",
        ])
        .then_says(&["paid", "vendor-paid"])
        .answers(Answer::Done {
            order: None,
            attempt: Some(AttemptId(1)),
        });
    assert_eq!(scene.stock(ROBE1), (3, 0, 1, 0));
    assert_eq!(scene.shop.next_due(), None);
}

#[test]
fn choosing_a_method_tells_these_facts_exactly() {
    let reference = Reference::new(SHOP, AttemptId(1));
    boutique()
        .says(AMINATA, "robe1")
        .pass(400)
        .says(AMINATA, "WAVE")
        .then([
            Event::from(payment::Event::PaymentMethodChosen {
                order: ORDER1,
                method: Method::Wave,
            }),
            // 200 seconds were left: topped up to five minutes.
            order::Event::HoldLockedForPayment {
                order: ORDER1,
                until: start() + TimeDelta::seconds(700),
            }
            .into(),
            payment::Event::ChargeRequested {
                order: ORDER1,
                attempt: AttemptId(1),
                reference,
                method: Method::Wave,
                amount: Amount(15_000),
            }
            .into(),
        ]);
}

#[test]
fn the_hold_is_topped_up_only_once() {
    let scene = boutique()
        .says(AMINATA, "robe1")
        .pass(540)
        .says(AMINATA, "WAVE");
    let until = scene.shop.orders.open[&ORDER1].deadline;
    let scene = scene
        .charged(1)
        .pass(200)
        .says(AMINATA, "CHANGER")
        .says(AMINATA, "OM");
    assert_eq!(scene.shop.orders.open[&ORDER1].deadline, until);
}

#[test]
fn the_lock_runs_from_the_moment_the_link_exists() {
    let scene = boutique()
        .says(AMINATA, "robe1")
        .pass(540)
        .says(AMINATA, "WAVE")
        .pass(60);
    let scene = scene
        .charged(1)
        .then_kinds(&["ChargeCreated", "HoldLockedForPayment"]);
    assert_eq!(
        scene.shop.orders.open[&ORDER1].deadline,
        scene.now + TimeDelta::minutes(5)
    );
}

#[test]
fn paying_again_gives_the_same_link_and_no_second_charge() {
    let scene = boutique()
        .paying(AMINATA)
        .says(AMINATA, "PAYER")
        .then_nothing();
    let scene = scene.then_says(&["payment-link"]);
    assert!(scene.asks().is_empty());
    boutique()
        .paying(AMINATA)
        .taps(AMINATA, Tap::Method(ORDER1, Method::Wave))
        .then_nothing();
}

#[test]
fn paying_again_before_the_link_exists_says_it_is_coming() {
    boutique()
        .says(AMINATA, "robe1")
        .says(AMINATA, "WAVE")
        .says(AMINATA, "PAYER")
        .then_nothing()
        .then_says(&["link-coming"]);
}

#[test]
fn changing_unfreezes_and_the_same_method_gives_the_same_link() {
    let scene = boutique()
        .paying(AMINATA)
        .taps(AMINATA, Tap::Change(ORDER1))
        .then_kinds(&["HoldUnlocked"])
        .then_says(&["ask-method"])
        .taps(AMINATA, Tap::Method(ORDER1, Method::Wave))
        .then_kinds(&["PaymentMethodChosen", "HoldLockedForPayment"])
        .then_says(&["payment-link"]);
    assert!(scene.asks().is_empty());
}

#[test]
fn another_method_while_paying_is_changing_first() {
    let scene = boutique()
        .paying(AMINATA)
        .says(AMINATA, "CARTE")
        .then_kinds(&[
            "HoldUnlocked",
            "PaymentMethodChosen",
            "HoldLockedForPayment",
            "ChargeRequested",
        ]);
    assert_eq!(scene.asks(), ["charge:2"]);
}

#[test]
fn money_on_the_old_attempt_still_counts_after_changing() {
    boutique()
        .paying(AMINATA)
        .says(AMINATA, "CHANGER")
        .observes(seen(1, Status::Succeeded, Some(15_000)))
        .then_kinds(&[
            "PaymentObserved",
            "PaymentConfirmed",
            "OrderConfirmed",
            "ClientPreferred",
        ]);
}

#[test]
fn what_the_old_attempt_asked_does_not_pay_a_cart_that_grew() {
    let scene = boutique()
        .paying(AMINATA)
        .says(AMINATA, "CHANGER")
        .says(AMINATA, "sac2")
        .observes(seen(1, Status::Succeeded, Some(15_000)))
        .then_kinds(&["PaymentObserved", "PaymentUnderpaid"])
        .then_says(&["underpaid"]);
    assert_eq!(scene.stock(ROBE1), (3, 1, 0, 0));
}

#[test]
fn a_lock_that_needed_no_top_up_does_not_start_again() {
    let scene = boutique()
        .says(AMINATA, "robe1")
        .says(AMINATA, "WAVE")
        .pass(330);
    scene.charged(1).then_kinds(&["ChargeCreated"]);
}

#[test]
fn a_cart_that_grew_needs_a_new_charge() {
    let scene = boutique()
        .paying(AMINATA)
        .says(AMINATA, "CHANGER")
        .says(AMINATA, "sac2");
    let scene = scene.says(AMINATA, "WAVE");
    assert_eq!(scene.asks(), ["charge:2"]);
}

/// She paid once by this method; her new cart is held.
fn after_paying_by(word: &str) -> Scene {
    boutique()
        .says(AMINATA, "robe1")
        .says(AMINATA, word)
        .charged(1)
        .observes(seen(1, Status::Succeeded, Some(15_000)))
        .says(AMINATA, "sac2")
}

#[test]
fn who_paid_once_gets_the_link_of_her_method_at_once() {
    let scene = after_paying_by("OM").says(AMINATA, "PAYER").then_kinds(&[
        "PaymentMethodChosen",
        "HoldLockedForPayment",
        "ChargeRequested",
    ]);
    assert_eq!(scene.asks(), ["charge:2"]);
    let scene = scene.then_says(&[]).charged(2);
    let Message::PaymentLink { method, .. } = scene.message() else {
        panic!("{:?}", scene.message());
    };
    assert_eq!(method, Method::OrangeMoney);
    // The others are one tap away.
    scene
        .says(AMINATA, "CHANGER")
        .then_kinds(&["HoldUnlocked"])
        .then_says(&["ask-method"])
        .says(AMINATA, "WAVE")
        .charged(3)
        .observes(seen(3, Status::Succeeded, Some(12_000)))
        .then_kinds(&[
            "PaymentObserved",
            "PaymentConfirmed",
            "OrderConfirmed",
            "ClientPreferred",
        ]);
}

#[test]
fn a_method_that_is_known_already_is_no_news() {
    after_paying_by("WAVE")
        .says(AMINATA, "PAYER")
        .charged(2)
        .observes(seen(2, Status::Succeeded, Some(12_000)))
        .then_kinds(&["PaymentObserved", "PaymentConfirmed", "OrderConfirmed"]);
}

fn link_late(attempt: u64) -> Command {
    Command::Payment(payment::Command::LinkLate {
        attempt: AttemptId(attempt),
    })
}

#[test]
fn a_link_that_takes_long_is_announced_once() {
    let waiting = boutique()
        .says(AMINATA, "robe1")
        .says(AMINATA, "WAVE")
        .pass(10)
        .when(link_late(1))
        .then([conversation::Event::LinkDelayed {
            attempt: AttemptId(1),
        }
        .into()])
        .then_says(&["link-coming"]);
    waiting
        .clone()
        .when(link_late(1))
        .then_nothing()
        .then_says(&[])
        .answers(Answer::Already);
    waiting.charged(1).then_says(&["payment-link"]);
}

#[test]
fn a_link_that_nobody_waits_for_is_not_announced() {
    boutique()
        .when(link_late(1))
        .refused(Rejection::AttemptUnknown);
    let quiet = |scene: Scene| scene.when(link_late(1)).then_nothing().then_says(&[]);
    quiet(boutique().paying(AMINATA));
    let chosen = boutique().says(AMINATA, "robe1").says(AMINATA, "WAVE");
    quiet(chosen.clone().says(AMINATA, "OM"));
    quiet(chosen.clone().says(AMINATA, "ANNULER"));
    quiet(chosen.clone().charge_fails(1, false));
    // At the deadline the provider is asked instead.
    quiet(chosen.later(11));
}
