//! Random histories: many clients, every command, news of money in any order and number, time
//! passing in jumps. After every step the invariants hold, the state is the fold of its events,
//! nobody is spoken to twice, and everything due is settled ([`crate::spec::Scene::when`]).

mod vendor;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use proptest::prelude::*;

use crate::command::Command;
use crate::conversation::command::{Media, Said};
use crate::event::Event;
use crate::ids::{AttemptId, LiveId, OrderId, VariantId};
use crate::message::Tap;
use crate::money::Amount;
use crate::order::event::Choice;
use crate::payment::observation::{Source, Status, Trusted};
use crate::segment::Method;
use crate::shop::Shop;
use crate::spec::*;
use crate::trust::score::total;
use crate::trust::{Tier, recompute};
use crate::{client, conversation, order, payment};

use vendor::vendor;

/// One thing that happens.
#[derive(Debug, Clone)]
enum Step {
    Says(u128, String),
    Taps(u128, Tap),
    Speaks(u128),
    Sees {
        attempt: u64,
        transaction: u8,
        status: Status,
        sum: Sum,
        hint: bool,
    },
    Charged(u64),
    ChargeFails(u64, bool),
    Asks(Command),
    Passes(i64),
    /// So many seconds pass in silence; it is told, perhaps as if it had begun earlier.
    Silent(i64, i64),
}

/// What a success brings, against what its attempt asked.
#[derive(Debug, Clone, Copy)]
enum Sum {
    Exact,
    Net,
    Less,
    More,
    Nothing,
    Negative,
    Unsaid,
    Foreign,
}

fn words() -> impl Strategy<Value = String> {
    let fixed = [
        "robe1",
        "2 robe1",
        "robe1 x3",
        "sac2",
        "4 sac2",
        "pagne3",
        "pagne3 s",
        "2 pagne3 m",
        "robe1 et 2 sac2 et pagne3 m",
        "PAYER",
        "WAVE",
        "OM",
        "CARTE",
        "CHANGER",
        "ANNULER",
        "STOP",
        "AIDE",
        "POURQUOI",
        "CATALOGUE",
        "MES ACHATS",
        "ENGLISH",
        "SIMPLE",
        "ok merci",
        "j'ai payé",
        "robe9",
        "0 robe1",
        "99 robe1",
        "bonjour ma soeur",
    ];
    prop_oneof![
        9 => prop::sample::select(fixed.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,40}",
    ]
}

fn tap() -> impl Strategy<Value = Tap> {
    let order = || (1..12_u64).prop_map(OrderId);
    prop_oneof![
        order().prop_map(Tap::Pay),
        order().prop_map(Tap::Cancel),
        order().prop_map(Tap::Change),
        (order(), prop::sample::select(Method::ALL.to_vec()))
            .prop_map(|(order, method)| Tap::Method(order, method)),
        (0..7_u32, 0..6_u32).prop_map(|(variant, count)| Tap::Take(VariantId(variant), count)),
        (order(), prop::sample::select(CHOICES.to_vec()))
            .prop_map(|(order, choice)| Tap::Choose(order, choice)),
        (order(), 0..7_u32).prop_map(|(order, variant)| Tap::Swap(order, VariantId(variant))),
        (0..7_u32, 0..6_u32).prop_map(|(variant, count)| Tap::Wait(VariantId(variant), count)),
        (0..7_u32).prop_map(|variant| Tap::Leave(VariantId(variant))),
        order().prop_map(Tap::Grant),
        (1..3_u32).prop_map(|live| Tap::Reopen(LiveId(live))),
        Just(Tap::Purchases),
        Just(Tap::Catalogue),
    ]
}

const CHOICES: [Choice; 5] = [
    Choice::Wait,
    Choice::Swap,
    Choice::Refund,
    Choice::Keep,
    Choice::Complete,
];

fn sight() -> impl Strategy<Value = Step> {
    let status = prop::sample::select(vec![
        Status::Pending,
        Status::Processing,
        Status::Authorized,
        Status::Succeeded,
        Status::Succeeded,
        Status::Succeeded,
        Status::Failed,
        Status::Cancelled,
        Status::Reversed,
        Status::Unknown,
        Status::Absent,
    ]);
    let sum = prop::sample::select(vec![
        Sum::Exact,
        Sum::Exact,
        Sum::Exact,
        Sum::Net,
        Sum::Less,
        Sum::More,
        Sum::Nothing,
        Sum::Negative,
        Sum::Unsaid,
        Sum::Foreign,
    ]);
    (1..10_u64, 0..3_u8, status, sum, prop::bool::weighted(0.2)).prop_map(
        |(attempt, transaction, status, sum, hint)| Step::Sees {
            attempt,
            transaction,
            status,
            sum,
            hint,
        },
    )
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (1..4_u128, words()).prop_map(|(who, words)| Step::Says(who, words)),
        4 => (1..4_u128, tap()).prop_map(|(who, tap)| Step::Taps(who, tap)),
        1 => (1..4_u128).prop_map(Step::Speaks),
        6 => sight(),
        4 => (1..10_u64).prop_map(Step::Charged),
        1 => (1..10_u64, any::<bool>()).prop_map(|(id, unknown)| Step::ChargeFails(id, unknown)),
        4 => vendor().prop_map(Step::Asks),
        4 => (0..400_i64).prop_map(Step::Passes),
        1 => (0..100_000_i64).prop_map(Step::Passes),
        1 => (0..20_000_000_i64).prop_map(Step::Passes),
        2 => (0..2_000_i64, -60..60_i64).prop_map(|(seconds, early)| Step::Silent(seconds, early)),
    ]
}

fn sees(scene: Scene, attempt: u64, transaction: u8, status: Status, sum: (Sum, bool)) -> Scene {
    let asked = scene
        .shop
        .payments
        .get(AttemptId(attempt))
        .map_or(0, |known| known.asked.0);
    let (amount, fees) = match sum.0 {
        Sum::Exact | Sum::Foreign => (Some(asked), None),
        Sum::Net => (Some(asked - 100), Some(100)),
        Sum::Less => (Some(asked - 1), None),
        Sum::More => (Some(asked + 1), None),
        Sum::Nothing => (Some(0), None),
        Sum::Negative => (Some(i64::MIN), Some(i64::MAX)),
        Sum::Unsaid => (None, None),
    };
    let mut seen = seen(attempt, status, amount);
    seen.fees = fees.map(Amount);
    seen.provider_id = (transaction > 0).then(|| format!("tx-{attempt}-{transaction}"));
    if matches!(sum.0, Sum::Foreign) {
        seen.currency = Some("EUR".to_owned());
    }
    if matches!(sum.0, Sum::Unsaid) {
        seen.source = Source::Status;
    }
    if sum.1 {
        seen.trusted = Trusted::Hint;
    }
    scene.observes(seen)
}

fn happen(scene: Scene, step: &Step) -> Scene {
    match step.clone() {
        Step::Says(who, words) => scene.says(who, &words),
        Step::Taps(who, tap) => scene.taps(who, tap),
        Step::Speaks(who) => scene.hears(who, Said::Media(Media::Voice)),
        Step::Sees {
            attempt,
            transaction,
            status,
            sum,
            hint,
        } => sees(scene, attempt, transaction, status, (sum, hint)),
        Step::Charged(attempt) => scene.charged(attempt),
        Step::ChargeFails(attempt, unknown) => scene.charge_fails(attempt, unknown),
        Step::Asks(command) => scene.when(command),
        // Half of the time nobody knocks: the next command settles.
        Step::Passes(seconds) if seconds % 2 == 0 => scene.pass(seconds),
        Step::Passes(seconds) => scene.pass(seconds).when(Command::Sweep),
        Step::Silent(seconds, early) => scene.silent(seconds, early),
    }
}

proptest! {
    #[test]
    fn whatever_happens_the_invariants_hold(steps in prop::collection::vec(step(), 1..80)) {
        let mut scene = boutique().pass(0);
        let mut log = Vec::new();
        for step in &steps {
            scene = happen(scene, step);
            let at = scene.now;
            log.extend(scene.last.events.drain(..).map(|event| (event, at)));
        }
        // Invariant 4, over the whole history, and by way of the stored form.
        let mut folded = boutique().shop;
        for (event, at) in &log {
            crate::evolve(&mut folded, event, *at);
        }
        prop_assert_eq!(&folded, &scene.shop);
        // Invariant 7: counted again by another way, the log says the same of everybody.
        trusted(&scene.shop, &log);
        noticed(&log);
        // In the end everything resolves: no hold outlives its bound and a day.
        let scene = scene.later(24 * 60).later(24 * 60).later(24 * 60).later(24 * 60);
        let scene = scene.later(9 * 24 * 60);
        let unpaid = scene.shop.orders.open.values().filter(|order| order.unpaid()).count();
        prop_assert_eq!(unpaid, 0);
        // And the vendor knows of everything.
        prop_assert!(scene.shop.notices.orders.is_empty() && scene.shop.notices.low.is_empty());
    }

    /// A duplicate tells no fact about money, at once or ever after.
    #[test]
    fn repeated_news_is_no_news(steps in prop::collection::vec(step(), 1..60)) {
        let mut scene = boutique();
        let mut facts: Vec<Step> = Vec::new();
        for step in &steps {
            let before = sums(&scene);
            scene = happen(scene, step);
            if let Step::Sees { .. } = step {
                if sums(&scene) != before {
                    facts.push(step.clone());
                }
                for twin in [Some(step), facts.first(), facts.last()].into_iter().flatten() {
                    let before = sums(&scene);
                    scene = happen(scene, twin);
                    prop_assert_eq!(before, sums(&scene), "{:?} counted twice", twin);
                }
            }
        }
    }
}

/// The vendor is told of each confirmation once: at once, or with others in a later fact.
fn noticed(log: &[(Event, DateTime<Utc>)]) {
    let mut waiting = BTreeSet::new();
    for (event, _) in log {
        if let Event::Order(order::Event::OrderConfirmed {
            order,
            told_later: true,
            ..
        }) = event
        {
            waiting.insert(*order);
        }
        if let Event::Conversation(conversation::Event::VendorTold { orders }) = event {
            let told: BTreeSet<_> = orders.iter().copied().collect();
            assert_eq!(told.len(), orders.len(), "an order twice in one notice");
            // All that wait, or one that is told at once and takes what ran low along.
            let along = told.len() == 1 && told.is_disjoint(&waiting);
            assert!(told == waiting || along, "{told:?} of {waiting:?}");
            waiting.retain(|order| !told.contains(order));
        }
    }
}

/// What is known of the clients, what is recomputed from the log, and what they are told agree.
fn trusted(shop: &Shop, log: &[(Event, DateTime<Utc>)]) {
    let events = log.iter().map(|(event, at)| (event, *at));
    let right = recompute::audit(events).unwrap();
    let right: Vec<_> = right
        .into_iter()
        .map(|right| {
            (
                right.client,
                right.score,
                right.flagged,
                right.paid,
                right.expired,
            )
        })
        .collect();
    let known: Vec<_> = shop
        .clients
        .iter()
        .map(|(id, known)| {
            let facts = &known.record.facts;
            (id, known.score, known.flagged, facts.paid, facts.expired)
        })
        .collect();
    assert_eq!(right, known);
    for (_, known) in shop.clients.iter() {
        assert_eq!(total(&client::explain::reasons(known)), known.score);
        assert_eq!(known.tier, Tier::of(known.paid(), known.trust()));
    }
}

/// What counts of all attempts.
fn sums(scene: &Scene) -> Vec<(usize, Amount, Amount)> {
    let sums = |known: &payment::Attempt| (known.seen.len(), known.got, known.accounted);
    scene.shop.payments.attempts.values().map(sums).collect()
}
