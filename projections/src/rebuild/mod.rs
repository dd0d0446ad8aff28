//! Building read models anew from the log, while the old tables answer.
//!
//! ```text
//! prepare   empty tables of the same names in `reading_next`, without their secondary indexes
//! replay    the log in windows, workers side by side, each with lanes of its own
//! index     the secondary indexes
//! catchup   up to where the live tables are; old and new are compared at equal positions
//! golive    one short transaction: the last events, the last comparison, the swap
//! abort     the new tables are dropped, at any time before
//! ```
//!
//! The same `apply` fills both generations: only the search path differs. What it makes is rows;
//! nothing here can promise anything to anybody, for the role that writes read models may not
//! write to the outbox.
//!
//! One rebuild runs per database: the row of the table `rebuild` is leased by the database's
//! clock. Killed at any point, it leaves the live tables as they were, and the next one goes on
//! from its last window (or starts over, if it is another program or other models).

mod catchup;
mod compare;
mod error;
mod fill;
mod lease;
mod replay;
mod stage;
mod status;
mod swap;

use std::time::Duration;

use sqlx::PgPool;
use tokio::{
    sync::watch,
    time::{Instant, sleep},
};

use crate::{Model, Parked, tables};

pub use compare::Differing;
pub use error::RebuildError;
pub(crate) use fill::fill;
use lease::Lease;
pub use lease::abort;
pub use status::{ModelStatus, Status, UnderWay, status};

/// What to rebuild, and how sure of itself it may be.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Names out of [`crate::MODELS`].
    pub models: Vec<String>,
    /// Windows read and applied at the same time.
    pub workers: usize,
    /// Which program's code this is: leftovers of another one are not gone on with.
    pub program: String,
    /// Go live although shops are parked that were not parked before.
    pub accept_parked: bool,
    /// Go live although the content differs from that of the same version.
    pub replace: bool,
}

/// Where a rebuild is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Prepare,
    Replay,
    Index,
    Catchup,
    Golive,
    Done,
    /// It would not go live as it was asked to; the new tables are kept to look at.
    Refused,
    Aborted,
}

impl Phase {
    /// The word in the table and on the screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Prepare => "prepare",
            Self::Replay => "replay",
            Self::Index => "index",
            Self::Catchup => "catchup",
            Self::Golive => "golive",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Aborted => "aborted",
        }
    }
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub phase: Phase,
    /// Events applied, of `total` there were to read.
    pub done: i64,
    pub total: i64,
}

impl Default for Progress {
    fn default() -> Self {
        Self {
            phase: Phase::Prepare,
            done: 0,
            total: 0,
        }
    }
}

/// What was done.
#[derive(Clone, Debug, Default)]
pub struct Rebuilt {
    /// Events read into the new tables by this process, and those of the replay among them.
    pub events: i64,
    pub replayed: i64,
    /// It went on from where another process had been killed.
    pub resumed: bool,
    pub replay: Duration,
    /// How long readers may have waited for the swap, and how often it was tried.
    pub swap: Duration,
    pub tries: u32,
    /// Tables whose content was compared with the old one, and the shops in them that differed.
    pub compared: usize,
    pub differing: Vec<Differing>,
    /// Shops of these models that are parked now.
    pub parked: Vec<Parked>,
}

/// Rebuilds these models and lets them go live. Dropping the future leaves everything as a kill
/// would: [`abort`] cleans up, the next call goes on.
pub async fn rebuild(
    pool: &PgPool,
    plan: &Plan,
    progress: &watch::Sender<Progress>,
) -> Result<Rebuilt, RebuildError> {
    let models = named(&plan.models)?;
    if !has_tables(pool).await? {
        tables::prepare(pool).await?;
    }
    let (lease, resumed) = Lease::take(pool, &models, &plan.program).await?;
    let keeper = lease.keep(pool.clone());
    let work = Work {
        pool,
        plan,
        models: &models,
        lease,
        progress,
    };
    let done = work.run(resumed).await;
    drop(keeper);
    if let Err(error) = &done {
        lease.let_go(pool, error).await;
    }
    done
}

/// The models of these names, in the order they are applied.
fn named(names: &[String]) -> Result<Vec<&'static Model>, RebuildError> {
    let known = |name: &&String| crate::MODELS.iter().any(|model| model.name == **name);
    if let Some(name) = names.iter().find(|name| !known(name)) {
        return Err(RebuildError::NoSuchModel(name.clone()));
    }
    let wanted = |model: &&Model| names.iter().any(|name| name == model.name);
    let models: Vec<_> = crate::MODELS.iter().filter(wanted).collect();
    if models.is_empty() {
        return Err(RebuildError::NoModel);
    }
    Ok(models)
}

async fn has_tables(pool: &PgPool) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT FROM pg_attribute
                         WHERE attrelid = to_regclass('reading.version') AND attname = 'tables')",
    )
    .fetch_one(pool)
    .await
}

/// One rebuild under way.
struct Work<'a> {
    pool: &'a PgPool,
    plan: &'a Plan,
    models: &'a [&'static Model],
    lease: Lease,
    progress: &'a watch::Sender<Progress>,
}

impl Work<'_> {
    async fn run(&self, resumed: bool) -> Result<Rebuilt, RebuildError> {
        let mut rebuilt = Rebuilt {
            resumed,
            ..Rebuilt::default()
        };
        stage::sweep(self.pool).await?;
        if !resumed {
            stage::clear(self.pool, self.lease).await?;
            stage::set(self.pool, self.lease, self.models).await?;
        }
        self.phase(Phase::Replay).await?;
        let started = Instant::now();
        let total = replay::begin(self.pool, self.lease, self.progress).await?;
        rebuilt.events =
            replay::run(self.pool, self.lease, self.plan.workers, self.progress).await?;
        rebuilt.replay = started.elapsed();
        rebuilt.replayed = rebuilt.events;
        tracing::debug!(total, events = rebuilt.events, "the log is read");
        self.phase(Phase::Index).await?;
        stage::index(self.pool, self.lease, self.models).await?;
        self.phase(Phase::Catchup).await?;
        let compared = catchup::run(self, &mut rebuilt).await?;
        self.phase(Phase::Golive).await?;
        self.go_live(&compared, &mut rebuilt).await?;
        self.tell(Phase::Done);
        stage::sweep(self.pool).await?;
        Ok(rebuilt)
    }

    /// Tries until it has the tables to itself for a moment.
    async fn go_live(
        &self,
        compared: &catchup::Compared,
        rebuilt: &mut Rebuilt,
    ) -> Result<(), RebuildError> {
        const TRIES: u32 = 30;
        let mut pause = Duration::from_millis(100);
        loop {
            rebuilt.tries += 1;
            match swap::swap(self, compared, rebuilt).await {
                Err(error) if error.is_in_the_way() && rebuilt.tries < TRIES => {
                    tracing::debug!(%error, "somebody is in the way of the swap; trying again");
                    sleep(pause).await;
                    pause = (pause * 2).min(Duration::from_secs(3));
                }
                done => return done,
            }
            // What was written since is applied outside of the locks.
            catchup::follow(self, rebuilt).await?;
        }
    }

    async fn phase(&self, phase: Phase) -> Result<(), RebuildError> {
        self.lease.phase(self.pool, phase).await?;
        self.tell(phase);
        Ok(())
    }

    fn tell(&self, phase: Phase) {
        self.progress.send_modify(|progress| progress.phase = phase);
    }

    fn names(&self) -> Vec<&'static str> {
        self.models.iter().map(|model| model.name).collect()
    }
}
