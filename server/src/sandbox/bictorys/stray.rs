//! Money nobody can place: a payment that succeeded under a reference that is not the merchant's.

use std::sync::Arc;

use serde::Deserialize;

use super::charge::{Charge, ChargeView, Status};
use super::pay::Payment;
use super::webhook::{self, Told};
use crate::sandbox::clock::now;
use crate::sandbox::hub::Hub;

/// `POST /api/payments/stray`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::sandbox) struct Stray {
    /// What the payment says it is for; an empty text or nothing at all are possible.
    #[serde(default)]
    reference: Option<String>,
    /// Francs.
    #[serde(default = "usual")]
    amount: i64,
    /// An operator's name.
    #[serde(default)]
    method: Option<String>,
}

/// Francs of a stray payment when nothing is said.
fn usual() -> i64 {
    5_000
}

impl Hub {
    /// Books it and tells the merchant, who never asked for it. `None` when there is no sum, or no
    /// room in the books.
    pub(in crate::sandbox) fn stray(self: &Arc<Self>, stray: Stray) -> Option<ChargeView> {
        if stray.amount <= 0 {
            return None;
        }
        let mut charge = Charge {
            id: self.uuid().to_string(),
            reference: stray.reference.clone(),
            merchant_reference: stray.reference,
            amount: stray.amount,
            currency: "XOF".to_owned(),
            payment_type: None,
            customer: None,
            success_url: None,
            error_url: None,
            created_at: now(),
            transactions: Vec::new(),
        };
        let id = charge.record(Payment {
            id: self.uuid().to_string(),
            status: Status::Succeeded,
            amount: stray.amount,
            method: stray.method,
            net: false,
            fee_basis_points: self.faults().fee_basis_points,
        });
        if !self.till().open(charge.clone()) {
            return None;
        }
        let view = self.show(&charge);
        webhook::announce(self, &charge, &id, Told::Payment);
        Some(view)
    }
}
