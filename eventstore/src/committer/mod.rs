//! The committer: one task, one connection, the lanes `lane % C == i`, and the streams awake there.
//!
//! ```text
//! submit ─► admit ─► queue per stream ─► fill: decide on speculative state ─► building batch
//!                       ▲                                                        │ launch
//!                       │ rewind (evict, re-read, re-decide)                     ▼
//!                       └───────────── refused ◄──────────── settle ◄──── one batch in flight
//! ```
//! Nothing here is shared: no lock, no map entry belongs to two tasks. Reads (waking, receipts,
//! deadlines) run beside it on other connections; the committer's own connection only commits.
//! At most one batch is in flight; the next is decided meanwhile, and nobody is answered early.

mod batch;
mod commit;
mod fill;
mod flight;
mod job;
mod lanes;
mod pulse;
mod recover;
mod settle;
mod shared;
mod side;
mod sleep;
mod slot;
mod trial;
mod turn;
mod wake;

pub(crate) use flight::Session;
pub(crate) use job::Job;
pub(crate) use lanes::{Head, Order};
pub(crate) use shared::{Ownership, Shared};
pub(crate) use wake::load;

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap, VecDeque},
    sync::Arc,
    time::Instant,
};

use chrono::{DateTime, Utc};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinSet,
};
use uuid::Uuid;

use crate::{Decider, Lane};

/// One committer's whole world.
pub(crate) struct Committer<D: Decider> {
    shared: Arc<Shared<D>>,
    intake: mpsc::Receiver<Job<D>>,
    control: mpsc::Receiver<Order>,
    /// `None` while a batch is in flight: the flight has it.
    session: Option<Session>,
    heads: HashMap<Lane, Head>,
    slots: HashMap<Uuid, slot::Slot<D>>,
    /// Streams with something to do, each at most once: the fair queue.
    ready: VecDeque<Uuid>,
    building: batch::Batch<D>,
    /// The number of the last batch whose fate is known.
    settled: u64,
    /// Jobs of a refused batch, tried stream by stream, then one by one. Nothing else meanwhile.
    trials: VecDeque<trial::Trial<D>>,
    /// Streams whose decider panicked, and the batch that still holds rows of theirs.
    doomed: Vec<(Uuid, u64)>,
    /// Orders from the keeper wait until no batch is in flight.
    orders: VecDeque<Order>,
    to_wake: VecDeque<Uuid>,
    to_ask: Vec<(Uuid, Uuid)>,
    side: JoinSet<side::Side<D>>,
    waking: usize,
    asking: bool,
    looking: bool,
    tickets: u64,
    due: BinaryHeap<Reverse<(DateTime<Utc>, Uuid)>>,
    weight: usize,
    kept_house: Instant,
    launched: Instant,
    /// Turns to give way before the next batch, so that those just answered can be in it.
    linger: u8,
    /// When the database last answered, by its clock.
    pulse: DateTime<Utc>,
    /// Silences being written down: nothing is decided meanwhile.
    hushed: usize,
    /// The database was in the way: no trial before this.
    pause: Option<tokio::time::Instant>,
    stop: Option<oneshot::Sender<()>>,
}

impl<D: Decider> Committer<D> {
    pub(crate) fn new(
        shared: Arc<Shared<D>>,
        session: Session,
        intake: mpsc::Receiver<Job<D>>,
        control: mpsc::Receiver<Order>,
    ) -> Self {
        let pulse = shared.clock.now();
        Self {
            shared,
            intake,
            control,
            session: Some(session),
            heads: HashMap::new(),
            slots: HashMap::new(),
            ready: VecDeque::new(),
            building: batch::Batch::new(1),
            settled: 0,
            trials: VecDeque::new(),
            doomed: Vec::new(),
            orders: VecDeque::new(),
            to_wake: VecDeque::new(),
            to_ask: Vec::new(),
            side: JoinSet::new(),
            waking: 0,
            asking: false,
            looking: false,
            tickets: 0,
            due: BinaryHeap::new(),
            weight: 0,
            kept_house: Instant::now(),
            launched: Instant::now(),
            linger: 0,
            pulse,
            hushed: 0,
            pause: None,
            stop: None,
        }
    }
}
