//! The keeper: this node's lease, and the lanes it may write.
//!
//! Liveness is the node's row, renewed at a third of the lease on a connection of its own, by the
//! database's clock. Safety is the epoch in each lane's head: a node that slept through its lease
//! can commit nothing there, whatever it believes.
//!
//! A tick: renew (or, if the lease lapsed, drop everything and register anew) → survey the lanes
//! → end the sessions of lapsed nodes → take what is free, lane by lane → tell the committers.

mod lanes;

use std::{
    collections::{BTreeSet, HashMap},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use sqlx::{Connection, PgConnection};
use tokio::sync::{mpsc, oneshot};

use lanes::Taker;

use crate::{
    Decider, Lane, LogConfig,
    column::column,
    committer::{Head, Order, Ownership},
    session::{self, Role},
};

const REGISTER: &str = include_str!("../../sql/node_register.sql");
const RENEW: &str = include_str!("../../sql/node_renew.sql");
const LEAVE: &str = include_str!("../../sql/node_leave.sql");

/// Keeps the lease; one task.
pub(crate) struct Keeper {
    config: LogConfig,
    speaks: i32,
    ownership: Arc<Ownership>,
    committers: Vec<mpsc::Sender<Order>>,
    connection: Option<PgConnection>,
    registered: bool,
    /// Lanes given to the committers, with their epochs.
    granted: HashMap<Lane, i64>,
    /// Lanes granted since this node registered: they cannot have been silent for longer than
    /// their committer knows.
    served: BTreeSet<Lane>,
    /// Torture tests hold the breath here.
    pub(crate) paused: Arc<AtomicBool>,
}

impl Keeper {
    pub(crate) fn new<D: Decider>(
        config: LogConfig,
        ownership: Arc<Ownership>,
        committers: Vec<mpsc::Sender<Order>>,
        connection: PgConnection,
    ) -> Self {
        Self {
            config,
            speaks: D::SPEAKS,
            ownership,
            committers,
            connection: Some(connection),
            registered: false,
            granted: HashMap::new(),
            served: BTreeSet::new(),
            paused: Arc::new(AtomicBool::new(false)),
        }
    }

    /// Runs until `stop`, then gives every lane back and leaves.
    pub(crate) async fn run(mut self, mut stop: oneshot::Receiver<()>) {
        let third = self
            .config
            .lease
            .checked_div(3)
            .unwrap_or(self.config.lease);
        loop {
            // A second look soon when a tick failed: the lease is running.
            let nap = if self.connection.is_some() {
                third
            } else {
                third / 4
            };
            tokio::select! {
                _ = &mut stop => break,
                () = self.ownership.rang.notified() => {
                    // A lost lane is looked at soon, but never in a circle.
                    tokio::time::sleep(Duration::from_millis(50).min(third)).await;
                }
                () = tokio::time::sleep(nap) => {}
            }
            if !self.paused.load(Ordering::Relaxed) {
                self.try_tick().await;
            }
        }
        if let Err(error) = self.leave().await {
            tracing::warn!(%error, "the lanes were not given back; they lapse with the lease");
        }
    }

    async fn try_tick(&mut self) {
        let limit = self.config.lease.max(Duration::from_secs(5));
        let ticked = tokio::time::timeout(limit, self.tick()).await;
        match ticked {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::warn!(%error, "the lease could not be renewed");
                self.connection = None;
            }
            Err(_elapsed) => self.connection = None,
        }
    }

    /// One round. The first one, at the start, takes whatever is free.
    pub(crate) async fn tick(&mut self) -> Result<(), sqlx::Error> {
        for lane in self.ownership.take_lost() {
            self.granted.remove(&lane);
        }
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => connect(&self.config).await?,
        };
        let seconds = self.config.lease.as_secs_f64();
        if self.registered {
            let renewed = sqlx::query(RENEW)
                .bind(&self.config.node)
                .bind(seconds)
                .fetch_all(&mut connection)
                .await?;
            self.registered = !renewed.is_empty();
            if !self.registered {
                tracing::error!("this node's lease lapsed: letting its lanes go");
                self.order_all(|| Order::DropAll).await;
            }
        }
        if !self.registered {
            sqlx::query(REGISTER)
                .bind(&self.config.node)
                .bind(&self.config.url)
                .bind(self.speaks)
                .bind(seconds)
                .execute(&mut connection)
                .await?;
            self.registered = true;
            self.served.clear();
        }
        self.take_free(&mut connection).await?;
        self.connection = Some(connection);
        Ok(())
    }

    async fn take_free(&mut self, connection: &mut PgConnection) -> Result<(), sqlx::Error> {
        let mut survey = lanes::survey(connection, &self.config.node, self.speaks).await?;
        for row in &mut survey {
            let ours = row.node.as_ref() == Some(&self.config.node);
            if ours && self.served.contains(&row.lane) {
                row.heard_at = None;
            }
        }
        let free = column(
            survey
                .iter()
                .filter(|row| row.free && !self.granted.contains_key(&row.lane)),
        );
        let lapsed: BTreeSet<&str> = free
            .iter()
            .filter(|row| row.lapsed)
            .filter_map(|row| row.node.as_deref())
            .collect();
        for node in lapsed {
            tracing::warn!(node, "a node's lease lapsed: taking its lanes");
            lanes::end_sessions(connection, node).await?;
        }
        let count = self.committers.len().max(1);
        let mut gains: Vec<Vec<(Lane, Head)>> = vec![Vec::new(); count];
        let taker = Taker {
            node: &self.config.node,
            speaks: self.speaks,
            silence: self.config.silence.as_secs_f64(),
        };
        let unowned = column(free.iter().copied().filter(|row| !row.lapsed));
        let mut taken = lanes::take_all(connection, taker, &unowned).await?;
        // Somebody may still write the others: one at a time, and not for longer than our own
        // lease allows; the next tick goes on.
        let until = Instant::now() + self.config.lease / 3;
        for row in free.iter().filter(|row| row.lapsed) {
            if Instant::now() >= until {
                self.ownership.rang.notify_one();
                break;
            }
            let head = lanes::take(connection, taker, row).await?;
            taken.extend(head.map(|head| (row.lane, head)));
        }
        for (lane, head) in taken {
            self.granted.insert(lane, head.epoch);
            self.served.insert(lane);
            let index = lane.index().checked_rem(count).unwrap_or_default();
            if let Some(gain) = gains.get_mut(index) {
                gain.push((lane, head));
            }
        }
        for (committer, gain) in self.committers.iter().zip(gains) {
            if !gain.is_empty() {
                // A committer that is gone needs no lanes: the process is ending.
                drop(committer.send(Order::Gain(gain)).await);
            }
        }
        let urls = survey
            .into_iter()
            .map(|row| row.url.map(Arc::from))
            .collect();
        self.ownership.learn_urls(urls);
        Ok(())
    }

    async fn order_all(&self, order: impl Fn() -> Order) {
        for committer in &self.committers {
            drop(committer.send(order()).await);
        }
    }

    /// How many lanes the committers were given.
    pub(crate) fn granted(&self) -> usize {
        self.granted.len()
    }

    async fn leave(&mut self) -> Result<(), sqlx::Error> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => connect(&self.config).await?,
        };
        lanes::release(&mut connection, &self.config.node, &self.granted).await?;
        for lane in self.granted.keys() {
            self.ownership.set(*lane, false);
        }
        sqlx::query(LEAVE)
            .bind(&self.config.node)
            .execute(&mut connection)
            .await?;
        connection.close().await
    }
}

/// The keeper's own connection; it never waits long for a head.
pub(crate) async fn connect(config: &LogConfig) -> Result<PgConnection, sqlx::Error> {
    let mut connection = session::connect(&config.database, &config.node, Role::Writer).await?;
    sqlx::raw_sql("SET lock_timeout = '500ms'")
        .execute(&mut connection)
        .await?;
    Ok(connection)
}

/// Ends what an earlier process of the same name may have left open.
pub(crate) async fn end_earlier(
    connection: &mut PgConnection,
    node: &str,
) -> Result<(), sqlx::Error> {
    lanes::end_sessions(connection, node).await
}
