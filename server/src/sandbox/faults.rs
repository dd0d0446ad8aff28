//! How the two neighbours are set: delays, sizes, limits, ways of telling. What goes wrong by
//! rate or by order is a misbehaviour.

use serde::{Deserialize, Serialize};

/// `PUT /api/faults` changes only the keys it is given.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// Every Meta webhook is this late.
    pub delay_ms: u64,
    /// Updates wait this long for company, then leave in one POST.
    pub batch_window_ms: u64,
    /// Most updates in one POST; Meta's own limit is 1 000.
    pub batch_max: usize,
    /// How many webhooks are in flight at once.
    pub workers: usize,
    /// Phones have read receipts on.
    pub read_receipts: bool,
    /// Meta's error code of `send_refused`.
    pub send_error_code: u32,
    /// Every answer of the Graph API is this late.
    pub send_delay_ms: u64,
    /// Messages per second of one number, both directions together.
    pub throughput_per_second: u32,
    /// Messages one pair may get at once before 1 per 6 s applies.
    pub pair_burst: u32,
    /// The 24-hour rule is applied.
    pub window: bool,
    /// Every webhook of the provider is this late.
    pub psp_delay_ms: u64,
    /// Calls per second the provider's firewall lets through, with twice that as a burst.
    pub waf_per_second: u32,
    /// The firewall also refuses calls without a User-Agent, as reported of the real one.
    pub waf_user_agent: bool,
    /// The detail call reports the amount without the merchant's fees, as documented.
    pub net_detail: bool,
    /// The provider's fee in hundredths of a percent (150 = 1.5 %).
    pub fee_basis_points: u32,
    /// Direct card charges are allowed (the real one asks for PCI-DSS).
    pub card_direct: bool,
    /// How a refund is told.
    pub refund_webhook: RefundWebhook,
}

/// The ways a refund may be told; which one the real provider takes is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundWebhook {
    /// `type` refund, `status` reversed, the payment's id.
    Refund,
    /// `type` payment, `status` reversed, the payment's id.
    Reversed,
    /// `type` refund, `status` succeeded, an id of its own.
    Separate,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            delay_ms: 0,
            batch_window_ms: 0,
            batch_max: 100,
            workers: 16,
            read_receipts: true,
            send_error_code: 131_000,
            send_delay_ms: 0,
            throughput_per_second: 80,
            pair_burst: 45,
            window: true,
            psp_delay_ms: 0,
            waf_per_second: 50,
            waf_user_agent: true,
            net_detail: true,
            fee_basis_points: 150,
            card_direct: false,
            refund_webhook: RefundWebhook::Refund,
        }
    }
}
