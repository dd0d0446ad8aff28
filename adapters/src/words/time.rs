//! How times are written, in the shop's own zone.

use chrono::{DateTime, Datelike as _, FixedOffset, Utc};
use domain::ids::OrderId;
use domain::segment::Language;
use fluent_bundle::FluentArgs;

use super::bundle::say;
use super::context::Context;

const HOUR: u32 = 60;
const DAY: u32 = 24 * HOUR;

impl Context<'_> {
    /// `10 min`, `1 h 30`, `24 h`, `3 jours`, or that less than a minute is left. Never longer
    /// than it is: from two days on, whole days.
    pub(super) fn span(&self, minutes: u32) -> String {
        let (unit, count, rest) = match minutes {
            0 => ("none", 0, 0),
            1..HOUR => ("minutes", minutes, 0),
            _ if minutes >= 2 * DAY => ("days", minutes / DAY, 0),
            _ if minutes.is_multiple_of(HOUR) => ("hours", minutes / HOUR, 0),
            _ => ("both", minutes / HOUR, minutes % HOUR),
        };
        let mut holes = FluentArgs::new();
        holes.set("unit", unit);
        holes.set("count", count);
        holes.set("rest", format!("{rest:02}"));
        say(self.language, "span", None, &holes).unwrap_or_else(|| format!("{minutes} min"))
    }

    /// A time near the one it is said at: `20 h 10`, `demain 20 h 10`, `mardi 24/11, 20 h 10`.
    pub(super) fn moment(&self, at: DateTime<Utc>) -> String {
        let date = |at: DateTime<Utc>| at.with_timezone(&self.zone).date_naive();
        let (then, today) = (date(at), date(self.now));
        let when = match (then - today).num_days() {
            0 => "today",
            1 => "tomorrow",
            -1 => "yesterday",
            _ => "other",
        };
        let time = clock(at, self.zone, self.language);
        let mut holes = FluentArgs::new();
        holes.set("when", when);
        holes.set("weekday", then.weekday().number_from_monday());
        holes.set("day", day(at, self.zone, self.language));
        holes.set("clock", time.as_str());
        say(self.language, "moment", None, &holes).unwrap_or(time)
    }
}

/// `15 h 42` or `15:42`.
fn clock(at: DateTime<Utc>, zone: FixedOffset, language: Language) -> String {
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
    use chrono::TimeDelta;
    use domain::money::Currency;

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

    fn dakar(language: Language) -> Context<'static> {
        Context {
            language,
            simple: false,
            name: None,
            about: &[],
            shop: "Awa Mode",
            pay_base: "https://pay.livepay.example",
            zone: FixedOffset::east_opt(0).unwrap(),
            now: DateTime::from_timestamp(1_771_199_940, 0).unwrap(),
            currency: Currency::Xof,
        }
    }

    #[test]
    fn a_time_is_said_as_seen_from_now() {
        let said = |language, hours| {
            let ctx = dakar(language);
            let words = ctx.moment(ctx.now + TimeDelta::hours(hours));
            words.replace(['\u{a0}', '\u{202F}'], " ")
        };
        assert_eq!(said(Language::Fr, 0), "23 h 59");
        assert_eq!(said(Language::Fr, 24), "demain 23 h 59");
        assert_eq!(said(Language::Fr, -24), "hier 23 h 59");
        assert_eq!(said(Language::Fr, 48), "mardi 17/02, 23 h 59");
        assert_eq!(said(Language::Fr, 168), "dimanche 22/02, 23 h 59");
        assert_eq!(said(Language::En, 1), "tomorrow 00:59");
        assert_eq!(said(Language::En, 72), "Wed 18 Feb, 23:59");
    }

    #[test]
    fn a_length_is_said_in_the_unit_it_is_felt_in() {
        let said = |minutes| {
            let words = dakar(Language::Fr).span(minutes);
            words.replace(['\u{a0}', '\u{202F}'], " ")
        };
        assert_eq!(said(0), "moins d'une minute");
        assert_eq!(said(59), "59 min");
        assert_eq!(said(60), "1 h");
        assert_eq!(said(65), "1 h 05");
        assert_eq!(said(1_440), "24 h");
        assert_eq!(said(2_880), "2 jours");
        assert_eq!(said(4_319), "2 jours");
        assert_eq!(said(u32::MAX), "2982616 jours");
    }
}
