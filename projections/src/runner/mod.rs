//! The runner: keeps the tables a few milliseconds behind the log, on every node.
//!
//! Each node reads the whole log. Whoever moves a lane's checkpoint first writes the rows; the
//! others find it moved, apply nothing, and still tell their own pages what changed.

mod feed;
pub(crate) mod log;
pub(crate) mod park;
pub(crate) mod standing;
pub(crate) mod tick;

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use domain::ids::ShopId;
use eventstore::{Committed, LANES, Lane};
use sqlx::PgPool;
use tokio::{
    sync::{Notify, broadcast, watch},
    task::JoinHandle,
    time::{Instant, sleep, sleep_until, timeout},
};

use crate::{
    ApplyError, Told,
    board::Changed,
    generation::Generation,
    rebuild,
    tables::{self, Made},
};

use feed::Feed;
use tick::Move;

pub use park::{Parked, parked, retry, skip};

/// At most one transaction in this time; an idle runner applies at once.
const TICK: Duration = Duration::from_millis(20);
/// How long a failed tick waits before the next try.
const PAUSE: Duration = Duration::from_millis(500);
/// Changes kept for a slow listener.
const KEPT: usize = 4_096;

/// What one tick changed of one shop. Sent after the commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    pub shop: ShopId,
    pub changed: Changed,
}

/// Why the readings cannot start.
#[derive(Debug, thiserror::Error)]
#[error("the read models cannot be prepared: {0}")]
pub struct StartError(#[from] sqlx::Error);

/// A running runner. Dropping it stops it.
#[derive(Debug)]
pub struct Readings {
    shared: Arc<Shared>,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
    /// Fills the models whose tables were made anew.
    filling: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    applied: broadcast::Sender<Arc<Applied>>,
    /// Per lane, the position the tables know.
    reached: Vec<AtomicI64>,
    moved: Notify,
}

impl Readings {
    /// Prepares the tables, catches up with the log and follows it. `committed` should be
    /// subscribed before (whatever it misses is read from the log). The pool's login must be a
    /// member of `livepay_projector`; two connections are enough.
    pub async fn start(
        pool: PgPool,
        committed: broadcast::Receiver<Arc<Committed>>,
    ) -> Result<Self, StartError> {
        match tables::make_ready(&pool).await? {
            Made::Nothing => {}
            Made::All => tracing::info!("read models are built from the start of the log"),
            Made::Some => tracing::info!("some read models are built anew beside the others"),
        }
        let shared = Arc::new(Shared {
            applied: broadcast::Sender::new(KEPT),
            reached: (0..LANES).map(|_| AtomicI64::new(0)).collect(),
            moved: Notify::new(),
        });
        let (stop, stopped) = watch::channel(false);
        let feed = Feed::new(pool.clone(), committed);
        let filling = tokio::spawn(rebuild::fill(pool.clone(), stopped.clone()));
        let runner = Runner {
            pool,
            feed,
            shared: Arc::clone(&shared),
        };
        Ok(Self {
            shared,
            stop,
            task: tokio::spawn(runner.run(stopped)),
            filling,
        })
    }

    /// What changes from now on. A listener that lags must read its shops again.
    pub fn applied(&self) -> broadcast::Receiver<Arc<Applied>> {
        self.shared.applied.subscribe()
    }

    /// Waits until the tables know a lane's position; false if they did not in time.
    pub async fn wait_for(&self, lane: Lane, pos: i64, most: Duration) -> bool {
        let arrived = async {
            loop {
                let moved = self.shared.moved.notified();
                tokio::pin!(moved);
                // From here on no move is missed, whichever side of the test it falls.
                moved.as_mut().enable();
                if self.reached(lane) >= pos {
                    return;
                }
                moved.await;
            }
        };
        timeout(most, arrived).await.is_ok()
    }

    /// The position of a lane the tables know.
    pub fn reached(&self, lane: Lane) -> i64 {
        self.shared
            .reached
            .get(lane.index())
            .map_or(0, |pos| pos.load(Ordering::Acquire))
    }

    /// Asks it to stop between two ticks, without waiting.
    pub fn halt(&self) {
        self.stop.send_replace(true);
    }

    /// Stops between two ticks.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the runner of the read models had died");
        }
        if let Err(error) = self.filling.await {
            tracing::error!(%error, "the rebuild of read models had died");
        }
    }
}

struct Runner {
    pool: PgPool,
    feed: Feed,
    shared: Arc<Shared>,
}

impl Runner {
    async fn run(mut self, mut stopped: watch::Receiver<bool>) {
        let mut known = false;
        loop {
            let step = async {
                if !known {
                    self.forget().await?;
                }
                self.step().await
            };
            let done = tokio::select! {
                _ = stopped.changed() => return,
                done = step => done,
            };
            known = done.is_ok();
            if let Err(error) = done {
                tracing::warn!(%error, "a tick of the read models failed; trying again");
                sleep(PAUSE).await;
            }
        }
    }

    /// Forgets what memory believes and asks the checkpoints.
    async fn forget(&mut self) -> Result<(), ApplyError> {
        let lanes: Vec<i16> = (0..LANES).collect();
        let found = self.checkpoints(&lanes).await?;
        self.feed.reset(&found);
        for (lane, _) in found {
            self.tell_reached(lane);
        }
        // Who waits for a position may have begun before we knew it.
        self.shared.moved.notify_waiters();
        Ok(())
    }

    async fn step(&mut self) -> Result<(), ApplyError> {
        let batch = self.feed.gather().await?;
        let started = Instant::now();
        let work: Vec<&Told> = batch
            .iter()
            .filter(|told| told.pos > self.checkpoint(told.lane))
            .collect();
        let moves = tick::moves(&work, |lane| self.checkpoint(lane));
        if !moves.is_empty() {
            let won = tick::tick(&self.pool, Generation::Live, &work, &moves).await?;
            let mut lost = Vec::new();
            for Move { lane, to, .. } in moves {
                if won.contains(&lane) {
                    self.feed.moved(lane, to);
                } else {
                    lost.push(lane);
                }
            }
            if !lost.is_empty() {
                for (lane, found) in self.checkpoints(&lost).await? {
                    self.feed.found(lane, found);
                }
            }
        }
        self.announce(&batch);
        sleep_until(started + TICK).await;
        Ok(())
    }

    /// Tells what the tables know now, whoever wrote it.
    fn announce(&mut self, batch: &[Told]) {
        let mut shops: BTreeMap<(i16, uuid::Uuid), Changed> = BTreeMap::new();
        for told in batch {
            if told.pos > self.checkpoint(told.lane) {
                continue;
            }
            self.feed.told(told.lane, told.pos);
            let changed = shops.entry((told.lane, told.shop)).or_default();
            if let Ok(event) = &told.event {
                changed.add(told.seq, told.at, event);
            }
        }
        for ((lane, shop), changed) in shops {
            self.tell_reached(lane);
            let applied = Applied {
                shop: ShopId(shop),
                changed,
            };
            // Nobody listening is no error: pages come and go.
            drop(self.shared.applied.send(Arc::new(applied)));
        }
        self.shared.moved.notify_waiters();
    }

    fn tell_reached(&self, lane: i16) {
        let reached = Lane::from_number(lane).and_then(|l| self.shared.reached.get(l.index()));
        if let Some(reached) = reached {
            reached.store(self.checkpoint(lane), Ordering::Release);
        }
    }

    fn checkpoint(&self, lane: i16) -> i64 {
        self.feed.lane(lane).map_or(0, |state| state.checkpoint)
    }

    async fn checkpoints(&self, lanes: &[i16]) -> Result<Vec<(i16, i64)>, ApplyError> {
        let mut tx = log::begin(&self.pool).await?;
        let found = log::checkpoints(&mut tx, lanes).await?;
        tx.rollback().await?;
        Ok(found)
    }
}
