//! Shops a model stumbled over: it leaves them out from the failing event on, all others pass.
//! Somebody mends the cause and tries again, or lets the one event go.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use uuid::Uuid;

use crate::{ApplyError, MODELS, Model, Told, tables::SET};

use super::{log, standing::Standing, tick};

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
    let found = listed(&mut tx).await?;
    tx.rollback().await?;
    Ok(found)
}

/// Those of the generation the search path names.
pub(crate) async fn listed(conn: &mut PgConnection) -> Result<Vec<Parked>, sqlx::Error> {
    sqlx::query_as(
        "SELECT projection, lane, shop_id, pos, error, at FROM park ORDER BY at, projection",
    )
    .fetch_all(conn)
    .await
}

/// Tries a parked shop again, from the event that failed to where its lane's checkpoint is.
/// Returns false if it is parked again (or was not parked).
pub async fn retry(pool: &PgPool, projection: &str, shop: Uuid) -> Result<bool, ApplyError> {
    let Some(mend) = Mend::begin(pool, projection, shop).await? else {
        return Ok(false);
    };
    let from = mend.parked.pos;
    mend.go_on(from).await
}

/// Lets a model pass over the one event its shop is parked at, writes down who said so, and goes
/// on after it. Returns false if a later event parks it again, and `None` if it was not parked.
pub async fn skip(
    pool: &PgPool,
    projection: &str,
    shop: Uuid,
    by: &str,
) -> Result<Option<bool>, ApplyError> {
    let Some(mut mend) = Mend::begin(pool, projection, shop).await? else {
        return Ok(None);
    };
    let Parked { lane, pos, .. } = mend.parked;
    sqlx::query(
        "INSERT INTO skipped (projection, version, lane, shop_id, pos, error, by)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(projection)
    .bind(mend.model.version)
    .bind(lane)
    .bind(shop)
    .bind(pos)
    .bind(&mend.parked.error)
    .bind(by)
    .execute(&mut *mend.tx)
    .await?;
    Ok(Some(mend.go_on(pos).await?))
}

/// A parked shop, taken out of the park, with its lane to itself.
struct Mend {
    tx: Transaction<'static, Postgres>,
    model: &'static Model,
    parked: Parked,
    /// Where the lane's checkpoint is, and stays until we are done.
    upto: i64,
}

impl Mend {
    async fn begin(
        pool: &PgPool,
        projection: &str,
        shop: Uuid,
    ) -> Result<Option<Self>, ApplyError> {
        let Some(model) = MODELS.iter().find(|model| model.name == projection) else {
            return Ok(None);
        };
        let mut tx = log::begin(pool).await?;
        // Somebody said so, and is told that it happened.
        sqlx::query("SET LOCAL synchronous_commit = on")
            .execute(&mut *tx)
            .await?;
        // Holding the checkpoint keeps every runner out of the lane until we are done.
        let upto: i64 = sqlx::query_scalar(
            "SELECT pos FROM checkpoint WHERE projection = $1 AND lane = $2 FOR UPDATE",
        )
        .bind(SET)
        .bind(eventstore::Lane::of(shop).number())
        .fetch_one(&mut *tx)
        .await?;
        let parked: Option<Parked> = sqlx::query_as(
            "DELETE FROM park WHERE projection = $1 AND shop_id = $2
             RETURNING projection, lane, shop_id, pos, error, at",
        )
        .bind(projection)
        .bind(shop)
        .fetch_optional(&mut *tx)
        .await?;
        Ok(parked.map(|parked| Self {
            tx,
            model,
            parked,
            upto,
        }))
    }

    /// Applies what the model missed since; true if it took all of it.
    async fn go_on(mut self, from: i64) -> Result<bool, ApplyError> {
        let Parked { lane, shop_id, .. } = self.parked;
        let standing = Standing::read(&mut self.tx, &BTreeSet::from([lane])).await?;
        standing.models()?;
        let place = (lane, shop_id);
        let events = log::of_shop_at(&mut self.tx, place, (from, self.upto)).await?;
        let takes = |told: &&Told| standing.takes(self.model, told);
        let events: Vec<&Told> = events.iter().filter(takes).collect();
        tick::one_shop(&mut self.tx, self.model, &events).await?;
        let again: bool = sqlx::query_scalar(
            "SELECT EXISTS (SELECT FROM park WHERE projection = $1 AND shop_id = $2)",
        )
        .bind(self.model.name)
        .bind(shop_id)
        .fetch_one(&mut *self.tx)
        .await?;
        self.tx.commit().await?;
        Ok(!again)
    }
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
