//! Lives as the summaries know them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{event::Event, ids::LiveId, live::Event as Live, live::Summary};
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::{Key, goods::Good};
use crate::ApplyError;

/// A product was held up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Shown {
    pub at: DateTime<Utc>,
    pub product: i64,
}

/// A row as it is stored; see [`super::TABLE`].
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct Row {
    pub lane: i16,
    pub shop_id: Uuid,
    pub live_id: i64,
    pub title: String,
    pub started_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    pub on_air: bool,
    pub shown: Json<Vec<Shown>>,
    pub goods: Json<Vec<Good>>,
    pub hot: Option<Json<Summary>>,
    pub settled: Option<Json<Summary>>,
}

impl Row {
    pub(super) fn new(key: Key, title: String, started_at: DateTime<Utc>) -> Self {
        let (lane, shop_id, live_id) = key;
        Self {
            lane,
            shop_id,
            live_id,
            title,
            started_at,
            finished_at: None,
            on_air: true,
            shown: Json(Vec::new()),
            goods: Json(Vec::new()),
            hot: None,
            settled: None,
        }
    }
}

/// The live whose row an event needs.
pub(super) fn subject(event: &Event) -> Option<LiveId> {
    let Event::Live(event) = event else { return None };
    match event {
        Live::LiveStarted { live, .. }
        | Live::ProductShown { live, .. }
        | Live::LiveClosing { live, .. }
        | Live::LiveReopened { live }
        | Live::LiveEnded { live }
        | Live::LiveSettled { live } => Some(*live),
        Live::LiveScheduled { .. }
        | Live::LivePaused { .. }
        | Live::LiveResumed { .. }
        | Live::LastCallOver { .. }
        | Live::LiveFirstPaidSet { .. } => None,
    }
}

/// These lives, and those on air in these shops.
pub(super) async fn load(
    conn: &mut PgConnection,
    keys: &BTreeSet<Key>,
    shops: &BTreeSet<(i16, Uuid)>,
) -> Result<BTreeMap<Key, Row>, ApplyError> {
    if keys.is_empty() && shops.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT r.* FROM unnest($1::smallint[], $2::uuid[], $3::bigint[])
                AS u(lane, shop_id, live_id)
           JOIN summaries r USING (lane, shop_id, live_id)
          UNION
         SELECT r.* FROM unnest($4::smallint[], $5::uuid[]) AS u(lane, shop_id)
           JOIN summaries r USING (lane, shop_id) WHERE r.on_air",
    )
    .bind(keys.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(keys.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(keys.iter().map(|key| key.2).collect::<Vec<_>>())
    .bind(shops.iter().map(|shop| shop.0).collect::<Vec<_>>())
    .bind(shops.iter().map(|shop| shop.1).collect::<Vec<_>>())
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| ((row.lane, row.shop_id, row.live_id), row)).collect())
}

pub(super) async fn save(conn: &mut PgConnection, rows: &[&Row]) -> Result<(), ApplyError> {
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO summaries AS r
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::text[],
             $5::timestamptz[], $6::timestamptz[], $7::boolean[], $8::jsonb[], $9::jsonb[],
             $10::jsonb[], $11::jsonb[])
         ON CONFLICT (lane, shop_id, live_id) DO UPDATE SET title = excluded.title,
             started_at = excluded.started_at, finished_at = excluded.finished_at,
             on_air = excluded.on_air, shown = excluded.shown, goods = excluded.goods,
             hot = excluded.hot, settled = excluded.settled",
    )
    .bind(rows.iter().map(|row| row.lane).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.shop_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.live_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.title.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.started_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.finished_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.on_air).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| Json(&row.shown.0)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| Json(&row.goods.0)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.hot.as_ref()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.settled.as_ref()).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
