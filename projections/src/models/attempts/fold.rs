//! What an event changes in the rows of attempts.

use chrono::{DateTime, Utc};
use domain::{
    conversation::Event as Conversation,
    event::Event,
    ids::{AttemptId, OrderId},
    order::Event as Order,
    payment::{
        Event as Payment,
        event::{Part, RefundReason},
        observation::Status,
    },
};

use super::{Row, Rows};
use crate::{ApplyError, Told, numbers};

impl Rows {
    pub(super) fn fold(&mut self, told: &Told, event: &Event) -> Result<(), ApplyError> {
        match event {
            Event::Payment(event) => self.payment(told, event),
            Event::Order(Order::OrderClosed { order }) => {
                self.of(told, *order).for_each(|row| row.done = true);
                Ok(())
            }
            Event::Conversation(Conversation::PaymentClaimed { order }) => {
                self.of(told, *order).for_each(|row| row.claimed_at = Some(told.at));
                Ok(())
            }
            Event::Conversation(Conversation::ClaimAnswered { order }) => {
                self.of(told, *order).for_each(|row| row.claimed_at = None);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn payment(&mut self, told: &Told, event: &Payment) -> Result<(), ApplyError> {
        match event {
            Payment::ChargeRequested { .. } => self.begin(told, event),
            Payment::ChargeCreated { attempt, provider_id, link } => {
                let row = self.one(told, *attempt)?;
                row.become_unless_paid("created");
                row.link = Some(link.clone());
                row.provider_id = provider_id.clone().or(row.provider_id.take());
            }
            Payment::ChargeFailed { attempt, unknown, .. } => {
                let state = if *unknown { "unknown" } else { "failed" };
                state.clone_into(&mut self.one(told, *attempt)?.state);
            }
            Payment::PaymentObserved { attempt, status, .. } => {
                let row = self.one(told, *attempt)?;
                row.observed(event);
                let order = row.order_id;
                if *status == Status::Succeeded {
                    self.all(told, order).for_each(|row| row.claimed_at = None);
                }
            }
            Payment::PaymentConfirmed { attempt, amount, parts, .. } => {
                let whole = [Part { attempt: *attempt, amount: *amount }];
                let parts = if parts.is_empty() { &whole[..] } else { parts };
                for part in parts {
                    self.one(told, part.attempt)?.confirmed += part.amount.0;
                }
            }
            Payment::DepositConfirmed { attempt, amount, .. } => {
                self.one(told, *attempt)?.confirmed += amount.0;
            }
            Payment::RefundDue { attempt, amount, reason, .. } => {
                let row = self.one(told, *attempt)?;
                row.due_back += amount.0;
                // What the vendor gives back was confirmed before; it is the same money.
                if *reason == RefundReason::VendorCancelled {
                    row.confirmed -= amount.0;
                }
            }
            Payment::PaymentReversed { order, attempt, amount } => {
                self.reversed(told, *order, *attempt, amount.0)?;
            }
            // Those that `about` does not name.
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, told: &Told, event: &Payment) {
        let Payment::ChargeRequested { order, attempt, reference, method, amount } = event else {
            return;
        };
        let row = Row {
            lane: told.lane,
            shop_id: told.shop,
            attempt_id: numbers::attempt(*attempt),
            order_id: numbers::order(*order),
            reference: reference.as_str().to_owned(),
            method: method.code().to_owned(),
            amount: amount.0,
            asked_at: told.at,
            link: None,
            state: "requested".to_owned(),
            provider_id: None,
            status: None,
            got: 0,
            confirmed: 0,
            due_back: 0,
            reversed: 0,
            paid_at: None,
            claimed_at: None,
            done: false,
        };
        self.0.insert((row.lane, row.shop_id, row.attempt_id), row);
    }

    /// The provider took money back. What nobody had used yet goes first; beyond that the order is
    /// owed its money again, and all that had paid it waits for the rest. What was handed over and
    /// closed only loses this attempt's part.
    fn reversed(
        &mut self,
        told: &Told,
        order: OrderId,
        attempt: AttemptId,
        amount: i64,
    ) -> Result<(), ApplyError> {
        let row = self.one(told, attempt)?;
        let spare = (row.got - row.confirmed - row.due_back).max(0);
        let beyond = (amount - spare).max(0);
        row.reversed += amount;
        row.got -= amount;
        if beyond == 0 {
            return Ok(());
        }
        let done = row.done;
        if !done && self.of(told, order).any(|row| row.confirmed > 0) {
            self.of(told, order).for_each(|row| row.confirmed = 0);
            return Ok(());
        }
        let row = self.one(told, attempt)?;
        let paying = beyond.min(row.confirmed);
        row.confirmed -= paying;
        row.due_back -= beyond - paying;
        Ok(())
    }

    fn one(&mut self, told: &Told, attempt: AttemptId) -> Result<&mut Row, ApplyError> {
        let id = numbers::attempt(attempt);
        let row = self.0.get_mut(&(told.lane, told.shop, id));
        row.ok_or_else(|| ApplyError::unknown("attempt", id))
    }

    fn of(&mut self, told: &Told, order: OrderId) -> impl Iterator<Item = &mut Row> {
        self.all(told, numbers::order(order))
    }

    fn all(&mut self, told: &Told, order: i64) -> impl Iterator<Item = &mut Row> {
        let of_shop = (told.lane, told.shop, i64::MIN)..=(told.lane, told.shop, i64::MAX);
        let rows = self.0.range_mut(of_shop).map(|(_, row)| row);
        rows.filter(move |row| row.order_id == order)
    }
}

impl Row {
    fn observed(&mut self, event: &Payment) {
        let Payment::PaymentObserved { provider_id, status, amount, fees, paid_at, .. } = event
        else {
            return;
        };
        self.status = Some(word(*status).to_owned());
        if !provider_id.is_empty() {
            self.provider_id = Some(provider_id.clone());
        }
        match status {
            Status::Succeeded => {
                let came = amount.map_or(0, |sum| sum.0) + fees.map_or(0, |sum| sum.0);
                self.got += came.max(0);
                self.paid(*paid_at);
            }
            Status::Failed | Status::Cancelled => self.become_unless_paid("failed"),
            Status::Pending
            | Status::Processing
            | Status::Authorized
            | Status::Reversed
            | Status::Unknown
            | Status::Absent => {}
        }
    }

    fn paid(&mut self, at: DateTime<Utc>) {
        "paid".clone_into(&mut self.state);
        self.paid_at = Some(at);
    }

    /// Success is sticky.
    fn become_unless_paid(&mut self, state: &str) {
        if self.state != "paid" {
            state.clone_into(&mut self.state);
        }
    }
}

/// A status as the wire of the domain spells it.
fn word(status: Status) -> &'static str {
    match status {
        Status::Pending => "pending",
        Status::Processing => "processing",
        Status::Authorized => "authorized",
        Status::Succeeded => "succeeded",
        Status::Failed => "failed",
        Status::Cancelled => "cancelled",
        Status::Reversed => "reversed",
        Status::Unknown => "unknown",
        Status::Absent => "absent",
    }
}
