//! What an event changes in the row of a refund.

use chrono::{DateTime, Utc};
use domain::payment::{Event as Payment, event::RefundReason};

use super::{Key, Row};
use crate::{Told, numbers};

/// The row of a refund that begins here.
pub(super) fn due(key: Key, told: &Told, event: &Payment) -> Option<Row> {
    let Payment::RefundDue { order, attempt, amount, reason, until, .. } = event else {
        return None;
    };
    let (lane, shop_id, refund_id) = key;
    Some(Row {
        lane,
        shop_id,
        refund_id,
        order_id: numbers::order(*order),
        attempt_id: numbers::attempt(*attempt),
        amount: amount.0,
        reason: word(*reason).to_owned(),
        state: "due".to_owned(),
        automatic: false,
        owner: None,
        // The first events named no deadline: those are the oldest debts.
        until: until.unwrap_or(told.at),
        method: None,
        evidence: None,
        failure: None,
        due_at: told.at,
        asked_at: None,
        sent_at: None,
        confirmed_at: None,
        failed_at: None,
        overdue_at: None,
    })
}

impl Row {
    pub(super) fn fold(&mut self, event: &Payment, at: DateTime<Utc>) {
        match event {
            Payment::RefundTaken { owner, .. } => self.owner = Some(owner.to_string()),
            Payment::RefundRequested { .. } => {
                self.become_state("asked");
                self.automatic = true;
                self.asked_at = Some(at);
            }
            Payment::RefundSent { method, evidence, .. } => {
                self.become_state("sent");
                self.method = Some(method.to_string()).filter(|word| !word.is_empty());
                self.evidence = Some(evidence.to_string()).filter(|word| !word.is_empty());
                self.sent_at = Some(at);
            }
            Payment::RefundFailed { reason, .. } => {
                self.become_state("failed");
                self.automatic = false;
                self.failure = Some(reason.to_string());
                self.failed_at = Some(at);
            }
            Payment::RefundConfirmed { .. } => {
                self.become_state("confirmed");
                self.confirmed_at = Some(at);
            }
            Payment::RefundOverdue { .. } => self.overdue_at = Some(at),
            // Those that `subject` does not name.
            _ => {}
        }
    }

    fn become_state(&mut self, state: &str) {
        state.clone_into(&mut self.state);
    }
}

/// A reason as the wire of the domain spells it.
pub(crate) fn word(reason: RefundReason) -> &'static str {
    match reason {
        RefundReason::SecondCharge => "second_charge",
        RefundReason::Surplus => "surplus",
        RefundReason::Underpaid => "underpaid",
        RefundReason::Late => "late",
        RefundReason::Cancelled => "cancelled",
        RefundReason::WrongCurrency => "wrong_currency",
        RefundReason::VendorCancelled => "vendor_cancelled",
    }
}
