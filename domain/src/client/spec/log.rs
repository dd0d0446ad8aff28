//! Scenes: the log recomputed, another policy tried on it, and a log that was tampered with.

use chrono::{DateTime, Utc};

use super::*;
use crate::event::Event;
use crate::trust::policy::Version;
use crate::trust::recompute::{ClientTrust, Mismatch, audit, what_if};

type Log = Vec<(Event, DateTime<Utc>)>;

/// A scene that remembers everything.
fn told(log: &mut Log, scene: Scene) -> Scene {
    let events = scene.last.events.iter().cloned();
    log.extend(events.map(|event| (event, scene.now)));
    scene
}

/// Aminata pays two and Fatou forgets four.
fn history() -> Log {
    let mut log = Log::new();
    let mut scene = scarves(60_000);
    for round in 0..4 {
        scene = told(&mut log, scene.says(FATOU, "foulard1"));
        if round < 2 {
            scene = told(&mut log, scene.says(AMINATA, "foulard1"));
            let (next, attempt) = asks(scene, AMINATA);
            scene = told(&mut log, comes(next.pass(60), attempt));
        }
        scene = told(&mut log, scene.later(60));
    }
    log
}

#[test]
fn the_log_says_what_follows_from_it() {
    let right = |who, score, flagged, paid, expired| ClientTrust {
        client: client(who),
        score,
        flagged,
        paid,
        expired,
    };
    let expected = vec![right(AMINATA, 80, false, 2, 0), right(FATOU, 0, true, 0, 4)];
    assert_eq!(audit(history()), Ok(expected));
}

#[test]
fn another_policy_is_tried_without_touching_the_log() {
    let log = history();
    let tried = |version| what_if(log.iter().map(|(event, at)| (event, *at)), version);
    assert_eq!(
        tried(Version::V1),
        [(client(AMINATA), 80, 80), (client(FATOU), 0, 0)]
    );
    // 4 / 5 and 2 / 7.
    assert_eq!(
        tried(Version::V2),
        [(client(AMINATA), 80, 80), (client(FATOU), 0, 28)]
    );
}

fn changed(event: &Event) -> bool {
    event.kind() == "TrustScoreChanged"
}

#[test]
fn a_score_nobody_told_is_found() {
    let mut log = history();
    let last = log.iter().rposition(|(event, _)| changed(event)).unwrap();
    log.remove(last);
    let found = audit(log).unwrap_err();
    assert_eq!((found.said, found.computed), (20, 0));
    assert_eq!(found.about, "a change not told");
}

#[test]
fn a_score_somebody_made_up_is_found() {
    let mut log = history();
    let (index, (event, _)) = log
        .iter_mut()
        .enumerate()
        .find(|(_, (event, _))| changed(event))
        .unwrap();
    let Event::Client(client::Event::TrustScoreChanged { to, .. }) = event else {
        panic!()
    };
    *to += 1;
    let expected = Mismatch {
        index,
        client: client(AMINATA),
        said: 66,
        computed: 65,
        about: "the score",
    };
    assert_eq!(audit(log), Err(expected));
}
