//! A business number: its token, its throughput, its free allowance.

use std::time::Instant;

use super::bucket::Bucket;
use crate::sandbox::config::NumberSpec;

/// Service messages per number and month that Meta does not bill.
const FREE_SERVICE_MESSAGES: u64 = 1_000;

/// One number of the local Meta.
#[derive(Debug, Clone)]
pub(in crate::sandbox) struct Number {
    pub(in crate::sandbox) spec: NumberSpec,
    throughput: Option<Bucket>,
    billed_month: u64,
}

impl Number {
    pub(super) fn new(spec: NumberSpec) -> Self {
        Self {
            spec,
            throughput: None,
            billed_month: 0,
        }
    }

    /// Takes one message of the number's throughput, which both directions share.
    pub(in crate::sandbox) fn take(&mut self, per_second: u32, now: Instant) -> bool {
        let rate = f64::from(per_second);
        let bucket = self
            .throughput
            .get_or_insert_with(|| Bucket::full(rate, now));
        bucket.take(rate, rate, now)
    }

    /// Counts a service message; true while it is inside the free allowance.
    pub(in crate::sandbox) fn free_service_message(&mut self) -> bool {
        self.billed_month += 1;
        self.billed_month <= FREE_SERVICE_MESSAGES
    }
}
