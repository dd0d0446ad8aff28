//! The limits of Meta's interactive and text messages, checked one by one.
//!
//! Meta does not say what a character is. UTF-16 units, the strictest plausible reading, are
//! counted here: what passes passes everywhere.

use std::collections::BTreeSet;

use serde_json::Value;

use super::refusal::Refusal;

/// Length in UTF-16 units.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// A required string of `1..=most` characters.
pub(super) fn text<'a>(
    from: &'a Value,
    path: &str,
    name: &str,
    most: usize,
) -> Result<&'a str, Refusal> {
    let Some(found) = from.pointer(path) else {
        return Err(Refusal::missing(name));
    };
    let Some(text) = found.as_str() else {
        return Err(Refusal::parameter(&format!("{name} must be a string.")));
    };
    if text.trim().is_empty() || length(text) > most {
        let details = format!("{name} length invalid. Min length: 1, Max length: {most}");
        return Err(Refusal::value(&details));
    }
    Ok(text)
}

/// An optional string, under the same rule when present.
pub(super) fn optional<'a>(
    from: &'a Value,
    path: &str,
    name: &str,
    most: usize,
) -> Result<Option<&'a str>, Refusal> {
    match from.pointer(path) {
        None | Some(Value::Null) => Ok(None),
        Some(_) => text(from, path, name, most).map(Some),
    }
}

/// An id of a button or a row: bounded, without spaces at its edges.
pub(super) fn id<'a>(from: &'a Value, name: &str, most: usize) -> Result<&'a str, Refusal> {
    let id = text(from, "/id", name, most)?;
    if id.trim() == id {
        Ok(id)
    } else {
        Err(Refusal::value(&format!(
            "{name} must not begin or end with a space."
        )))
    }
}

/// Refuses repeated values.
pub(super) fn unique(values: &[&str], name: &str) -> Result<(), Refusal> {
    let distinct: BTreeSet<&&str> = values.iter().collect();
    if distinct.len() == values.len() {
        Ok(())
    } else {
        Err(Refusal::value(&format!("{name} must be unique.")))
    }
}

/// An array whose size lies between two bounds.
pub(super) fn array<'a>(
    from: &'a Value,
    path: &str,
    name: &str,
    sizes: std::ops::RangeInclusive<usize>,
) -> Result<&'a [Value], Refusal> {
    let Some(found) = from.pointer(path) else {
        return Err(Refusal::missing(name));
    };
    let Some(items) = found.as_array() else {
        return Err(Refusal::parameter(&format!("{name} must be an array.")));
    };
    if sizes.contains(&items.len()) {
        Ok(items)
    } else {
        let (low, high) = (sizes.start(), sizes.end());
        let details = format!("{name}: invalid count. Min: {low}, Max: {high}");
        Err(Refusal::value(&details))
    }
}
