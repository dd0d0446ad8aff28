//! A batch in flight: sent, and brought to a known end whatever happens to the connection.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use sqlx::{
    PgConnection,
    postgres::{PgDatabaseError, PgSeverity},
};
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::{batch::Batch, commit, recover, shared::Shared};
use crate::{
    Decider, LogConfig,
    session::{self, Backend, Role},
};

/// The committer's connection, and how to find its server side once it is lost.
pub(crate) struct Session {
    pub(super) connection: PgConnection,
    pub(super) backend: Backend,
}

impl Session {
    pub(crate) async fn open(config: &LogConfig) -> Result<Self, sqlx::Error> {
        // As the login first: the writer may not read its own session's start.
        let mut connection = session::connect(&config.database, &config.node, Role::Login).await?;
        let backend = Backend::of(&mut connection).await?;
        session::take_role(&mut connection, Role::Writer).await?;
        // The statement never changes: planning it once is enough. The heads are always in
        // memory: an index probe per lane, not a walk over all heads and their dead versions.
        sqlx::raw_sql("SET plan_cache_mode = force_generic_plan; SET random_page_cost = 1")
            .execute(&mut connection)
            .await?;
        Ok(Self {
            connection,
            backend,
        })
    }
}

/// A batch with a known fate.
pub(super) struct Landed<D: Decider> {
    pub(super) session: Session,
    pub(super) batch: Batch<D>,
    pub(super) landing: Landing,
}

pub(super) enum Landing {
    /// The statement ran; lanes absent from `bases` were lost.
    Settled {
        bases: HashMap<i16, i64>,
        /// Commands of lost lanes that were committed before the loss: (pos, seq).
        found: HashMap<Uuid, (i64, i64)>,
        now: Option<DateTime<Utc>>,
    },
    /// It did not happen, and was decided too long ago to be sent as it is.
    Undone,
    /// The database refused the statement: nothing of it happened.
    Refused(sqlx::Error),
}

pub(super) type Flight<D> = JoinHandle<Landed<D>>;

/// The server gives up after 5 s; silence beyond that is a lost connection.
const SILENCE: Duration = Duration::from_secs(15);

pub(super) async fn fly<D: Decider>(
    shared: Arc<Shared<D>>,
    mut session: Session,
    batch: Batch<D>,
) -> Landed<D> {
    let launched = Instant::now();
    loop {
        let sent = tokio::time::timeout(SILENCE, commit::send(&mut session.connection, &batch));
        let error = match sent.await {
            Ok(Ok(moved)) => {
                let (bases, now) = (moved.bases, moved.now);
                let landing = Landing::Settled {
                    bases,
                    found: HashMap::new(),
                    now,
                };
                return Landed {
                    session,
                    batch,
                    landing,
                };
            }
            Ok(Err(error)) if refused(&error) => {
                return Landed {
                    session,
                    batch,
                    landing: Landing::Refused(error),
                };
            }
            Ok(Err(error)) => error,
            Err(_elapsed) => sqlx::Error::PoolTimedOut,
        };
        tracing::warn!(%error, "a batch's outcome is unknown; finding out");
        let (fresh, settled) = recover::find_out(&shared, session, &batch).await;
        session = fresh;
        let happened = settled.is_some();
        tracing::warn!(happened, "the batch's outcome is known");
        if let Some(landing) = settled {
            return Landed {
                session,
                batch,
                landing,
            };
        }
        if launched.elapsed() > shared.config.silence && !batch.trial {
            let landing = Landing::Undone;
            return Landed {
                session,
                batch,
                landing,
            };
        }
        // It did not happen: the very same bytes again.
    }
}

/// True if the database itself said no. A FATAL may come after the commit and proves nothing.
fn refused(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Database(said) => said
            .try_downcast_ref::<PgDatabaseError>()
            .is_some_and(|said| said.severity() == PgSeverity::Error),
        sqlx::Error::Encode(_) => true,
        _ => false,
    }
}

/// What a refusal says of the command that caused it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// This command id has a receipt already.
    Seen,
    /// The rows themselves are wrong: it will never work.
    Poison,
    /// The database was in the way: it may work later.
    Weather,
}

impl Fault {
    pub(super) fn of(error: &sqlx::Error) -> Self {
        let sqlx::Error::Database(said) = error else {
            return Self::Poison;
        };
        if said.constraint() == Some("receipt_pkey") {
            return Self::Seen;
        }
        let code = said.code().unwrap_or_default();
        match code.get(..2) {
            Some("08" | "25" | "40" | "53" | "55" | "57" | "58" | "XX") => Self::Weather,
            _ => Self::Poison,
        }
    }
}
