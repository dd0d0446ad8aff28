//! The two times of a play.

use std::time::{Duration, Instant};

/// From the live's own time to the real one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    /// The beginning.
    pub(super) start: Instant,
    /// Seconds of the live's own time in each real one.
    pub(super) pace: f64,
    /// After this nobody begins anything.
    pub(super) end: Instant,
}

impl Clock {
    /// When that is.
    pub(super) fn real(&self, at: f64) -> Instant {
        self.start + Duration::try_from_secs_f64(at / self.pace).unwrap_or_default()
    }
}
