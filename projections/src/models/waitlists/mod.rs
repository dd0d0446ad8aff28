//! Waitlists: who waits for what, and what is offered to whom.
//!
//! The seller asks: how many wait for this, and who is next? The buyer asks: which place do I have?

mod cards;
mod fold;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{
    client::Event as Client, event::Event, order::Event as Order, policy::Rule,
    shop::Event as Shop, waitlist::Event as Waitlist,
};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{ApplyError, Told, numbers};

pub use cards::{WaitCard, Waits, line, lists, position};
pub(crate) use write::all;

/// See [`crate::Model::version`].
pub const VERSION: i32 = 1;

/// One row per buyer and variant, while she waits; `seq` is the fact that put her there, and those
/// who asked at the same instant wait in its order.
///
/// `quantity` is what she waits for, what she is offered included. `offer` is the order of the
/// offer that waits for her answer, `offered` its units. `declined`: so many she was offered and
/// would not have. `told_at`: when she was last told that units are free (first paid, first
/// served). `closed`: her list is closed, and the offer she has is the last one.
///
/// `head_starts`: what gold and diamond are ahead by, seconds, where a shop has changed it.
pub const TABLE: &str = "
CREATE TABLE waitlists (
    lane smallint NOT NULL, shop_id uuid NOT NULL, seq bigint NOT NULL,
    variant_id bigint NOT NULL, client_id uuid NOT NULL, quantity bigint NOT NULL,
    asked_at timestamptz NOT NULL, live_id bigint, offer bigint, offered bigint NOT NULL,
    declined bigint NOT NULL, told_at timestamptz, closed boolean NOT NULL,
    PRIMARY KEY (lane, shop_id, seq)
) WITH (fillfactor = 70);
CREATE INDEX waitlists_variant ON waitlists (lane, shop_id, variant_id);
CREATE INDEX waitlists_client ON waitlists (lane, shop_id, client_id);
CREATE INDEX waitlists_offer ON waitlists (lane, shop_id, offer) WHERE offer IS NOT NULL;
CREATE TABLE head_starts (
    lane smallint NOT NULL, shop_id uuid NOT NULL, seconds bigint NOT NULL,
    PRIMARY KEY (lane, shop_id)
)";

type Key = (i16, Uuid, i64);

/// A row as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Row {
    lane: i16,
    shop_id: Uuid,
    seq: i64,
    pub variant_id: i64,
    pub client_id: Uuid,
    pub quantity: i64,
    pub asked_at: DateTime<Utc>,
    pub live_id: Option<i64>,
    pub offer: Option<i64>,
    offered: i64,
    pub declined: i64,
    pub told_at: Option<DateTime<Utc>>,
    pub closed: bool,
}

/// What a batch is about: whole lists, offers, everything of a client.
#[derive(Debug, Default)]
struct About {
    variants: BTreeSet<Key>,
    offers: BTreeSet<Key>,
    clients: BTreeSet<(i16, Uuid, Uuid)>,
    head_starts: BTreeMap<(i16, Uuid), i64>,
}

impl About {
    fn hear(&mut self, told: &Told, event: &Event) {
        let key = |id| (told.lane, told.shop, id);
        match event {
            Event::Waitlist(event) => match event {
                Waitlist::WaitlistJoined { variant, .. }
                | Waitlist::OfferMade { variant, .. }
                | Waitlist::WaitlistLeft { variant, .. }
                | Waitlist::WaitlistTold { variant, .. }
                | Waitlist::WaitlistClosed { variant, .. } => {
                    self.variants.insert(key(numbers::variant(*variant)));
                }
                Waitlist::OfferAccepted { order }
                | Waitlist::OfferDeclined { order, .. }
                | Waitlist::OfferLapsed { order, .. } => {
                    self.offers.insert(key(numbers::order(*order)));
                }
            },
            // The order of an offer may end otherwise.
            Event::Order(
                Order::HoldExpired { order, .. } | Order::OrderCancelled { order, .. },
            ) => {
                self.offers.insert(key(numbers::order(*order)));
            }
            Event::Client(Client::ClientsMerged { kept, merged }) => {
                let hers = [kept, merged].map(|client| (told.lane, told.shop, client.0));
                self.clients.extend(hers);
            }
            Event::Shop(Shop::PolicyChanged { rule: Rule::PrioritySeconds, to, .. }) => {
                self.head_starts.insert((told.lane, told.shop), *to);
            }
            _ => {}
        }
    }

    fn is_idle(&self) -> bool {
        self.variants.is_empty() && self.offers.is_empty() && self.clients.is_empty()
    }
}

pub(crate) async fn apply(conn: &mut PgConnection, batch: &[&Told]) -> Result<(), ApplyError> {
    let mut about = About::default();
    for told in batch {
        if let Ok(event) = &told.event {
            about.hear(told, event);
        }
    }
    write::head_starts(conn, &about.head_starts).await?;
    if about.is_idle() {
        return Ok(());
    }
    let mut rows = Rows(write::load(conn, &about).await?);
    let before: BTreeSet<Key> = rows.0.keys().copied().collect();
    for told in batch {
        if let Ok(event) = &told.event {
            rows.fold(told, event);
        }
    }
    let gone: Vec<Key> = before.into_iter().filter(|key| !rows.0.contains_key(key)).collect();
    write::remove(conn, &gone).await?;
    write::save(conn, rows.0.into_values().collect()).await
}

/// Those who wait, as far as this batch is about them.
#[derive(Debug)]
struct Rows(BTreeMap<Key, Row>);
