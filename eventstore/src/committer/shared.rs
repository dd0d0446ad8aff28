//! What the committers, the keeper and the doorway share.

use std::sync::{
    Arc, Mutex, PoisonError, RwLock,
    atomic::{AtomicBool, Ordering},
};

use sqlx::PgPool;
use tokio::sync::{Notify, broadcast};

use crate::{Clock, Committed, Decider, Lane, LogConfig, MasterKey, SubmitError};

/// One node's log, as its tasks see it.
pub(crate) struct Shared<D: Decider> {
    pub(crate) decider: D,
    pub(crate) config: LogConfig,
    pub(crate) clock: Clock,
    pub(crate) master: Arc<MasterKey>,
    /// Waking, looking up, reading: never committing.
    pub(crate) pool: PgPool,
    pub(crate) ownership: Arc<Ownership>,
    pub(crate) committed: broadcast::Sender<Arc<Committed>>,
    pub(crate) wake_outbox: Arc<Notify>,
    pub(crate) stopping: AtomicBool,
}

impl<D: Decider> Shared<D> {
    pub(crate) fn not_owner(&self, lane: Lane) -> SubmitError {
        SubmitError::NotOwner {
            url: self.ownership.url(lane).map(|url| (*url).to_owned()),
        }
    }
}

/// Which lanes this node writes, and where the others' owners are.
#[derive(Debug)]
pub(crate) struct Ownership {
    owned: Vec<AtomicBool>,
    urls: RwLock<Vec<Option<Arc<str>>>>,
    lost: Mutex<Vec<Lane>>,
    /// Rings when a committer lost a lane.
    pub(crate) rang: Notify,
}

impl Ownership {
    pub(crate) fn new() -> Self {
        Self {
            owned: Lane::all().map(|_lane| AtomicBool::new(false)).collect(),
            urls: RwLock::new(Lane::all().map(|_lane| None).collect()),
            lost: Mutex::new(Vec::new()),
            rang: Notify::new(),
        }
    }

    pub(crate) fn owns(&self, lane: Lane) -> bool {
        self.owned
            .get(lane.index())
            .is_some_and(|owned| owned.load(Ordering::Acquire))
    }

    pub(crate) fn set(&self, lane: Lane, owned: bool) {
        if let Some(flag) = self.owned.get(lane.index()) {
            flag.store(owned, Ordering::Release);
        }
    }

    /// A committer let a lane go.
    pub(crate) fn lose(&self, lane: Lane) {
        self.set(lane, false);
        self.lost
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(lane);
        self.rang.notify_one();
    }

    /// The lanes let go since the last call.
    pub(crate) fn take_lost(&self) -> Vec<Lane> {
        std::mem::take(&mut *self.lost.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn lanes(&self) -> Vec<Lane> {
        Lane::all().filter(|lane| self.owns(*lane)).collect()
    }

    pub(crate) fn url(&self, lane: Lane) -> Option<Arc<str>> {
        let urls = self.urls.read().unwrap_or_else(PoisonError::into_inner);
        urls.get(lane.index()).cloned().flatten()
    }

    pub(crate) fn learn_urls(&self, learned: Vec<Option<Arc<str>>>) {
        *self.urls.write().unwrap_or_else(PoisonError::into_inner) = learned;
    }
}
