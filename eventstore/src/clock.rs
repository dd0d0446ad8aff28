//! The database's time, told by this process without asking the database each time.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::Instant,
};

use chrono::{DateTime, Utc};

/// Monotonic clock + the offset learned from the database. Whole microseconds; never runs back,
/// not even when the host's wall clock does.
#[derive(Debug)]
pub struct Clock {
    born: Instant,
    /// Database time at `born`, in microseconds since 1970.
    base: AtomicI64,
    /// The latest instant told.
    told: AtomicI64,
}

impl Clock {
    /// A clock that knows `database_now` to be now.
    pub fn new(database_now: DateTime<Utc>) -> Self {
        let base = database_now.timestamp_micros();
        Self {
            born: Instant::now(),
            base: AtomicI64::new(base),
            told: AtomicI64::new(base),
        }
    }

    /// Now, by the database's clock, truncated to microseconds.
    pub fn now(&self) -> DateTime<Utc> {
        let now = self
            .base
            .load(Ordering::Relaxed)
            .saturating_add(self.elapsed());
        let before = self.told.fetch_max(now, Ordering::Relaxed);
        DateTime::from_timestamp_micros(now.max(before)).unwrap_or_default()
    }

    /// Learns from a database time that was read just now.
    pub fn learn(&self, database_now: DateTime<Utc>) {
        let base = database_now
            .timestamp_micros()
            .saturating_sub(self.elapsed());
        self.base.store(base, Ordering::Relaxed);
    }

    fn elapsed(&self) -> i64 {
        i64::try_from(self.born.elapsed().as_micros()).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_runs_back() {
        let clock = Clock::new(DateTime::from_timestamp_micros(5_000_000_000).unwrap());
        let first = clock.now();
        clock.learn(DateTime::from_timestamp_micros(1_000_000_000).unwrap());
        assert!(clock.now() >= first);
        clock.learn(DateTime::from_timestamp_micros(9_000_000_000).unwrap());
        assert!(clock.now().timestamp() >= 9_000);
    }
}
