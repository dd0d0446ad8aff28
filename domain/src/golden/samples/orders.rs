//! Orders and waitlists.

use crate::money::Amount;
use crate::order::event::{CancelledBy, Choice, ExtendReason, HoldTerms, Line};
use crate::personal::Personal;
use crate::{order, waitlist};

use super::*;

pub(super) fn carts() -> impl Iterator<Item = order::Event> {
    use order::Event as E;
    let (order, client, deadline, total) = (ORDER, CLIENT, then(), AMOUNT);
    let line = Line {
        product: PRODUCT,
        variant: VARIANT,
        quantity: 2,
        unit_price: Amount(7_500),
    };
    let terms = HoldTerms {
        base: 10,
        cut_to: Some(5),
        raised_to: Some(15),
        tier_bonus: 5,
        minutes: 20,
    };
    [
        E::OrderPlaced {
            order,
            client,
            live: Some(LIVE),
            lines: vec![line],
            total,
            deadline,
            terms,
            unheld: false,
        },
        E::UnitsTaken {
            order,
            client,
            units: vec![UNITS],
            deadline,
        },
        E::OrderReopened {
            order,
            client,
            units: vec![UNITS],
            deadline,
        },
        E::OrderSwapped {
            order,
            lines: vec![line],
            total,
        },
        E::LineAdded {
            order,
            line,
            total,
            deadline,
            unheld: false,
        },
        E::LineChanged {
            order,
            variant: VARIANT,
            from: 2,
            to: 1,
            total,
            unheld: false,
        },
        E::LineRemoved {
            order,
            units: UNITS,
            total,
            unheld: false,
        },
    ]
    .into_iter()
}

pub(super) fn terms() -> impl Iterator<Item = order::Event> {
    use order::Event as E;
    let (order, client, deadline) = (ORDER, CLIENT, then());
    [
        E::QuantityAsked {
            client,
            variant: VARIANT,
        },
        E::DemandUnmet {
            client,
            live: Some(LIVE),
            product: PRODUCT,
            variant: VARIANT,
            quantity: 1,
            unit_price: AMOUNT,
        },
        E::AddressGiven {
            order,
            client,
            address: Personal::clear("Pikine, pharmacie"),
        },
        E::SlotChosen {
            order,
            starts_at: then(),
        },
        E::HoldLockedForPayment {
            order,
            until: deadline,
        },
        E::HoldUnlocked { order, deadline },
        E::HoldExtended {
            order,
            deadline,
            reason: ExtendReason::Processing,
        },
    ]
    .into_iter()
}

pub(super) fn ends() -> impl Iterator<Item = order::Event> {
    use order::Event as E;
    let (order, client, units) = (ORDER, CLIENT, vec![UNITS]);
    [
        E::HoldExpired {
            order,
            client,
            units: units.clone(),
            attributable: true,
        },
        E::OrderCancelled {
            order,
            by: CancelledBy::Vendor,
            units: units.clone(),
            was_committed: true,
            reason: None,
        },
        E::CancellationRefused {
            order,
            lapsed: true,
        },
        E::ChoiceAsked {
            order,
            options: vec![
                Choice::Wait,
                Choice::Swap,
                Choice::Refund,
                Choice::Keep,
                Choice::Complete,
            ],
            until: then(),
        },
        E::ChoiceMade {
            order,
            choice: Choice::Wait,
            until: Some(then()),
        },
        E::ChoiceLapsed { order },
        E::CancellationRequested {
            order,
            decide_by: then(),
        },
        E::OrderConfirmed {
            order,
            client,
            units: units.clone(),
            from_available: true,
            // As it was stored before the vendor was told of several together.
            told_later: false,
        },
        E::OrderHandedOver {
            order,
            units: units.clone(),
        },
        E::DeliveryFailed {
            order,
            reason: text("absente"),
        },
        E::OrderReturned { order, units },
        E::OrderClosed { order },
    ]
    .into_iter()
}

pub(super) fn waitlists() -> impl Iterator<Item = waitlist::Event> {
    use waitlist::Event as E;
    let (client, variant, order, quantity) = (CLIENT, VARIANT, ORDER, 2);
    [
        E::WaitlistJoined {
            client,
            variant,
            quantity,
            live: None,
        },
        E::OfferMade {
            client,
            variant,
            quantity,
            order,
            deadline: then(),
            live: None,
        },
        E::OfferAccepted { order },
        E::OfferDeclined {
            order,
            quantity,
            variant: None,
        },
        E::OfferLapsed {
            order,
            quantity,
            variant: None,
        },
        E::WaitlistLeft { client, variant },
        E::WaitlistTold { client, variant },
        E::WaitlistClosed {
            variant,
            live: None,
        },
    ]
    .into_iter()
}
