//! What was asked for in vain.

use std::collections::BTreeSet;

use domain::order::Event as Order;
use sqlx::PgConnection;
use uuid::Uuid;

use super::Key;
use crate::{ApplyError, Told, numbers};

/// One client and variant of a live: the most units that were missing.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct Row {
    pub lane: i16,
    pub shop_id: Uuid,
    pub live_id: i64,
    pub client_id: Uuid,
    pub variant_id: i64,
    pub product_id: i64,
    pub quantity: i64,
    /// Minor units.
    pub amount: i64,
}

impl Row {
    /// Nothing outside a live: no summary counts it.
    pub(super) fn of(told: &Told, event: &Order) -> Option<Self> {
        let Order::DemandUnmet { client, live, product, variant, quantity, unit_price } = event
        else {
            return None;
        };
        let quantity = i64::from(*quantity);
        Some(Self {
            lane: told.lane,
            shop_id: told.shop,
            live_id: numbers::live((*live)?),
            client_id: client.0,
            variant_id: numbers::variant(*variant),
            product_id: numbers::product(*product),
            quantity,
            amount: unit_price.0.saturating_mul(quantity),
        })
    }

    /// Which one it is.
    pub(super) fn key(&self) -> (Key, Uuid, i64) {
        ((self.lane, self.shop_id, self.live_id), self.client_id, self.variant_id)
    }
}

/// All of these lives.
pub(super) async fn load(
    conn: &mut PgConnection,
    lives: &BTreeSet<Key>,
) -> Result<Vec<Row>, ApplyError> {
    if lives.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query_as(
        "SELECT r.* FROM unnest($1::smallint[], $2::uuid[], $3::bigint[])
                AS u(lane, shop_id, live_id)
           JOIN summary_unmet r USING (lane, shop_id, live_id)",
    )
    .bind(lives.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(lives.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(lives.iter().map(|key| key.2).collect::<Vec<_>>())
    .fetch_all(conn)
    .await?;
    Ok(rows)
}

/// The larger one stays; of two as large, the older one.
pub(super) async fn save(conn: &mut PgConnection, rows: &[&Row]) -> Result<(), ApplyError> {
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO summary_unmet AS r
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::uuid[], $5::bigint[],
                              $6::bigint[], $7::bigint[], $8::bigint[])
         ON CONFLICT (lane, shop_id, live_id, client_id, variant_id) DO UPDATE SET
             quantity = excluded.quantity, amount = excluded.amount
          WHERE excluded.quantity > r.quantity",
    )
    .bind(rows.iter().map(|row| row.lane).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.shop_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.live_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.client_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.variant_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.product_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.quantity).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.amount).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
