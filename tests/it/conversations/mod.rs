//! Conversations a seller can read (`tests/conversations/*.md`), played through the real rules,
//! the real reading of a webhook and the real words, with a clock moved by hand.
//!
//! Every line of LivePay is compared to the letter. `LIVEPAY_PHOTOS=write` writes what LivePay
//! says now into the files, so that new words are reviewed as a difference.

mod bank;
mod board;
mod page;
mod phone;
mod script;
mod stage;

use std::path::{Path, PathBuf};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/conversations");

fn pages() -> Vec<PathBuf> {
    let files = std::fs::read_dir(FOLDER).expect("the conversations are there");
    let mut pages: Vec<PathBuf> = files
        .map(|file| file.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "md"))
        .filter(|path| path.file_name().is_some_and(|name| name != "README.md"))
        .collect();
    pages.sort();
    pages
}

#[test]
fn every_conversation_goes_as_written() {
    #[expect(
        clippy::disallowed_methods,
        reason = "a switch of the test, not of the product"
    )]
    let write = std::env::var("LIVEPAY_PHOTOS").is_ok_and(|value| value == "write");
    let pages = pages();
    assert!(pages.len() >= 45, "{} conversations", pages.len());
    let mut wrong = Vec::new();
    for path in pages {
        let written = std::fs::read_to_string(&path).expect("a readable page");
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        let played = match page::play(&written) {
            Ok(played) => played,
            Err(why) => {
                wrong.push(format!("{name}: {why}"));
                continue;
            }
        };
        if write {
            std::fs::write(&path, &played).expect("a writable page");
        } else if let Some(difference) = page::difference(&written, &played) {
            wrong.push(format!("{name}\n{difference}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} pages differ:\n\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_wrong_word_is_noticed() {
    let path = Path::new(FOLDER).join("01-deux-robes-payees-par-wave.md");
    let written = std::fs::read_to_string(path).expect("the first page");
    let honest = page::play(&written).expect("it plays");
    let changed = honest.replacen("  │ ", "  │ Autre chose. ", 1);
    assert_ne!(changed, honest);
    let played = page::play(&changed).expect("it plays");
    assert_eq!(
        played, honest,
        "what LivePay said is never read back as a line to play"
    );
    assert!(page::difference(&changed, &played).is_some());
}
