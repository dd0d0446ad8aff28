//! Random lives of clients: they buy, forget, pay late, have their money taken back and pay again,
//! months apart, while the vendor changes her mind and the policy. Invariant 7 after each.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::*;
use crate::event::Event;
use crate::message::Tap;
use crate::order;
use crate::order::event::{CancelledBy, Choice};
use crate::trust::recompute::audit;
use crate::trust::score::total;

/// What happens next; numbers pick among the orders or attempts there are, newest first.
#[derive(Debug, Clone)]
enum Step {
    Orders(u128),
    Asks(u128),
    Comes(u64, u8),
    ComesShort(u64),
    Goes(u64, u8),
    PaysAgain(u128, u64),
    HandsOver(u64),
    Cancels(u64),
    Completes(u64),
    Judges(u128, Option<u8>),
    Follows(i64),
    Passes(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let who = || 1..3_u128;
    // The newest ones most of the time.
    let pick = || prop_oneof![4 => Just(0_u64), 2 => 0..3_u64, 1 => 0..9_u64];
    prop_oneof![
        5 => who().prop_map(Step::Orders),
        5 => who().prop_map(Step::Asks),
        6 => (pick(), 0..2_u8).prop_map(|(of, way)| Step::Comes(of, way)),
        1 => pick().prop_map(Step::ComesShort),
        4 => (pick(), 0..2_u8).prop_map(|(of, way)| Step::Goes(of, way)),
        2 => (who(), pick()).prop_map(|(who, of)| Step::PaysAgain(who, of)),
        3 => pick().prop_map(Step::HandsOver),
        1 => pick().prop_map(Step::Cancels),
        1 => pick().prop_map(Step::Completes),
        1 => (who(), any::<Option<u8>>()).prop_map(|(who, to)| Step::Judges(who, to)),
        1 => (1..=2_i64).prop_map(Step::Follows),
        4 => (0..300_i64).prop_map(Step::Passes),
        1 => (0..10_000_000_i64).prop_map(Step::Passes),
    ]
}

/// The attempt so far back, and what it asked.
fn attempt(scene: &Scene, back: u64) -> Option<(u64, i64)> {
    let id = scene.shop.payments.last.checked_sub(back)?;
    let known = scene.shop.payments.get(AttemptId(id))?;
    Some((id, known.asked.0))
}

/// Something is seen of it, in one of two transactions.
fn sees(scene: Scene, back: u64, way: u8, status: Status, share: i64) -> Scene {
    let Some((id, asked)) = attempt(&scene, back) else {
        return scene;
    };
    let mut seen = seen(id, status, Some(asked / share));
    seen.provider_id = Some(format!("tx-{id}-{way}"));
    scene.observes(seen)
}

fn happen(scene: Scene, step: &Step) -> Scene {
    let back = |scene: &Scene, back: u64| OrderId(scene.shop.orders.last.saturating_sub(back));
    match *step {
        Step::Orders(who) => scene.says(who, "foulard1"),
        Step::Asks(who) => scene.says(who, "WAVE"),
        Step::Comes(of, way) => sees(scene, of, way, Status::Succeeded, 1),
        Step::ComesShort(of) => sees(scene, of, 0, Status::Succeeded, 2),
        Step::Goes(of, way) => sees(scene, of, way, Status::Reversed, 1),
        Step::PaysAgain(who, of) => {
            let order = back(&scene, of);
            scene.taps(who, Tap::Pay(order))
        }
        Step::HandsOver(of) => {
            let order = back(&scene, of);
            scene.when(Command::Order(order::Command::HandOver { order }))
        }
        Step::Cancels(of) => {
            let (order, by) = (back(&scene, of), CancelledBy::Vendor);
            scene.when(Command::Order(order::Command::Cancel { order, by }))
        }
        Step::Completes(of) => {
            let (order, choice) = (back(&scene, of), Choice::Complete);
            scene.when(Command::Order(order::Command::Choose { order, choice }))
        }
        Step::Judges(who, score) => overrides(scene, who, score),
        Step::Follows(version) => scene.when(rule(Rule::TrustPolicy, version)),
        Step::Passes(seconds) => {
            let mut scene = scene.pass(0);
            scene.now += TimeDelta::seconds(seconds);
            scene.when(Command::Sweep)
        }
    }
}

proptest! {
    #[test]
    fn the_trust_in_the_log_is_the_trust_recomputed_from_it(
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let mut scene = scarves(30_000);
        let mut log: Vec<(Event, DateTime<Utc>)> = Vec::new();
        for step in &steps {
            scene = happen(scene, step);
            let at = scene.now;
            log.extend(scene.last.events.drain(..).map(|event| (event, at)));
            // Steps of one instant are told apart, so that each answers for itself.
            scene.now += TimeDelta::microseconds(1);
        }
        let right = audit(log);
        prop_assert!(right.is_ok(), "{right:?}");
        let right: Vec<_> = right.unwrap_or_default();
        prop_assert_eq!(right.len(), scene.shop.clients.len());
        for right in right {
            let known = scene.shop.clients.get(right.client).unwrap();
            let facts = &known.record.facts;
            prop_assert_eq!((right.score, right.flagged), (known.score, known.flagged));
            prop_assert_eq!((right.paid, right.expired), (facts.paid, facts.expired));
            let told = client::explain::reasons(known);
            prop_assert_eq!(total(&told), known.score);
        }
    }
}
