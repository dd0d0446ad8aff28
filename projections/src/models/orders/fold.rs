//! What an event changes in the row of an order.

use chrono::{DateTime, Utc};
use domain::{
    event::Event,
    order::Event as Order,
    payment::{Event as Payment, event::RefundReason},
    waitlist::Event as Waitlist,
};

use super::Row;

impl Row {
    pub(super) fn fold(&mut self, event: &Event, at: DateTime<Utc>) {
        match event {
            Event::Order(event) => self.order(event),
            Event::Payment(event) => self.payment(event, at),
            Event::Waitlist(event) => self.offer(event),
            _ => {}
        }
    }

    fn order(&mut self, event: &Order) {
        match event {
            Order::LineAdded { line, total, deadline, .. } => {
                self.lines.push(*line);
                self.total = total.0;
                self.deadline = Some(*deadline);
            }
            Order::LineChanged { variant, to, total, .. } => {
                for line in self.lines.iter_mut().filter(|line| line.variant == *variant) {
                    line.quantity = *to;
                }
                self.total = total.0;
            }
            Order::LineRemoved { units, total, .. } => {
                self.lines.retain(|line| line.variant != units.variant);
                self.total = total.0;
            }
            Order::OrderSwapped { lines, total, .. } => {
                self.lines.0.clone_from(lines);
                self.total = total.0;
            }
            Order::UnitsTaken { deadline, .. } => self.held("held", *deadline),
            Order::OrderReopened { deadline, .. } => self.again(*deadline),
            Order::HoldLockedForPayment { until, .. } => self.held("paying", *until),
            Order::HoldUnlocked { deadline, .. } => self.held("held", *deadline),
            Order::HoldExtended { deadline, .. } => self.deadline = Some(*deadline),
            Order::HoldExpired { .. } => self.over("expired"),
            Order::OrderCancelled { .. } => self.over("cancelled"),
            Order::OrderConfirmed { .. } => self.at_rest("confirmed"),
            Order::ChoiceAsked { until, .. } => self.held("choosing", *until),
            Order::ChoiceMade { until: Some(until), .. } => self.held("waiting", *until),
            Order::ChoiceMade { until: None, .. } | Order::ChoiceLapsed { .. } => {
                let fate = self.fate.clone();
                self.at_rest(fate.as_deref().unwrap_or("expired"));
            }
            // Those that `subject` does not name change nothing here.
            _ => {}
        }
    }

    fn payment(&mut self, event: &Payment, at: DateTime<Utc>) {
        match event {
            Payment::PaymentMethodChosen { method, .. } => {
                self.method = Some(method.code().to_owned());
            }
            Payment::PaymentConfirmed { amount, paid_at, .. }
            | Payment::DepositConfirmed { amount, paid_at, .. } => {
                self.collected = amount.0;
                self.paid_at = Some(*paid_at);
                // Handed over, its money taken back, and here it is again.
                if self.state == "owed" {
                    self.at_rest("confirmed");
                }
            }
            Payment::CashReceived { amount, .. } => self.collected += amount.0,
            Payment::LatePaymentHonoured { .. } => self.again(at),
            Payment::PaymentReversed { .. } if self.state == "confirmed" => {
                self.at_rest("owed");
                self.collected = 0;
                self.paid_at = None;
            }
            // The other reasons are about money that never counted for the order.
            Payment::RefundDue { amount, reason: RefundReason::VendorCancelled, .. } => {
                self.collected = (self.collected - amount.0).max(0);
            }
            _ => {}
        }
    }

    fn offer(&mut self, event: &Waitlist) {
        match event {
            Waitlist::OfferAccepted { .. } => {
                self.offered = false;
                "held".clone_into(&mut self.state);
            }
            Waitlist::OfferDeclined { .. } => self.over("cancelled"),
            Waitlist::OfferLapsed { .. } => self.over("expired"),
            _ => {}
        }
    }

    fn held(&mut self, state: &str, deadline: DateTime<Utc>) {
        state.clone_into(&mut self.state);
        self.deadline = Some(deadline);
    }

    fn over(&mut self, fate: &str) {
        self.at_rest(fate);
        self.fate = Some(fate.to_owned());
    }

    fn at_rest(&mut self, state: &str) {
        state.clone_into(&mut self.state);
        self.deadline = None;
    }

    /// It was over, and lives again: whatever paid it before does not count any more.
    fn again(&mut self, deadline: DateTime<Utc>) {
        self.held("held", deadline);
        self.fate = None;
        self.collected = 0;
        self.paid_at = None;
    }
}
