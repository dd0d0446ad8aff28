//! One pacer per account: every call to its provider takes a turn here, whoever makes it.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::super::pace::Bucket;

/// The slowest pace after the firewall spoke, and the least it is left alone for then.
pub(super) const FLOOR: Duration = Duration::from_secs(5);
/// How long the firewall must be silent before the pace doubles again.
const QUIET: Duration = Duration::from_mins(1);

/// The pace of one account.
#[derive(Debug)]
pub(super) struct Pacer {
    usual: Duration,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    bucket: Bucket,
    quiet: Instant,
}

impl Pacer {
    /// One call every `every`, `burst` at once.
    pub(super) fn new(every: Duration, burst: u32, now: Instant) -> Self {
        let state = State {
            bucket: Bucket::new(every, burst, now),
            quiet: now,
        };
        Self {
            usual: every,
            state: Mutex::new(state),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many calls could be made at once.
    pub(super) fn left(&self) -> u32 {
        self.state().bucket.left(Instant::now())
    }

    /// Takes a turn, if there is one.
    pub(super) fn take(&self) -> bool {
        self.state().bucket.take(Instant::now()).is_ok()
    }

    /// Waits for a turn: for what an errand needs beyond the one it was claimed with.
    pub(super) async fn turn(&self) {
        loop {
            let wait = match self.state().bucket.take(Instant::now()) {
                Ok(()) => return,
                Err(wait) => wait,
            };
            tokio::time::sleep(wait).await;
        }
    }

    /// The firewall spoke: half as fast, and nothing at all for a moment.
    pub(super) fn slower(&self) {
        let now = Instant::now();
        let mut state = self.state();
        // An account that is slower than the floor by its own setting stays so.
        let slowest = FLOOR.max(self.usual);
        let every = (state.bucket.every() * 2).min(slowest);
        state.bucket.set_every(every);
        state.bucket.close(FLOOR, now);
        state.quiet = now;
    }

    /// After a quiet minute twice as fast, up to the usual pace.
    pub(super) fn recover(&self) {
        let now = Instant::now();
        let mut state = self.state();
        if now.duration_since(state.quiet) > QUIET && state.bucket.every() > self.usual {
            let every = (state.bucket.every() / 2).max(self.usual);
            state.bucket.set_every(every);
            state.quiet = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_firewall_halves_the_pace_down_to_a_floor_and_never_speeds_it_up() {
        let second = Duration::from_secs(1);
        let pacer = Pacer::new(second, 5, Instant::now());
        assert_eq!(pacer.left(), 5);
        pacer.slower();
        assert_eq!(pacer.left(), 0, "nothing for a moment");
        assert!(!pacer.take());
        assert_eq!(pacer.state().bucket.every(), second * 2);
        for _ in 0..3 {
            pacer.slower();
        }
        assert_eq!(pacer.state().bucket.every(), FLOOR);
        let slow = Pacer::new(second * 10, 1, Instant::now());
        slow.slower();
        assert_eq!(slow.state().bucket.every(), second * 10);
    }
}
