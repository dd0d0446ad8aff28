//! What a payer does: pays, fails, gives up, pays another amount, pays late or in silence.

use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;

use super::charge::{Charge, ChargeView, Status, Transaction};
use super::webhook;
use crate::sandbox::clock::now;
use crate::sandbox::events::Event;
use crate::sandbox::hub::Hub;

/// `POST /api/charges/{id}/act`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::sandbox) struct Act {
    #[serde(rename = "act")]
    kind: Kind,
    /// Francs, for `pay_amount` and `lie`.
    amount: Option<i64>,
    /// Milliseconds, for `pay_late`; fifteen minutes when absent.
    after_ms: Option<u64>,
    /// The operator a hosted page's payer picks.
    method: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Pay,
    Fail,
    Cancel,
    PayAmount,
    /// Paid, and the provider never says so by itself.
    PaySilent,
    /// Paid now from the payer's side, known as paid later.
    PayLate,
    /// A webhook that says "succeeded" with the shared secret only, while no money moved.
    Lie,
}

impl Act {
    /// An act from the payment page.
    pub(super) fn of(kind: Kind, amount: Option<i64>, after_ms: Option<u64>) -> Self {
        Self {
            kind,
            amount,
            after_ms,
            method: None,
        }
    }

    pub(super) fn with_method(mut self, method: Option<String>) -> Self {
        self.method = method;
        self
    }
}

/// Why nothing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sandbox) enum Undone {
    Unknown,
    /// Already paid, or money is on its way (the provider's E400-48).
    Closed,
    /// An amount is needed, above zero.
    Amount,
}

impl Hub {
    /// Does it and tells everybody who should know.
    ///
    /// # Errors
    /// [`Undone`], and nothing happened.
    pub(in crate::sandbox) fn act(
        self: &Arc<Self>,
        charge_id: &str,
        act: &Act,
    ) -> Result<ChargeView, Undone> {
        let needs_amount = act.kind == Kind::PayAmount;
        if needs_amount && act.amount.is_none_or(|amount| amount <= 0) {
            return Err(Undone::Amount);
        }
        let faults = self.faults();
        let new_id = self.uuid().to_string();
        let done = self.till().change(charge_id, |charge| {
            if act.kind == Kind::Lie {
                return Ok(charge.clone());
            }
            if charge.settled() || charge.under_way() {
                return Err(Undone::Closed);
            }
            record(charge, act, new_id, faults.fee_basis_points);
            Ok(charge.clone())
        });
        let charge = done.ok_or(Undone::Unknown)??;
        let view = charge.view(&self.public_url);
        self.events.send(&Event::Charge { charge: &view });
        match act.kind {
            Kind::PaySilent => {}
            Kind::PayLate => self.settle_later(charge_id, act.after_ms.unwrap_or(15 * 60 * 1_000)),
            Kind::Lie => webhook::lie(self, &charge, act.amount.unwrap_or(charge.amount)),
            _ => webhook::announce(self, &charge, "payment"),
        }
        Ok(view)
    }

    fn settle_later(self: &Arc<Self>, charge_id: &str, after_ms: u64) {
        let (hub, id) = (Arc::clone(self), charge_id.to_owned());
        let mut stopped = self.stopped();
        tokio::spawn(async move {
            tokio::select! {
                _ = stopped.wait_for(|stop| *stop) => return,
                () = tokio::time::sleep(Duration::from_millis(after_ms)) => {}
            }
            let settled = hub.till().change(&id, |charge| {
                let last = charge.transactions.last_mut()?;
                last.status = Status::Succeeded;
                last.at = now();
                Some(charge.clone())
            });
            if let Some(charge) = settled.flatten() {
                hub.events.send(&Event::Charge {
                    charge: &charge.view(&hub.public_url),
                });
                webhook::announce(&hub, &charge, "payment");
            }
        });
    }
}

/// Writes the payer's transaction. The first act of a direct charge uses the transaction it was
/// born with; everything else makes a new one, whose id is not the charge's.
fn record(charge: &mut Charge, act: &Act, new_id: String, fee_basis_points: u32) {
    let amount = act
        .amount
        .filter(|_| act.kind == Kind::PayAmount)
        .unwrap_or(charge.amount);
    let status = match act.kind {
        Kind::Fail => Status::Failed,
        Kind::Cancel => Status::Cancelled,
        Kind::PayLate => Status::Pending,
        _ => Status::Succeeded,
    };
    let chosen = charge.payment_type.clone().or_else(|| act.method.clone());
    let born = charge
        .transactions
        .last()
        .filter(|t| !t.acted)
        .map(|t| t.id.clone());
    if born.is_some() {
        charge.transactions.pop();
    }
    charge.transactions.push(Transaction {
        id: born.unwrap_or(new_id),
        status,
        amount,
        fees: amount.saturating_mul(i64::from(fee_basis_points)) / 10_000,
        method: chosen.unwrap_or_else(|| "wave_money".to_owned()),
        at: now(),
        acted: true,
    });
}
