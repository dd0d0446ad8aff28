//! The house's rules that a program can check. Each failure says what to do.

mod directions;
mod orphans;
mod rooms;
mod settings;
mod shape;

use std::path::{Path, PathBuf};

/// Folders that are made, not written.
const MADE: [&str; 7] = [
    ".git",
    ".library",
    "target",
    "node_modules",
    "dist",
    "data",
    "test-results",
];

/// The root of the repository.
fn house() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .unwrap()
}

/// Every written file, as `(path from the root, path)`, sorted.
fn files() -> Vec<(String, PathBuf)> {
    let root = house();
    let (mut found, mut open) = (Vec::new(), vec![root.clone()]);
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let (path, name) = entry.map(|e| (e.path(), e.file_name())).unwrap();
            if path.is_dir() {
                if !MADE.contains(&&*name.to_string_lossy()) {
                    open.push(path);
                }
            } else {
                let short = path
                    .strip_prefix(&root)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned();
                found.push((short, path));
            }
        }
    }
    found.sort();
    assert!(
        found.len() > 50,
        "the walk found nothing to check: {found:?}"
    );
    found
}

/// The written files with one of these endings and their text.
fn texts(endings: &[&str]) -> Vec<(String, String)> {
    let wanted = |name: &str| {
        Path::new(name)
            .extension()
            .is_some_and(|end| endings.contains(&&*end.to_string_lossy()))
    };
    let read = |path: &Path| std::fs::read_to_string(path).unwrap();
    files()
        .into_iter()
        .filter(|(name, _)| wanted(name))
        .map(|(name, path)| (name, read(&path)))
        .collect()
}

/// Fails with every fault and one sentence on what to do.
#[track_caller]
fn none(faults: &[String], remedy: &str) {
    assert!(faults.is_empty(), "\n  {}\n{remedy}\n", faults.join("\n  "));
}
