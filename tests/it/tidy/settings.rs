//! `.env.sample` and the program agree on the settings.

use super::{house, none, texts};
use std::collections::BTreeSet;

const CONFIG: &str = "server/src/config.rs";

#[test]
fn the_sample_lists_exactly_the_settings_that_are_read() {
    let config = std::fs::read_to_string(house().join(CONFIG)).unwrap();
    let sample = std::fs::read_to_string(house().join(".env.sample")).unwrap();
    let (read, listed) = (read_by(&config), listed_in(&sample));
    assert!(!read.is_empty(), "no `env = \"…\"` found in {CONFIG}");
    let missing = read
        .difference(&listed)
        .map(|name| format!("{name} is missing"));
    let dead = listed
        .difference(&read)
        .map(|name| format!("{name} is read by nobody"));
    let faults: Vec<String> = missing.chain(dead).collect();
    none(
        &faults,
        "Write one line and one sentence per setting of config.rs in .env.sample.",
    );
}

#[test]
fn settings_are_read_in_one_place() {
    let faults: Vec<String> = texts(&["rs"])
        .into_iter()
        .filter(|(name, _)| name.starts_with("server/src") && name != CONFIG)
        .filter(|(_, text)| !read_by(text).is_empty())
        .map(|(name, _)| name)
        .collect();
    none(
        &faults,
        "Declare the variable in server/src/config.rs and pass its value.",
    );
}

/// Names in `env = "NAME"`.
fn read_by(text: &str) -> BTreeSet<String> {
    let mark = concat!("env ", "= \"");
    text.split(mark)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}

/// Names before `=`, whether set or commented out.
fn listed_in(sample: &str) -> BTreeSet<String> {
    let name = |line: &str| {
        let (name, _) = line.trim_start_matches('#').split_once('=')?;
        let is_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        (!name.is_empty() && name.chars().all(is_name)).then(|| name.to_owned())
    };
    sample.lines().filter_map(name).collect()
}
