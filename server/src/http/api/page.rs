//! Pages of a list: how many, and from where on.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::http::Problem;

/// Rows of a page where nobody says.
const USUAL: i64 = 50;
/// Rows of a page at most.
const MOST: i64 = 100;

/// Which page. `cursor` is a `next` of the page before, word for word.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Page {
    limit: Option<i64>,
    cursor: Option<String>,
}

/// A page of a list.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Listed<T> {
    /// The rows.
    pub items: Vec<T>,
    /// The cursor of the page that follows, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl Page {
    /// How many rows, 1 to 100.
    pub(super) fn limit(&self) -> Result<i64, Problem> {
        match self.limit.unwrap_or(USUAL) {
            limit @ 1..=MOST => Ok(limit),
            _ => Err(Problem::Malformed),
        }
    }

    /// After which (time, number) the page begins.
    pub(super) fn after(&self) -> Result<Option<(DateTime<Utc>, i64)>, Problem> {
        let Some(cursor) = &self.cursor else {
            return Ok(None);
        };
        let read = || {
            let (micros, number) = cursor.split_once('-')?;
            let at = DateTime::from_timestamp_micros(micros.parse().ok()?)?;
            Some((at, number.parse().ok()?))
        };
        read().map(Some).ok_or(Problem::Malformed)
    }

    /// Below which number the page begins.
    pub(super) fn before(&self) -> Result<Option<i64>, Problem> {
        let number = self.cursor.as_ref().map(|cursor| cursor.parse::<i64>());
        number.transpose().map_err(|_no_number| Problem::Malformed)
    }

    /// The page of these rows; `name` makes the cursor of a row.
    pub(super) fn of<T>(&self, items: Vec<T>, name: impl Fn(&T) -> String) -> Listed<T> {
        let full = i64::try_from(items.len()).is_ok_and(|rows| self.limit() == Ok(rows));
        let next = items.last().filter(|_| full).map(name);
        Listed { items, next }
    }
}

/// The cursor of a row that is named by (time, number).
pub(super) fn cursor(at: DateTime<Utc>, number: i64) -> String {
    format!("{}-{number}", at.timestamp_micros())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_nothing_else_does() {
        let at = DateTime::from_timestamp_micros(1_763_736_000_123_456).unwrap();
        let page = |cursor: &str| Page {
            limit: None,
            cursor: Some(cursor.to_owned()),
        };
        assert_eq!(page(&cursor(at, 12)).after(), Ok(Some((at, 12))));
        assert_eq!(page("12").before(), Ok(Some(12)));
        for wrong in ["", "x", "1-", "-1", "1-2-3", "99999999999999999999-1"] {
            assert_eq!(page(wrong).after(), Err(Problem::Malformed), "{wrong}");
        }
    }
}
