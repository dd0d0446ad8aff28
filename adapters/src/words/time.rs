//! How times are written, in the shop's own zone.

use chrono::{DateTime, FixedOffset, Utc};
use domain::ids::OrderId;
use domain::segment::Language;

/// `15 h 42` or `15:42`.
pub(super) fn clock(at: DateTime<Utc>, zone: FixedOffset, language: Language) -> String {
    let pattern = match language {
        Language::Fr => "%-H\u{a0}h\u{a0}%M",
        Language::En => "%H:%M",
    };
    at.with_timezone(&zone).format(pattern).to_string()
}

/// `15/02` or `15 Feb`.
pub(super) fn day(at: DateTime<Utc>, zone: FixedOffset, language: Language) -> String {
    let pattern = match language {
        Language::Fr => "%d/%m",
        Language::En => "%-d %b",
    };
    at.with_timezone(&zone).format(pattern).to_string()
}

/// `LP-2026-0215-12`: the day it was paid and the order's number.
pub(super) fn receipt(at: DateTime<Utc>, zone: FixedOffset, order: OrderId) -> String {
    format!("LP-{}-{order}", at.with_timezone(&zone).format("%Y-%m%d"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_the_shops_own() {
        let at = DateTime::from_timestamp(1_771_199_940, 0).unwrap();
        let dakar = FixedOffset::east_opt(0).unwrap();
        let douala = FixedOffset::east_opt(3_600).unwrap();
        assert_eq!(clock(at, dakar, Language::Fr), "23\u{a0}h\u{a0}59");
        assert_eq!(clock(at, douala, Language::En), "00:59");
        assert_eq!(day(at, dakar, Language::Fr), "15/02");
        assert_eq!(receipt(at, dakar, OrderId(12)), "LP-2026-0215-12");
        assert_eq!(receipt(at, douala, OrderId(12)), "LP-2026-0216-12");
    }
}
