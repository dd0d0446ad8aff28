//! Orders as the log tells them, as far as trust is concerned: when placed, when paid, when run
//! out.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use crate::event::Event;
use crate::ids::{AttemptId, ClientId, OrderId};
use crate::money::Amount;
use crate::payment::observation::Status;
use crate::trust::facts::Facts;
use crate::{client, order, payment, waitlist};

/// One order.
#[derive(Debug, Default)]
struct Known {
    placed: DateTime<Utc>,
    /// The money the log confirmed for it last: how much, and the provider's time if it was one.
    money: Option<(Amount, Option<DateTime<Utc>>)>,
    /// When it was confirmed, while it is paid.
    paid: Option<DateTime<Utc>>,
    /// When it ran out by its client's doing, while it has not lived again.
    expired: Option<DateTime<Utc>>,
    closed: bool,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Tally {
    orders: BTreeMap<OrderId, Known>,
    /// Whose they are, by the key of who remains after merges.
    owners: BTreeMap<OrderId, ClientId>,
    clients: BTreeMap<ClientId, BTreeSet<OrderId>>,
    /// Other keys of theirs.
    keys: BTreeMap<ClientId, ClientId>,
    /// What was observed last of an attempt.
    observed: BTreeMap<AttemptId, Status>,
}

impl Tally {
    /// Takes in an event; gives whose trust it touches.
    pub(super) fn take(&mut self, event: &Event, at: DateTime<Utc>) -> Option<ClientId> {
        match event {
            Event::Client(event) => self.client(event),
            Event::Order(event) => self.order(event, at),
            Event::Payment(event) => self.payment(event, at),
            Event::Waitlist(waitlist::Event::OfferMade { client, order, .. }) => {
                self.place(*order, *client, at);
                None
            }
            Event::Shop(_)
            | Event::Catalogue(_)
            | Event::Live(_)
            | Event::Waitlist(_)
            | Event::B2b(_)
            | Event::Conversation(_) => None,
        }
    }

    /// The client a merge took away.
    pub(super) fn gone(&self, event: &Event) -> Option<ClientId> {
        let Event::Client(client::Event::ClientsMerged { merged, .. }) = event else {
            return None;
        };
        (!self.clients.contains_key(merged)).then_some(*merged)
    }

    /// Who a key stands for.
    pub(super) fn resolve(&self, mut key: ClientId) -> ClientId {
        // A chain is no longer than there are keys.
        for _ in 0..self.keys.len() {
            match self.keys.get(&key) {
                Some(next) => key = *next,
                None => break,
            }
        }
        key
    }

    /// Everybody there is.
    pub(super) fn clients(&self) -> impl Iterator<Item = ClientId> {
        self.clients.keys().copied()
    }

    /// What counts of a client: her orders, one by one.
    pub(super) fn facts(&self, client: ClientId) -> Facts {
        let mut facts = Facts::default();
        let orders = self.clients.get(&client).into_iter().flatten();
        for known in orders.filter_map(|order| self.orders.get(order)) {
            if let Some((at, (amount, by_provider))) = known.paid.zip(known.money) {
                facts.paid += 1;
                facts.spent = facts.spent.saturating_add(amount.0);
                facts.days.entry(at.date_naive()).or_default().paid += 1;
                if let Some(paid_at) = by_provider {
                    facts.timed += 1;
                    let took = (paid_at - known.placed).num_seconds();
                    facts.seconds += u64::try_from(took).unwrap_or(0);
                }
            }
            if let Some(at) = known.expired {
                facts.expired += 1;
                facts.days.entry(at.date_naive()).or_default().expired += 1;
            }
        }
        facts
    }

    fn client(&mut self, event: &client::Event) -> Option<ClientId> {
        match event {
            client::Event::ClientRegistered { client, .. } => {
                self.clients.entry(self.resolve(*client)).or_default();
                None
            }
            client::Event::ClientIdentityChanged {
                client, known_as, ..
            } => {
                let client = self.resolve(*client);
                if *known_as != client {
                    self.keys.insert(*known_as, client);
                }
                None
            }
            client::Event::ClientsMerged { kept, merged } => self.merge(*kept, *merged),
            client::Event::TrustOverridden { client, .. } => {
                Some(self.resolve(*client)).filter(|client| self.clients.contains_key(client))
            }
            client::Event::ClientRenamed { .. }
            | client::Event::ClientPreferred { .. }
            | client::Event::ConsentGiven { .. }
            | client::Event::ConsentWithdrawn { .. }
            | client::Event::TrustScoreChanged { .. }
            | client::Event::FirstPaidSet { .. }
            | client::Event::TierChanged { .. }
            | client::Event::BadgeEarned { .. }
            | client::Event::ClientBlocked { .. }
            | client::Event::ClientUnblocked { .. }
            | client::Event::ClientForgotten { .. } => None,
        }
    }

    fn merge(&mut self, kept: ClientId, merged: ClientId) -> Option<ClientId> {
        let kept = self.resolve(kept);
        if kept == merged {
            return None;
        }
        self.keys.insert(merged, kept);
        let orders = self.clients.remove(&merged)?;
        for order in &orders {
            self.owners.insert(*order, kept);
        }
        self.clients.entry(kept).or_default().extend(orders);
        Some(kept)
    }

    fn place(&mut self, order: OrderId, client: ClientId, at: DateTime<Utc>) {
        let client = self.resolve(client);
        self.owners.insert(order, client);
        self.clients.entry(client).or_default().insert(order);
        self.orders.entry(order).or_default().placed = at;
    }

    /// Changes an order; gives whose it is.
    fn change(&mut self, order: OrderId, change: impl FnOnce(&mut Known)) -> Option<ClientId> {
        change(self.orders.get_mut(&order)?);
        self.owners.get(&order).copied()
    }

    fn order(&mut self, event: &order::Event, at: DateTime<Utc>) -> Option<ClientId> {
        match event {
            order::Event::OrderPlaced { order, client, .. } => {
                self.place(*order, *client, at);
                None
            }
            order::Event::HoldExpired {
                order,
                attributable,
                ..
            } => {
                let touched = self.change(*order, |known| {
                    known.expired = attributable.then_some(at);
                });
                touched.filter(|_| *attributable)
            }
            order::Event::OrderReopened { order, .. } => {
                self.change(*order, |known| known.expired = None)
            }
            order::Event::OrderConfirmed { order, .. } => {
                self.change(*order, |known| known.paid = known.paid.or(Some(at)))
            }
            order::Event::OrderClosed { order } => {
                self.change(*order, |known| known.closed = true);
                None
            }
            order::Event::UnitsTaken { .. }
            | order::Event::OrderSwapped { .. }
            | order::Event::ChoiceAsked { .. }
            | order::Event::ChoiceMade { .. }
            | order::Event::ChoiceLapsed { .. }
            | order::Event::LineAdded { .. }
            | order::Event::LineChanged { .. }
            | order::Event::LineRemoved { .. }
            | order::Event::QuantityAsked { .. }
            | order::Event::DemandUnmet { .. }
            | order::Event::AddressGiven { .. }
            | order::Event::SlotChosen { .. }
            | order::Event::HoldLockedForPayment { .. }
            | order::Event::HoldUnlocked { .. }
            | order::Event::HoldExtended { .. }
            | order::Event::OrderCancelled { .. }
            | order::Event::CancellationRequested { .. }
            | order::Event::CancellationRefused { .. }
            | order::Event::OrderHandedOver { .. }
            | order::Event::DeliveryFailed { .. }
            | order::Event::OrderReturned { .. } => None,
        }
    }

    fn payment(&mut self, event: &payment::Event, at: DateTime<Utc>) -> Option<ClientId> {
        match event {
            payment::Event::PaymentObserved {
                attempt, status, ..
            } => {
                self.observed.insert(*attempt, *status);
                None
            }
            payment::Event::PaymentConfirmed {
                order,
                amount,
                paid_at,
                ..
            }
            | payment::Event::DepositConfirmed {
                order,
                amount,
                paid_at,
                ..
            } => self.money(*order, (*amount, Some(*paid_at)), at),
            payment::Event::CashReceived { order, amount } => {
                self.money(*order, (*amount, None), at)
            }
            payment::Event::LatePaymentHonoured { order, .. } => {
                self.change(*order, |known| known.expired = None)
            }
            // What was taken back before it came had never counted.
            payment::Event::PaymentReversed { order, attempt, .. }
                if self.observed.get(attempt) == Some(&Status::Reversed) =>
            {
                self.change(*order, |known| known.paid = None)
            }
            payment::Event::PaymentReversed { .. }
            | payment::Event::PaymentMethodChosen { .. }
            | payment::Event::ChargeRequested { .. }
            | payment::Event::ChargeCreated { .. }
            | payment::Event::ChargeFailed { .. }
            | payment::Event::ProviderAsked { .. }
            | payment::Event::PaymentUnderpaid { .. }
            | payment::Event::PaymentOverpaid { .. }
            | payment::Event::PaymentArrivedLate { .. }
            | payment::Event::RefundDue { .. }
            | payment::Event::RefundTaken { .. }
            | payment::Event::RefundRequested { .. }
            | payment::Event::RefundOverdue { .. }
            | payment::Event::RefundSent { .. }
            | payment::Event::RefundConfirmed { .. }
            | payment::Event::RefundFailed { .. } => None,
        }
    }

    /// Money for an order. One that is closed has nobody to confirm it again: it is paid at once.
    fn money(
        &mut self,
        order: OrderId,
        money: (Amount, Option<DateTime<Utc>>),
        at: DateTime<Utc>,
    ) -> Option<ClientId> {
        let mut counts = false;
        let client = self.change(order, |known| {
            counts = known.closed && known.paid.is_none();
            if known.paid.is_none() {
                known.money = Some(money);
            }
            if counts {
                known.paid = Some(at);
            }
        });
        client.filter(|_| counts)
    }
}
