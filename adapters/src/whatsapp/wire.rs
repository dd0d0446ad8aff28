//! The envelope, opened only as far as its items: one item that is no JSON we can read (a lone
//! surrogate, a number beyond numbers, a thousand brackets) leaves the other 999 untouched.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

#[derive(Deserialize)]
pub(super) struct Envelope<'a> {
    #[serde(borrow)]
    pub(super) entry: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
pub(super) struct Entry<'a> {
    #[serde(borrow, default)]
    pub(super) changes: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
pub(super) struct Change<'a> {
    #[serde(default)]
    pub(super) field: String,
    #[serde(borrow)]
    pub(super) value: Option<&'a RawValue>,
}

/// The `value` of a `messages` change; what is absent or null is an empty list.
#[derive(Deserialize)]
pub(super) struct Content<'a> {
    #[serde(borrow)]
    pub(super) metadata: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) contacts: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    pub(super) messages: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    pub(super) statuses: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    pub(super) errors: Option<Vec<&'a RawValue>>,
}

/// Reads one item, repairing lone surrogates where they are what is wrong.
pub(super) fn read(raw: &RawValue) -> Result<Value, String> {
    serde_json::from_str(raw.get())
        .or_else(|_first| serde_json::from_str(&without_lone_surrogates(raw.get())))
        .map_err(|error| format!("no readable JSON at column {}", error.column()))
}

/// A text at a path; absent, null, empty and other kinds are all `None`.
pub(super) fn text<'v>(value: &'v Value, path: &[&str]) -> Option<&'v str> {
    at(value, path)?.as_str().filter(|text| !text.is_empty())
}

/// What is at a path.
pub(super) fn at<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    path.iter().try_fold(value, |inner, key| inner.get(key))
}

/// Turns every `\uD800`–`\uDFFF` that has no partner into the replacement character.
fn without_lone_surrogates(json: &str) -> String {
    let mut clean = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(found) = rest.find('\\') {
        let (before, escape) = rest.split_at(found);
        clean.push_str(before);
        let length = match (unit(escape), escape.get(6..).and_then(unit)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                clean.push_str("\\ufffd");
                rest = escape.get(6..).unwrap_or_default();
                continue;
            }
            // Two bytes at least, so that `\\` is never read as the start of another escape.
            (Some(_), _) => 6,
            (None, _) => 1 + escape.chars().nth(1).map_or(0, char::len_utf8),
        };
        let (kept, after) = escape.split_at(length);
        clean.push_str(kept);
        rest = after;
    }
    clean.push_str(rest);
    clean
}

/// The code unit of an escape `\uXXXX` at the start of `text`.
fn unit(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lone_surrogates_are_replaced() {
        let pair = r#""a\ud83d\ude00 \\ud83d \n\"é""#;
        assert_eq!(without_lone_surrogates(pair), pair);
        let lone = r#""\ud83d x \udE00\ud83d\ud83d\ude00\""#;
        let clean = r#""\ufffd x \ufffd\ufffd\ud83d\ude00\""#;
        assert_eq!(without_lone_surrogates(lone), clean);
        for odd in ["\\", "\\u12", "\\ud83d", "é\\é"] {
            assert!(!without_lone_surrogates(odd).is_empty());
        }
    }
}
