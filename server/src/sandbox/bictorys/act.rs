//! What a payer does: pays, fails, gives up, pays another amount, pays late or in silence.

use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;

use super::charge::{Charge, ChargeView, Status, Transaction};
use super::pay::Payment;
use super::webhook::{self, Told};
use crate::sandbox::clock::now;
use crate::sandbox::events::Event;
use crate::sandbox::hub::Hub;
use crate::sandbox::misbehaviour::{Hit, Misbehaviour, Moment};

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
        let charge = self.till().charge(charge_id).cloned();
        let charge = charge.ok_or(Undone::Unknown)?;
        if act.kind == Kind::Lie {
            webhook::lie(self, &charge, act.amount.unwrap_or(charge.amount));
            return Ok(self.show(&charge));
        }
        if charge.settled() || charge.under_way() {
            return Err(Undone::Closed);
        }
        // Only a plain payment is bent: every other act is somebody's wish already.
        let plain = act.kind == Kind::Pay;
        let hit = plain.then(|| self.misbehaves(Moment::Pay, &charge.names(None)));
        let hit = hit.flatten();
        let payment = self.payment(act, &charge).bent(hit).told_for(charge.amount);
        let done = self.till().change(charge_id, |charge| {
            // Somebody may have been faster since.
            if charge.settled() || charge.under_way() {
                return Err(Undone::Closed);
            }
            let id = charge.record(payment.clone());
            Ok((charge.clone(), id))
        });
        let (charge, id) = done.ok_or(Undone::Unknown)??;
        let view = self.show(&charge);
        match act.kind {
            Kind::PaySilent => {}
            Kind::PayLate => {
                let after = Duration::from_millis(act.after_ms.unwrap_or(15 * 60 * 1_000));
                let (from, to) = (Status::Pending, Status::Succeeded);
                self.turn_later(&charge, &id, (from, to), after);
            }
            _ => webhook::announce(self, &charge, &id, Told::Payment),
        }
        if let Some(hit) = hit {
            self.follow(hit, &charge, &id, &payment);
        }
        Ok(view)
    }

    /// What the payer is about to do.
    fn payment(&self, act: &Act, charge: &Charge) -> Payment {
        let chosen = act.amount.filter(|_| act.kind == Kind::PayAmount);
        let status = match act.kind {
            Kind::Fail => Status::Failed,
            Kind::Cancel => Status::Cancelled,
            Kind::PayLate => Status::Pending,
            _ => Status::Succeeded,
        };
        let pays = !matches!(act.kind, Kind::Fail | Kind::Cancel);
        let net = pays
            && self
                .misbehaves(Moment::Amounts, &charge.names(None))
                .is_some();
        Payment {
            id: self.uuid().to_string(),
            status,
            amount: chosen.unwrap_or(charge.amount),
            method: act.method.clone(),
            net,
            fee_basis_points: self.faults().fee_basis_points,
        }
    }

    /// What comes after a payment that misbehaves.
    fn follow(self: &Arc<Self>, hit: Hit, charge: &Charge, id: &str, payment: &Payment) {
        let again = payment.again(self.uuid().to_string());
        match hit.what {
            Misbehaviour::PaysTwice => {
                let second = self.till().change(&charge.id, |charge| {
                    let id = charge.record(again);
                    (charge.clone(), id)
                });
                if let Some((charge, id)) = second {
                    self.show(&charge);
                    webhook::announce(self, &charge, &id, Told::Payment);
                }
            }
            Misbehaviour::SecondCharge => {
                let mut twin = charge.twin(self.uuid().to_string());
                let id = twin.record(again);
                if self.till().open(twin.clone()) {
                    self.counters().charges_created += 1;
                    self.show(&twin);
                    webhook::announce(self, &twin, &id, Told::Payment);
                }
            }
            Misbehaviour::Authorized => {
                let turn = (Status::Authorized, Status::Succeeded);
                self.turn_later(charge, id, turn, hit.duration());
            }
            Misbehaviour::Reversed => {
                let turn = (Status::Succeeded, Status::Reversed);
                self.turn_later(charge, id, turn, hit.duration());
            }
            _ => {}
        }
    }

    /// A transaction goes from one status to another by itself, unless it is elsewhere by then.
    fn turn_later(
        self: &Arc<Self>,
        charge: &Charge,
        id: &str,
        (from, to): (Status, Status),
        after: Duration,
    ) {
        let (hub, charge, id) = (Arc::clone(self), charge.id.clone(), id.to_owned());
        tokio::spawn(async move {
            hub.pause(after).await;
            if *hub.stopped().borrow() {
                return;
            }
            let turned = hub.till().change(&charge, |charge| {
                let found = |t: &&mut Transaction| t.id == id && t.status == from;
                let transaction = charge.transactions.iter_mut().find(found)?;
                transaction.status = to;
                if to == Status::Succeeded {
                    transaction.at = now();
                }
                Some(charge.clone())
            });
            if let Some(charge) = turned.flatten() {
                hub.show(&charge);
                webhook::announce(&hub, &charge, &id, Told::Payment);
            }
        });
    }

    /// Tells the stream how a charge stands now.
    pub(super) fn show(&self, charge: &Charge) -> ChargeView {
        let view = charge.view(&self.public_url);
        self.events.send(&Event::Charge { charge: &view });
        view
    }
}
