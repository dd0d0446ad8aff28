//! Who may know whom, computed from the manifests.

use super::{house, none};
use std::collections::BTreeMap;

/// A crate of ours and the crates of ours it may know, in whatever kind of dependency.
const MAY_KNOW: [(&str, &[&str]); 6] = [
    ("domain", &[]),
    ("eventstore", &[]),
    ("projections", &["domain", "eventstore"]),
    ("adapters", &["domain"]),
    (
        "server",
        &["domain", "eventstore", "projections", "adapters"],
    ),
    (
        "tests",
        &["domain", "eventstore", "projections", "adapters", "server"],
    ),
];

#[test]
fn crates_know_only_whom_they_may() {
    let asked = std::process::Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(house())
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&asked.stdout).unwrap();
    let rules: BTreeMap<_, _> = MAY_KNOW.into_iter().collect();
    let mut faults = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        let Some(allowed) = rules.get(name) else {
            faults.push(format!("{name} has no line in MAY_KNOW"));
            continue;
        };
        for known in package["dependencies"].as_array().unwrap() {
            let known = known["name"].as_str().unwrap();
            if rules.contains_key(known) && !allowed.contains(&known) {
                faults.push(format!("{name} -> {known}"));
            }
        }
    }
    let count = metadata["packages"].as_array().unwrap().len();
    assert_eq!(
        count,
        rules.len(),
        "a crate of MAY_KNOW is gone from the workspace"
    );
    none(
        &faults,
        "Move the code to the crate that may know both, or pass the value from server.",
    );
}
