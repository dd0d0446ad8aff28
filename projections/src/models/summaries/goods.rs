//! Products as the summaries count them: how many were on offer, and when none was free.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::{Key, arithmetic};
use crate::ApplyError;

/// A row as it is stored; see [`super::TABLE`].
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct Row {
    pub lane: i16,
    pub shop_id: Uuid,
    pub product_id: i64,
    pub keyword: String,
    pub name: String,
    pub price: i64,
    pub variants: Json<Vec<i64>>,
    free: i64,
    came: i64,
    live_id: Option<i64>,
    start_units: i64,
    start_came: i64,
    out_at: Option<DateTime<Utc>>,
    out_since: Option<DateTime<Utc>>,
    out_seconds: i64,
}

/// What is kept of a product when a live finishes: enough to go on, if that is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Good {
    pub product: i64,
    start_units: i64,
    start_came: i64,
    /// Units on hand when it went on air, and what came in until FIN.
    pub offered: i64,
    pub out_at: Option<DateTime<Utc>>,
    pub out_seconds: i64,
}

impl Row {
    pub(super) fn new(key: Key, keyword: String, name: String, price: i64) -> Self {
        let (lane, shop_id, product_id) = key;
        Self {
            lane,
            shop_id,
            product_id,
            keyword,
            name,
            price,
            variants: Json(Vec::new()),
            free: 0,
            came: 0,
            live_id: None,
            start_units: 0,
            start_came: 0,
            out_at: None,
            out_since: None,
            out_seconds: 0,
        }
    }

    /// New in this live: not out, for it was never in.
    pub(super) fn joins(&mut self, live: i64) {
        self.live_id = Some(live);
    }

    /// The live goes on air.
    pub(super) fn begins(&mut self, live: i64, at: DateTime<Utc>) {
        self.live_id = Some(live);
        self.start_units = self.free;
        self.start_came = self.came;
        self.out_since = (self.free <= 0).then_some(at);
        self.out_at = self.out_since;
        self.out_seconds = 0;
    }

    /// FIN: what it came to, if it is this live's.
    pub(super) fn finishes(&mut self, live: i64, at: DateTime<Utc>) -> Option<Good> {
        if self.live_id != Some(live) {
            return None;
        }
        self.back(at);
        let good = Good {
            product: self.product_id,
            start_units: self.start_units,
            start_came: self.start_came,
            offered: self.start_units + self.came - self.start_came,
            out_at: self.out_at,
            out_seconds: self.out_seconds,
        };
        self.live_id = None;
        (self.start_units, self.start_came) = (0, 0);
        (self.out_at, self.out_seconds) = (None, 0);
        Some(good)
    }

    /// FIN was taken back; the time between was nobody's. `good` is missing for what is new since.
    pub(super) fn reopens(&mut self, live: i64, good: Option<&Good>, at: DateTime<Utc>) {
        self.live_id = Some(live);
        let Some(good) = good else { return };
        (self.start_units, self.start_came) = (good.start_units, good.start_came);
        self.out_since = (self.free <= 0).then_some(at);
        self.out_at = good.out_at.or(self.out_since);
        self.out_seconds = good.out_seconds;
    }

    /// Units became free or not; `came`: because there are more or fewer of them.
    pub(super) fn moves(&mut self, free: i64, came: i64, at: DateTime<Utc>) {
        let before = self.free;
        self.free += free;
        self.came += came;
        if self.live_id.is_none() {
            return;
        }
        if before > 0 && self.free <= 0 {
            self.out_since = Some(at);
            self.out_at = self.out_at.or(Some(at));
        }
        if before <= 0 && self.free > 0 {
            self.back(at);
        }
    }

    fn back(&mut self, at: DateTime<Utc>) {
        if let Some(since) = self.out_since.take() {
            self.out_seconds += arithmetic::seconds(since, at);
        }
    }
}

/// Which products a batch needs.
#[derive(Debug, Default)]
pub(super) struct Which {
    pub products: BTreeSet<Key>,
    pub variants: BTreeSet<Key>,
    /// All of these shops.
    pub shops: BTreeSet<(i16, Uuid)>,
}

pub(super) async fn load(
    conn: &mut PgConnection,
    which: &Which,
) -> Result<BTreeMap<Key, Row>, ApplyError> {
    let Which { products, variants, shops } = which;
    if products.is_empty() && variants.is_empty() && shops.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT p.* FROM unnest($1::smallint[], $2::uuid[], $3::bigint[])
                AS u(lane, shop_id, product_id)
           JOIN summary_goods p USING (lane, shop_id, product_id)
          UNION
         SELECT p.* FROM unnest($4::smallint[], $5::uuid[], $6::bigint[])
                AS u(lane, shop_id, variant_id)
           JOIN summary_goods p ON (p.lane, p.shop_id) = (u.lane, u.shop_id)
                AND p.variants @> to_jsonb(u.variant_id)
          UNION
         SELECT p.* FROM unnest($7::smallint[], $8::uuid[]) AS u(lane, shop_id)
           JOIN summary_goods p USING (lane, shop_id)",
    )
    .bind(products.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(products.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(products.iter().map(|key| key.2).collect::<Vec<_>>())
    .bind(variants.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(variants.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(variants.iter().map(|key| key.2).collect::<Vec<_>>())
    .bind(shops.iter().map(|shop| shop.0).collect::<Vec<_>>())
    .bind(shops.iter().map(|shop| shop.1).collect::<Vec<_>>())
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| ((row.lane, row.shop_id, row.product_id), row)).collect())
}

pub(super) async fn save(conn: &mut PgConnection, rows: &[&Row]) -> Result<(), ApplyError> {
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO summary_goods AS r
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::text[], $5::text[],
             $6::bigint[], $7::jsonb[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[],
             $12::bigint[], $13::timestamptz[], $14::timestamptz[], $15::bigint[])
         ON CONFLICT (lane, shop_id, product_id) DO UPDATE SET name = excluded.name,
             price = excluded.price, variants = excluded.variants, free = excluded.free,
             came = excluded.came, live_id = excluded.live_id,
             start_units = excluded.start_units, start_came = excluded.start_came,
             out_at = excluded.out_at, out_since = excluded.out_since,
             out_seconds = excluded.out_seconds",
    )
    .bind(rows.iter().map(|row| row.lane).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.shop_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.product_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.keyword.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.price).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| Json(&row.variants.0)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.free).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.came).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.live_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.start_units).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.start_came).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.out_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.out_since).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.out_seconds).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
