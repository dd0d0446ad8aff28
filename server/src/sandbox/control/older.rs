//! Names that `PUT /api/faults` took before there was one list of misbehaviours: shares from 0
//! to 1.

use serde_json::{Map, Value};

use super::refusal::Refusal;
use crate::sandbox::misbehaviour::{ALWAYS, Misbehaviour};

/// An older name, and the misbehaviours whose rate it sets.
const NAMES: [(&str, &[Misbehaviour]); 8] = [
    (
        "duplicate_webhooks",
        &[
            Misbehaviour::UpdateDoubled,
            Misbehaviour::PostDoubled,
            Misbehaviour::WebhookDoubled,
        ],
    ),
    ("reorder", &[Misbehaviour::UpdateReordered]),
    ("lose_statuses", &[Misbehaviour::StatusLost]),
    ("send_errors", &[Misbehaviour::SendRefused]),
    ("send_lost_answers", &[Misbehaviour::SendReplyLost]),
    ("lose_psp_webhooks", &[Misbehaviour::WebhookLost]),
    ("psp_read_errors", &[Misbehaviour::Detail500]),
    ("charge_lost_answers", &[Misbehaviour::Create500]),
];

/// A misbehaviour and its new rate, per mille.
pub(super) type Rates = Vec<(Misbehaviour, u32)>;

/// Takes the older names out of the changes.
///
/// # Errors
/// A sentence, when a share is not a number from 0 to 1.
pub(super) fn rates(
    mut changes: Map<String, Value>,
) -> Result<(Map<String, Value>, Rates), Refusal> {
    let mut rates = Vec::new();
    for (name, all) in NAMES {
        let Some(value) = changes.remove(name) else {
            continue;
        };
        let share = value.as_f64().filter(|share| (0.0..=1.0).contains(share));
        let share = share.ok_or_else(|| Refusal::bad(format!("{name} is a share from 0 to 1")))?;
        // The first rate that reaches the share: no conversion of floats is needed.
        let reaches = |rate: &u32| f64::from(*rate) >= share * f64::from(ALWAYS);
        let rate = (0..=ALWAYS).find(reaches).unwrap_or(ALWAYS);
        rates.extend(all.iter().map(|what| (*what, rate)));
    }
    Ok((changes, rates))
}
