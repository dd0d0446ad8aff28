//! The state of a shop: one slice per room. It is the fold of its events and nothing else.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::agenda::Agenda;
use crate::b2b::B2b;
use crate::catalogue::Catalogue;
use crate::client::Clients;
use crate::conversation::Notices;
use crate::ids::{ClientId, ContactId, ShopId};
use crate::live::Lives;
use crate::money::{Amount, Currency};
use crate::order::Orders;
use crate::payment::Payments;
use crate::personal::Personal;
use crate::policy::Policy;
use crate::segment::{Language, Segment};
use crate::text::Text;
use crate::waitlist::Waitlists;

/// The shape of the stored state. Raise it whenever a field of any slice changes: snapshots of
/// another shape are ignored and the log is folded again.
pub const SHAPE: i32 = 5;

/// What the vendor said about her shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// What buyers see.
    pub name: Text,
    /// The one currency it sells in.
    pub currency: Currency,
    /// ISO 3166 alpha-2.
    pub country: String,
    /// IANA zone, for display only.
    pub zone: String,
    /// How it sells.
    pub segment: Segment,
    /// Its language.
    pub language: Language,
    /// The WhatsApp number it answers on.
    pub number: String,
    /// Its payment account.
    pub account: String,
    /// Whether it takes orders.
    pub open: bool,
}

/// A phone that gets the vendor's notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vendor {
    /// Where.
    pub contact: ContactId,
    /// In which language.
    pub language: Language,
}

/// What was paid on one UTC day outside lives, for the vendor's notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Today {
    /// Which day; nothing before the first sale.
    pub day: Option<NaiveDate>,
    /// Orders.
    pub paid: u32,
    /// Their sum.
    pub collected: Amount,
}

/// A time in which LivePay could not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// Since when.
    pub from: DateTime<Utc>,
    /// Until when.
    pub until: DateTime<Utc>,
}

impl Silence {
    /// Whether something that ended then ended in it: nobody could have done anything.
    pub fn holds(&self, at: DateTime<Utc>) -> bool {
        self.from < at && at <= self.until
    }
}

/// One seller's business, in memory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shop {
    /// Which.
    pub id: ShopId,
    /// Nothing until it is opened.
    pub profile: Option<Profile>,
    /// Its numbers.
    pub policy: Policy,
    /// Its vendors' phones.
    pub vendors: Vec<Vendor>,
    /// Sales outside lives.
    pub today: Today,
    /// Products and stock.
    pub catalogue: Catalogue,
    /// Lives.
    pub live: Lives,
    /// Buyers.
    pub clients: Clients,
    /// Carts, holds and stubs.
    pub orders: Orders,
    /// Attempts.
    pub payments: Payments,
    /// Who waits.
    pub waitlists: Waitlists,
    /// Quotes and invoices.
    pub b2b: B2b,
    /// What the vendor is still to be told.
    pub notices: Notices,
    /// What falls due.
    pub agenda: Agenda,
    /// The last outage whose time was given back: none is given back twice.
    pub outage: Option<Silence>,
}

impl Shop {
    /// A shop before its first event.
    pub fn new(id: ShopId) -> Self {
        Self {
            id,
            profile: None,
            policy: Policy::default(),
            vendors: Vec::new(),
            today: Today::default(),
            catalogue: Catalogue::default(),
            live: Lives::default(),
            clients: Clients::default(),
            orders: Orders::default(),
            payments: Payments::default(),
            waitlists: Waitlists::default(),
            b2b: B2b::default(),
            notices: Notices::default(),
            agenda: Agenda::default(),
            outage: None,
        }
    }

    /// When it must be knocked.
    pub fn next_due(&self) -> Option<DateTime<Utc>> {
        self.agenda.next()
    }

    /// About how many bytes it takes in memory: counts times what one takes, heap included.
    pub fn weight(&self) -> usize {
        let parts = [
            (self.catalogue.len(), 512),
            (self.clients.len(), 896),
            (self.orders.open.len(), 656),
            (self.orders.closed.len(), 104),
            (self.payments.attempts.len(), 192),
            (self.agenda.len(), 96),
            (self.waitlists.len(), 112),
            (self.orders.unmet.len(), 32),
        ];
        parts.iter().fold(4_096, |sum, (count, each)| {
            sum.saturating_add(count.saturating_mul(*each))
        })
    }

    /// Shows every piece of personal data in the state, with whose key seals it.
    pub fn personal(&mut self, visit: &mut dyn FnMut(ClientId, &mut Personal)) {
        self.clients.personal(visit);
    }

    /// The WhatsApp number it answers on; empty before it is opened.
    pub fn number(&self) -> &str {
        self.profile.as_ref().map_or("", |profile| &profile.number)
    }

    /// The payment account its charges go through; empty before it is opened.
    pub fn account(&self) -> &str {
        self.profile.as_ref().map_or("", |profile| &profile.account)
    }

    /// The currency it sells in.
    pub fn currency(&self) -> Currency {
        self.profile
            .as_ref()
            .map_or(Currency::Xof, |profile| profile.currency)
    }

    /// How it sells.
    pub fn segment(&self) -> Segment {
        self.profile
            .as_ref()
            .map_or_else(Segment::default, |profile| profile.segment)
    }

    /// Its own language.
    pub fn language(&self) -> Language {
        self.profile
            .as_ref()
            .map_or_else(Language::default, |profile| profile.language)
    }
}
