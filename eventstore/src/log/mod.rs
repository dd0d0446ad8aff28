//! The log over PostgreSQL: one node's committers, their keeper, and the way in.

mod config;
mod start;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, Utc};
use sqlx::PgPool;
use tokio::{
    sync::{Mutex, Notify, broadcast, mpsc, oneshot},
    task::JoinHandle,
};
use uuid::Uuid;

pub use config::LogConfig;
pub use start::StartError;

use crate::{
    Answered, Committed, Decider, Doorway, Lane, Recorded, SubmitError,
    committer::{Job, Order, Shared},
    subscription,
};

/// One node's log. Share it by `Arc`; call [`Log::shutdown`] before the process ends.
pub struct Log<D: Decider> {
    shared: Arc<Shared<D>>,
    intakes: Vec<mpsc::Sender<Job<D>>>,
    controls: Vec<mpsc::Sender<Order>>,
    running: Mutex<Option<Running>>,
    paused: Arc<AtomicBool>,
}

struct Running {
    committers: Vec<JoinHandle<()>>,
    keeper: JoinHandle<()>,
    stop_keeper: oneshot::Sender<()>,
}

impl<D: Decider> std::fmt::Debug for Log<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Log")
            .field("node", &self.shared.config.node)
            .finish_non_exhaustive()
    }
}

/// How long a shutdown waits for commands under way.
const DRAIN: Duration = Duration::from_secs(10);

impl<D: Decider> Log<D> {
    /// Asks a stream to decide a command. Resolves after the commit, never before.
    ///
    /// A caller that goes away takes nothing back: the command may still be done.
    pub async fn submit(&self, stream: Uuid, command: D::Command) -> Result<Answered, SubmitError> {
        if self.shared.stopping.load(Ordering::Relaxed) {
            return Err(SubmitError::Stopping);
        }
        let (reply, answer) = oneshot::channel();
        let job = Job::new(stream, command, Some(reply));
        let lane = job.lane;
        if !self.shared.ownership.owns(lane) {
            return Err(self.shared.not_owner(lane));
        }
        let index = lane
            .index()
            .checked_rem(self.intakes.len())
            .unwrap_or_default();
        let Some(intake) = self.intakes.get(index) else {
            return Err(SubmitError::Stopping);
        };
        intake.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => SubmitError::Busy,
            mpsc::error::TrySendError::Closed(_) => SubmitError::Stopping,
        })?;
        answer.await.unwrap_or(Err(SubmitError::Unavailable))
    }

    /// Batches as this node commits them. A receiver that lags must read the log.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Committed>> {
        self.shared.committed.subscribe()
    }

    /// Rings after every commit that carried promises.
    pub fn wake_outbox(&self) -> Arc<Notify> {
        Arc::clone(&self.shared.wake_outbox)
    }

    /// The lanes this node writes now.
    pub fn owned_lanes(&self) -> Vec<Lane> {
        self.shared.ownership.lanes()
    }

    /// Where a lane's owner can be reached; `None` if nobody has it or it has no address. May be
    /// a third of a lease old.
    pub fn owner(&self, lane: Lane) -> Option<Arc<str>> {
        self.shared.ownership.url(lane)
    }

    /// Now, by the database's clock: monotonic, whole microseconds.
    pub fn now(&self) -> DateTime<Utc> {
        self.shared.clock.now()
    }

    /// A small pool with the writer's role, for inbox, outbox and registry.
    pub fn pool(&self) -> &PgPool {
        &self.shared.pool
    }

    pub fn decider(&self) -> &D {
        &self.shared.decider
    }

    /// Stops taking commands, answers those under way, gives the lanes back, closes connections.
    pub async fn shutdown(&self) {
        self.shared.stopping.store(true, Ordering::Relaxed);
        let Some(running) = self.running.lock().await.take() else {
            return;
        };
        let mut drained = Vec::with_capacity(self.controls.len());
        for control in &self.controls {
            let (done, wait) = oneshot::channel();
            if control.send(Order::Stop(done)).await.is_ok() {
                drained.push(wait);
            }
        }
        let all = futures_util::future::join_all(drained);
        if tokio::time::timeout(DRAIN, all).await.is_err() {
            tracing::warn!("commands were still under way at the end; they can be sent again");
        }
        for committer in running.committers {
            committer.abort();
        }
        running.stop_keeper.send(()).unwrap_or_default();
        if tokio::time::timeout(DRAIN, running.keeper).await.is_err() {
            tracing::warn!("the lanes were not given back in time; they lapse with the lease");
        }
        self.shared.pool.close().await;
    }

    /// Stops (or resumes) renewing the lease, as a stopped process would. For torture tests.
    #[doc(hidden)]
    pub fn hold_breath(&self, held: bool) {
        self.paused.store(held, Ordering::Relaxed);
    }
}

impl<D: Decider> Doorway<D::Command> for Log<D> {
    async fn submit(&self, stream: Uuid, command: D::Command) -> Result<Answered, SubmitError> {
        Self::submit(self, stream, command).await
    }

    async fn read_stream(
        &self,
        stream: Uuid,
        after: i64,
        limit: i64,
    ) -> Result<Vec<Recorded>, SubmitError> {
        subscription::read_stream(&self.shared.pool, stream, after, limit)
            .await
            .map_err(lost)
    }

    async fn read_lane(
        &self,
        lane: Lane,
        after: i64,
        limit: i64,
    ) -> Result<Vec<Recorded>, SubmitError> {
        subscription::read_lane(&self.shared.pool, lane, after, limit)
            .await
            .map_err(lost)
    }

    fn subscribe(&self) -> broadcast::Receiver<Arc<Committed>> {
        Self::subscribe(self)
    }
}

fn lost(error: sqlx::Error) -> SubmitError {
    tracing::warn!(%error, "the log cannot be read");
    SubmitError::Unavailable
}
