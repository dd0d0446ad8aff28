//! The 24 hours in which free words are allowed (whatsapp.md 3.1).

use chrono::{DateTime, TimeDelta, Utc};

/// Meta's clock and ours differ, and Meta has been seen to be late: never cut it fine.
const MARGIN: TimeDelta = TimeDelta::minutes(2);

/// Whether free words may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Until then.
    Open(DateTime<Utc>),
    /// Templates only.
    Closed,
}

/// The window at `now` of someone who last wrote at `last_in` (Meta's time).
pub fn window(last_in: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Window {
    let until = last_in.map(|last| last + TimeDelta::hours(24) - MARGIN);
    until
        .filter(|until| now < *until)
        .map_or(Window::Closed, Window::Open)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_closes_two_minutes_early() {
        let said = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        let end = said + TimeDelta::hours(24) - TimeDelta::minutes(2);
        assert_eq!(window(Some(said), said), Window::Open(end));
        assert_eq!(
            window(Some(said), end - TimeDelta::seconds(1)),
            Window::Open(end)
        );
        assert_eq!(window(Some(said), end), Window::Closed);
        assert_eq!(window(None, said), Window::Closed);
    }
}
