//! Puts a node together, top to bottom, and takes it down again in the other direction.

mod error;
mod parts;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use eventstore::{Log, LogConfig};
use sqlx::postgres::PgConnectOptions;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::config::Settings;
use crate::decider::Shops;
use crate::identity::Identity;
use crate::node::{AccountConfig, Node};
use crate::postgres::{Private, PrivateConfig};
use crate::stop::stopped;
use crate::{accept, http, migrate, workers};

pub use error::OpenError;
use parts::Ground;

/// How often what is too old is let go.
const RETENTION: Duration = Duration::from_hours(6);
/// How often this node asks again which numbers are its.
const SENDERS: Duration = Duration::from_secs(2);

/// An open house.
#[derive(Debug)]
pub struct House {
    /// What it has.
    pub node: Node,
    /// Where it listens.
    pub addr: SocketAddr,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
    working: Vec<JoinHandle<()>>,
    live: JoinHandle<()>,
    database: Option<Private>,
}

/// The database of these settings: yours, or the private one, started.
pub async fn database(settings: &Settings) -> Result<(String, Option<Private>), OpenError> {
    if let Some(url) = &settings.database_url {
        return Ok((url.clone(), None));
    }
    let private = Private::start(PrivateConfig::new(settings.data.clone())).await?;
    let url = private.database("livepay").await?;
    Ok((url, Some(private)))
}

/// The name of the account's sender, for whoever opens shops.
pub fn account_id(identity: &Identity, provider: &str, name: &str) -> String {
    identity.sender(&format!("{provider}/{name}"))
}

/// Opens the house. `extra` are accounts to be registered before (the sandbox's, in a demo).
pub async fn open(
    settings: &Settings,
    demo: bool,
    extra: &[(&str, AccountConfig)],
) -> Result<House, OpenError> {
    let master = settings.master()?;
    let (url, database) = database(settings).await?;
    migrate::run(&url).await?;
    let wrong = |error: &dyn std::fmt::Display| OpenError::Wrong(error.to_string());
    let listener =
        TcpListener::bind(settings.listen)
            .await
            .map_err(|reason| OpenError::Listen {
                listen: settings.listen,
                reason,
            })?;
    let addr = listener.local_addr().map_err(|error| wrong(&error))?;
    let options: PgConnectOptions = url.parse()?;
    let mut config = LogConfig::new(options.clone(), settings.node());
    config.url = Some(settings.node_url());
    config.lease = settings.lease();
    let log = Arc::new(Log::start(config, Shops, Arc::clone(&master)).await?);
    let ground = Ground {
        settings,
        demo,
        extra,
        log,
        options: &options,
        master: &master,
    };
    let (node, live) = ground.node().await?;
    let (stop, stopped) = watch::channel(false);
    let working = work(&node, &stopped);
    let serving = tokio::spawn(accept::serve(listener, http::router(node.clone()), stopped));
    tracing::info!(%addr, node = settings.node(), "the house is open");
    Ok(House {
        node,
        addr,
        stop,
        serving,
        working,
        live,
        database,
    })
}

/// Sets the workers going.
fn work(node: &Node, stop: &watch::Receiver<bool>) -> Vec<JoinHandle<()>> {
    let mut working = vec![
        tokio::spawn(workers::inbox::run(node.clone(), stop.clone())),
        tokio::spawn(workers::outbox::run(node.clone(), stop.clone())),
        tokio::spawn(tell(node.clone(), stop.clone())),
        tokio::spawn(renew(node.clone(), stop.clone())),
        tokio::spawn(let_go(node.clone(), stop.clone())),
    ];
    for account in node.accounts.values().cloned() {
        working.push(tokio::spawn(workers::charges::run(
            node.clone(),
            account,
            stop.clone(),
        )));
    }
    working
}

/// One bell of the log, rung at every worker that may have something to do.
async fn tell(node: Node, mut stop: watch::Receiver<bool>) {
    let bell = node.door.log().wake_outbox();
    loop {
        tokio::select! {
            () = stopped(&mut stop) => return,
            () = bell.notified() => {
                node.say_news.notify_one();
                node.charge_news.notify_one();
            }
        }
    }
}

/// Lets go what is older than 35 days, now and every six hours.
async fn let_go(node: Node, mut stop: watch::Receiver<bool>) {
    loop {
        match eventstore::retention::run(&node.pool).await {
            Ok(gone) => tracing::debug!(?gone, "what was too old is gone"),
            Err(error) => tracing::warn!(%error, "what is too old could not be let go"),
        }
        tokio::select! {
            () = stopped(&mut stop) => return,
            () = tokio::time::sleep(RETENTION) => {}
        }
    }
}

async fn renew(node: Node, mut stop: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            () = stopped(&mut stop) => return,
            () = tokio::time::sleep(SENDERS) => {}
        }
        if let Err(error) = node.senders.renew(&node.registry).await {
            tracing::warn!(%error, "which numbers are ours cannot be asked");
        }
    }
}

impl House {
    /// The private database's folder, when there is one.
    pub fn database(&self) -> Option<&Private> {
        self.database.as_ref()
    }

    /// Closes: no new requests, what is under way ends, lanes are given back.
    pub async fn close(mut self) -> Result<(), OpenError> {
        tracing::info!("closing: what is under way ends first");
        self.stop.send_replace(true);
        if let Err(error) = self.serving.await {
            tracing::error!(%error, "the accept loop had died");
        }
        for worker in self.working {
            if let Err(error) = worker.await {
                tracing::error!(%error, "a worker had died");
            }
        }
        self.node
            .closing
            .store(true, std::sync::atomic::Ordering::Relaxed);
        self.node.readings.halt();
        self.live.abort();
        self.node.door.log().shutdown().await;
        self.node.reading.close().await;
        self.node.pages.close().await;
        if let Some(database) = &mut self.database {
            database.stop().await?;
        }
        Ok(())
    }
}
