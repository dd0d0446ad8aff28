//! The lanes as the database shows them, and taking one.

use std::{collections::HashMap, time::Duration};

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, Row};

use crate::{
    Lane,
    column::column,
    committer::Head,
    session::{self, Role},
};

const SURVEY: &str = include_str!("../../sql/lanes_survey.sql");
const TAKE: &str = include_str!("../../sql/lane_take.sql");
const TAKE_ALL: &str = include_str!("../../sql/lanes_take.sql");
const RELEASE: &str = include_str!("../../sql/lanes_release.sql");
const END: &str = include_str!("../../sql/node_sessions_end.sql");
const LEFT: &str = include_str!("../../sql/node_sessions_left.sql");

pub(super) struct Surveyed {
    pub(super) lane: Lane,
    pub(super) epoch: i64,
    pub(super) node: Option<String>,
    pub(super) url: Option<String>,
    pub(super) free: bool,
    pub(super) lapsed: bool,
    /// Its last sign of life.
    pub(super) heard_at: Option<DateTime<Utc>>,
}

/// Who takes lanes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taker<'a> {
    pub(super) node: &'a str,
    pub(super) speaks: i32,
    /// Silences longer than this are written down, in seconds.
    pub(super) silence: f64,
}

pub(super) async fn survey(
    connection: &mut PgConnection,
    node: &str,
    speaks: i32,
) -> Result<Vec<Surveyed>, sqlx::Error> {
    let rows = sqlx::query(SURVEY)
        .bind(node)
        .bind(speaks)
        .fetch_all(connection)
        .await?;
    let mut survey = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(lane) = Lane::from_number(row.try_get("lane")?) else {
            continue;
        };
        survey.push(Surveyed {
            lane,
            epoch: row.try_get("epoch")?,
            node: row.try_get("node")?,
            url: row.try_get("url")?,
            free: row.try_get("free")?,
            lapsed: row.try_get("lapsed")?,
            heard_at: row.try_get("heard_at")?,
        });
    }
    Ok(survey)
}

/// Takes a lane if its epoch is still the surveyed one. `None`: somebody else was quicker, or the
/// head is locked right now (the next tick tries again).
pub(super) async fn take(
    connection: &mut PgConnection,
    taker: Taker<'_>,
    row: &Surveyed,
) -> Result<Option<Head>, sqlx::Error> {
    let taken = sqlx::query(TAKE)
        .bind(row.lane.number())
        .bind(taker.node)
        .bind(row.epoch)
        .bind(taker.speaks)
        .bind(row.heard_at)
        .bind(taker.silence)
        .fetch_all(connection)
        .await;
    match taken {
        Ok(rows) => match rows.first() {
            Some(row) => Ok(Some(Head {
                epoch: row.try_get(0)?,
                batch: row.try_get(1)?,
                pos: row.try_get(2)?,
            })),
            None => Ok(None),
        },
        Err(sqlx::Error::Database(said)) if said.code().as_deref() == Some("55P03") => Ok(None),
        Err(error) => Err(error),
    }
}

/// Takes lanes nobody writes, all at once. What somebody else was quicker to take is left out.
pub(super) async fn take_all(
    connection: &mut PgConnection,
    taker: Taker<'_>,
    lanes: &[&Surveyed],
) -> Result<Vec<(Lane, Head)>, sqlx::Error> {
    let rows = sqlx::query(TAKE_ALL)
        .bind(column(lanes.iter().map(|row| row.lane.number())))
        .bind(column(lanes.iter().map(|row| row.epoch)))
        .bind(taker.node)
        .bind(taker.speaks)
        .bind(column(lanes.iter().map(|row| row.heard_at)))
        .bind(taker.silence)
        .fetch_all(connection)
        .await?;
    let mut taken = Vec::with_capacity(rows.len());
    for row in rows {
        let head = Head {
            epoch: row.try_get(1)?,
            batch: row.try_get(2)?,
            pos: row.try_get(3)?,
        };
        if let Some(lane) = Lane::from_number(row.try_get(0)?) {
            taken.push((lane, head));
        }
    }
    Ok(taken)
}

/// Gives lanes back.
pub(super) async fn release(
    connection: &mut PgConnection,
    node: &str,
    lanes: &HashMap<Lane, i64>,
) -> Result<(), sqlx::Error> {
    sqlx::query(RELEASE)
        .bind(column(lanes.keys().map(|lane| lane.number())))
        .bind(column(lanes.values().copied()))
        .bind(node)
        .execute(connection)
        .await
        .map(|_done| ())
}

/// Ends a node's sessions and waits (at most 1 s) until they are gone. Needs the login's own
/// rights for the while.
pub(super) async fn end_sessions(
    connection: &mut PgConnection,
    node: &str,
) -> Result<(), sqlx::Error> {
    session::take_role(connection, Role::Login).await?;
    let ended = sqlx::query(END)
        .bind(session::application(node))
        .fetch_all(&mut *connection)
        .await?;
    let mut pids: Vec<i32> = Vec::with_capacity(ended.len());
    let mut starts: Vec<DateTime<Utc>> = Vec::with_capacity(ended.len());
    for row in ended {
        pids.push(row.try_get("pid")?);
        starts.push(row.try_get("backend_start")?);
    }
    for _wait in 0..100 {
        let left: i64 = sqlx::query_scalar(LEFT)
            .bind(&pids)
            .bind(&starts)
            .fetch_one(&mut *connection)
            .await?;
        if left == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    session::take_role(connection, Role::Writer).await
}
