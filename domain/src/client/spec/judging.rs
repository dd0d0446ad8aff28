//! Scenes: scores, tiers and badges as they change, and what they do to her holds.

use super::*;
use crate::command::Answer;
use crate::live;
use crate::order::Phase;
use crate::rejection::Rejection;
use crate::trust::ReasonCode as Code;

#[test]
fn a_change_of_score_is_one_event_with_every_line() {
    let (scene, _) = buys(scarves(1_000), AMINATA, 60);
    let told: Vec<_> = scene.last.events.iter().rev().take(2).collect();
    let line = |code, points| crate::trust::Reason { code, points };
    let changed = client::Event::TrustScoreChanged {
        client: client(AMINATA),
        from: 50,
        to: 65,
        policy: "v1".to_owned(),
        reasons: vec![
            line(Code::Start, 50),
            line(Code::Paid, 5),
            line(Code::PaysFast, 10),
        ],
        flagged: false,
    };
    assert_eq!(told[1], &changed.into());
    let earned = client::Event::BadgeEarned {
        client: client(AMINATA),
        badge: Badge::FastPayer,
        live: None,
    };
    assert_eq!(told[0], &earned.into());
}

#[test]
fn no_change_is_no_event() {
    let scene = buys_many(scarves(1_000), AMINATA, 5, 200);
    assert_eq!(trust(&scene, AMINATA), (75, false));
    let (scene, _) = buys(scene, AMINATA, 200);
    // The sixth gives no more points, but a tier.
    let trust: Vec<&str> = scene
        .last
        .events
        .iter()
        .map(crate::event::Event::kind)
        .collect();
    let trust: Vec<&str> = trust
        .into_iter()
        .filter(|kind| TRUST.contains(kind))
        .collect();
    assert_eq!(trust, ["TierChanged"]);
}

#[test]
fn what_she_reaches_and_earns_is_told_with_the_payment_once() {
    let mut scene = scarves(20_000);
    let mut told = Vec::new();
    for _ in 0..10 {
        scene = buys(scene, AMINATA, 60).0;
        told.push(news(&scene));
    }
    let expected = [
        (vec![Badge::FastPayer], None),
        (vec![], None),
        (vec![Badge::Loyal], Some(Tier::Silver)),
        (vec![], None),
        (vec![Badge::Verified], None),
        (vec![], Some(Tier::Gold)),
        (vec![], None),
        (vec![], None),
        (vec![], None),
        (vec![], Some(Tier::Diamond)),
    ];
    assert_eq!(told, expected);
    // A tier that is lost is not told with a payment, and not lost by one forgotten hold.
    let scene = forgets(scene, AMINATA, 2);
    assert_eq!(known(&scene, AMINATA).tier, Tier::Gold);
}

#[test]
fn verified_is_five_paid_with_no_hold_forgotten_after_the_first_of_them() {
    let earned = |scene: &Scene| {
        known(scene, AMINATA)
            .record
            .badges
            .contains(&Badge::Verified)
    };
    let scene = buys_many(scarves(1_000), AMINATA, 4, 200);
    let scene = forgets(scene, AMINATA, 1);
    let scene = buys_many(scene, AMINATA, 4, 200);
    assert!(!earned(&scene));
    assert!(earned(&buys_many(scene, AMINATA, 1, 200)));
    // A hold whose late payment was honoured was never forgotten.
    let scene = buys_many(scarves(1_000), AMINATA, 4, 200);
    let (scene, attempt) = asks(orders(scene, AMINATA).0, AMINATA);
    let scene = scene.later(60).later(60);
    assert_eq!(known(&scene, AMINATA).record.streak, 0);
    assert!(earned(&comes(scene, attempt)));
}

#[test]
fn a_live_has_one_first_buyer_whatever_becomes_of_her_money() {
    let start = Command::Live(live::Command::Start {
        live: None,
        title: Text::default(),
    });
    let first = |scene: &Scene| news(scene).0.contains(&Badge::FirstBuyer);
    let (scene, attempt) = buys(scarves(1_000).when(start.clone()), AMINATA, 200);
    assert!(first(&scene));
    let (scene, _) = buys(goes(scene, attempt), FATOU, 200);
    assert!(!first(&scene));
    // In the next live everybody has the chance again, she too.
    let scene = scene.when(Command::Live(live::Command::Finish)).later(1);
    let (scene, _) = buys(scene.when(start), AMINATA, 200);
    assert!(first(&scene));
    // Outside lives there is none.
    let (scene, _) = buys(scarves(1_000), AMINATA, 200);
    assert!(!first(&scene));
}

#[test]
fn the_vendors_word_lies_over_the_score_and_moves_the_tier() {
    let scene = forgets(scarves(1_000), AMINATA, 4);
    assert_eq!(trust(&scene, AMINATA), (0, true));
    // Looks like a fake buyer: five minutes, and nothing is held before she pays.
    let (scene, order) = orders(scene, AMINATA);
    assert_eq!(scene.shop.orders.open[&order].minutes, 5);
    assert_eq!(scene.shop.orders.open[&order].phase, Phase::Wished);
    let scene = scene.says(AMINATA, "ANNULER");
    // The vendor knows her: the flag has no effect any more, though it stays.
    let scene = overrides(scene, AMINATA, Some(85));
    assert_eq!(trust(&scene, AMINATA), (0, true));
    let (scene, order) = orders(scene, AMINATA);
    assert_eq!(scene.shop.orders.open[&order].minutes, 15);
    assert_eq!(scene.shop.orders.open[&order].phase, Phase::Held);
    let scene = scene.says(AMINATA, "ANNULER");
    // With three paid orders the word makes a tier, and lifted takes it away.
    let scene = buys_many(scene, AMINATA, 3, 200);
    assert_eq!(known(&scene, AMINATA).tier, Tier::Silver);
    let scene = overrides(scene, AMINATA, None);
    assert_eq!(known(&scene, AMINATA).tier, Tier::Bronze);
    overrides(scene, AMINATA, Some(101)).refused(Rejection::OutOfBounds {
        least: 0,
        most: 100,
    });
}

#[test]
fn an_override_says_its_tier_and_twice_is_once() {
    let scene = buys_many(scarves(1_000), AMINATA, 3, 200);
    let scene = overrides(scene, AMINATA, Some(10));
    let scene = scene.then_kinds(&["TrustOverridden", "TierChanged"]);
    overrides(scene, AMINATA, Some(10)).answers(Answer::Already);
}

#[test]
fn a_policy_counts_from_the_next_thing_that_happens_on() {
    let scene = forgets(scarves(1_000), AMINATA, 2);
    assert_eq!(trust(&scene, AMINATA), (30, false));
    let scene = scene.when(rule(Rule::TrustPolicy, 2));
    assert_eq!(trust(&scene, AMINATA), (30, false));
    // (1 + 2) / (1 + 2 + 3)
    let (scene, _) = buys(scene, AMINATA, 200);
    assert_eq!(trust(&scene, AMINATA), (50, false));
    // Nothing happens to her by mere time; 90 days later it weighs half when she pays again:
    // (1 + 0.5 + 2) / (1 + 0.5 + 1 + 3).
    let scene = scene.later(90 * 24 * 60);
    assert_eq!(trust(&scene, AMINATA), (50, false));
    let (scene, _) = buys(scene, AMINATA, 200);
    assert_eq!(trust(&scene, AMINATA), (63, false));
    // And back again: 50 + 15 − 20.
    let scene = scene.when(rule(Rule::TrustPolicy, 1));
    let (scene, _) = buys(scene, AMINATA, 200);
    assert_eq!(trust(&scene, AMINATA), (45, false));
}

/// Minutes of her next hold.
fn minutes(scene: Scene) -> u32 {
    let (scene, order) = orders(scene, AMINATA);
    scene.shop.orders.open[&order].minutes
}

#[test]
fn high_trust_never_shortens_a_long_base_and_a_flag_cuts_any() {
    let slow = |base| scarves(1_000).when(rule(Rule::HoldLive, base));
    // 50 + 25 + 10: high trust, tier silver.
    let high = |base| minutes(buys_many(slow(base), AMINATA, 5, 60));
    assert_eq!([5, 10, 15, 30].map(high), [20, 20, 20, 35]);
    // Under the second policy a flag outlives a score that recovered: 66 a year later.
    let scene = slow(30).when(rule(Rule::TrustPolicy, 2));
    let scene = forgets(scene, AMINATA, 4).later(2_000 * 24 * 60);
    let scene = forgets(overrides(scene, AMINATA, Some(50)), AMINATA, 1);
    assert_eq!(minutes(scene.clone()), 30);
    let scene = overrides(scene, AMINATA, None);
    assert_eq!(trust(&scene, AMINATA), (50, true));
    assert_eq!(minutes(scene), 5);
}
