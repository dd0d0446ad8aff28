//! Events as rows.

use std::{borrow::Cow, collections::HashMap};

use sqlx::{PgExecutor, Row, postgres::PgRow};
use uuid::Uuid;

use crate::{Lane, Recorded};

const LANE: &str = include_str!("../../sql/read_lane.sql");
const STREAM: &str = include_str!("../../sql/read_stream.sql");
const HEADS: &str = include_str!("../../sql/heads.sql");

/// Up to `limit` events of a lane with `pos > after`, in order.
pub async fn read_lane(
    executor: impl PgExecutor<'_>,
    lane: Lane,
    after: i64,
    limit: i64,
) -> Result<Vec<Recorded>, sqlx::Error> {
    let query = sqlx::query(LANE)
        .bind(lane.number())
        .bind(after)
        .bind(limit);
    query
        .fetch_all(executor)
        .await?
        .iter()
        .map(decode)
        .collect()
}

/// Up to `limit` events of a stream with `seq > after`, in order.
pub async fn read_stream(
    executor: impl PgExecutor<'_>,
    stream: Uuid,
    after: i64,
    limit: i64,
) -> Result<Vec<Recorded>, sqlx::Error> {
    let lane = Lane::of(stream).number();
    let query = sqlx::query(STREAM)
        .bind(lane)
        .bind(stream)
        .bind(after)
        .bind(limit);
    query
        .fetch_all(executor)
        .await?
        .iter()
        .map(decode)
        .collect()
}

/// The position of every lane that has events.
pub async fn heads(executor: impl PgExecutor<'_>) -> Result<HashMap<Lane, i64>, sqlx::Error> {
    let mut heads = HashMap::new();
    for row in sqlx::query(HEADS).fetch_all(executor).await? {
        if let Some(lane) = Lane::from_number(row.try_get(0)?) {
            heads.insert(lane, row.try_get(1)?);
        }
    }
    Ok(heads)
}

/// An event from a row with the columns of `read_lane.sql`.
pub(crate) fn decode(row: &PgRow) -> Result<Recorded, sqlx::Error> {
    let bad = |what: &str| sqlx::Error::Decode(format!("an event's {what} is malformed").into());
    let hash: &[u8] = row.try_get("hash")?;
    let actor: &str = row.try_get("actor")?;
    Ok(Recorded {
        lane: Lane::from_number(row.try_get("lane")?).ok_or_else(|| bad("lane"))?,
        stream: row.try_get("shop_id")?,
        seq: row.try_get("seq")?,
        pos: row.try_get("pos")?,
        id: row.try_get("id")?,
        kind: Cow::Owned(row.try_get("kind")?),
        version: row.try_get("version")?,
        at: row.try_get("at")?,
        actor: actor.into(),
        command_id: row.try_get("command_id")?,
        correlation_id: row.try_get("correlation_id")?,
        body: row.try_get("body")?,
        hash: hash.try_into().map_err(|_length| bad("hash"))?,
    })
}
