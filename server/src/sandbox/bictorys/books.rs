//! The provider's books: every franc that moved, with what it cost and what went back.

use serde::Serialize;

use super::charge::{Charge, Status, Transaction};
use super::till::Till;

/// A line of the books: one transaction that succeeded, whatever became of it.
#[derive(Debug, Clone, Serialize)]
pub(in crate::sandbox) struct Book {
    reference: Option<String>,
    transaction: String,
    charge: String,
    status: Status,
    /// Francs the payer paid.
    amount: i64,
    /// Francs of it the provider keeps.
    fees: i64,
    /// Francs the merchant gave back; the whole amount or nothing.
    refunded: i64,
    /// Francs the operator took back; the whole amount or nothing.
    reversed: i64,
    currency: String,
    method: String,
    /// Unix seconds.
    at: i64,
}

impl Book {
    fn of(charge: &Charge, transaction: &Transaction) -> Self {
        let back = transaction.status == Status::Reversed;
        let by_merchant = back && transaction.refund.is_some();
        let sum = |counts: bool| if counts { transaction.amount } else { 0 };
        Self {
            reference: charge.reference.clone(),
            transaction: transaction.id.clone(),
            charge: charge.id.clone(),
            status: transaction.status,
            amount: transaction.amount,
            fees: transaction.fees,
            refunded: sum(by_merchant),
            reversed: sum(back && !by_merchant),
            currency: charge.currency.clone(),
            method: transaction.method.clone(),
            at: transaction.at.timestamp(),
        }
    }
}

impl Till {
    /// Every franc that moved, oldest first: succeeded, and perhaps reversed afterwards.
    pub(in crate::sandbox) fn books(&self) -> Vec<Book> {
        let moved = |t: &Transaction| matches!(t.status, Status::Succeeded | Status::Reversed);
        let mut books: Vec<Book> = self
            .acted(None)
            .into_iter()
            .filter(|(_, transaction)| moved(transaction))
            .map(|(charge, transaction)| Book::of(charge, transaction))
            .collect();
        books.reverse();
        books
    }
}
