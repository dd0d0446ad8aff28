//! What came in: one row per POST, kept before anybody is answered, sealed under the day's key.
//!
//! **Cost.** POSTs that arrive within 2 ms share one INSERT. **Order.** Work goes by (database
//! time, node, n). **Limits.** An item is tried five times, each try counted before it begins;
//! then it is a dead letter, shown and kept, failing none of its neighbours.

mod group;
mod item;
mod work;

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use sqlx::{PgPool, Row};
use tokio::sync::{mpsc, oneshot};

pub use item::Item;

use crate::{
    Clock, MasterKey,
    seal::{DayKeyError, DayKeys},
};

const LAST: &str = include_str!("../../sql/inbox_last.sql");

/// POSTs waiting for the next INSERT; beyond it callers wait.
const WAITING: usize = 4_096;

/// One node's inbox. Cheap to clone; the grouping task ends with the last clone.
#[derive(Clone, Debug)]
pub struct Inbox {
    pool: PgPool,
    node: String,
    keys: Arc<DayKeys>,
    arrivals: mpsc::Sender<group::Arrival>,
    reserve: mpsc::Sender<group::Reserve>,
}

/// What became of a POST.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// Kept, under this number; now it may be answered 200 and worked on.
    New { n: i64, received_at: DateTime<Utc> },
    /// The same bytes came through the same door before.
    Seen,
}

/// The inbox could not keep it: answer 503, the sender comes again.
#[derive(Debug, thiserror::Error)]
pub enum InboxError {
    #[error("the inbox cannot write: {0}")]
    Write(String),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Key(#[from] DayKeyError),
}

impl Inbox {
    /// Starts the grouping task. `pool` has the writer's role.
    pub async fn start(
        pool: PgPool,
        node: impl Into<String>,
        master: Arc<MasterKey>,
    ) -> Result<Self, InboxError> {
        let node = node.into();
        let keys = Arc::new(DayKeys::new(pool.clone(), master));
        let last: i64 = sqlx::query_scalar(LAST)
            .bind(&node)
            .fetch_one(&pool)
            .await?;
        let now = sqlx::query("SELECT clock_timestamp()")
            .fetch_one(&pool)
            .await?
            .try_get(0)?;
        let (arrivals, waiting) = mpsc::channel(WAITING);
        let (reserve, reserved) = mpsc::channel(4);
        let writer = group::Writer {
            pool: pool.clone(),
            node: node.clone(),
            keys: Arc::clone(&keys),
            clock: Clock::new(now),
            last,
        };
        tokio::spawn(writer.run(waiting, reserved));
        Ok(Self {
            pool,
            node,
            keys,
            arrivals,
            reserve,
        })
    }

    /// Keeps a POST. Resolves when it is durable; only then answer 200.
    pub async fn accept(&self, door: &str, body: Vec<u8>) -> Result<Accepted, InboxError> {
        let (reply, kept) = oneshot::channel();
        let arrival = group::Arrival {
            door: door.to_owned(),
            body,
            reply,
        };
        let gone = || InboxError::Write("the inbox is closed".to_owned());
        self.arrivals
            .send(arrival)
            .await
            .map_err(|_closed| gone())?;
        kept.await
            .map_err(|_closed| gone())?
            .map_err(InboxError::Write)
    }

    /// Reserves `count` of this node's numbers, for items adopted from another node; the number
    /// before the first.
    async fn reserve(&self, count: i64) -> Result<i64, InboxError> {
        let gone = || InboxError::Write("the inbox is closed".to_owned());
        let (reply, base) = oneshot::channel();
        self.reserve
            .send(group::Reserve { count, reply })
            .await
            .map_err(|_closed| gone())?;
        base.await.map_err(|_closed| gone())
    }
}

/// How long a POST waits for company.
const TOGETHER: Duration = Duration::from_millis(2);
