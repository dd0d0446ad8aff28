//! Live sessions.
//!
//! The seller asks: is my live on, what is it called, since when, and which ones were there?

mod cards;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{
    event::Event, ids::LiveId, live::Event as Live, policy::Rule, shop::Event as Shop,
};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{ApplyError, Told, numbers};

pub use cards::{EndedCard, LiveCard, LiveLine, list, newest};

/// See [`crate::Model::version`].
pub const VERSION: i32 = 3;

/// `state` is a word of domain.md: scheduled, live, paused, closing, ended, settled.
///
/// `finished_at`: when FIN was said, or silence said it (`by_itself`); NULL again once that was
/// taken back. `ended_at`: when its last hold was resolved. `shown`: the product held up last.
///
/// `live_rules`: how long an end can be taken back, where the shop has changed it; `silent` where
/// silence said FIN.
pub const TABLE: &str = "
CREATE TABLE lives (
    lane smallint NOT NULL, shop_id uuid NOT NULL, live_id bigint NOT NULL,
    title text NOT NULL, state text NOT NULL, started_at timestamptz, ended_at timestamptz,
    finished_at timestamptz, by_itself boolean NOT NULL, first_paid boolean NOT NULL,
    shown bigint,
    PRIMARY KEY (lane, shop_id, live_id)
);
CREATE TABLE live_rules (
    lane smallint NOT NULL, shop_id uuid NOT NULL, silent boolean NOT NULL,
    minutes bigint NOT NULL,
    PRIMARY KEY (lane, shop_id, silent)
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
    finished_at: Option<DateTime<Utc>>,
    by_itself: bool,
    first_paid: bool,
    shown: Option<i64>,
}

/// The live an event changes.
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
        | Live::LiveSettled { live }
        | Live::ProductShown { live, .. }
        | Live::LiveFirstPaidSet { live, .. } => Some(*live),
        Live::LastCallOver { .. } => None,
    }
}

/// Whether the page is about another live after this: what it counts, it counts anew.
pub(crate) fn turns(event: &Event) -> bool {
    let Event::Live(event) = event else { return false };
    !matches!(event, Live::ProductShown { .. } | Live::LiveFirstPaidSet { .. })
}

fn key(told: &Told) -> Option<Key> {
    let live = subject(told.event.as_ref().ok()?)?;
    Some((told.lane, told.shop, numbers::live(live)))
}

pub(crate) async fn apply(conn: &mut PgConnection, batch: &[&Told]) -> Result<(), ApplyError> {
    keep_rules(conn, batch).await?;
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

/// Keeps the last word about each rule.
async fn keep_rules(conn: &mut PgConnection, batch: &[&Told]) -> Result<(), ApplyError> {
    let mut rules = BTreeMap::<(i16, Uuid, bool), i64>::new();
    for told in batch {
        let Ok(Event::Shop(Shop::PolicyChanged { rule, to, .. })) = &told.event else { continue };
        let silent = match rule {
            Rule::ReopenMinutes => false,
            Rule::ReopenSilentMinutes => true,
            _ => continue,
        };
        rules.insert((told.lane, told.shop, silent), *to);
    }
    if rules.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO live_rules
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::boolean[], $4::bigint[])
         ON CONFLICT (lane, shop_id, silent) DO UPDATE SET minutes = excluded.minutes",
    )
    .bind(rules.keys().map(|key| key.0).collect::<Vec<_>>())
    .bind(rules.keys().map(|key| key.1).collect::<Vec<_>>())
    .bind(rules.keys().map(|key| key.2).collect::<Vec<_>>())
    .bind(rules.values().copied().collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
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
            finished_at: None,
            by_itself: false,
            first_paid: false,
            shown: None,
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
        Live::LiveResumed { .. } => "live",
        Live::LiveReopened { .. } => {
            (row.finished_at, row.by_itself, row.ended_at) = (None, false, None);
            "live"
        }
        Live::LiveClosing { by_itself, .. } => {
            (row.finished_at, row.by_itself) = (Some(at), *by_itself);
            "closing"
        }
        Live::LiveEnded { .. } => {
            row.ended_at = Some(at);
            "ended"
        }
        Live::LiveSettled { .. } => "settled",
        Live::ProductShown { product, .. } => {
            row.shown = Some(numbers::product(*product));
            return Ok(());
        }
        Live::LiveFirstPaidSet { on, .. } => {
            row.first_paid = *on;
            return Ok(());
        }
        Live::LastCallOver { .. } => return Ok(()),
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
                              $6::timestamptz[], $7::timestamptz[], $8::timestamptz[],
                              $9::boolean[], $10::boolean[], $11::bigint[])
         ON CONFLICT (lane, shop_id, live_id) DO UPDATE SET title = excluded.title,
             state = excluded.state, started_at = excluded.started_at,
             ended_at = excluded.ended_at, finished_at = excluded.finished_at,
             by_itself = excluded.by_itself, first_paid = excluded.first_paid,
             shown = excluded.shown",
    )
    .bind(rows.iter().map(|row| row.lane).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.shop_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.live_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.title.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.state.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.started_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.ended_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.finished_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.by_itself).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.first_paid).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.shown).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
