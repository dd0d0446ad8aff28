//! Shops a model stumbled over: it skips them from the failing event on, all others pass.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use crate::{ApplyError, MODELS, Model, Told, tables::SET};

use super::{log, tick};

/// (model, shop) → the first position it skips.
pub(super) type Positions = BTreeMap<(String, Uuid), i64>;

/// A parked shop, for the health page and `projections status`.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Parked {
    pub projection: String,
    pub lane: i16,
    pub shop_id: Uuid,
    /// The lane position of the event that failed.
    pub pos: i64,
    pub error: String,
    pub at: DateTime<Utc>,
}

/// All parked shops, oldest first.
pub async fn parked(pool: &PgPool) -> Result<Vec<Parked>, sqlx::Error> {
    let mut tx = log::begin(pool).await?;
    let found = sqlx::query_as(
        "SELECT projection, lane, shop_id, pos, error, at FROM park ORDER BY at, projection",
    )
    .fetch_all(&mut *tx)
    .await?;
    tx.rollback().await?;
    Ok(found)
}

/// Tries a parked shop again, from the event that failed to where its lane's checkpoint is.
/// Returns false if it is parked again (or was not parked).
pub async fn retry(pool: &PgPool, projection: &str, shop: Uuid) -> Result<bool, ApplyError> {
    let Some(model) = MODELS.iter().find(|model| model.name == projection) else {
        return Ok(false);
    };
    let mut tx = log::begin(pool).await?;
    let lane = eventstore::Lane::of(shop).number();
    // Holding the checkpoint keeps every runner out of the lane until we are done.
    let upto: i64 = sqlx::query_scalar(
        "SELECT pos FROM checkpoint WHERE projection = $1 AND lane = $2 FOR UPDATE",
    )
    .bind(SET)
    .bind(lane)
    .fetch_one(&mut *tx)
    .await?;
    let from: Option<i64> =
        sqlx::query_scalar("DELETE FROM park WHERE projection = $1 AND shop_id = $2 RETURNING pos")
            .bind(projection)
            .bind(shop)
            .fetch_optional(&mut *tx)
            .await?;
    let Some(from) = from else { return Ok(false) };
    let events = log::of_shop(&mut tx, (lane, shop), (0, i64::MAX), i64::MAX).await?;
    let events: Vec<&Told> = events
        .iter()
        .filter(|told| told.pos >= from && told.pos <= upto)
        .collect();
    tick::one_shop(&mut tx, model, &events).await?;
    let again = positions(&mut tx, &BTreeSet::from([lane])).await?;
    tx.commit().await?;
    Ok(!again.contains_key(&(projection.to_owned(), shop)))
}

pub(super) async fn positions(
    conn: &mut PgConnection,
    lanes: &BTreeSet<i16>,
) -> Result<Positions, sqlx::Error> {
    let rows: Vec<(String, Uuid, i64)> =
        sqlx::query_as("SELECT projection, shop_id, pos FROM park WHERE lane = ANY($1)")
            .bind(lanes.iter().copied().collect::<Vec<_>>())
            .fetch_all(conn)
            .await?;
    Ok(rows
        .into_iter()
        .map(|(name, shop, pos)| ((name, shop), pos))
        .collect())
}

pub(super) async fn park(
    conn: &mut PgConnection,
    model: &Model,
    told: &Told,
    error: &ApplyError,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO park (projection, lane, shop_id, pos, error) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (projection, shop_id) DO NOTHING",
    )
    .bind(model.name)
    .bind(told.lane)
    .bind(told.shop)
    .bind(told.pos)
    .bind(error.to_string())
    .execute(conn)
    .await?;
    Ok(())
}
