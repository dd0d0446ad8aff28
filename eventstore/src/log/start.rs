//! Starting a node's log.

use std::{
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

use tokio::sync::{Mutex, Notify, broadcast, mpsc, oneshot};

use super::{Log, LogConfig, Running};
use crate::{
    Clock, Decider, MasterKey,
    committer::{Committer, Ownership, Session, Shared},
    lease::{self, Keeper},
    session::{self, Role},
};

/// Why a log did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// This database would lose acknowledged commands, or is too old.
    #[error("unsafe database: {0}")]
    Unsafe(String),
    #[error("the database cannot be used: {0}")]
    Database(#[from] sqlx::Error),
}

/// Commands on their way to one committer, all streams together.
const INTAKE: usize = 65_536;

impl<D: Decider> Log<D> {
    /// Checks the database, registers the node, takes the free lanes and starts to commit.
    ///
    /// A second node finds no free lane and stands by ([`crate::SubmitError::NotOwner`] tells
    /// where to go) until the first one lapses or leaves.
    pub async fn start(
        config: LogConfig,
        decider: D,
        master: Arc<MasterKey>,
    ) -> Result<Self, StartError> {
        let mut login = lease::connect(&config).await?;
        if let Some(reason) = session::unsafe_setting(&mut login).await? {
            return Err(StartError::Unsafe(reason));
        }
        lease::end_earlier(&mut login, &config.node).await?;
        let clock = Clock::new(session::database_now(&mut login).await?);
        let count = config.committers.max(1);
        let pool = session::pool(&config.database, &config.node, Role::Writer, config.readers);
        let (committed, _nobody_yet) = broadcast::channel(config.broadcast.max(1));
        let shared = Arc::new(Shared {
            decider,
            clock,
            master,
            pool,
            ownership: Arc::new(Ownership::new()),
            committed,
            wake_outbox: Arc::new(Notify::new()),
            stopping: AtomicBool::new(false),
            config,
        });
        let mut intakes = Vec::with_capacity(count);
        let mut controls = Vec::with_capacity(count);
        let mut committers = Vec::with_capacity(count);
        for _index in 0..count {
            let (intake, jobs) = mpsc::channel(INTAKE);
            let (control, orders) = mpsc::channel(64);
            let session = Session::open(&shared.config).await?;
            let committer = Committer::new(Arc::clone(&shared), session, jobs, orders);
            committers.push(tokio::spawn(committer.run()));
            intakes.push(intake);
            controls.push(control);
        }
        let ownership = Arc::clone(&shared.ownership);
        let mut keeper =
            Keeper::new::<D>(shared.config.clone(), ownership, controls.clone(), login);
        keeper.tick().await?;
        settle_in(&shared, keeper.granted()).await;
        let paused = Arc::clone(&keeper.paused);
        let (stop_keeper, stopped) = oneshot::channel();
        let keeper = tokio::spawn(keeper.run(stopped));
        let running = Running {
            committers,
            keeper,
            stop_keeper,
        };
        Ok(Self {
            shared,
            intakes,
            controls,
            running: Mutex::new(Some(running)),
            paused,
        })
    }
}

/// Waits until the committers have what the keeper took, so that the first caller is served.
async fn settle_in<D: Decider>(shared: &Shared<D>, granted: usize) {
    for _wait in 0..1_000 {
        if shared.ownership.lanes().len() >= granted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
