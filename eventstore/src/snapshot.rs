//! Snapshots: a fold of the log, written beside it. May be thrown away at any time.

use std::sync::Arc;

use sqlx::PgPool;
use uuid::Uuid;

use crate::{Decider, Lane, MasterKey, committer};

const WRITE: &str = include_str!("../sql/snapshot_write.sql");

/// Why a snapshot was not written.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error("the stream cannot be read: {0}")]
    Unreadable(String),
}

/// Folds the stream from its last snapshot to its end and writes the new one. Returns its
/// sequence; `None` if the stream is empty or its decider does not snapshot.
pub async fn write<D: Decider>(
    pool: &PgPool,
    decider: &D,
    master: &Arc<MasterKey>,
    stream: Uuid,
) -> Result<Option<i64>, SnapshotError> {
    let mut connection = pool.acquire().await?;
    let mut loaded = committer::load(&mut connection, decider, master, &[stream]).await?;
    let missing = || SnapshotError::Unreadable("not read".to_owned());
    let (awake, _tail) = loaded
        .remove(&stream)
        .ok_or_else(missing)?
        .map_err(SnapshotError::Unreadable)?;
    let Some(body) = D::snapshot(&awake.state).filter(|_body| awake.seq > 0) else {
        return Ok(None);
    };
    sqlx::query(WRITE)
        .bind(Lane::of(stream).number())
        .bind(stream)
        .bind(awake.seq)
        .bind(D::SHAPE)
        .bind(awake.tip.as_slice())
        .bind(body)
        .execute(&mut *connection)
        .await?;
    Ok(Some(awake.seq))
}
