//! Buyers, as one shop knows them. Names stay sealed: only the page's server opens them.
//!
//! The seller asks: who is this, where do I answer her, how much has she bought here, how far do I
//! trust her?

mod cards;
mod fold;
mod write;

use std::collections::BTreeSet;

use domain::{
    client::Event as Client,
    event::Event,
    ids::ClientId,
    trust::{Badge, Tier},
};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use crate::{ApplyError, Told};

pub use cards::{ClientCard, card, list};
pub(crate) use write::all;

/// See [`crate::Model::version`].
pub const VERSION: i32 = 3;

/// `name` is the sealed form, as the event holds it; NULL once she is forgotten. What she is
/// trusted with is the last word of [`super::trust`]: `score` computed, `overridden` the vendor's.
pub const TABLE: &str = "
CREATE TABLE clients (
    lane smallint NOT NULL, shop_id uuid NOT NULL, client_id uuid NOT NULL,
    contact_id uuid NOT NULL, name text, language text NOT NULL, blocked boolean NOT NULL,
    score smallint NOT NULL, overridden smallint, flagged boolean NOT NULL, tier text NOT NULL,
    first_paid boolean, badges jsonb NOT NULL,
    PRIMARY KEY (lane, shop_id, client_id)
);
CREATE INDEX clients_loyal ON clients (lane, shop_id, client_id) WHERE tier <> 'bronze'";

type Key = (i16, Uuid, Uuid);

/// A row as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Row {
    lane: i16,
    shop_id: Uuid,
    pub client_id: Uuid,
    pub contact_id: Uuid,
    name: Option<String>,
    language: String,
    pub blocked: bool,
    pub score: i16,
    pub overridden: Option<i16>,
    pub flagged: bool,
    pub tier: String,
    pub first_paid: Option<bool>,
    pub badges: Json<Vec<String>>,
}

/// The clients whose rows an event needs: hers, and of two who are one both.
fn subjects(event: &Event) -> Vec<ClientId> {
    let Event::Client(event) = event else { return Vec::new() };
    match event {
        Client::ClientRegistered { client, .. }
        | Client::ClientRenamed { client, .. }
        | Client::ClientIdentityChanged { client, .. }
        | Client::ClientPreferred { client, .. }
        | Client::TrustScoreChanged { client, .. }
        | Client::TrustOverridden { client, .. }
        | Client::FirstPaidSet { client, .. }
        | Client::TierChanged { client, .. }
        | Client::BadgeEarned { client, .. }
        | Client::ClientBlocked { client, .. }
        | Client::ClientUnblocked { client }
        | Client::ClientForgotten { client } => vec![*client],
        Client::ClientsMerged { kept, merged } => vec![*kept, *merged],
        Client::ConsentGiven { .. } | Client::ConsentWithdrawn { .. } => Vec::new(),
    }
}

pub(crate) async fn apply(conn: &mut PgConnection, batch: &[&Told]) -> Result<(), ApplyError> {
    let mut keys = BTreeSet::<Key>::new();
    for told in batch {
        let named = told.event.as_ref().map(subjects).unwrap_or_default();
        keys.extend(named.into_iter().map(|ClientId(client)| (told.lane, told.shop, client)));
    }
    if keys.is_empty() {
        return Ok(());
    }
    let mut rows = write::load(conn, &keys).await?;
    for told in batch {
        if let Ok(Event::Client(event)) = &told.event {
            fold::fold(&mut rows, told, event)?;
        }
    }
    write::save(conn, rows.into_values().collect()).await
}

/// A tier as the wire of the domain spells it.
pub(crate) fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Bronze => "bronze",
        Tier::Silver => "silver",
        Tier::Gold => "gold",
        Tier::Diamond => "diamond",
    }
}

/// A badge as the wire of the domain spells it.
pub(crate) fn badge(badge: Badge) -> &'static str {
    match badge {
        Badge::FirstBuyer => "first_buyer",
        Badge::Loyal => "loyal",
        Badge::FastPayer => "fast_payer",
        Badge::Verified => "verified",
    }
}
