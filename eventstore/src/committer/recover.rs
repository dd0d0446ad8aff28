//! The connection broke during COMMIT: find out what happened before anybody is answered.

use std::{collections::HashMap, time::Duration};

use sqlx::{Connection, Row};
use uuid::Uuid;

use super::{
    batch::{Batch, LaneBatch},
    flight::{Landing, Session},
    shared::Shared,
};
use crate::{
    Decider,
    column::column,
    session::{self, Role},
};

const HEADS: &str = include_str!("../../sql/heads_settle.sql");
const RECEIPTS: &str = include_str!("../../sql/receipts_known.sql");

/// Ends the old session, so that its commit is decided, then reads what is there. Returns a new
/// session and the fate, or `None` if the batch did not happen and may be sent again. Tries until
/// the database is back: an unknown outcome has no other honest end.
pub(super) async fn find_out<D: Decider>(
    shared: &Shared<D>,
    lost: Session,
    batch: &Batch<D>,
) -> (Session, Option<Landing>) {
    let backend = lost.backend;
    // Closing would wait for a peer that is gone.
    drop(lost);
    let mut wait = Duration::from_millis(10);
    loop {
        let config = &shared.config;
        let attempt = async {
            let mut login = session::connect(&config.database, &config.node, Role::Login).await?;
            backend.end(&mut login).await?;
            drop(login.close().await);
            let mut session = Session::open(config).await?;
            let landing = read_fate(&mut session, batch).await?;
            Ok::<_, sqlx::Error>((session, landing))
        };
        match attempt.await {
            Ok(found) => return found,
            Err(error) => tracing::warn!(%error, "the database is not back yet"),
        }
        tokio::time::sleep(wait).await;
        wait = wait.saturating_mul(2).min(Duration::from_millis(500));
    }
}

async fn read_fate<D: Decider>(
    session: &mut Session,
    batch: &Batch<D>,
) -> Result<Option<Landing>, sqlx::Error> {
    let lanes = column(batch.lanes.iter().map(|lane| lane.lane.number()));
    let mut transaction = session.connection.begin().await?;
    let rows = sqlx::query(HEADS)
        .bind(lanes)
        .fetch_all(&mut *transaction)
        .await?;
    let mut heads = HashMap::new();
    for row in rows {
        let head: (i64, i64, i64) = (row.try_get(1)?, row.try_get(2)?, row.try_get(3)?);
        heads.insert(row.try_get::<i16, _>(0)?, head);
    }
    let mut bases = HashMap::new();
    let mut untouched = false;
    let mut deposed = Vec::new();
    for lane in &batch.lanes {
        match heads.get(&lane.lane.number()) {
            Some(&(epoch, number, pos)) if epoch == lane.epoch && number > lane.batch => {
                bases.insert(lane.lane.number(), pos.saturating_sub(lane.positions()));
            }
            Some(&(epoch, ..)) if epoch == lane.epoch => untouched = true,
            _ => deposed.push(lane),
        }
    }
    let mut found = HashMap::new();
    if !deposed.is_empty() {
        found = receipts(&mut transaction, &deposed).await?;
    }
    transaction.commit().await?;
    // One statement: if one lane of ours moved, all that were still ours did.
    if untouched && bases.is_empty() {
        return Ok(None);
    }
    Ok(Some(Landing::Settled {
        bases,
        found,
        now: None,
    }))
}

/// In lanes that were taken meanwhile only the receipts can tell.
async fn receipts(
    connection: &mut sqlx::PgConnection,
    deposed: &[&LaneBatch],
) -> Result<HashMap<Uuid, (i64, i64)>, sqlx::Error> {
    let rows = || {
        deposed
            .iter()
            .flat_map(|l| l.receipts.iter().map(move |r| (l.lane, r)))
    };
    let known = sqlx::query(RECEIPTS)
        .bind(column(rows().map(|(lane, _)| lane.number())))
        .bind(column(rows().map(|(_, row)| row.stream)))
        .bind(column(rows().map(|(_, row)| row.command)))
        .fetch_all(connection)
        .await?;
    let mut found = HashMap::new();
    for row in known {
        found.insert(
            row.try_get("command_id")?,
            (row.try_get("pos")?, row.try_get("seq")?),
        );
    }
    Ok(found)
}
