//! Where every read model is, for the command line and whoever watches over us.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use crate::{
    MODELS, Model,
    tables::{AS_PROJECTOR, SET},
};

use super::RebuildError;

/// One read model. JSON: `projections status --json` prints these words.
#[derive(Clone, Debug, Serialize)]
pub struct ModelStatus {
    pub name: &'static str,
    /// This program's version of it.
    pub version: i32,
    /// The version in the tables; `None` where there are none.
    pub live: Option<i32>,
    /// `live`, `filling` (empty until a rebuild filled it), `other` (another program's), `absent`.
    pub state: &'static str,
    /// Lanes that hold events it has not applied, how many events that are, and how old the
    /// oldest of them is.
    pub lanes_behind: i64,
    pub events_behind: i64,
    pub seconds_behind: f64,
    pub parked: Vec<ParkedShop>,
    pub skipped: Vec<Skipped>,
}

/// A shop it leaves out from an event on.
#[derive(Clone, Debug, Serialize, sqlx::FromRow)]
pub struct ParkedShop {
    #[serde(skip)]
    pub projection: String,
    pub shop_id: Uuid,
    pub lane: i16,
    pub pos: i64,
    pub error: String,
    pub at: DateTime<Utc>,
}

/// An event somebody let it pass over.
#[derive(Clone, Debug, Serialize, sqlx::FromRow)]
pub struct Skipped {
    #[serde(skip)]
    pub projection: String,
    pub version: i32,
    pub shop_id: Uuid,
    pub lane: i16,
    pub pos: i64,
    pub error: String,
    pub by: String,
    pub at: DateTime<Utc>,
}

/// A rebuild that has not ended well, or runs.
#[derive(Clone, Debug, Serialize, sqlx::FromRow)]
pub struct UnderWay {
    pub phase: String,
    pub models: Vec<String>,
    /// Events in the new tables, of those there were to read when it began.
    pub done: i64,
    pub total: i64,
    /// A process is at it; otherwise it was killed, or has refused.
    pub alive: bool,
    pub note: Option<String>,
    pub started_at: DateTime<Utc>,
    /// Seconds since then, by the database's clock.
    pub seconds: f64,
}

/// All of it, at one instant.
#[derive(Clone, Debug, Serialize)]
pub struct Status {
    pub models: Vec<ModelStatus>,
    pub rebuild: Option<UnderWay>,
}

/// Asks the database; no server needs to run.
pub async fn status(pool: &PgPool) -> Result<Status, RebuildError> {
    let mut tx = pool
        .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        .await?;
    sqlx::query(AS_PROJECTOR).execute(&mut *tx).await?;
    let behind = behind(&mut tx).await?;
    let exists: bool = sqlx::query_scalar("SELECT to_regclass('reading.version') IS NOT NULL")
        .fetch_one(&mut *tx)
        .await?;
    let live: Vec<(String, i32)> = if exists {
        sqlx::query_as("SELECT model, version FROM reading.version")
            .fetch_all(&mut *tx)
            .await?
    } else {
        Vec::new()
    };
    let parked: Vec<ParkedShop> = sqlx::query_as(
        "SELECT projection, shop_id, lane, pos, error, at FROM public.park ORDER BY at, shop_id",
    )
    .fetch_all(&mut *tx)
    .await?;
    let skipped: Vec<Skipped> = sqlx::query_as(
        "SELECT projection, version, shop_id, lane, pos, error, by, at FROM skipped
          ORDER BY at, shop_id",
    )
    .fetch_all(&mut *tx)
    .await?;
    let rebuild = under_way(&mut tx).await?;
    tx.rollback().await?;
    let one = |model: &Model| {
        let found = live.iter().find(|(name, _)| name == model.name);
        let found = found.map(|(_, version)| *version);
        let parked = parked.iter().filter(|park| park.projection == model.name);
        let skipped = skipped.iter().filter(|skip| skip.projection == model.name);
        ModelStatus {
            name: model.name,
            version: model.version,
            live: found.filter(|version| *version > 0),
            state: state(model, found),
            lanes_behind: behind.0,
            events_behind: behind.1,
            seconds_behind: behind.2,
            parked: parked.cloned().collect(),
            skipped: skipped.cloned().collect(),
        }
    };
    Ok(Status {
        models: MODELS.iter().map(one).collect(),
        rebuild,
    })
}

fn state(model: &Model, found: Option<i32>) -> &'static str {
    match found {
        None => "absent",
        Some(version) if version == model.version => "live",
        Some(version) if version < 0 => "filling",
        Some(_) => "other",
    }
}

/// Lanes, events and seconds the live tables are behind the log. They share their checkpoints.
async fn behind(conn: &mut PgConnection) -> Result<(i64, i64, f64), sqlx::Error> {
    sqlx::query_as(
        "SELECT count(*), coalesce(sum(h.pos - c.pos), 0)::bigint,
                coalesce(max(extract(epoch FROM clock_timestamp() - e.at)), 0)::float8
           FROM lane_head h
           JOIN (SELECT lane, coalesce(c.pos, 0) AS pos FROM lane_head
                   LEFT JOIN public.checkpoint c USING (lane)
                  WHERE c.projection = $1 OR c.projection IS NULL) c USING (lane)
           LEFT JOIN event e ON e.lane = h.lane AND e.pos = c.pos + 1
          WHERE h.pos > c.pos",
    )
    .bind(SET)
    .fetch_one(conn)
    .await
}

async fn under_way(conn: &mut PgConnection) -> Result<Option<UnderWay>, sqlx::Error> {
    let staged: bool =
        sqlx::query_scalar("SELECT to_regclass('reading_next.checkpoint') IS NOT NULL")
            .fetch_one(&mut *conn)
            .await?;
    let done: i64 = if staged {
        sqlx::query_scalar("SELECT coalesce(sum(pos), 0)::bigint FROM reading_next.checkpoint")
            .fetch_one(&mut *conn)
            .await?
    } else {
        0
    };
    sqlx::query_as(
        "SELECT phase, models, $1::bigint AS done, total, note, started_at,
                holder IS NOT NULL AND lease_until > clock_timestamp() AS alive,
                extract(epoch FROM clock_timestamp() - started_at)::float8 AS seconds
           FROM rebuild WHERE phase NOT IN ('done', 'aborted')",
    )
    .bind(done)
    .fetch_optional(conn)
    .await
}

#[cfg(test)]
mod spec {
    use super::*;

    #[test]
    fn a_model_is_live_only_in_its_own_version() {
        let model = MODELS.first().unwrap();
        assert_eq!(state(model, Some(model.version)), "live");
        assert_eq!(state(model, Some(-model.version)), "filling");
        assert_eq!(state(model, Some(model.version + 1)), "other");
        assert_eq!(state(model, None), "absent");
    }
}
