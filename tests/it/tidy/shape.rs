//! Sizes, names and leftovers.

use super::{files, none, texts};

const LINES_MAX: usize = 400;
const COLUMNS_MAX: usize = 100;
/// A line may be wide for a text or an address longer than this, which cannot be broken well.
const LONG_TEXT: usize = 50;
/// Names that say nothing about what is inside.
const DRAWERS: [&str; 9] = [
    "util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "service",
];

#[test]
fn files_stop_at_400_lines() {
    let faults: Vec<_> = texts(&["rs", "ts", "svelte", "sql", "mjs", "css"])
        .into_iter()
        .map(|(name, text)| (name, text.lines().count()))
        .filter(|(_, lines)| *lines > LINES_MAX)
        .map(|(name, lines)| format!("{name}: {lines} lines"))
        .collect();
    none(
        &faults,
        "Split it: one thing per file, about 120 lines; ask why at 250.",
    );
}

#[test]
fn rust_lines_stop_at_100_columns() {
    let mut faults = Vec::new();
    for (name, text) in texts(&["rs"]) {
        for (number, line) in text.lines().enumerate() {
            if line.chars().count() > COLUMNS_MAX && !excused(line) {
                faults.push(format!("{name}:{}", number + 1));
            }
        }
    }
    none(
        &faults,
        "Run cargo fmt; break long comments and expressions by hand.",
    );
}

/// An address, or a text that is long by itself.
fn excused(line: &str) -> bool {
    let text = line
        .split('"')
        .skip(1)
        .step_by(2)
        .any(|part| part.chars().count() > LONG_TEXT);
    // The middle of a text of several lines has no quotes around it.
    line.contains("://") || text || !line.contains(['(', '{', '=', ';', '/'])
}

#[test]
fn wide_lines_are_excused_only_for_texts() {
    let wide = "let x = f(a, b, c);".repeat(8);
    assert!(!excused(&wide));
    assert!(excused(&format!("let x = \"{}\";", "é".repeat(90))));
}

#[test]
fn nothing_is_left_for_later() {
    let mut faults = Vec::new();
    for (name, text) in texts(&[
        "rs", "ts", "svelte", "sql", "mjs", "css", "sh", "toml", "ftl",
    ]) {
        for (number, line) in text.lines().enumerate() {
            if is_left(line) {
                faults.push(format!("{name}:{}", number + 1));
            }
        }
    }
    none(
        &faults,
        "Do it now, or write it down as an issue and say here how things are.",
    );
}

/// Whether the line carries a mark of unfinished work, as a word of its own.
fn is_left(line: &str) -> bool {
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
    ];
    line.split(|c: char| !c.is_alphanumeric() && c != '_')
        .any(|word| marks.contains(&word))
}

#[test]
fn marks_of_unfinished_work_are_seen_as_words() {
    assert!(is_left(concat!("// TO", "DO: later")));
    assert!(is_left(concat!("x(); // FIX", "ME(awa)")));
    assert!(!is_left("let TODOS = mastodon;"));
}

#[test]
fn no_name_is_a_drawer() {
    let faults: Vec<_> = files()
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| is_drawer(name))
        .collect();
    none(
        &faults,
        "Name it after what it does, or move each thing to the file of its noun.",
    );
}

fn is_drawer(name: &str) -> bool {
    name.split('/').any(|part| {
        part.split('.')
            .next()
            .is_some_and(|stem| DRAWERS.contains(&stem))
    })
}

#[test]
fn drawers_are_seen_as_folders_and_as_files() {
    assert!(is_drawer("server/src/utils/money.rs"));
    assert!(is_drawer("domain/src/common.rs"));
    assert!(!is_drawer("domain/src/order/mod.rs"));
}

#[test]
fn no_text_knows_this_machine() {
    let places = [
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
    ];
    let mut faults = Vec::new();
    for (name, text) in texts(&[
        "rs", "ts", "svelte", "sql", "mjs", "toml", "md", "sh", "json",
    ]) {
        if places.iter().any(|place| text.contains(place)) {
            faults.push(name);
        }
    }
    none(
        &faults,
        "Take the path from a setting, the manifest's folder or the temporary folder.",
    );
}
