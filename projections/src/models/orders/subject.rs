//! Which order an event is about.

use domain::{
    event::Event, ids::OrderId, order::Event as Order,
    payment::Event as Payment, waitlist::Event as Waitlist,
};

/// The order whose row an event changes.
pub(crate) fn subject(event: &Event) -> Option<OrderId> {
    match event {
        Event::Order(event) => of_order(event),
        Event::Payment(event) => of_payment(event),
        Event::Waitlist(
            Waitlist::OfferMade { order, .. }
            | Waitlist::OfferAccepted { order }
            | Waitlist::OfferDeclined { order, .. }
            | Waitlist::OfferLapsed { order, .. },
        ) => Some(*order),
        _ => None,
    }
}

fn of_order(event: &Order) -> Option<OrderId> {
    match event {
        Order::OrderPlaced { order, .. }
        | Order::UnitsTaken { order, .. }
        | Order::OrderReopened { order, .. }
        | Order::OrderSwapped { order, .. }
        | Order::ChoiceAsked { order, .. }
        | Order::ChoiceMade { order, .. }
        | Order::ChoiceLapsed { order }
        | Order::LineAdded { order, .. }
        | Order::LineChanged { order, .. }
        | Order::LineRemoved { order, .. }
        | Order::HoldLockedForPayment { order, .. }
        | Order::HoldUnlocked { order, .. }
        | Order::HoldExtended { order, .. }
        | Order::HoldExpired { order, .. }
        | Order::OrderCancelled { order, .. }
        | Order::OrderConfirmed { order, .. } => Some(*order),
        Order::QuantityAsked { .. }
        | Order::DemandUnmet { .. }
        | Order::AddressGiven { .. }
        | Order::SlotChosen { .. }
        | Order::CancellationRequested { .. }
        | Order::CancellationRefused { .. }
        | Order::OrderHandedOver { .. }
        | Order::DeliveryFailed { .. }
        | Order::OrderReturned { .. }
        | Order::OrderClosed { .. } => None,
    }
}

fn of_payment(event: &Payment) -> Option<OrderId> {
    match event {
        Payment::PaymentMethodChosen { order, .. }
        | Payment::PaymentConfirmed { order, .. }
        | Payment::DepositConfirmed { order, .. }
        | Payment::LatePaymentHonoured { order, .. }
        | Payment::PaymentReversed { order, .. }
        | Payment::CashReceived { order, .. }
        | Payment::RefundDue { order, .. }
        | Payment::RefundSent { order, .. }
        | Payment::RefundConfirmed { order, .. }
        | Payment::RefundFailed { order, .. } => Some(*order),
        Payment::ChargeRequested { .. }
        | Payment::ChargeCreated { .. }
        | Payment::ChargeFailed { .. }
        | Payment::ProviderAsked { .. }
        | Payment::PaymentObserved { .. }
        | Payment::PaymentUnderpaid { .. }
        | Payment::PaymentOverpaid { .. }
        | Payment::PaymentArrivedLate { .. }
        | Payment::RefundTaken { .. }
        | Payment::RefundRequested { .. }
        | Payment::RefundOverdue { .. } => None,
    }
}
