//! What happened so far, for tests, for the crowd's report and for a curious person.

use std::collections::BTreeMap;

use serde::Serialize;

/// Read by `GET /api/counters`. All counts start at zero with the process.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Counters {
    /// Messages the Graph API accepted with a 200.
    pub messages_accepted: u64,
    /// Messages it refused, by Meta's error code.
    pub messages_refused: BTreeMap<u32, u64>,
    /// Accepted messages that failed afterwards, by Meta's error code.
    pub messages_failed: BTreeMap<u32, u64>,
    /// Sends outside the 24-hour window.
    pub window_violations: u64,
    /// Sends over the pair rate.
    pub pair_violations: u64,
    /// Sends over the number's throughput.
    pub throughput_violations: u64,
    /// Marks as read, typing indicators included.
    pub marks_as_read: u64,
    /// Messages written by phones.
    pub messages_from_phones: u64,
    /// POSTs tried towards the server, retries included.
    pub webhooks_posted: u64,
    /// POSTs it answered with exactly 200.
    pub webhooks_acknowledged: u64,
    /// POSTs it answered otherwise, or not at all.
    pub webhooks_refused: u64,
    /// Updates (messages and statuses) inside acknowledged POSTs.
    pub updates_acknowledged: u64,
    /// Updates given up because too many were waiting.
    pub updates_dropped: u64,
    /// Charges created.
    pub charges_created: u64,
    /// Calls to the provider refused by its rules, by error code.
    pub charges_refused: BTreeMap<String, u64>,
    /// Calls stopped by the provider's firewall.
    pub waf_blocks: u64,
    /// Webhooks of the provider answered with 2xx.
    pub psp_webhooks_acknowledged: u64,
    /// Webhooks of the provider given up after the last try.
    pub psp_webhooks_given_up: u64,
    /// Webhooks of the provider lost on purpose.
    pub psp_webhooks_lost: u64,
    /// Refunds accepted.
    pub refunds: u64,
}

impl Counters {
    /// One more refusal of this code.
    pub(super) fn refused(&mut self, code: u32) {
        *self.messages_refused.entry(code).or_default() += 1;
    }

    /// One more asynchronous failure of this code.
    pub(super) fn failed(&mut self, code: u32) {
        *self.messages_failed.entry(code).or_default() += 1;
    }
}
