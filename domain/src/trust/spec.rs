//! Scenes: the sums, without any shop around them.

use chrono::{Days, NaiveDate};

use super::facts::{Day, Facts};
use super::policy::{V1, V2};
use super::score::{Score, score, total};
use super::{ReasonCode, Tier};

fn today() -> NaiveDate {
    crate::spec::start().date_naive()
}

/// So many paid, in so many seconds each, for so much in all; so many expired. All of it today.
fn facts(paid: u32, each: u64, spent: i64, expired: u32) -> Facts {
    Facts {
        paid,
        timed: paid,
        seconds: u64::from(paid) * each,
        spent,
        expired,
        days: [(today(), Day { paid, expired })].into(),
    }
}

fn v1(facts: &Facts) -> Score {
    score(facts, &V1, today())
}

fn lines(score: &Score) -> Vec<(ReasonCode, i16)> {
    let line = |reason: &super::Reason| (reason.code, reason.points);
    score.reasons.iter().map(line).collect()
}

#[test]
fn the_two_clients_everybody_knows() {
    let aminata = v1(&facts(8, 83, 234_000, 0));
    assert_eq!((aminata.value, aminata.flagged), (95, false));
    let expected = [
        (ReasonCode::Start, 50),
        (ReasonCode::Paid, 25),
        (ReasonCode::PaysFast, 10),
        (ReasonCode::Spent, 10),
    ];
    assert_eq!(lines(&aminata), expected);

    let moussa = v1(&facts(1, 400, 12_000, 4));
    assert_eq!((moussa.value, moussa.flagged), (0, true));
    let expected = [
        (ReasonCode::Start, 50),
        (ReasonCode::Paid, 5),
        (ReasonCode::Expired, -40),
        (ReasonCode::SuspectedFakeBuyer, -20),
    ];
    assert_eq!(lines(&moussa), expected);
}

#[test]
fn nobody_known_starts_in_the_middle() {
    assert_eq!(v1(&Facts::default()).value, super::START);
    assert_eq!(
        lines(&v1(&Facts::default())),
        [(ReasonCode::Start, 50)],
        "a line of no points is not told"
    );
}

#[test]
fn every_line_has_its_edge() {
    let score = |facts| v1(&facts).value;
    // Paid orders give 25 at most.
    assert_eq!(
        [4, 5, 6].map(|paid| score(facts(paid, 999, 0, 0))),
        [70, 75, 75]
    );
    // The mean is under two minutes: Σ seconds < 120 × n.
    assert_eq!([119, 120].map(|each| score(facts(2, each, 0, 0))), [70, 60]);
    let mut mixed = facts(2, 0, 0, 0);
    mixed.seconds = 239;
    assert_eq!(score(mixed.clone()), 70);
    mixed.seconds = 240;
    assert_eq!(score(mixed), 60);
    // More than 100 000, not as much.
    assert_eq!(
        [100_000, 100_001].map(|spent| score(facts(1, 999, spent, 0))),
        [55, 65]
    );
    // Four expired and less than two paid.
    let flag = |paid, expired| v1(&facts(paid, 999, 0, expired)).flagged;
    assert!(flag(0, 4) && flag(1, 4));
    assert!(!flag(0, 3) && !flag(2, 4) && !flag(2, 400));
}

#[test]
fn only_what_a_provider_timed_says_how_fast_she_pays() {
    let cash = Facts {
        timed: 0,
        seconds: 0,
        ..facts(1, 0, 0, 0)
    };
    assert_eq!(v1(&cash).value, 55);
}

#[test]
fn it_is_clamped_once_at_the_end() {
    // 50 + 25 + 10 + 10 − 10 × 9 = 5: what is above or below on the way does not matter.
    assert_eq!(v1(&facts(8, 83, 234_000, 9)).value, 5);
    assert_eq!(v1(&facts(0, 0, 0, u32::MAX)).value, 0);
    assert_eq!(v1(&facts(u32::MAX, 0, i64::MAX, 0)).value, 95);
    let v2 = |facts| score(&facts, &V2, today()).value;
    assert_eq!(v2(facts(u32::MAX, 0, 0, 0)), 99);
    assert_eq!(v2(facts(0, 0, 0, u32::MAX)), 0);
}

#[test]
fn the_second_policy_is_a_smoothed_share_that_forgives_with_time() {
    let then = |paid, expired, days| {
        let on = today().checked_add_days(Days::new(days)).unwrap();
        let score = score(&facts(paid, 999, 0, expired), &V2, on);
        assert_eq!(total(&score.reasons), score.value);
        assert_eq!(
            lines(&score),
            [(ReasonCode::HonourRate, score.value.into())]
        );
        score
    };
    // (0 + 2) / (0 + 3), (8 + 2) / (8 + 3), (1 + 2) / (1 + 4 + 3).
    assert_eq!(then(0, 0, 0).value, 66);
    assert_eq!(then(8, 0, 0).value, 90);
    assert_eq!(then(1, 4, 0).value, 37);
    // 90 days later the same weighs half: (0.5 + 2) / (0.5 + 2 + 3).
    assert_eq!(then(1, 4, 90).value, 45);
    // In the end nobody remembers; the count rule of the flag does, as in the first policy.
    let old = then(1, 4, 5_000);
    assert_eq!((old.value, old.flagged), (66, true));
}

#[test]
fn a_tier_takes_paid_orders_and_a_score() {
    let tiers = [
        (2, 100, Tier::Bronze),
        (3, 59, Tier::Bronze),
        (3, 60, Tier::Silver),
        (5, 100, Tier::Silver),
        (6, 69, Tier::Silver),
        (6, 70, Tier::Gold),
        (9, 100, Tier::Gold),
        (10, 79, Tier::Gold),
        (10, 80, Tier::Diamond),
    ];
    for (paid, score, tier) in tiers {
        assert_eq!(Tier::of(paid, score), tier, "{paid} paid, {score}");
    }
}
