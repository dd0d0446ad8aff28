//! The one statement: a batch as column arrays, and what came back.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{Arguments, PgConnection, Row, postgres::PgArguments};

use super::batch::{Batch, LaneBatch};
use crate::{Decider, column::column};

const COMMIT: &str = include_str!("../../sql/commit.sql");

/// The lanes that survived (number → position before the batch) and the database's clock.
pub(super) struct Moved {
    pub(super) bases: HashMap<i16, i64>,
    pub(super) now: Option<DateTime<Utc>>,
}

/// Sends the batch. The same batch always makes the same bytes.
///
/// `fetch_all` reads until the server says it is ready again, which is after the commit: rows and
/// the command tag alone come before it and prove nothing.
pub(super) async fn send<D: Decider>(
    connection: &mut PgConnection,
    batch: &Batch<D>,
) -> Result<Moved, sqlx::Error> {
    let arguments = arguments(&batch.lanes).map_err(sqlx::Error::Encode)?;
    let rows = sqlx::query_with(COMMIT, arguments)
        .fetch_all(connection)
        .await?;
    let mut moved = Moved {
        bases: HashMap::with_capacity(rows.len()),
        now: None,
    };
    for row in rows {
        moved.bases.insert(row.try_get(0)?, row.try_get(1)?);
        moved.now = Some(row.try_get(2)?);
    }
    Ok(moved)
}

type Encoded = Result<(), sqlx::error::BoxDynError>;

fn arguments(lanes: &[LaneBatch]) -> Result<PgArguments, sqlx::error::BoxDynError> {
    let mut a = PgArguments::default();
    a.add(column(lanes.iter().map(|l| l.lane.number())))?;
    a.add(column(lanes.iter().map(|l| l.epoch)))?;
    a.add(column(lanes.iter().map(|l| l.batch)))?;
    a.add(column(lanes.iter().map(LaneBatch::positions)))?;
    events(&mut a, lanes)?;
    receipts(&mut a, lanes)?;
    promises(&mut a, lanes)?;
    keys(&mut a, lanes)?;
    Ok(a)
}

fn events(a: &mut PgArguments, lanes: &[LaneBatch]) -> Encoded {
    let rows = || lanes.iter().flat_map(|l| l.events.iter());
    a.add(column(rows().map(|e| e.lane.number())))?;
    a.add(column(lanes.iter().flat_map(|l| 1..=l.positions())))?;
    a.add(column(rows().map(|e| e.stream)))?;
    a.add(column(rows().map(|e| e.seq)))?;
    a.add(column(rows().map(|e| e.id)))?;
    a.add(column(rows().map(|e| &*e.kind)))?;
    a.add(column(rows().map(|e| e.version)))?;
    a.add(column(rows().map(|e| e.at)))?;
    a.add(column(rows().map(|e| &*e.actor)))?;
    a.add(column(rows().map(|e| e.command_id)))?;
    a.add(column(rows().map(|e| e.correlation_id)))?;
    a.add(column(rows().map(|e| e.body.as_str())))?;
    a.add(column(rows().map(|e| e.hash.as_slice())))?;
    Ok(())
}

fn receipts(a: &mut PgArguments, lanes: &[LaneBatch]) -> Encoded {
    let rows = || {
        lanes
            .iter()
            .flat_map(|l| l.receipts.iter().map(move |r| (l.lane, r)))
    };
    a.add(column(rows().map(|(lane, _)| lane.number())))?;
    a.add(column(rows().map(|(_, r)| r.stream)))?;
    a.add(column(rows().map(|(_, r)| r.command)))?;
    a.add(column(rows().map(|(_, r)| r.off)))?;
    a.add(column(rows().map(|(_, r)| r.seq)))?;
    a.add(column(rows().map(|(_, r)| r.at)))?;
    a.add(column(rows().map(|(_, r)| &*r.outcome)))?;
    Ok(())
}

fn promises(a: &mut PgArguments, lanes: &[LaneBatch]) -> Encoded {
    let rows = || {
        lanes.iter().flat_map(|l| {
            (0_i32..)
                .zip(&l.promises)
                .map(move |(n, row)| (l.lane, n, row))
        })
    };
    a.add(column(rows().map(|(lane, ..)| lane.number())))?;
    a.add(column(rows().map(|(_, n, _)| n)))?;
    a.add(column(rows().map(|(.., p)| p.stream)))?;
    a.add(column(rows().map(|(.., p)| p.promise.sender.as_str())))?;
    a.add(column(rows().map(|(.., p)| p.promise.recipient)))?;
    a.add(column(rows().map(|(.., p)| p.promise.class)))?;
    a.add(column(rows().map(|(.., p)| p.promise.kind)))?;
    a.add(column(rows().map(|(.., p)| p.promise.body.as_str())))?;
    a.add(column(rows().map(|(.., p)| p.at)))?;
    a.add(column(rows().map(|(.., p)| p.promise.not_after)))?;
    Ok(())
}

fn keys(a: &mut PgArguments, lanes: &[LaneBatch]) -> Encoded {
    let rows = || {
        lanes
            .iter()
            .flat_map(|l| l.keys.iter().map(move |(s, k)| (l.lane, *s, k)))
    };
    a.add(column(rows().map(|(lane, ..)| lane.number())))?;
    a.add(column(rows().map(|(_, stream, _)| stream)))?;
    a.add(column(rows().map(|(.., key)| key.client)))?;
    a.add(column(rows().map(|(.., key)| key.wrapped.as_slice())))?;
    Ok(())
}
