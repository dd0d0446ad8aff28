//! Following the log: from a checkpoint to the present, then live.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
    time::Duration,
};

use sqlx::PgPool;
use tokio::{
    sync::broadcast::{self, error::RecvError},
    time::Instant,
};

use super::read::{heads, read_lane};
use crate::{Committed, Lane};

/// Events read from the log at once.
const WINDOW: i64 = 2_000;

/// The next events of one lane: positions `from + 1` to [`Batch::to`].
#[derive(Clone, Debug)]
pub struct Batch {
    /// The position this batch follows: the checkpoint before it.
    pub from: i64,
    pub committed: Arc<Committed>,
}

impl Batch {
    pub fn lane(&self) -> Lane {
        self.committed.lane
    }

    /// The checkpoint after it.
    pub fn to(&self) -> i64 {
        let len = i64::try_from(self.committed.events.len()).unwrap_or(i64::MAX);
        self.from.saturating_add(len)
    }
}

/// Every event of every lane, once, each lane in order, from the given positions on.
///
/// Live batches of this process come from the broadcast; whatever is behind, ahead, lagged or
/// committed by another node is read from the log, which is polled every `poll`.
#[derive(Debug)]
pub struct Tail {
    pool: PgPool,
    live: Option<broadcast::Receiver<Arc<Committed>>>,
    positions: HashMap<Lane, i64>,
    /// Lanes to read from the log before anything live of them counts.
    behind: BTreeSet<Lane>,
    poll: Duration,
    next_poll: Instant,
}

impl Tail {
    /// Starts after `positions` (absent: 0). Subscribe before loading them, or nothing is lost
    /// anyway: the first poll finds it.
    pub fn new(
        pool: PgPool,
        live: broadcast::Receiver<Arc<Committed>>,
        positions: HashMap<Lane, i64>,
        poll: Duration,
    ) -> Self {
        let behind = BTreeSet::new();
        Self {
            pool,
            live: Some(live),
            positions,
            behind,
            poll,
            next_poll: Instant::now(),
        }
    }

    /// The next batch; waits for it. After an error the same call may be made again.
    pub async fn next(&mut self) -> Result<Batch, sqlx::Error> {
        loop {
            while let Some(lane) = self.behind.first().copied() {
                if let Some(batch) = self.read(lane).await? {
                    return Ok(batch);
                }
            }
            if Instant::now() >= self.next_poll {
                self.look().await?;
                continue;
            }
            let Some(live) = &mut self.live else {
                tokio::time::sleep_until(self.next_poll).await;
                continue;
            };
            match tokio::time::timeout_at(self.next_poll, live.recv()).await {
                Ok(Ok(committed)) => {
                    if let Some(batch) = self.judge(committed) {
                        return Ok(batch);
                    }
                }
                Ok(Err(RecvError::Lagged(_))) => self.next_poll = Instant::now(),
                Ok(Err(RecvError::Closed)) => self.live = None,
                Err(_elapsed) => {}
            }
        }
    }

    /// Continues a lane after `pos` (a checkpoint somebody else moved).
    pub fn seek(&mut self, lane: Lane, pos: i64) {
        self.positions.insert(lane, pos);
        self.behind.insert(lane);
    }

    /// Position + 1: apply. Lower: seen. Anything else: read the log.
    fn judge(&mut self, committed: Arc<Committed>) -> Option<Batch> {
        let lane = committed.lane;
        let from = self.positions.get(&lane).copied().unwrap_or_default();
        let batch = Batch {
            from: committed.first_pos.saturating_sub(1),
            committed,
        };
        if batch.committed.events.is_empty() || batch.to() <= from {
            return None;
        }
        if batch.from != from {
            self.behind.insert(lane);
            return None;
        }
        self.positions.insert(lane, batch.to());
        Some(batch)
    }

    async fn read(&mut self, lane: Lane) -> Result<Option<Batch>, sqlx::Error> {
        let from = self.positions.get(&lane).copied().unwrap_or_default();
        let events = read_lane(&self.pool, lane, from, WINDOW).await?;
        if i64::try_from(events.len()) != Ok(WINDOW) {
            self.behind.remove(&lane);
        }
        if events.is_empty() {
            return Ok(None);
        }
        let first_pos = from.saturating_add(1);
        let committed = Arc::new(Committed {
            lane,
            first_pos,
            events,
            promises: 0,
        });
        let batch = Batch { from, committed };
        self.positions.insert(lane, batch.to());
        Ok(Some(batch))
    }

    async fn look(&mut self) -> Result<(), sqlx::Error> {
        for (lane, head) in heads(&self.pool).await? {
            if head > self.positions.get(&lane).copied().unwrap_or_default() {
                self.behind.insert(lane);
            }
        }
        self.next_poll = Instant::now() + self.poll;
        Ok(())
    }
}
