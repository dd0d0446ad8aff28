//! Scenes: POURQUOI.

use super::*;
use crate::message::{Message, WhyShown};
use crate::trust::{Reason, ReasonCode};

/// What she is told, as far as a scene asks for it.
#[derive(Debug, PartialEq, Eq)]
struct Why {
    score: u8,
    minutes: u32,
    flagged: bool,
    first_paid: bool,
    way_back: Option<u32>,
    seller: bool,
}

#[track_caller]
fn why(scene: &Scene) -> (Why, Vec<Reason>) {
    let asked = scene.clone().says(AMINATA, "POURQUOI").then_nothing();
    let Message::Why(WhyShown {
        score,
        minutes,
        reasons,
        flagged,
        first_paid,
        way_back,
        seller,
        ..
    }) = asked.message()
    else {
        panic!("{:?}", asked.message());
    };
    let why = Why {
        score,
        minutes,
        flagged,
        first_paid,
        way_back,
        seller,
    };
    (why, reasons)
}

/// Nothing restricts her.
fn free(score: u8, minutes: u32) -> Why {
    Why {
        score,
        minutes,
        flagged: false,
        first_paid: false,
        way_back: None,
        seller: false,
    }
}

#[test]
fn who_is_new_starts_with_one_line_and_no_restriction() {
    let (told, lines) = why(&scarves(1_000).says(AMINATA, "AIDE"));
    assert_eq!(told, free(50, 10));
    let start = Reason {
        code: ReasonCode::Start,
        points: 50,
    };
    assert_eq!(lines, [start]);
}

#[test]
fn who_looks_like_a_fake_buyer_is_shown_the_way_back_and_it_is_true() {
    let scene = forgets(scarves(1_000), AMINATA, 4);
    let (told, lines) = why(&scene);
    // Two paid orders lift the flag, four lift the score: 50 + 20 − 40 = 30.
    let restricted = Why {
        flagged: true,
        first_paid: true,
        way_back: Some(4),
        ..free(0, 5)
    };
    assert_eq!(told, restricted);
    let codes: Vec<ReasonCode> = lines.iter().map(|line| line.code).collect();
    let expected = [
        ReasonCode::Start,
        ReasonCode::Expired,
        ReasonCode::SuspectedFakeBuyer,
    ];
    assert_eq!(codes, expected);
    let scene = buys_many(scene, AMINATA, 3, 200);
    let (told, _) = why(&scene);
    assert_eq!((told.way_back, told.flagged), (Some(1), false));
    let (told, _) = why(&buys_many(scene, AMINATA, 1, 200));
    assert_eq!(told, free(30, 10));
}

#[test]
fn where_paid_orders_would_never_do_she_is_sent_to_the_seller() {
    // 50 + 25 − 60: the first policy forgives nothing.
    let scene = forgets(buys_many(scarves(1_000), AMINATA, 2, 200), AMINATA, 6);
    let (told, _) = why(&scene);
    assert_eq!((told.score, told.way_back, told.seller), (0, None, true));
    // The second one always has a way.
    let scene = overrides(scene.when(rule(Rule::TrustPolicy, 2)), AMINATA, None);
    let (told, _) = why(&forgets(scene, AMINATA, 10));
    assert_eq!(
        (told.score, told.way_back, told.seller),
        (19, Some(4), false)
    );
}

#[test]
fn the_vendors_word_is_the_score_and_the_lines_are_the_computed_ones() {
    let scene = overrides(forgets(scarves(1_000), AMINATA, 4), AMINATA, Some(85));
    let (told, lines) = why(&scene);
    let overridden = Why {
        flagged: true,
        ..free(85, 15)
    };
    assert_eq!(told, overridden);
    assert_eq!(crate::trust::score::total(&lines), 0);
    // A word that restricts her only the vendor can take back.
    let (told, _) = why(&overrides(scene, AMINATA, Some(10)));
    assert_eq!((told.minutes, told.way_back, told.seller), (5, None, true));
}

#[test]
fn who_may_not_order_for_want_of_trust_is_told_the_number_and_the_seller() {
    let scene = scarves(1_000).says(AMINATA, "AIDE");
    let (told, _) = why(&scene.when(rule(Rule::MinTrustScore, 60)));
    assert_eq!((told.way_back, told.seller), (Some(2), true));
}

#[test]
fn who_is_blocked_is_told_so_and_whom_to_ask() {
    let scene = scarves(1_000).says(AMINATA, "AIDE");
    let scene = scene.when(Command::Client(client::Command::Block {
        client: client(AMINATA),
        reason: Text::default(),
    }));
    let scene = scene
        .says(AMINATA, "foulard1")
        .then_says(&["client-blocked"]);
    let scene = scene.says(AMINATA, "POURQUOI");
    let Message::Why(WhyShown {
        score,
        blocked,
        seller,
        way_back,
        ..
    }) = scene.message()
    else {
        panic!("{:?}", scene.message());
    };
    assert_eq!((score, blocked, seller, way_back), (50, true, true, None));
}

#[test]
fn what_she_is_told_is_as_of_her_last_order_under_the_policy_of_then() {
    let scene = forgets(scarves(1_000), AMINATA, 2);
    let (before, lines) = why(&scene);
    let scene = scene.when(rule(Rule::TrustPolicy, 2)).later(90 * 24 * 60);
    assert_eq!(why(&scene), (before, lines));
}
