//! The clock of the neighbours. The product never reads it: these are other machines.

use chrono::{DateTime, Utc};

/// Now, at Meta's and at the provider's.
#[expect(
    clippy::disallowed_methods,
    reason = "the sandbox plays other machines, with their clock"
)]
pub(super) fn now() -> DateTime<Utc> {
    Utc::now()
}

/// Unix seconds, as Meta counts.
pub(super) fn now_seconds() -> i64 {
    now().timestamp()
}
