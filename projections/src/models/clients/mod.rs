//! Buyers, as one shop knows them. Names stay sealed: only the page's server opens them.
//!
//! The seller asks: who is this, where do I answer her, how much has she bought here?

use std::collections::{BTreeMap, BTreeSet};

use domain::{client::Event as Client, event::Event, ids::ClientId};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{ApplyError, TenantTx, Told};

use super::shops::code;

/// See [`crate::Model::version`].
pub const VERSION: i32 = 1;

/// `name` is the sealed form, as the event holds it; NULL once she is forgotten.
pub const TABLE: &str = "
CREATE TABLE reading.clients (
    lane smallint NOT NULL, shop_id uuid NOT NULL, client_id uuid NOT NULL,
    contact_id uuid NOT NULL, name text, language text NOT NULL, blocked boolean NOT NULL,
    PRIMARY KEY (lane, shop_id, client_id)
)";

type Key = (i16, Uuid, Uuid);

#[derive(Clone, Debug, sqlx::FromRow)]
struct Row {
    lane: i16,
    shop_id: Uuid,
    client_id: Uuid,
    contact_id: Uuid,
    name: Option<String>,
    language: String,
    blocked: bool,
}

/// The client whose row an event changes.
pub(crate) fn subject(event: &Event) -> Option<ClientId> {
    let Event::Client(event) = event else { return None };
    match event {
        Client::ClientRegistered { client, .. }
        | Client::ClientRenamed { client, .. }
        | Client::ClientIdentityChanged { client, .. }
        | Client::ClientPreferred { client, .. }
        | Client::ClientBlocked { client, .. }
        | Client::ClientUnblocked { client }
        | Client::ClientForgotten { client } => Some(*client),
        // Two rows stay two rows: her orders keep the id they were placed under.
        Client::ClientsMerged { .. }
        | Client::ConsentGiven { .. }
        | Client::ConsentWithdrawn { .. }
        | Client::TrustScoreChanged { .. }
        | Client::TrustOverridden { .. }
        | Client::FirstPaidSet { .. }
        | Client::TierChanged { .. }
        | Client::BadgeEarned { .. } => None,
    }
}

fn key(told: &Told) -> Option<Key> {
    let ClientId(client) = subject(told.event.as_ref().ok()?)?;
    Some((told.lane, told.shop, client))
}

pub(crate) async fn apply(conn: &mut PgConnection, batch: &[&Told]) -> Result<(), ApplyError> {
    let keys: BTreeSet<Key> = batch.iter().filter_map(|told| key(told)).collect();
    if keys.is_empty() {
        return Ok(());
    }
    let mut rows = load(conn, &keys).await?;
    for told in batch {
        if let (Some(key), Ok(Event::Client(event))) = (key(told), &told.event) {
            fold(&mut rows, key, event)?;
        }
    }
    save(conn, rows).await
}

fn fold(rows: &mut BTreeMap<Key, Row>, key: Key, event: &Client) -> Result<(), ApplyError> {
    if let Client::ClientRegistered { contact, name, language, .. } = event {
        let (lane, shop_id, client_id) = key;
        let row = Row {
            lane,
            shop_id,
            client_id,
            contact_id: contact.0,
            name: name.sealed().map(str::to_owned),
            language: code(*language).to_owned(),
            blocked: false,
        };
        rows.insert(key, row);
        return Ok(());
    }
    let row = rows.get_mut(&key).ok_or_else(|| ApplyError::unknown("client", key.2))?;
    match event {
        Client::ClientRenamed { name, .. } => row.name = name.sealed().map(str::to_owned),
        Client::ClientIdentityChanged { contact, .. } => row.contact_id = contact.0,
        Client::ClientPreferred { language: Some(language), .. } => {
            code(*language).clone_into(&mut row.language);
        }
        Client::ClientBlocked { .. } => row.blocked = true,
        Client::ClientUnblocked { .. } => row.blocked = false,
        Client::ClientForgotten { .. } => row.name = None,
        // Those that `subject` does not name, and a preference that is not the language.
        _ => {}
    }
    Ok(())
}

async fn load(
    conn: &mut PgConnection,
    keys: &BTreeSet<Key>,
) -> Result<BTreeMap<Key, Row>, ApplyError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT r.* FROM unnest($1::smallint[], $2::uuid[], $3::uuid[])
             AS u(lane, shop_id, client_id)
           JOIN reading.clients r USING (lane, shop_id, client_id)",
    )
    .bind(keys.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(keys.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(keys.iter().map(|key| key.2).collect::<Vec<_>>())
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| ((row.lane, row.shop_id, row.client_id), row)).collect())
}

async fn save(conn: &mut PgConnection, rows: BTreeMap<Key, Row>) -> Result<(), ApplyError> {
    let rows: Vec<Row> = rows.into_values().collect();
    sqlx::query(
        "INSERT INTO reading.clients AS r
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[],
                              $6::text[], $7::boolean[])
         ON CONFLICT (lane, shop_id, client_id) DO UPDATE SET contact_id = excluded.contact_id,
             name = excluded.name, language = excluded.language, blocked = excluded.blocked",
    )
    .bind(rows.iter().map(|row| row.lane).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.shop_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.client_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.contact_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.name.as_deref()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.language.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.blocked).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// A buyer and what she bought; both figures are counted over her orders, never kept twice.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ClientCard {
    pub client_id: Uuid,
    pub contact_id: Uuid,
    /// Sealed.
    pub name: Option<String>,
    pub language: String,
    pub blocked: bool,
    /// Orders whose money counts.
    pub purchases: i64,
    /// Minor units of the shop's currency.
    pub spent: i64,
}

/// Up to `limit` buyers, best first.
pub async fn list(tx: &mut TenantTx, limit: i64) -> Result<Vec<ClientCard>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        "SELECT c.client_id, c.contact_id, c.name, c.language, c.blocked,
                count(o.order_id) AS purchases, coalesce(sum(o.collected), 0)::bigint AS spent
           FROM reading.clients c
           LEFT JOIN reading.orders o ON o.lane = c.lane AND o.shop_id = c.shop_id
                AND o.client_id = c.client_id AND o.collected > 0
          WHERE c.lane = $1 AND c.shop_id = $2
          GROUP BY c.lane, c.shop_id, c.client_id
          ORDER BY spent DESC, c.client_id LIMIT $3",
    )
    .bind(lane)
    .bind(shop)
    .bind(limit)
    .fetch_all(tx.conn())
    .await
}
