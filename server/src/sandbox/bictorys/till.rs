//! The provider's books: charges and transactions with their indexes.

use std::collections::HashMap;
use std::time::Instant;

use super::charge::{Charge, Transaction};
use crate::sandbox::world::Bucket;

/// Most charges of one sandbox.
const MOST: usize = 500_000;

/// Everything the provider knows.
#[derive(Debug, Default)]
pub(in crate::sandbox) struct Till {
    charges: Vec<Charge>,
    by_id: HashMap<String, usize>,
    by_transaction: HashMap<String, usize>,
    by_reference: HashMap<String, Vec<usize>>,
    calls: Option<Bucket>,
}

impl Till {
    /// Whether the firewall lets one more call through.
    pub(super) fn admit(&mut self, per_second: u32, now: Instant) -> bool {
        let rate = f64::from(per_second);
        let burst = rate * 2.0;
        self.calls
            .get_or_insert_with(|| Bucket::full(burst, now))
            .take(burst, rate, now)
    }

    /// Keeps a charge; false when the books are full.
    pub(super) fn open(&mut self, charge: Charge) -> bool {
        if self.charges.len() >= MOST {
            return false;
        }
        let index = self.charges.len();
        self.by_id.insert(charge.id.clone(), index);
        for transaction in &charge.transactions {
            self.by_transaction.insert(transaction.id.clone(), index);
        }
        if let Some(reference) = &charge.reference {
            self.by_reference
                .entry(reference.clone())
                .or_default()
                .push(index);
        }
        self.charges.push(charge);
        true
    }

    pub(super) fn charge(&self, id: &str) -> Option<&Charge> {
        self.charges.get(*self.by_id.get(id)?)
    }

    /// Changes a charge; new transactions are indexed afterwards.
    pub(super) fn change<T>(&mut self, id: &str, f: impl FnOnce(&mut Charge) -> T) -> Option<T> {
        let index = *self.by_id.get(id)?;
        let charge = self.charges.get_mut(index)?;
        let answer = f(charge);
        for transaction in &charge.transactions {
            if !self.by_transaction.contains_key(&transaction.id) {
                self.by_transaction.insert(transaction.id.clone(), index);
            }
        }
        Some(answer)
    }

    /// The charge with this id, or the one of this transaction.
    pub(super) fn either(&self, id: &str) -> Option<&Charge> {
        let index = self.by_transaction.get(id).or_else(|| self.by_id.get(id))?;
        self.charges.get(*index)
    }

    /// The charges of one reference, oldest first: a repeated create makes a second one.
    pub(super) fn charges(&self, reference: Option<&str>) -> Vec<&Charge> {
        match reference {
            None => self.charges.iter().collect(),
            Some(reference) => {
                let indexes = self.by_reference.get(reference).into_iter().flatten();
                indexes
                    .filter_map(|index| self.charges.get(*index))
                    .collect()
            }
        }
    }

    /// Transactions somebody acted on, newest first, as lists show them.
    pub(super) fn acted(&self, reference: Option<&str>) -> Vec<(&Charge, &Transaction)> {
        let mut acted: Vec<_> = self
            .charges(reference)
            .into_iter()
            .flat_map(|charge| charge.transactions.iter().map(move |t| (charge, t)))
            .filter(|(_, transaction)| transaction.acted)
            .collect();
        acted.sort_by_key(|(_, transaction)| std::cmp::Reverse(transaction.at));
        acted
    }
}
