//! One full sample of every kind of event: every optional field is there.

mod orders;
mod payments;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::event::Event;
use crate::ids::{AttemptId, ClientId, ContactId, LiveId, OrderId, ProductId, VariantId};
use crate::money::{Amount, Currency};
use crate::order::event::Units;
use crate::personal::Personal;
use crate::policy::Rule;
use crate::segment::{Language, Method, Segment};
use crate::text::{Keyword, Text};
use crate::trust::{Badge, Reason, ReasonCode, Tier};
use crate::{b2b, catalogue, client, conversation, live, shop};

const CLIENT: ClientId = ClientId(Uuid::from_u128(0xC11E));
const CONTACT: ContactId = ContactId(Uuid::from_u128(0xC0));
const PRODUCT: ProductId = ProductId(1);
const VARIANT: VariantId = VariantId(1);
const LIVE: LiveId = LiveId(3);
const ORDER: OrderId = OrderId(12);
const ATTEMPT: AttemptId = AttemptId(15);
const AMOUNT: Amount = Amount(15_000);
const UNITS: Units = Units {
    variant: VARIANT,
    quantity: 2,
};

fn text(words: &str) -> Text {
    Text::new(words)
}

fn then() -> DateTime<Utc> {
    crate::spec::start() + TimeDelta::microseconds(123_456)
}

/// All of them.
pub(super) fn all() -> Vec<Event> {
    let mut all: Vec<Event> = Vec::new();
    all.extend(shops().map(Event::from));
    all.extend(catalogues().map(Event::from));
    all.extend(lives().map(Event::from));
    all.extend(clients().map(Event::from));
    all.extend(trust().map(Event::from));
    all.extend(orders::carts().chain(orders::terms()).map(Event::from));
    all.extend(orders::ends().map(Event::from));
    all.extend(orders::waitlists().map(Event::from));
    all.extend(payments::charges().map(Event::from));
    all.extend(payments::money().map(Event::from));
    all.extend(invoices().map(Event::from));
    all.extend(talk().map(Event::from));
    all
}

fn shops() -> impl Iterator<Item = shop::Event> {
    use shop::Event::{OutageEnded, PolicyChanged, ShopConfigured, ShopOpened, VendorBound};
    [
        ShopOpened {
            name: text("Chez Awa"),
            currency: Currency::Xof,
            country: "SN".to_owned(),
            zone: "Africa/Dakar".to_owned(),
            segment: Segment::LiveSeller,
            language: Language::Fr,
            number: "number-1".to_owned(),
            account: "account-1".to_owned(),
        },
        ShopConfigured {
            name: Some(text("Awa Mode")),
            language: Some(Language::En),
            open: Some(false),
        },
        VendorBound {
            contact: CONTACT,
            language: Language::Fr,
        },
        PolicyChanged {
            rule: Rule::HoldLive,
            from: 10,
            to: 15,
        },
        OutageEnded {
            from: then(),
            until: then() + TimeDelta::minutes(7),
        },
    ]
    .into_iter()
}

fn catalogues() -> impl Iterator<Item = catalogue::Event> {
    use catalogue::Event as E;
    let (product, variant) = (PRODUCT, VARIANT);
    let photo = Some("photos/1.jpg".to_owned());
    [
        E::ProductAdded {
            product,
            keyword: Keyword::parse("ROBE1").unwrap(),
            name: text("Robe Wax"),
            price: AMOUNT,
            only_during_live: true,
            photo: photo.clone(),
        },
        E::ProductChanged {
            product,
            name: Some(text("Robe Ankara")),
            price: Some(AMOUNT),
            photo,
        },
        E::VariantAdded {
            variant,
            product,
            size: Some(text("M")),
            colour: Some(text("rouge")),
        },
        E::StockReceived {
            variant,
            quantity: 3,
        },
        E::StockAdjusted {
            variant,
            by: -1,
            reason: catalogue::event::AdjustReason::Loss,
        },
        E::StockBlocked { variant, by: 1 },
        E::StockRanLow { product, left: 2 },
        E::ProductArchived { product },
    ]
    .into_iter()
}

fn lives() -> impl Iterator<Item = live::Event> {
    use live::Event as E;
    let (live, title) = (LIVE, text("Samedi"));
    [
        E::LiveScheduled {
            live,
            title: title.clone(),
            starts_at: then(),
        },
        E::LiveStarted { live, title },
        E::LivePaused { live },
        E::LiveResumed { live },
        E::ProductShown {
            live,
            product: PRODUCT,
        },
        E::LiveClosing {
            live,
            // As it was stored before it could close by itself.
            by_itself: false,
        },
        E::LastCallOver { live },
        E::LiveReopened { live },
        E::LiveEnded { live },
        E::LiveFirstPaidSet { live, on: true },
        E::LiveSettled { live },
    ]
    .into_iter()
}

fn clients() -> impl Iterator<Item = client::Event> {
    use client::Event as E;
    let client = CLIENT;
    let purpose = client::event::Purpose::Marketing;
    [
        E::ClientRegistered {
            client,
            contact: CONTACT,
            user_id: Personal::clear("SN.12345"),
            name: Personal::clear("Aminata"),
            phone: Some(Personal::clear("+221770000000")),
            language: Language::Fr,
        },
        E::ClientRenamed {
            client,
            name: Personal::clear("Ami"),
        },
        E::ClientIdentityChanged {
            client,
            known_as: ClientId(Uuid::from_u128(0xC12E)),
            contact: CONTACT,
            user_id: Personal::clear("SN.67890"),
        },
        E::ClientsMerged {
            kept: client,
            merged: ClientId(Uuid::from_u128(0xC13E)),
        },
        E::ClientPreferred {
            client,
            language: Some(Language::En),
            simple: Some(true),
            method: Some(Method::Wave),
        },
        E::ConsentGiven { client, purpose },
        E::ConsentWithdrawn { client, purpose },
        E::ClientBlocked {
            client,
            reason: text("fausses commandes"),
        },
        E::ClientUnblocked { client },
        E::ClientForgotten { client },
    ]
    .into_iter()
}

fn trust() -> impl Iterator<Item = client::Event> {
    use client::Event as E;
    let client = CLIENT;
    [
        E::TrustScoreChanged {
            client,
            from: 50,
            to: 20,
            policy: "v1".to_owned(),
            reasons: vec![
                Reason {
                    code: ReasonCode::Start,
                    points: 50,
                },
                Reason {
                    code: ReasonCode::Expired,
                    points: -30,
                },
            ],
            flagged: true,
        },
        E::TrustOverridden {
            client,
            score: Some(70),
            reason: text("ma cousine"),
        },
        E::FirstPaidSet {
            client,
            on: Some(true),
        },
        E::TierChanged {
            client,
            from: Tier::Bronze,
            to: Tier::Silver,
        },
        E::BadgeEarned {
            client,
            badge: Badge::FirstBuyer,
            live: Some(LIVE),
        },
    ]
    .into_iter()
}

fn invoices() -> impl Iterator<Item = b2b::Event> {
    use b2b::Event as E;
    let (order, total) = (ORDER, AMOUNT);
    [
        E::QuoteIssued {
            order,
            total,
            valid_until: then(),
        },
        E::QuoteAccepted { order },
        E::QuoteLapsed { order },
        E::InvoiceIssued {
            order,
            number: 1,
            total,
            due_at: then(),
        },
        E::InvoicePaid { number: 1 },
    ]
    .into_iter()
}

fn talk() -> impl Iterator<Item = conversation::Event> {
    use conversation::Event as E;
    let client = CLIENT;
    [
        E::ReminderDue { order: ORDER },
        E::MessageNotUnderstood {
            client,
            text: Personal::clear("robe9 svp"),
        },
        E::HintGiven { client },
        E::LinkDelayed {
            attempt: AttemptId(31),
        },
        E::PaymentClaimed { order: ORDER },
        E::ClaimAnswered { order: ORDER },
        E::VendorTold {
            orders: vec![ORDER],
        },
        E::HumanTookOver { client },
        E::HumanHandedBack { client },
    ]
    .into_iter()
}
