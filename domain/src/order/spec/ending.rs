//! Scenes: how holds and orders end.

use chrono::TimeDelta;

use super::trusted;
use crate::command::{Answer, Command};
use crate::event::Event;
use crate::ids::OrderId;
use crate::message::Message;
use crate::order::event::CancelledBy;
use crate::order::{self, Fate};
use crate::payment::observation::Status;
use crate::rejection::Rejection;
use crate::spec::*;
use crate::trust::Tier;

#[test]
fn a_hold_expires_at_its_deadline_and_frees_its_units() {
    let scene = boutique()
        .says(AMINATA, "2 robe1")
        .later(10)
        .then_kinds(&["HoldExpired"]);
    assert_eq!(scene.stock(ROBE1), (3, 0, 0, 0));
    assert_eq!(scene.shop.orders.closed[&ORDER1].fate, Fate::Expired);
    let Message::Expired { again, .. } = scene.message() else {
        panic!("not told")
    };
    assert_eq!(again, Some((ROBE1, 2)));
}

#[test]
fn what_is_due_is_settled_before_the_next_command() {
    // Fatou takes the unit whose hold ran out a moment ago, though nobody knocked.
    boutique()
        .says(AMINATA, "3 robe1")
        .pass(601)
        .says(FATOU, "3 robe1")
        .then_kinds(&["HoldExpired", "ClientRegistered", "OrderPlaced"])
        .then_says(&["expired", "held"]);
}

#[test]
fn holds_expire_in_the_order_of_their_deadlines() {
    let scene = boutique()
        .says(FATOU, "robe1")
        .pass(5)
        .says(AMINATA, "robe1")
        .later(11);
    let expired = |event: &Event| {
        if let Event::Order(order::Event::HoldExpired { order, .. }) = event {
            return Some(*order);
        }
        None
    };
    let orders: Vec<OrderId> = scene.last.events.iter().filter_map(expired).collect();
    assert_eq!(orders, [OrderId(1), OrderId(2)]);
}

#[test]
fn she_cancels_her_cart() {
    let scene = boutique().says(AMINATA, "robe1").says(AMINATA, "ANNULER");
    let scene = scene
        .then_kinds(&["OrderCancelled"])
        .then_says(&["cancelled"]);
    assert_eq!(scene.stock(ROBE1), (3, 0, 0, 0));
    scene
        .says(AMINATA, "ANNULER")
        .refused(Rejection::NothingOpen);
}

#[test]
fn the_vendor_cancels_with_an_apology() {
    let cancel = order::Command::Cancel {
        order: ORDER1,
        by: CancelledBy::Vendor,
    };
    boutique()
        .says(AMINATA, "robe1")
        .when(Command::Order(cancel.clone()))
        .then_says(&["cancelled-by-vendor"])
        .when(Command::Order(cancel))
        .refused(Rejection::OrderCancelled { order: ORDER1 });
}

#[test]
fn what_is_paid_the_vendor_gives_up_and_the_money_is_due_back() {
    let cancel = |by| Command::Order(order::Command::Cancel { order: ORDER1, by });
    let scene = boutique()
        .paying(AMINATA)
        .observes(seen(1, Status::Succeeded, Some(15_000)));
    let scene = scene
        .when(cancel(CancelledBy::Vendor))
        .then_kinds(&["OrderCancelled", "RefundDue", "RefundRequested"])
        .then_says(&["refund-promised", "vendor-refund-due"]);
    assert_eq!(scene.stock(ROBE1), (3, 0, 0, 0));
}

#[test]
fn handing_over_takes_the_units_out_of_the_house_and_closes() {
    let hand_over = Command::Order(order::Command::HandOver { order: ORDER1 });
    let scene = boutique()
        .paying(AMINATA)
        .when(hand_over.clone())
        .refused(Rejection::OrderNotPaid { order: ORDER1 })
        .observes(seen(1, Status::Succeeded, Some(15_000)))
        .when(hand_over.clone())
        .then_kinds(&["OrderHandedOver", "OrderClosed"])
        .when(hand_over)
        .answers(Answer::Already);
    assert_eq!(scene.stock(ROBE1), (2, 0, 0, 0));
}

#[test]
fn one_reminder_at_seventy_percent() {
    boutique()
        .says(AMINATA, "robe1")
        .pass(419)
        .when(Command::Sweep)
        .then_nothing()
        .pass(1)
        .when(Command::Sweep)
        .then_kinds(&["ReminderDue"])
        .then_says(&["reminder"])
        .pass(60)
        .when(Command::Sweep)
        .then_nothing();
}

#[test]
fn the_reminder_comes_later_for_high_trust_and_earlier_for_low() {
    for (score, seconds) in [(85, 720), (35, 300)] {
        let scene = trusted(boutique(), AMINATA, score, Tier::Bronze).says(AMINATA, "robe1");
        let scene = scene.pass(seconds - 1).when(Command::Sweep).then_nothing();
        scene
            .pass(1)
            .when(Command::Sweep)
            .then_kinds(&["ReminderDue"]);
    }
}

#[test]
fn nobody_is_reminded_while_paying() {
    boutique()
        .paying(AMINATA)
        .pass(480)
        .when(Command::Sweep)
        .then_nothing();
}

#[test]
fn a_late_knock_expires_without_a_reminder() {
    boutique()
        .says(AMINATA, "robe1")
        .later(60)
        .then_kinds(&["HoldExpired"]);
}

#[test]
fn a_closed_order_leaves_a_small_stub() {
    assert!(size_of::<order::Stub>() <= 64);
    let scene = boutique().says(AMINATA, "robe1").later(10);
    assert!(scene.shop.orders.open.is_empty() && scene.shop.agenda.is_empty());
}

#[test]
fn time_in_which_we_could_not_answer_is_given_back_whole() {
    let mut scene = boutique().says(AMINATA, "robe1").pass(300);
    let deadline = start() + TimeDelta::minutes(40);
    let reason = order::event::ExtendReason::Outage;
    let given = order::Event::HoldExtended {
        order: ORDER1,
        deadline,
        reason,
    };
    crate::evolve(&mut scene.shop, &given.into(), scene.now);
    // The bound moved with it: 20 minutes after the first hold's start, and 30 given back.
    assert_eq!(
        scene.shop.orders.open[&ORDER1].bound,
        start() + TimeDelta::minutes(50)
    );
    let scene = scene.pass(2_099).when(Command::Sweep);
    assert!(scene.shop.orders.open.contains_key(&ORDER1));
    scene
        .pass(1)
        .when(Command::Sweep)
        .then_kinds(&["HoldExpired"]);
}
