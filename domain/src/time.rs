//! Arithmetic on instants that cannot overflow.

use chrono::{DateTime, TimeDelta, Utc};

/// `at` and then `delta`; the end of time where that would not fit.
pub(crate) fn after(at: DateTime<Utc>, delta: TimeDelta) -> DateTime<Utc> {
    at.checked_add_signed(delta)
        .unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Minutes left, rounded to the nearest and never 0: a person reads them seconds later.
pub(crate) fn minutes_left(now: DateTime<Utc>, deadline: DateTime<Utc>) -> u32 {
    let seconds = deadline.signed_duration_since(now).num_seconds().max(0);
    u32::try_from(seconds.saturating_add(30) / 60)
        .unwrap_or(u32::MAX)
        .max(1)
}

/// The instant at `percent` of the way from one instant to another.
pub(crate) fn part(from: DateTime<Utc>, to: DateTime<Utc>, percent: i64) -> DateTime<Utc> {
    let whole = to
        .signed_duration_since(from)
        .num_microseconds()
        .unwrap_or(0)
        .max(0);
    let micros = (whole / 100).saturating_mul(percent);
    after(from, TimeDelta::microseconds(micros))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_time_is_not_passed() {
        let end = DateTime::<Utc>::MAX_UTC;
        assert_eq!(after(end, TimeDelta::days(1)), end);
        assert_eq!(part(DateTime::<Utc>::MIN_UTC, end, 99).max(end), end);
        assert_eq!(minutes_left(DateTime::<Utc>::MIN_UTC, end), u32::MAX);
    }

    #[test]
    fn minutes_are_rounded_to_the_nearest_and_never_nothing() {
        let now = crate::spec::start();
        for (seconds, minutes) in [(-5, 1), (0, 1), (29, 1), (89, 1), (90, 2), (599, 10)] {
            assert_eq!(
                minutes_left(now, now + TimeDelta::seconds(seconds)),
                minutes
            );
        }
    }
}
