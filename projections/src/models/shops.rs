//! The shop itself: its name, and how far the tables have come.
//!
//! The seller asks: whose page is this, in which currency, and what is its newest number?

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{event::Event, segment::Language, shop::Event as Shop};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{ApplyError, TenantTx, Told};

/// See [`crate::Model::version`].
pub const VERSION: i32 = 1;

/// `seq` and `at` are those of the shop's newest applied event, whatever it was about.
pub const TABLE: &str = "
CREATE TABLE shops (
    lane smallint NOT NULL, shop_id uuid NOT NULL,
    name text NOT NULL, currency text NOT NULL, zone text NOT NULL, language text NOT NULL,
    number text NOT NULL, open boolean NOT NULL, seq bigint NOT NULL, at timestamptz NOT NULL,
    PRIMARY KEY (lane, shop_id)
) WITH (fillfactor = 50)";

type Key = (i16, Uuid);

#[derive(Clone, Debug, sqlx::FromRow)]
struct Row {
    lane: i16,
    shop_id: Uuid,
    name: String,
    currency: String,
    zone: String,
    language: String,
    number: String,
    open: bool,
    seq: i64,
    at: DateTime<Utc>,
}

pub(crate) async fn apply(conn: &mut PgConnection, batch: &[&Told]) -> Result<(), ApplyError> {
    let keys: BTreeSet<Key> = batch.iter().map(|told| (told.lane, told.shop)).collect();
    let mut rows = load(conn, &keys).await?;
    for told in batch {
        fold(&mut rows, told)?;
    }
    save(conn, rows).await
}

fn fold(rows: &mut BTreeMap<Key, Row>, told: &Told) -> Result<(), ApplyError> {
    let key = (told.lane, told.shop);
    let event = told.event.as_ref().map_err(|reason| ApplyError::Poison(reason.clone()))?;
    if let Event::Shop(Shop::ShopOpened { name, currency, zone, language, number, .. }) = event {
        let row = Row {
            lane: told.lane,
            shop_id: told.shop,
            name: name.to_string(),
            currency: currency.code().to_owned(),
            zone: zone.clone(),
            language: code(*language).to_owned(),
            number: number.clone(),
            open: true,
            seq: told.seq,
            at: told.at,
        };
        rows.insert(key, row);
        return Ok(());
    }
    let row = rows.get_mut(&key).ok_or_else(|| ApplyError::unknown("shop", told.shop))?;
    (row.seq, row.at) = (told.seq, told.at);
    if let Event::Shop(Shop::ShopConfigured { name, language, open }) = event {
        if let Some(name) = name {
            row.name = name.to_string();
        }
        if let Some(language) = language {
            code(*language).clone_into(&mut row.language);
        }
        row.open = open.unwrap_or(row.open);
    }
    Ok(())
}

/// A language as it is stored and sent.
pub(crate) fn code(language: Language) -> &'static str {
    match language {
        Language::Fr => "fr",
        Language::En => "en",
    }
}

async fn load(
    conn: &mut PgConnection,
    keys: &BTreeSet<Key>,
) -> Result<BTreeMap<Key, Row>, ApplyError> {
    let (lanes, shops): (Vec<i16>, Vec<Uuid>) = keys.iter().copied().unzip();
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT r.* FROM unnest($1::smallint[], $2::uuid[]) AS u(lane, shop_id)
           JOIN shops r USING (lane, shop_id)",
    )
    .bind(lanes)
    .bind(shops)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| ((row.lane, row.shop_id), row)).collect())
}

async fn save(conn: &mut PgConnection, rows: BTreeMap<Key, Row>) -> Result<(), ApplyError> {
    let rows: Vec<Row> = rows.into_values().collect();
    sqlx::query(
        "INSERT INTO shops AS r
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::text[], $4::text[], $5::text[],
                              $6::text[], $7::text[], $8::boolean[], $9::bigint[],
                              $10::timestamptz[])
         ON CONFLICT (lane, shop_id) DO UPDATE SET name = excluded.name,
             language = excluded.language, open = excluded.open, seq = excluded.seq,
             at = excluded.at",
    )
    .bind(rows.iter().map(|row| row.lane).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.shop_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.currency.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.zone.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.language.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.number.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.open).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.seq).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.at).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// The shop as its page heads it. JSON: pages speak these very words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct ShopCard {
    pub id: Uuid,
    pub name: String,
    /// ISO 4217.
    pub currency: String,
    /// IANA zone.
    pub zone: String,
    /// `fr` or `en`.
    pub language: String,
}

/// The shop, the newest applied sequence, and the database's now; `None` before it opened.
pub async fn card(
    tx: &mut TenantTx,
) -> Result<Option<(ShopCard, i64, DateTime<Utc>)>, sqlx::Error> {
    #[derive(sqlx::FromRow)]
    struct Found {
        #[sqlx(flatten)]
        card: ShopCard,
        seq: i64,
        now: DateTime<Utc>,
    }
    let (lane, shop) = tx.place();
    let found: Option<Found> = sqlx::query_as(
        "SELECT shop_id AS id, name, currency, zone, language, seq, now() AS now
           FROM shops WHERE lane = $1 AND shop_id = $2",
    )
    .bind(lane)
    .bind(shop)
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.map(|found| (found.card, found.seq, found.now)))
}
