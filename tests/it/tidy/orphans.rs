//! Files the compiler never sees: it does not notice a `.rs` that no `mod` names.

use super::{house, none, texts};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[test]
fn every_rust_file_is_reached_from_a_crate() {
    let root = house();
    let all: Vec<String> = texts(&["rs"]).into_iter().map(|(name, _)| name).collect();
    let mut reached = BTreeSet::new();
    let mut open: Vec<PathBuf> = all
        .iter()
        .filter(|name| is_root(name))
        .map(|name| root.join(name))
        .collect();
    assert!(
        open.len() >= 7,
        "roots of the six crates and of the tests: {open:?}"
    );
    while let Some(file) = open.pop() {
        if !reached.insert(file.clone()) {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        open.extend(named(&text).iter().filter_map(|name| find(&file, name)));
    }
    let faults: Vec<String> = all
        .into_iter()
        .filter(|name| !reached.contains(&root.join(name)))
        .collect();
    none(
        &faults,
        "Add `mod <name>;` where it belongs, or delete the file.",
    );
}

/// `lib.rs`, `main.rs` and `build.rs` of a crate, and the entry of the test binary.
fn is_root(name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    matches!(
        parts[..],
        [_, "src", "lib.rs" | "main.rs"] | [_, "build.rs"] | [_, "it", "main.rs"]
    ) || matches!(parts[..], [_, "examples" | "benches", _])
}

/// Names after `mod`, and words of a list such as `projections![orders, payments];`.
fn named(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut in_list = false;
    for line in text.lines() {
        let line = line.split("//").next().unwrap().trim();
        if let Some(name) = line.strip_suffix(';').and_then(|l| l.rsplit_once("mod "))
            && !line.starts_with("use ")
        {
            names.push(name.1.trim().to_owned());
        }
        let opens = !line.starts_with("macro_rules") && line.split_once("![").is_some();
        in_list |= opens;
        if in_list {
            let words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
            names.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
            in_list = !line.contains(']');
        }
    }
    names
}

fn find(parent: &Path, name: &str) -> Option<PathBuf> {
    let folder = parent.parent().unwrap();
    let stem = parent.file_stem().unwrap().to_string_lossy();
    let base = match &*stem {
        "mod" | "lib" | "main" => folder.to_path_buf(),
        other => folder.join(other),
    };
    [
        base.join(format!("{name}.rs")),
        base.join(name).join("mod.rs"),
    ]
    .into_iter()
    .find(|path| path.is_file())
}

#[test]
fn the_reader_of_mods_sees_mods_and_lists() {
    let text =
        "pub mod a;\n#[cfg(test)]\nmod b;\n// mod c;\nlist![\n    d,\n    e,\n];\nmod f {}\n";
    let names = named(text);
    for seen in ["a", "b", "d", "e"] {
        assert!(names.contains(&seen.to_owned()), "{seen} in {names:?}");
    }
    for unseen in ["c", "f"] {
        assert!(!names.contains(&unseen.to_owned()), "{unseen} in {names:?}");
    }
}
