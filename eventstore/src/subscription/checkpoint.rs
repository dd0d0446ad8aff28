//! How far a projection has read, moved by compare-and-set inside its own transaction.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgExecutor, Row};
use uuid::Uuid;

use crate::{Lane, column::column};

const LOAD: &str = include_str!("../../sql/checkpoint_load.sql");
const ADVANCE: &str = include_str!("../../sql/checkpoint_advance.sql");
const RESET: &str = include_str!("../../sql/checkpoint_reset.sql");
const PARK: &str = include_str!("../../sql/park.sql");
const PARKED: &str = include_str!("../../sql/parked.sql");
const UNPARK: &str = include_str!("../../sql/unpark.sql");

/// The checkpoints of one projection (or of one group that shares a transaction).
#[derive(Clone, Debug)]
pub struct Checkpoints {
    projection: String,
}

/// A stream a projection stumbled over, skipped from `pos` on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Park {
    pub lane: Lane,
    pub stream: Uuid,
    pub pos: i64,
    pub error: String,
    pub at: DateTime<Utc>,
}

impl Checkpoints {
    pub fn new(projection: impl Into<String>) -> Self {
        Self {
            projection: projection.into(),
        }
    }

    /// Every lane's position; a lane that is absent is at 0.
    pub async fn load(
        &self,
        executor: impl PgExecutor<'_>,
    ) -> Result<HashMap<Lane, i64>, sqlx::Error> {
        let rows = sqlx::query(LOAD)
            .bind(&self.projection)
            .fetch_all(executor)
            .await?;
        let mut positions = HashMap::with_capacity(rows.len());
        for row in rows {
            if let Some(lane) = Lane::from_number(row.try_get(0)?) {
                positions.insert(lane, row.try_get(1)?);
            }
        }
        Ok(positions)
    }

    /// Moves lanes `(lane, from, to)`, each at most once. False if any was not at `from`: somebody
    /// else moved it. Then roll back, forget what is in memory, load again.
    pub async fn advance(
        &self,
        transaction: &mut PgConnection,
        moves: &[(Lane, i64, i64)],
    ) -> Result<bool, sqlx::Error> {
        let moved: i64 = sqlx::query_scalar(ADVANCE)
            .bind(&self.projection)
            .bind(column(moves.iter().map(|(lane, ..)| lane.number())))
            .bind(column(moves.iter().map(|(_, from, _)| *from)))
            .bind(column(moves.iter().map(|(.., to)| *to)))
            .fetch_one(transaction)
            .await?;
        Ok(usize::try_from(moved) == Ok(moves.len()))
    }

    /// Back to the beginning of the log.
    pub async fn reset(&self, executor: impl PgExecutor<'_>) -> Result<(), sqlx::Error> {
        sqlx::query(RESET)
            .bind(&self.projection)
            .execute(executor)
            .await
            .map(|_done| ())
    }

    /// Parks a stream from `pos` on. Its first stumble counts; later ones change nothing.
    pub async fn park(
        &self,
        executor: impl PgExecutor<'_>,
        stream: Uuid,
        pos: i64,
        error: &str,
    ) -> Result<(), sqlx::Error> {
        sqlx::query(PARK)
            .bind(&self.projection)
            .bind(Lane::of(stream).number())
            .bind(stream)
            .bind(pos)
            .bind(error)
            .execute(executor)
            .await
            .map(|_done| ())
    }

    /// Everything parked.
    pub async fn parked(&self, executor: impl PgExecutor<'_>) -> Result<Vec<Park>, sqlx::Error> {
        let rows = sqlx::query(PARKED)
            .bind(&self.projection)
            .fetch_all(executor)
            .await?;
        let mut parked = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(lane) = Lane::from_number(row.try_get("lane")?) else {
                continue;
            };
            parked.push(Park {
                lane,
                stream: row.try_get("shop_id")?,
                pos: row.try_get("pos")?,
                error: row.try_get("error")?,
                at: row.try_get("at")?,
            });
        }
        Ok(parked)
    }

    /// Lets a parked stream go on; the caller replays it from its park position first.
    pub async fn unpark(
        &self,
        executor: impl PgExecutor<'_>,
        stream: Uuid,
    ) -> Result<bool, sqlx::Error> {
        let done = sqlx::query(UNPARK)
            .bind(&self.projection)
            .bind(stream)
            .execute(executor);
        Ok(done.await?.rows_affected() > 0)
    }
}
