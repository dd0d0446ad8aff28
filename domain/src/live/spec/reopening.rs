//! Scenes: the end of a live is taken back, and what the vendor hears of ends.

use chrono::TimeDelta;

use crate::agenda::Due;
use crate::command::Answer;
use crate::ids::LiveId;
use crate::live::undo_until;
use crate::message::{Message, Tap, ToVendor};
use crate::policy::{Policy, Rule};
use crate::rejection::Rejection;
use crate::spec::*;
use crate::text::Text;

use super::{live, start_live};

fn finish() -> crate::command::Command {
    live(live::Command::Finish)
}

fn reopen() -> crate::command::Command {
    live(live::Command::Reopen)
}

/// The vendor writes from her own phone: the shop knows it as a client's too.
const VENDOR: u128 = 0xAAAA - 1_000;

fn told(scene: &Scene) -> Vec<ToVendor> {
    let vendor = |(to, message)| {
        let Message::Vendor(told) = message else {
            return None;
        };
        (to == AWA).then_some(told)
    };
    scene.said().into_iter().filter_map(vendor).collect()
}

#[test]
fn fin_is_taken_back_within_two_minutes() {
    let scene = boutique()
        .when(start_live())
        .says(AMINATA, "robe1")
        .when(finish())
        .pass(120)
        .when(reopen())
        .then([live::Event::LiveReopened { live: LiveId(1) }.into()]);
    let session = scene.shop.live.current().unwrap();
    assert_eq!(
        (session.stage, session.closed_at),
        (live::Stage::OnAir, None)
    );
    // Her hold belongs to it still, and its silence is counted again.
    assert_eq!(session.open, 1);
    assert!(scene.shop.agenda.at(Due::LiveSilence(LiveId(1))).is_some());
    scene
        .says(FATOU, "sac2")
        .then_kinds(&["ClientRegistered", "OrderPlaced"])
        .when(reopen())
        .refused(Rejection::LiveAlreadyOn);
}

#[test]
fn an_ended_live_comes_back_and_settles_a_day_after_its_last_end() {
    let scene = boutique()
        .when(start_live())
        .when(finish())
        .then_kinds(&["LiveClosing", "LiveEnded"])
        .pass(60)
        .when(reopen())
        .then_kinds(&["LiveReopened"]);
    assert_eq!(scene.shop.agenda.at(Due::LiveSettle(LiveId(1))), None);
    scene
        .when(finish())
        .then_kinds(&["LiveClosing", "LiveEnded"])
        .later(24 * 60)
        .then_kinds(&["LiveSettled"])
        .when(reopen())
        .refused(Rejection::NoLive);
}

#[test]
fn after_two_minutes_it_stays_over() {
    let scene = boutique().when(reopen()).refused(Rejection::NoLive);
    let scene = scene.when(start_live()).when(finish());
    let until = scene.now + TimeDelta::minutes(2);
    let scene = scene.pass(121).when(reopen());
    scene.refused(Rejection::ReopenTooLate { until });
}

#[test]
fn the_shop_says_how_long_fin_can_be_taken_back() {
    let never = crate::shop::Command::ChangePolicy {
        rule: Rule::ReopenMinutes,
        to: 0,
    };
    boutique()
        .when(start_live())
        .when(crate::command::Command::Shop(never))
        .when(finish())
        .pass(1)
        .when(reopen())
        .refused_as("reopen-too-late");
    let policy = Policy::default();
    let undo = |by_itself| undo_until(by_itself, start(), &policy) - start();
    assert_eq!(undo(false), TimeDelta::minutes(2));
    assert_eq!(undo(true), TimeDelta::hours(2));
}

#[test]
fn only_the_newest_live_comes_back_and_only_while_none_is_on() {
    let again = start_live();
    let scene = boutique().when(start_live()).when(finish());
    let scene = scene.when(again).when(reopen());
    let scene = scene.refused(Rejection::LiveAlreadyOn).when(finish());
    let scene = scene.taps(VENDOR, Tap::Reopen(LiveId(1)));
    scene
        .refused(Rejection::NoLive)
        .when(reopen())
        .then([live::Event::LiveReopened { live: LiveId(2) }.into()]);
}

#[test]
fn who_waited_joins_again_after_it_came_back() {
    boutique()
        .when(start_live())
        .says(AMINATA, "3 robe1")
        .says(FATOU, "robe1")
        .then_says(&["waitlist-joined"])
        .says(AMINATA, "ANNULER")
        .says(FATOU, "ANNULER")
        .when(finish())
        .when(reopen())
        .says(AMINATA, "3 robe1")
        .says(FATOU, "robe1")
        .then_says(&["waitlist-joined"]);
}

#[test]
fn a_live_that_closed_itself_is_told_and_one_tap_opens_it_within_two_hours() {
    let scene = boutique().when(start_live()).later(6 * 60);
    let closing = live::Event::LiveClosing {
        live: LiveId(1),
        by_itself: true,
    };
    let ended = live::Event::LiveEnded { live: LiveId(1) };
    let scene = scene.then([closing.into(), ended.into()]);
    let itself = ToVendor::LiveClosedItself {
        live: LiveId(1),
        title: Text::new("Samedi"),
        hours: 6,
        until: scene.now + TimeDelta::hours(2),
    };
    assert_eq!(told(&scene).first(), Some(&itself));
    // Nobody else may.
    let scene = scene.taps(AMINATA, Tap::Reopen(LiveId(1)));
    let scene = scene.refused(Rejection::ButtonUnknown).pass(2 * 60 * 60);
    let scene = scene.taps(VENDOR, Tap::Reopen(LiveId(1)));
    let scene = scene.then_kinds(&["ClientRegistered", "LiveReopened"]);
    assert_eq!(
        told(&scene),
        [ToVendor::LiveReopened {
            live: LiveId(1),
            title: Text::new("Samedi"),
        }]
    );
    let scene = scene.taps(VENDOR, Tap::Reopen(LiveId(1))).then_nothing();
    scene
        .answers(Answer::Already)
        .then_says(&["vendor-live-reopened"]);
}

#[test]
fn she_is_told_what_it_came_to_when_it_ends_and_when_it_is_settled() {
    let summary = |settled| ToVendor::LiveSummary {
        live: LiveId(1),
        title: Text::new("Samedi"),
        settled,
        figures: None,
    };
    let scene = boutique().when(start_live()).says(AMINATA, "robe1");
    let scene = scene.when(finish()).then_says(&[]).later(1).later(9);
    assert_eq!(told(&scene), [summary(false)]);
    let scene = scene.later(24 * 60);
    assert_eq!(told(&scene), [summary(true)]);
}
