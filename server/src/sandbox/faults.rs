//! Everything that can go wrong, as rates and delays a test or a person may switch.

use serde::{Deserialize, Serialize};

/// Rates are probabilities from 0 to 1. `PUT /api/faults` changes only the keys it is given.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// A delivered update or webhook comes a second time, up to two seconds later.
    pub duplicate_webhooks: f64,
    /// An update is held back up to two seconds, so that later ones overtake it.
    pub reorder: f64,
    /// Every Meta webhook is this late.
    pub delay_ms: u64,
    /// Updates wait this long for company, then leave in one POST.
    pub batch_window_ms: u64,
    /// Most updates in one POST; Meta's own limit is 1 000.
    pub batch_max: usize,
    /// How many webhooks are in flight at once.
    pub workers: usize,
    /// A status (sent, delivered, read) is never reported.
    pub lose_statuses: f64,
    /// Phones have read receipts on.
    pub read_receipts: bool,
    /// A send is refused with `send_error_code` before anything happens.
    pub send_errors: f64,
    /// Meta's error code of those refusals.
    pub send_error_code: u32,
    /// A send is accepted and delivered, yet its answer is a 503: the ambiguous case.
    pub send_lost_answers: f64,
    /// Every answer of the Graph API is this late.
    pub send_delay_ms: u64,
    /// Messages per second of one number, both directions together.
    pub throughput_per_second: u32,
    /// Messages one pair may get at once before 1 per 6 s applies.
    pub pair_burst: u32,
    /// The 24-hour rule is applied.
    pub window: bool,
    /// A webhook of the provider is never sent.
    pub lose_psp_webhooks: f64,
    /// Every webhook of the provider is this late.
    pub psp_delay_ms: u64,
    /// Calls per second the provider's firewall lets through, with twice that as a burst.
    pub waf_per_second: u32,
    /// The firewall also refuses calls without a User-Agent, as reported of the real one.
    pub waf_user_agent: bool,
    /// The detail call answers 500.
    pub psp_read_errors: f64,
    /// The charge is created, yet the answer is a 504: the ambiguous case.
    pub charge_lost_answers: f64,
    /// The detail call reports the amount without the merchant's fees.
    pub net_amounts: bool,
    /// The provider's fee in hundredths of a percent (150 = 1.5 %).
    pub fee_basis_points: u32,
    /// Direct card charges are allowed (the real one asks for PCI-DSS).
    pub card_direct: bool,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            duplicate_webhooks: 0.0,
            reorder: 0.0,
            delay_ms: 0,
            batch_window_ms: 0,
            batch_max: 100,
            workers: 16,
            lose_statuses: 0.0,
            read_receipts: true,
            send_errors: 0.0,
            send_error_code: 131_000,
            send_lost_answers: 0.0,
            send_delay_ms: 0,
            throughput_per_second: 80,
            pair_burst: 45,
            window: true,
            lose_psp_webhooks: 0.0,
            psp_delay_ms: 0,
            waf_per_second: 50,
            waf_user_agent: true,
            psp_read_errors: 0.0,
            charge_lost_answers: 0.0,
            net_amounts: true,
            fee_basis_points: 150,
            card_direct: false,
        }
    }
}
