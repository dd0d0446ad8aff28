//! A token bucket: how Meta's and the firewall's limits are modelled.

use std::time::Instant;

/// Tokens come back continuously up to a capacity.
#[derive(Debug, Clone)]
pub(in crate::sandbox) struct Bucket {
    tokens: f64,
    at: Instant,
}

impl Bucket {
    /// A full bucket.
    pub(in crate::sandbox) fn full(capacity: f64, now: Instant) -> Self {
        Self {
            tokens: capacity,
            at: now,
        }
    }

    fn refill(&mut self, capacity: f64, per_second: f64, now: Instant) {
        let elapsed = now.saturating_duration_since(self.at).as_secs_f64();
        self.tokens = (self.tokens + elapsed * per_second).min(capacity);
        self.at = now;
    }

    /// Takes a token if there is one.
    pub(in crate::sandbox) fn take(
        &mut self,
        capacity: f64,
        per_second: f64,
        now: Instant,
    ) -> bool {
        self.refill(capacity, per_second, now);
        let there = self.tokens >= 1.0;
        if there {
            self.tokens -= 1.0;
        }
        there
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Bucket;

    #[test]
    fn a_burst_empties_it_and_time_fills_it() {
        let start = Instant::now();
        let mut bucket = Bucket::full(3.0, start);
        let taken = (0..5).filter(|_| bucket.take(3.0, 0.5, start)).count();
        assert_eq!(taken, 3);
        let later = start + Duration::from_secs(2);
        assert!(bucket.take(3.0, 0.5, later));
        assert!(!bucket.take(3.0, 0.5, later));
    }
}
