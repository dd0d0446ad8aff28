//! Points at which a test may let this process die, as a power cut would. In a release build they
//! are nothing.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

static AT: OnceLock<(String, AtomicU32)> = OnceLock::new();

/// Die at the nth passing of a point: `committed` or `committed:3`.
pub fn arm(at: &str) {
    let (name, count) = at.split_once(':').unwrap_or((at, "1"));
    let count = AtomicU32::new(count.parse().unwrap_or(1));
    let _armed_before = AT.set((name.to_owned(), count)).is_err();
}

/// One of the points.
pub fn point(name: &str) {
    if cfg!(debug_assertions)
        && let Some((at, left)) = AT.get()
        && at == name
        && left.fetch_sub(1, Ordering::Relaxed) == 1
    {
        std::process::abort();
    }
}
