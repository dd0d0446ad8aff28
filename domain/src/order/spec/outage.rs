//! Scenes: LivePay could not answer for a while.

use chrono::{DateTime, TimeDelta, Utc};

use super::policy;
use crate::command::{Answer, Command};
use crate::event::Event;
use crate::ids::OrderId;
use crate::order::event::ExtendReason;
use crate::order::{self, Phase};
use crate::payment::observation::Status;
use crate::policy::Rule;
use crate::shop;
use crate::spec::*;

fn at(seconds: i64) -> DateTime<Utc> {
    start() + TimeDelta::seconds(seconds)
}

fn ended(from: i64, until: i64) -> Event {
    let (from, until) = (at(from), at(until));
    shop::Event::OutageEnded { from, until }.into()
}

fn longer(order: OrderId, until: i64) -> Event {
    let (deadline, reason) = (at(until), ExtendReason::Outage);
    let extended = order::Event::HoldExtended {
        order,
        deadline,
        reason,
    };
    extended.into()
}

/// Whether the expiries of the last step count against their clients.
fn blamed(scene: &Scene) -> Vec<bool> {
    let blamed = |event: &Event| {
        if let Event::Order(order::Event::HoldExpired { attributable, .. }) = event {
            return Some(*attributable);
        }
        None
    };
    scene.last.events.iter().filter_map(blamed).collect()
}

#[test]
fn a_hold_gets_the_silence_back_instead_of_expiring_in_it() {
    // Held at 0 for 600 s; nobody home from 300 to 2 100.
    let scene = boutique()
        .says(AMINATA, "robe1")
        .pass(300)
        .silent(1_800, 0)
        .then([ended(300, 2_100), longer(ORDER1, 2_400)])
        .then_says(&[]);
    assert_eq!(scene.shop.orders.open[&ORDER1].bound, at(1_200 + 1_800));
    // From there on it is an ordinary hold: the reminder moved too, and so did the end.
    let scene = scene.pass(120).when(Command::Sweep);
    let scene = scene.then_kinds(&["ReminderDue"]).pass(179);
    let scene = scene.when(Command::Sweep).then_nothing().pass(1);
    let scene = scene.when(Command::Sweep).then_kinds(&["HoldExpired"]);
    assert_eq!(blamed(&scene), [true], "she had all her time");
}

#[test]
fn what_fell_due_before_the_silence_is_not_revived() {
    // The deadline passed, nobody knocked, and then the house fell silent.
    let scene = boutique().says(AMINATA, "robe1").pass(601).silent(900, 0);
    let scene = scene.then_kinds(&["HoldExpired"]);
    assert_eq!(blamed(&scene), [true]);
}

#[test]
fn an_order_placed_after_the_silence_began_gets_only_its_own_part() {
    // The last sign of life was at 0, the order still came at 20.
    boutique()
        .pass(20)
        .says(AMINATA, "robe1")
        .pass(10)
        .silent(100, 30)
        .then([ended(0, 130), longer(ORDER1, 620 + 110)]);
}

#[test]
fn every_open_hold_gets_it_and_what_is_paid_does_not() {
    boutique()
        .paying(FATOU)
        .observes(seen(1, Status::Succeeded, Some(15_000)))
        .says(FATOU, "sac2")
        .says(AMINATA, "robe1")
        .silent(60, 0)
        .then([
            ended(0, 60),
            longer(OrderId(2), 660),
            longer(OrderId(3), 660),
        ]);
}

#[test]
fn a_short_silence_is_ordinary_and_the_vendor_says_what_is_short() {
    let scene = boutique().says(AMINATA, "robe1");
    let scene = scene.silent(29, 0).then_nothing().answers(Answer::Already);
    scene
        .when(policy(Rule::OutageLeast, 5))
        .silent(6, 0)
        .then([ended(29, 35), longer(ORDER1, 606)]);
}

#[test]
fn no_silence_is_given_back_twice() {
    let scene = boutique().says(AMINATA, "robe1").silent(100, 0);
    let again = |from, until| Command::Outage {
        from: at(from),
        until: at(until),
    };
    // The same one, told by another witness; a part of it; one that goes on a little longer.
    let scene = scene.when(again(0, 100)).then_nothing();
    let scene = scene.pass(20).when(again(-50, 90)).then_nothing();
    let scene = scene.when(again(50, 120)).then_nothing();
    // One that goes on for longer: only the rest.
    let scene = scene.pass(40).when(again(50, 160));
    scene.then([ended(100, 160), longer(ORDER1, 760)]);
}

#[test]
fn without_anything_open_nothing_is_told() {
    let scene = boutique().silent(3_600, 0);
    scene.then_nothing().answers(Answer::Already);
    given([]).silent(3_600, 0).then_nothing();
}

#[test]
fn a_silence_beyond_the_most_ends_the_hold_and_blames_nobody() {
    let scene = boutique().says(AMINATA, "robe1").pass(60);
    let scene = scene.silent(8 * 3_600, 0);
    let scene = scene.then_kinds(&["OutageEnded", "HoldExtended", "HoldExpired"]);
    assert_eq!(blamed(&scene), [false]);
    assert_eq!(scene.stock(ROBE1), (3, 0, 0, 0));
}

#[test]
fn the_time_to_pay_is_given_back_and_the_lock_with_it() {
    let scene = boutique().paying(AMINATA).pass(60).silent(1_200, 0);
    let scene = scene.then([ended(60, 1_260), longer(ORDER1, 1_800)]);
    let known = &scene.shop.orders.open[&ORDER1];
    assert_eq!((known.phase, known.asked), (Phase::Paying, false));
    assert_eq!(known.locked_until, Some(at(1_800)));
    // The reminder planned before she chose to pay moved too: she changes her mind.
    let scene = scene.says(AMINATA, "CHANGER").pass(360);
    scene.when(Command::Sweep).then_kinds(&["ReminderDue"]);
}

#[test]
fn the_wait_for_a_provider_that_was_asked_goes_on() {
    // Asked at the lock deadline, 600; its answer would be awaited until 720.
    let scene = boutique().paying(AMINATA).pass(600).when(Command::Sweep);
    let scene = scene.then_kinds(&["ProviderAsked"]).pass(30);
    let scene = scene.silent(300, 0);
    let scene = scene.then([ended(630, 930), longer(ORDER1, 900)]);
    assert!(scene.shop.orders.open[&ORDER1].asked, "still waiting");
    let scene = scene.pass(89).when(Command::Sweep).then_nothing();
    // Then no answer is no answer, and the provider's slowness prolongs it as always.
    let scene = scene.pass(1).when(Command::Sweep);
    scene.then([Event::from(order::Event::HoldExtended {
        order: ORDER1,
        deadline: at(1_140),
        reason: ExtendReason::Processing,
    })]);
}

#[test]
fn a_silence_that_has_not_ended_yet_counts_until_now() {
    let scene = boutique().says(AMINATA, "robe1").pass(40);
    let outage = Command::Outage {
        from: start(),
        until: at(3_600),
    };
    scene.when(outage).then([ended(0, 40), longer(ORDER1, 640)]);
}
