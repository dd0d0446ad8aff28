//! What happened. An event belongs to a room; its stored form is
//! `{"<room>":{"<Name>":{…}}}` and never changes (architecture.md, law 4).

use serde::{Deserialize, Serialize};
use strum::VariantNames as _;

use crate::ids::ClientId;
use crate::personal::Personal;
use crate::{b2b, catalogue, client, conversation, live, order, payment, shop, waitlist};

/// One fact of one shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The shop itself and its policies.
    Shop(shop::Event),
    /// Products, variants and stock.
    Catalogue(catalogue::Event),
    /// Live sessions.
    Live(live::Event),
    /// Buyers and trust.
    Client(client::Event),
    /// Carts, holds and fulfilment.
    Order(order::Event),
    /// Who waits for what.
    Waitlist(waitlist::Event),
    /// Charges, money and refunds.
    Payment(payment::Event),
    /// Quotes and invoices.
    B2b(b2b::Event),
    /// The talk itself.
    Conversation(conversation::Event),
}

/// The newest event shape this build can write and read. A node that speaks less may not own a
/// lane that holds more. Raised by one whenever a variant or a field is added.
pub const SPEAKS: i32 = 5;

impl Event {
    /// The stored name, for example `OrderPlaced`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Shop(event) => event.into(),
            Self::Catalogue(event) => event.into(),
            Self::Live(event) => event.into(),
            Self::Client(event) => event.into(),
            Self::Order(event) => event.into(),
            Self::Waitlist(event) => event.into(),
            Self::Payment(event) => event.into(),
            Self::B2b(event) => event.into(),
            Self::Conversation(event) => event.into(),
        }
    }

    /// Every stored name, room by room.
    pub fn kinds() -> impl Iterator<Item = &'static str> {
        let rooms = [
            shop::Event::VARIANTS,
            catalogue::Event::VARIANTS,
            live::Event::VARIANTS,
            client::Event::VARIANTS,
            order::Event::VARIANTS,
            waitlist::Event::VARIANTS,
            payment::Event::VARIANTS,
            b2b::Event::VARIANTS,
            conversation::Event::VARIANTS,
        ];
        rooms.into_iter().flatten().copied()
    }

    /// The stored version of the shape. An upcast would stand at the foot of this file.
    pub fn version(&self) -> i16 {
        1
    }

    /// Shows every piece of personal data in the event, with the client whose key seals it.
    pub fn personal(&mut self, visit: &mut dyn FnMut(ClientId, &mut Personal)) {
        match self {
            Self::Client(event) => event.personal(visit),
            Self::Order(event) => event.personal(visit),
            Self::Conversation(event) => event.personal(visit),
            Self::Shop(_)
            | Self::Catalogue(_)
            | Self::Live(_)
            | Self::Waitlist(_)
            | Self::Payment(_)
            | Self::B2b(_) => {}
        }
    }
}

/// Lets every room tell its own facts.
macro_rules! rooms {
    ($($room:ident => $name:ident;)+) => {$(
        impl From<$room::Event> for Event {
            fn from(event: $room::Event) -> Self {
                Self::$name(event)
            }
        }
    )+};
}

rooms! {
    shop => Shop;
    catalogue => Catalogue;
    live => Live;
    client => Client;
    order => Order;
    waitlist => Waitlist;
    payment => Payment;
    b2b => B2b;
    conversation => Conversation;
}
