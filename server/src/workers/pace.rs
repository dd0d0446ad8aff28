//! How fast a neighbour may be spoken to: token buckets with the platform's own numbers
//! (whatsapp.md 3.2, architecture.md "Payments").

use std::time::{Duration, Instant};

/// A bucket that holds `burst` tokens and gets one back every `every`.
#[derive(Debug, Clone)]
pub struct Bucket {
    every: Duration,
    burst: u32,
    /// When the bucket would be full again; tokens are the time that is missing.
    full_at: Instant,
    /// Closed until then, whatever it holds (the neighbour said so).
    closed_until: Option<Instant>,
}

impl Bucket {
    /// A full bucket.
    pub fn new(every: Duration, burst: u32, now: Instant) -> Self {
        Self {
            every,
            burst: burst.max(1),
            full_at: now,
            closed_until: None,
        }
    }

    /// One WhatsApp number: 80 messages a second, in and out together.
    pub fn number(per_second: u32, now: Instant) -> Self {
        Self::new(Duration::from_secs(1) / per_second.max(1), per_second, now)
    }

    /// One pair of number and person: one message per 6 seconds, with a burst of 45.
    pub fn pair(now: Instant) -> Self {
        Self::new(Duration::from_secs(6), 45, now)
    }

    /// Takes a token, or says how long until there is one.
    pub fn take(&mut self, now: Instant) -> Result<(), Duration> {
        if let Some(until) = self.closed_until {
            if until > now {
                return Err(until - now);
            }
            self.closed_until = None;
        }
        let start = self.full_at.max(now);
        let room = self.every * (self.burst - 1);
        let debt = start - now;
        if debt > room {
            return Err(debt.saturating_sub(room));
        }
        self.full_at = start + self.every;
        Ok(())
    }

    /// How many could be taken at once.
    pub fn left(&self, now: Instant) -> u32 {
        if self.closed_until.is_some_and(|until| until > now) {
            return 0;
        }
        let debt = self.full_at.saturating_duration_since(now);
        let used = debt.as_nanos().div_ceil(self.every.as_nanos().max(1));
        self.burst
            .saturating_sub(u32::try_from(used).unwrap_or(u32::MAX))
    }

    /// Something passed that was not asked here (a message came in): it counts all the same.
    pub fn count(&mut self, now: Instant) {
        let most = now + self.every * self.burst;
        self.full_at = (self.full_at.max(now) + self.every).min(most);
    }

    /// Nothing goes before `wait` is over.
    pub fn close(&mut self, wait: Duration, now: Instant) {
        self.closed_until = Some(now + wait);
    }

    /// From now on slower or faster; what was used stays used.
    pub fn set_every(&mut self, every: Duration) {
        self.every = every;
    }

    /// The time one token takes.
    pub fn every(&self) -> Duration {
        self.every
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_then_the_pace() {
        let start = Instant::now();
        let mut bucket = Bucket::pair(start);
        for _ in 0..45 {
            assert_eq!(bucket.take(start), Ok(()));
        }
        assert_eq!(bucket.left(start), 0);
        assert_eq!(bucket.take(start), Err(Duration::from_secs(6)));
        let later = start + Duration::from_secs(12);
        assert_eq!(bucket.left(later), 2);
        assert_eq!((bucket.take(later), bucket.take(later)), (Ok(()), Ok(())));
        assert!(bucket.take(later).is_err());
    }

    #[test]
    fn closed_is_closed() {
        let start = Instant::now();
        let mut bucket = Bucket::number(80, start);
        bucket.close(Duration::from_secs(4), start);
        assert_eq!(bucket.left(start), 0);
        assert_eq!(bucket.take(start), Err(Duration::from_secs(4)));
        assert_eq!(bucket.take(start + Duration::from_secs(5)), Ok(()));
    }
}
