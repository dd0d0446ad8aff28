//! French sets `:`, `;`, `!`, `?` and the inside of « » apart with a narrow no-break space
//! (U+202F): a plain one leaves a lonely mark at the head of a line on a small phone.

use domain::segment::Language;

use super::bundle::files;

/// The line without what belongs to the file's grammar: names, and the keys of choices.
fn words(line: &str) -> &str {
    let after_key = line.split_once("] ").map(|(_, words)| words);
    let after_name = line.split_once(" = ").map(|(_, words)| words);
    after_key.or(after_name).unwrap_or(line)
}

#[test]
fn no_french_mark_begins_a_line() {
    for file in files(Language::Fr) {
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let words = words(line).trim_matches(' ');
            let alone = words.starts_with([':', ';', '!', '?', '»']);
            let wraps = [" :", " ;", " !", " ?", " »", "« "];
            let found = wraps.iter().find(|mark| words.contains(*mark));
            assert!(!alone && found.is_none(), "write U+202F: {line}");
        }
    }
}
