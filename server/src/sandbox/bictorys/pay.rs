//! What a payment becomes: the transactions of a charge that is paid, well or badly.

use super::charge::{Charge, Status, Transaction};
use crate::sandbox::clock::now;
use crate::sandbox::misbehaviour::{Hit, Misbehaviour};

/// One payment, as it will stand in the books.
#[derive(Debug, Clone)]
pub(super) struct Payment {
    /// The id of its transaction, unless the charge was born with one.
    pub(super) id: String,
    pub(super) status: Status,
    /// Francs.
    pub(super) amount: i64,
    /// The operator a hosted page's payer picks.
    pub(super) method: Option<String>,
    /// Lists and details tell the amount without the fees.
    pub(super) net: bool,
    pub(super) fee_basis_points: u32,
}

impl Payment {
    /// What a misbehaviour makes of it.
    pub(super) fn bent(mut self, hit: Option<Hit>) -> Self {
        let Some(hit) = hit else { return self };
        let said = hit.value.filter(|francs| *francs > 0);
        match hit.what {
            Misbehaviour::PaysLess => self.amount = said.unwrap_or((self.amount / 2).max(1)),
            Misbehaviour::PaysMore => {
                self.amount = said.unwrap_or(self.amount.saturating_add(self.amount / 2 + 1));
            }
            Misbehaviour::Authorized | Misbehaviour::AuthorizedNever => {
                self.status = Status::Authorized;
            }
            _ => {}
        }
        self
    }

    /// Only the sum that was asked is told net: of another sum no list says whether it is net, so
    /// nobody could know what was paid (bictorys.md section 1.4 compares with what was asked).
    pub(super) fn told_for(mut self, asked: i64) -> Self {
        self.net = self.net && self.amount == asked;
        self
    }

    /// The same once more, with an id of its own.
    pub(super) fn again(&self, id: String) -> Self {
        Self { id, ..self.clone() }
    }
}

impl Charge {
    /// Writes the payer's transaction and tells its id. The first act of a direct charge uses the
    /// transaction it was born with; everything else makes a new one, whose id is not the charge's.
    pub(super) fn record(&mut self, payment: Payment) -> String {
        let born = self.last().filter(|t| !t.acted).map(|t| t.id.clone());
        if born.is_some() {
            self.transactions.pop();
        }
        let id = born.unwrap_or(payment.id);
        let chosen = self.payment_type.clone().or(payment.method);
        let fees = payment
            .amount
            .saturating_mul(i64::from(payment.fee_basis_points))
            / 10_000;
        self.transactions.push(Transaction {
            id: id.clone(),
            status: payment.status,
            amount: payment.amount,
            fees,
            method: chosen.unwrap_or_else(|| "wave_money".to_owned()),
            at: now(),
            acted: true,
            net: payment.net,
            refund: None,
        });
        id
    }

    /// A second charge of the same order, as a repeated create would make.
    pub(super) fn twin(&self, id: String) -> Self {
        Self {
            id,
            transactions: Vec::new(),
            created_at: now(),
            ..self.clone()
        }
    }
}
