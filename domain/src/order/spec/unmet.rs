//! Scenes: demand that stock could not meet is written down once.

use crate::command::Command;
use crate::ids::LiveId;
use crate::money::Amount;
use crate::order::Event;
use crate::spec::*;
use crate::text::Text;
use crate::{client as clients, live};

fn start_live() -> Command {
    Command::Live(live::Command::Start {
        live: None,
        title: Text::default(),
    })
}

fn unmet(scene: &Scene) -> Vec<(u128, Option<LiveId>, u32)> {
    let events = scene.last.events.iter();
    let unmet = events.filter_map(|event| {
        let crate::event::Event::Order(Event::DemandUnmet {
            client,
            live,
            quantity,
            unit_price: Amount(15_000),
            ..
        }) = event
        else {
            return None;
        };
        Some((client.0.as_u128(), *live, *quantity))
    });
    unmet.collect()
}

#[test]
fn what_was_missing_is_written_once_for_each_client_and_live() {
    let live = Some(LiveId(1));
    let scene = boutique().when(start_live()).says(AMINATA, "2 robe1");
    assert_eq!(unmet(&scene), []);
    // One is left of the three she asks for.
    let scene = scene.says(FATOU, "3 robe1");
    assert_eq!(unmet(&scene), [(FATOU, live, 2)]);
    let scene = scene.says(FATOU, "3 robe1");
    assert_eq!(unmet(&scene), []);
    // What she holds counts: she asks for five, and may have three.
    let scene = scene.says(AMINATA, "5 robe1");
    assert_eq!(unmet(&scene), [(AMINATA, live, 2)]);
}

#[test]
fn who_waits_asked_in_vain_too() {
    let scene = boutique().when(start_live()).says(AMINATA, "3 robe1");
    let scene = scene.says(FATOU, "robe1").then_says(&["waitlist-joined"]);
    assert_eq!(unmet(&scene), [(FATOU, Some(LiveId(1)), 1)]);
}

#[test]
fn outside_a_live_it_is_written_once_a_day() {
    let scene = boutique().says(AMINATA, "3 robe1").says(FATOU, "robe1");
    assert_eq!(unmet(&scene), [(FATOU, None, 1)]);
    let scene = scene.says(FATOU, "robe1");
    assert_eq!(unmet(&scene), []);
    let scene = scene
        .later(11)
        .later(6)
        .later(24 * 60)
        .says(AMINATA, "3 robe1");
    let scene = scene.says(FATOU, "4 robe1");
    assert_eq!(unmet(&scene), [(FATOU, None, 4)]);
}

#[test]
fn a_live_that_comes_back_remembers_who_asked() {
    let scene = boutique().when(start_live()).says(AMINATA, "3 robe1");
    let scene = scene.says(FATOU, "robe1");
    let scene = scene.when(Command::Live(live::Command::Finish));
    let scene = scene.when(Command::Live(live::Command::Reopen));
    let scene = scene.says(FATOU, "robe1");
    assert_eq!(unmet(&scene), []);
    // More than before is more that was missing.
    let scene = scene.says(FATOU, "2 robe1");
    assert_eq!(unmet(&scene), [(FATOU, Some(LiveId(1)), 2)]);
}

#[test]
fn after_a_live_a_wish_for_what_is_gone_counts_for_the_day() {
    let scene = boutique().when(start_live()).says(AMINATA, "3 robe1");
    let scene = scene.when(Command::Live(live::Command::Finish));
    let scene = scene.says(FATOU, "robe1").refused_as("not-enough-left");
    assert_eq!(unmet(&scene), [(FATOU, None, 1)]);
}

#[test]
fn first_paid_first_served_misses_only_what_is_gone() {
    let scene = boutique().says(FATOU, "bonjour");
    let scene = scene.when(Command::Client(clients::Command::FirstPaid {
        client: client(FATOU),
        on: Some(true),
    }));
    let scene = scene.says(FATOU, "4 robe1").refused_as("not-enough-left");
    assert_eq!(unmet(&scene), []);
    let scene = scene.says(FATOU, "robe1").says(AMINATA, "3 robe1");
    let scene = scene.says(FATOU, "WAVE").refused_as("not-enough-left");
    assert_eq!(unmet(&scene), [(FATOU, None, 1)]);
}
