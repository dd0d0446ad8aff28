//! Live sessions.
//!
//! The seller asks: is my live on, what is it called, since when?

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{event::Event, ids::LiveId, live::Event as Live};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{ApplyError, TenantTx, Told, numbers};

/// See [`crate::Model::version`].
pub const VERSION: i32 = 1;

/// `state` is a word of domain.md: scheduled, live, paused, closing, ended, settled.
pub const TABLE: &str = "
CREATE TABLE lives (
    lane smallint NOT NULL, shop_id uuid NOT NULL, live_id bigint NOT NULL,
    title text NOT NULL, state text NOT NULL, started_at timestamptz, ended_at timestamptz,
    PRIMARY KEY (lane, shop_id, live_id)
)";

type Key = (i16, Uuid, i64);

#[derive(Clone, Debug, sqlx::FromRow)]
struct Row {
    lane: i16,
    shop_id: Uuid,
    live_id: i64,
    title: String,
    state: String,
    started_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
}

/// The live an event changes; a product held up changes nothing here.
pub(crate) fn subject(event: &Event) -> Option<LiveId> {
    let Event::Live(event) = event else { return None };
    match event {
        Live::LiveScheduled { live, .. }
        | Live::LiveStarted { live, .. }
        | Live::LivePaused { live }
        | Live::LiveResumed { live }
        | Live::LiveClosing { live, .. }
        | Live::LiveReopened { live }
        | Live::LiveEnded { live }
        | Live::LiveSettled { live } => Some(*live),
        Live::ProductShown { .. } | Live::LiveFirstPaidSet { .. } => None,
    }
}

fn key(told: &Told) -> Option<Key> {
    let live = subject(told.event.as_ref().ok()?)?;
    Some((told.lane, told.shop, numbers::live(live)))
}

pub(crate) async fn apply(conn: &mut PgConnection, batch: &[&Told]) -> Result<(), ApplyError> {
    let keys: BTreeSet<Key> = batch.iter().filter_map(|told| key(told)).collect();
    if keys.is_empty() {
        return Ok(());
    }
    let mut rows = load(conn, &keys).await?;
    for told in batch {
        if let (Some(key), Ok(Event::Live(event))) = (key(told), &told.event) {
            fold(&mut rows, key, event, told.at)?;
        }
    }
    save(conn, rows).await
}

fn fold(
    rows: &mut BTreeMap<Key, Row>,
    key: Key,
    event: &Live,
    at: DateTime<Utc>,
) -> Result<(), ApplyError> {
    if let Live::LiveScheduled { title, .. } | Live::LiveStarted { title, .. } = event {
        let (lane, shop_id, live_id) = key;
        let new = || Row {
            lane,
            shop_id,
            live_id,
            title: String::new(),
            state: String::new(),
            started_at: None,
            ended_at: None,
        };
        rows.entry(key).or_insert_with(new).title = title.to_string();
    }
    let row = rows.get_mut(&key).ok_or_else(|| ApplyError::unknown("live", key.2))?;
    let state = match event {
        Live::LiveScheduled { .. } => "scheduled",
        Live::LiveStarted { .. } => {
            row.started_at = Some(at);
            "live"
        }
        Live::LivePaused { .. } => "paused",
        Live::LiveResumed { .. } | Live::LiveReopened { .. } => "live",
        Live::LiveClosing { .. } => "closing",
        Live::LiveEnded { .. } => {
            row.ended_at = Some(at);
            "ended"
        }
        Live::LiveSettled { .. } => "settled",
        Live::ProductShown { .. } | Live::LiveFirstPaidSet { .. } => return Ok(()),
    };
    state.clone_into(&mut row.state);
    Ok(())
}

async fn load(
    conn: &mut PgConnection,
    keys: &BTreeSet<Key>,
) -> Result<BTreeMap<Key, Row>, ApplyError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT r.* FROM unnest($1::smallint[], $2::uuid[], $3::bigint[])
             AS u(lane, shop_id, live_id)
           JOIN lives r USING (lane, shop_id, live_id)",
    )
    .bind(keys.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(keys.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(keys.iter().map(|key| key.2).collect::<Vec<_>>())
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| ((row.lane, row.shop_id, row.live_id), row)).collect())
}

async fn save(conn: &mut PgConnection, rows: BTreeMap<Key, Row>) -> Result<(), ApplyError> {
    let rows: Vec<Row> = rows.into_values().collect();
    sqlx::query(
        "INSERT INTO lives AS r
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::text[], $5::text[],
                              $6::timestamptz[], $7::timestamptz[])
         ON CONFLICT (lane, shop_id, live_id) DO UPDATE SET title = excluded.title,
             state = excluded.state, started_at = excluded.started_at,
             ended_at = excluded.ended_at",
    )
    .bind(rows.iter().map(|row| row.lane).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.shop_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.live_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.title.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.state.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.started_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.ended_at).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// The live of the moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct LiveCard {
    pub id: i64,
    pub title: String,
    /// `live`, `paused` or `closing`.
    pub state: String,
    pub started_at: Option<DateTime<Utc>>,
}

/// The live that is on (paused and closing count as on), or `None`.
pub async fn current(tx: &mut TenantTx) -> Result<Option<LiveCard>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        "SELECT live_id AS id, title, state, started_at FROM lives
          WHERE lane = $1 AND shop_id = $2 AND state IN ('live', 'paused', 'closing')
          ORDER BY live_id DESC LIMIT 1",
    )
    .bind(lane)
    .bind(shop)
    .fetch_optional(tx.conn())
    .await
}
