//! Money whose reversal was faster than itself.

use std::collections::BTreeMap;

use domain::{
    event::Event,
    payment::{Event as Payment, observation::Status},
};

use super::Key;
use crate::{Told, numbers};

/// What the provider said last about each attempt of this batch. A reversal that was faster than
/// its success is told right after that success, and takes nothing from the order.
#[derive(Debug, Default)]
pub(crate) struct Came(BTreeMap<Key, Status>);

impl Came {
    /// Takes in every event of the batch, in order.
    pub(crate) fn hear(&mut self, told: &Told, event: &Event) {
        if let Event::Payment(Payment::PaymentObserved { attempt, status, .. }) = event {
            self.0.insert((told.lane, told.shop, numbers::attempt(*attempt)), *status);
        }
    }

    /// Whether a reversal is of money that never counted: what pays the order stays.
    pub(crate) fn and_went(&self, told: &Told, event: &Event) -> bool {
        let Event::Payment(Payment::PaymentReversed { attempt, .. }) = event else { return false };
        let said = self.0.get(&(told.lane, told.shop, numbers::attempt(*attempt)));
        said == Some(&Status::Succeeded)
    }
}
