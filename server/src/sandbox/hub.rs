//! What every handler shares: the state behind its locks, the stream, the postman's queue.
//!
//! Locks are held for a few lines and never across an await.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{mpsc, watch};

use super::bictorys::Till;
use super::config::SandboxConfig;
use super::counters::Counters;
use super::deliver::{Delivery, Update};
use super::error::SandboxError;
use super::events::Events;
use super::faults::Faults;
use super::journal::Journal;
use super::misbehaviour::Plan;
use super::random::Random;
use super::world::World;

/// The shared state of one sandbox.
pub(super) struct Hub {
    pub(super) config: SandboxConfig,
    /// Root of the links given to payers.
    pub(super) public_url: String,
    pub(super) events: Events,
    pub(super) http: reqwest::Client,
    /// Updates queued by `batch: true` until `POST /api/flush`.
    pub(super) held: Mutex<Vec<Update>>,
    world: Mutex<World>,
    till: Mutex<Till>,
    faults: Mutex<Faults>,
    counters: Mutex<Counters>,
    journal: Mutex<Journal>,
    random: Mutex<Random>,
    plan: Mutex<Plan>,
    /// How many webhooks of the provider have left, for those that wait to be overtaken.
    pub(super) told: watch::Sender<u64>,
    queue: mpsc::UnboundedSender<Delivery>,
    stop: watch::Sender<bool>,
    /// Makes ids unique to this start: a server's database outlives the sandbox.
    run: [u8; 8],
}

impl Hub {
    /// The hub and the receiving half of the postman's queue.
    pub(super) fn new(
        config: SandboxConfig,
        addr: SocketAddr,
    ) -> Result<(Arc<Self>, mpsc::UnboundedReceiver<Delivery>), SandboxError> {
        // Only loopback http is spoken, but the client insists on a provider; a second call is
        // refused and harmless.
        if rustls::crypto::ring::default_provider()
            .install_default()
            .is_err()
        {
            tracing::trace!("a cryptography provider was already there");
        }
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(10))
            .redirect(reqwest::redirect::Policy::none())
            .user_agent("sandbox/1.0")
            .build()?;
        let mut run = [0; 8];
        getrandom::fill(&mut run).map_err(SandboxError::Randomness)?;
        let (queue, receiver) = mpsc::unbounded_channel();
        let mut world = World::default();
        for spec in &config.numbers {
            world.add_number(spec.clone());
        }
        let hub = Self {
            public_url: config
                .public_url
                .clone()
                .unwrap_or_else(|| format!("http://{addr}")),
            events: Events::new(),
            http,
            held: Mutex::default(),
            world: Mutex::new(world),
            till: Mutex::default(),
            faults: Mutex::default(),
            counters: Mutex::default(),
            journal: Mutex::default(),
            random: Mutex::new(Random::new(config.seed)),
            plan: Mutex::new(Plan::new(config.seed)),
            told: watch::channel(0).0,
            queue,
            stop: watch::channel(false).0,
            run,
            config,
        };
        Ok((Arc::new(hub), receiver))
    }

    pub(super) fn world(&self) -> MutexGuard<'_, World> {
        lock(&self.world)
    }

    pub(super) fn till(&self) -> MutexGuard<'_, Till> {
        lock(&self.till)
    }

    pub(super) fn counters(&self) -> MutexGuard<'_, Counters> {
        lock(&self.counters)
    }

    pub(super) fn journal(&self) -> MutexGuard<'_, Journal> {
        lock(&self.journal)
    }

    pub(super) fn random(&self) -> MutexGuard<'_, Random> {
        lock(&self.random)
    }

    /// Who misbehaves when.
    pub(super) fn plan(&self) -> MutexGuard<'_, Plan> {
        lock(&self.plan)
    }

    /// A copy of today's faults.
    pub(super) fn faults(&self) -> Faults {
        lock(&self.faults).clone()
    }

    pub(super) fn set_faults(&self, faults: Faults) {
        *lock(&self.faults) = faults;
    }

    pub(super) fn held(&self) -> MutexGuard<'_, Vec<Update>> {
        lock(&self.held)
    }

    /// Hands something to the postman; after a stop it is dropped.
    pub(super) fn post(&self, delivery: Delivery) {
        drop(self.queue.send(delivery));
    }

    /// True once [`Hub::stop`] was called.
    pub(super) fn stopped(&self) -> watch::Receiver<bool> {
        self.stop.subscribe()
    }

    pub(super) fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// The bytes that make ids of this start unique.
    pub(super) fn run(&self) -> [u8; 8] {
        self.run
    }

    /// An unguessable version 4 UUID.
    pub(super) fn uuid(&self) -> uuid::Uuid {
        let mut bytes = [0; 16];
        if getrandom::fill(&mut bytes).is_err() {
            // No randomness any more: still unique within this run.
            let (head, tail) = bytes.split_at_mut(8);
            head.copy_from_slice(&self.run);
            tail.copy_from_slice(&self.random().next().to_be_bytes());
        }
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }
}

/// A poisoned lock still holds usable state: one failed request must not end the play.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
