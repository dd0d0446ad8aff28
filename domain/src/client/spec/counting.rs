//! Scenes: what counts for her trust, and what does not.

use chrono::TimeDelta;

use super::*;
use crate::message::Tap;
use crate::money::Amount;
use crate::order;
use crate::order::event::{CancelledBy, Choice};
use crate::trust::facts::Facts;

fn cancel(order: OrderId, by: CancelledBy) -> Command {
    Command::Order(order::Command::Cancel { order, by })
}

#[test]
fn eight_orders_paid_in_eighty_three_seconds_give_95() {
    let scene = buys_many(scarves(29_250), AMINATA, 8, 83);
    let facts = &known(&scene, AMINATA).record.facts;
    assert_eq!((facts.paid, facts.seconds, facts.spent), (8, 664, 234_000));
    assert_eq!(trust(&scene, AMINATA), (95, false));
    assert_eq!(known(&scene, AMINATA).tier, Tier::Gold);
}

#[test]
fn one_order_paid_slowly_and_four_expired_give_0() {
    let scene = buys_many(scarves(1_000), AMINATA, 1, 200);
    assert_eq!(trust(&scene, AMINATA), (55, false));
    let scene = forgets(scene, AMINATA, 3);
    assert_eq!(trust(&scene, AMINATA), (25, false));
    let scene = forgets(scene, AMINATA, 1);
    assert_eq!(trust(&scene, AMINATA), (0, true));
}

#[test]
fn who_cancels_in_time_or_is_cancelled_loses_nothing() {
    let (scene, first) = orders(scarves(1_000), AMINATA);
    let scene = scene.says(AMINATA, "ANNULER");
    let (scene, second) = orders(scene, AMINATA);
    assert_ne!(first, second);
    let scene = scene.when(cancel(second, CancelledBy::Vendor)).later(60);
    assert_eq!(trust(&scene, AMINATA), (50, false));
}

#[test]
fn what_the_provider_broke_costs_nothing() {
    let (scene, _) = orders(scarves(1_000), AMINATA);
    let scene = scene.says(AMINATA, "PAYER").says(AMINATA, "WAVE");
    let scene = scene.charge_fails(1, false).later(60);
    assert!(scene.shop.orders.open.is_empty());
    assert_eq!(trust(&scene, AMINATA), (50, false));
}

#[test]
fn a_cart_that_held_nothing_costs_nothing() {
    let scene = scarves(1_000).when(rule(Rule::FirstPaid, 1));
    let scene = forgets(scene, AMINATA, 5);
    assert_eq!(scene.shop.orders.closed.len(), 5);
    assert_eq!(trust(&scene, AMINATA), (50, false));
}

#[test]
fn a_refund_the_vendor_caused_still_counts_as_paid() {
    let (scene, attempt) = buys(scarves(1_000), AMINATA, 200);
    let scene = scene.when(cancel(ORDER1, CancelledBy::Vendor));
    assert_eq!(trust(&scene, AMINATA), (55, false));
    // Also when the money goes back by way of a reversal.
    let scene = goes(scene, attempt);
    assert_eq!(trust(&scene, AMINATA), (55, false));
}

#[test]
fn a_late_payment_honoured_takes_its_expiry_back() {
    let (scene, _) = orders(scarves(1_000), AMINATA);
    let (scene, attempt) = asks(scene, AMINATA);
    let scene = scene.later(60).later(60);
    assert_eq!(trust(&scene, AMINATA), (40, false));
    let scene = comes(scene, attempt);
    assert_eq!(trust(&scene, AMINATA), (55, false));
    assert_eq!(known(&scene, AMINATA).record.facts.expired, 0);
}

#[test]
fn who_completes_what_came_late_has_not_let_it_expire_until_she_does() {
    let (scene, order) = orders(scarves(1_000), AMINATA);
    let (scene, attempt) = asks(scene, AMINATA);
    let scene = scene.later(60).later(60);
    let scene = scene.observes(seen(attempt, Status::Succeeded, Some(400)));
    assert_eq!(trust(&scene, AMINATA), (40, false));
    let complete = Command::Order(order::Command::Choose {
        order,
        choice: Choice::Complete,
    });
    let scene = scene.when(complete);
    assert_eq!(trust(&scene, AMINATA), (50, false));
    // One order, one expiry, however often it runs out.
    let scene = scene.later(60).later(60);
    assert_eq!(trust(&scene, AMINATA), (40, false));
    assert_eq!(known(&scene, AMINATA).record.facts.expired, 1);
}

#[test]
fn money_taken_back_never_counted_and_counts_once_when_it_comes_again() {
    let before = buys_many(scarves(60_000), AMINATA, 1, 90);
    assert_eq!(trust(&before, AMINATA), (65, false));
    let record = known(&before, AMINATA).record.clone();
    let (scene, attempt) = buys(before, AMINATA, 10);
    assert_eq!(trust(&scene, AMINATA), (80, false));
    let scene = goes(scene, attempt);
    assert_eq!(trust(&scene, AMINATA), (65, false));
    assert_eq!(known(&scene, AMINATA).record.facts, record.facts);
    // She pays it again, an hour later: it counts as the slow payment it is by now.
    let scene = scene.pass(3_600).taps(AMINATA, Tap::Pay(OrderId(2)));
    let again = scene.shop.payments.last;
    assert_eq!(scene.asks(), [format!("charge:{again}")]);
    let scene = scene.charged(again);
    let scene = comes(scene, again);
    assert_eq!(trust(&scene, AMINATA), (70, false));
    assert_eq!(known(&scene, AMINATA).paid(), 2);
    let scene = comes(scene, again);
    assert_eq!(known(&scene, AMINATA).paid(), 2);
}

#[test]
fn money_taken_back_months_after_she_had_her_things_is_counted_out_exactly() {
    let (scene, attempt) = buys(scarves(1_000), AMINATA, 30);
    assert_eq!(trust(&scene, AMINATA), (65, false));
    let scene = scene.when(Command::Order(order::Command::HandOver { order: ORDER1 }));
    assert!(scene.shop.orders.open.is_empty());
    let scene = goes(scene.later(200 * 24 * 60), attempt);
    assert_eq!(trust(&scene, AMINATA), (50, false));
    assert_eq!(known(&scene, AMINATA).record.facts, Facts::default());
    // It comes once more, in another transaction: paid again, and no longer fast.
    let mut again = seen(attempt, Status::Succeeded, Some(1_000));
    again.provider_id = Some("tx-again".to_owned());
    let scene = scene.observes(again);
    assert_eq!(trust(&scene, AMINATA), (55, false));
    assert_eq!(known(&scene, AMINATA).paid(), 1);
}

#[test]
fn her_time_to_pay_is_the_providers_and_never_less_than_nothing() {
    let pays = |seconds| {
        let (scene, _) = orders(scarves(1_000), AMINATA);
        let (scene, attempt) = asks(scene, AMINATA);
        let mut seen = seen(attempt, Status::Succeeded, Some(1_000));
        seen.paid_at = Some(scene.now + TimeDelta::seconds(seconds));
        let scene = scene.pass(290).observes(seen);
        known(&scene, AMINATA).record.facts.seconds
    };
    assert_eq!([-500, 0, 119].map(pays), [0, 0, 119]);
}

#[test]
fn two_clients_who_are_one_have_done_what_both_did() {
    let scene = buys_many(scarves(60_000), AMINATA, 2, 200);
    let mut scene = forgets(buys_many(scene, FATOU, 1, 200), FATOU, 1);
    let merged = client::Event::ClientsMerged {
        kept: client(AMINATA),
        merged: client(FATOU),
    };
    crate::evolve(&mut scene.shop, &merged.into(), scene.now);
    let facts = &known(&scene, AMINATA).record.facts;
    assert_eq!((facts.paid, facts.expired, facts.spent), (3, 1, 180_000));
    // Whatever happens to her next says it: 50 + 15 + 10 − 10.
    let scene = overrides(scene, FATOU, Some(90));
    assert_eq!(trust(&scene, AMINATA), (65, false));
    assert_eq!(known(&scene, AMINATA).tier, Tier::Silver);
}

#[test]
fn what_is_too_old_to_weigh_is_let_go_of() {
    let scene = buys_many(scarves(1_000), AMINATA, 2, 30);
    let scene = buys_many(scene.later(901 * 24 * 60), AMINATA, 1, 30);
    let facts = &known(&scene, AMINATA).record.facts;
    assert_eq!((facts.days.len(), facts.paid), (1, 3));
    assert_eq!(known(&scene, AMINATA).purchases[0].total, Amount(1_000));
    let scene = scene.taps(AMINATA, Tap::Purchases);
    assert_eq!(known(&scene, AMINATA).known().purchases, 3);
}
