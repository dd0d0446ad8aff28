//! The stored form of every event, photographed: `golden/<Kind>.<version>.json`. They are never
//! edited: a shape that changed is a new optional field or a new variant (architecture.md, law 4).
//!
//! `LIVEPAY_GOLDEN=write` writes the ones that are missing; otherwise a difference fails.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::event::Event;

mod samples;

fn path(event: &Event) -> PathBuf {
    let name = format!("{}.{}.json", event.kind(), event.version());
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("golden")
        .join(name)
}

/// As the log would keep it: sealed (by a toy), then JSON.
fn stored(mut event: Event) -> String {
    event.personal(&mut |client, personal| {
        personal.seal_with(|clear| format!("toy:{client}:{}", clear.len()));
    });
    let mut json = serde_json::to_string_pretty(&event).unwrap();
    json.push('\n');
    json
}

#[test]
fn every_kind_has_a_sample() {
    let sampled: BTreeSet<&str> = samples::all().iter().map(Event::kind).collect();
    let kinds: BTreeSet<&str> = Event::kinds().collect();
    assert_eq!(sampled, kinds);
    assert_eq!(samples::all().len(), kinds.len(), "one sample per kind");
}

#[test]
fn stored_forms_never_change() {
    let write = option_env!("LIVEPAY_GOLDEN") == Some("write");
    for event in samples::all() {
        let (path, json) = (path(&event), stored(event));
        if write && !path.exists() {
            std::fs::write(&path, &json).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(kept, json, "{}", path.display());
    }
}

#[test]
fn every_stored_form_is_read_back_whole() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let json = std::fs::read_to_string(&path).unwrap();
        let event: Event = serde_json::from_str(&json).unwrap();
        let kind = path
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .split('.')
            .next()
            .unwrap();
        assert_eq!(event.kind(), kind);
        let again = format!("{}\n", serde_json::to_string_pretty(&event).unwrap());
        assert_eq!(again, json, "nothing is lost");
        // Whatever the log holds can be applied to any shop.
        crate::evolve(
            &mut crate::spec::boutique().shop,
            &event,
            crate::spec::start(),
        );
        count += 1;
    }
    assert!(count >= Event::kinds().count());
}
