//! Puts a node together, top to bottom, and takes it down again in the other direction.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use adapters::Secret;
use adapters::psp;
use adapters::transport::Transport;
use adapters::whatsapp::Api;
use eventstore::inbox::Inbox;
use eventstore::outbox::Outbox;
use eventstore::registry::Registry;
use eventstore::{Log, LogConfig, MasterKey, Role};
use projections::Readings;
use sqlx::postgres::PgConnectOptions;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use url::Url;

use crate::config::Settings;
use crate::decider::Shops;
use crate::door::Door;
use crate::hub::{Hub, Now};
use crate::identity::Identity;
use crate::names::KeyedNames;
use crate::node::{Account, AccountConfig, Node, Numbers, Parts, Senders, WhatsApp};
use crate::postgres::{Private, PrivateConfig};
use crate::senders::ApiMaker;
use crate::{accept, http, migrate, workers};
use crate::stop::stopped;

/// How often this node asks again which numbers are its.
const SENDERS: Duration = Duration::from_secs(2);

/// Why the house does not open. The sentences say what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A setting.
    #[error(transparent)]
    Config(#[from] crate::config::ConfigError),
    /// The private PostgreSQL.
    #[error(transparent)]
    Postgres(#[from] crate::postgres::Error),
    /// The database's shape.
    #[error("the database cannot be brought up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// The log.
    #[error(transparent)]
    Log(#[from] eventstore::StartError),
    /// The readings.
    #[error(transparent)]
    Readings(#[from] projections::StartError),
    /// The database.
    #[error("the database cannot be used: {0}; is DATABASE_URL right?")]
    Database(#[from] sqlx::Error),
    /// The inbox.
    #[error(transparent)]
    Inbox(#[from] eventstore::inbox::InboxError),
    /// The registry.
    #[error(transparent)]
    Registry(#[from] eventstore::registry::RegistryError),
    /// The address.
    #[error("{listen} cannot be listened on: {reason}; choose another with --listen")]
    Listen {
        /// Which address.
        listen: SocketAddr,
        /// Why.
        reason: std::io::Error,
    },
    /// Anything that is written wrong.
    #[error("{0}")]
    Wrong(String),
}

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
    let listener = TcpListener::bind(settings.listen)
        .await
        .map_err(|reason| OpenError::Listen { listen: settings.listen, reason })?;
    let addr = listener.local_addr().map_err(|error| wrong(&error))?;
    let options: PgConnectOptions = url.parse()?;
    let mut config = LogConfig::new(options.clone(), settings.node());
    config.url = Some(settings.node_url());
    config.lease = settings.lease();
    let log = Arc::new(Log::start(config, Shops, Arc::clone(&master)).await?);
    let node = parts(settings, demo, extra, Arc::clone(&log), &options, &master).await?;
    let (stop, stopped) = watch::channel(false);
    let (node, live) = node;
    let working = work(&node, &stopped);
    let serving = tokio::spawn(accept::serve(listener, http::router(node.clone()), stopped));
    tracing::info!(%addr, node = settings.node(), "the house is open");
    Ok(House { node, addr, stop, serving, working, live, database })
}

async fn parts(
    settings: &Settings,
    demo: bool,
    extra: &[(&str, AccountConfig)],
    log: Arc<Log<Shops>>,
    options: &PgConnectOptions,
    master: &Arc<MasterKey>,
) -> Result<(Node, JoinHandle<()>), OpenError> {
    let wrong = |error: &dyn std::fmt::Display| OpenError::Wrong(error.to_string());
    let name = settings.node();
    let identity = Identity::new(Arc::clone(master));
    let pool = log.pool().clone();
    let reading = eventstore::pool(options, &name, Role::Projector, 6);
    let pages = eventstore::pool(options, &name, Role::Login, 6);
    let registry = Registry::new(pool.clone(), &name, Arc::clone(master));
    for (provider, config) in extra {
        let id = account_id(&identity, provider, &config.name);
        let secret = serde_json::to_vec(config).map_err(|error| wrong(&error))?;
        registry.put_account(&id, provider, &secret).await?;
    }
    let transport = Transport::new().map_err(|error| wrong(&error))?;
    let accounts = accounts(&registry, &transport).await?;
    let base = Url::parse(&settings.whatsapp_url).map_err(|error| wrong(&error))?;
    let version = settings.whatsapp_version.clone();
    let maker = {
        let (transport, base) = (transport.clone(), base.clone());
        let version = version.clone();
        ApiMaker(Box::new(move |token: &Secret| {
            Api::new(transport.clone(), base.clone(), &version, token.clone())
        }))
    };
    let secrets = [&settings.whatsapp_app_secret, &settings.whatsapp_app_secret_previous];
    let whatsapp = WhatsApp {
        transport,
        base,
        version,
        verify_token: Secret::new(settings.whatsapp_verify_token.clone().unwrap_or_default()),
        app_secrets: secrets.into_iter().flatten().map(Secret::new).collect(),
    };
    let readings = Readings::start(reading.clone(), log.subscribe()).await?;
    let names = Arc::new(KeyedNames::new(pool.clone(), Arc::clone(master)));
    let now: Now = {
        let log = Arc::clone(&log);
        Arc::new(move || log.now())
    };
    let (hub, live) = Hub::start(pages.clone(), names, now, readings.applied());
    let inbox = Inbox::start(pool.clone(), &name, Arc::clone(master)).await?;
    let numbers = Numbers::new(registry.clone(), identity.clone(), maker);
    numbers.read().await?;
    let outbox = Outbox::new(pool.clone(), &name);
    outbox.reclaim().await?;
    let senders = Senders::default();
    senders.renew(&registry).await?;
    let secret = settings.node_secret.clone();
    let secret = secret.unwrap_or_else(|| identity.token("node", "secret"));
    let carrier = reqwest::Client::builder()
        .timeout(Duration::from_secs(10))
        .no_proxy()
        .build()
        .map_err(|error| wrong(&error))?;
    let node = Node::new(Parts {
        door: Door::new(log, carrier, secret.into()),
        outbox,
        pool,
        reading,
        pages,
        identity,
        inbox,
        registry,
        readings,
        hub,
        whatsapp,
        accounts,
        numbers,
        senders,
        public_url: settings.public_url(),
        demo,
        inbox_news: Notify::new(),
        say_news: Notify::new(),
        charge_news: Notify::new(),
        words: crate::shops::Words::default(),
        told: std::sync::Mutex::default(),
        closing: std::sync::atomic::AtomicBool::new(false),
    });
    Ok((node, live))
}

async fn accounts(
    registry: &Registry,
    transport: &Transport,
) -> Result<BTreeMap<String, Account>, OpenError> {
    let mut accounts = BTreeMap::new();
    for stored in registry.accounts().await? {
        let wrong = |why: String| OpenError::Wrong(format!("the account {}: {why}", stored.id));
        let config: AccountConfig =
            serde_json::from_slice(&stored.secret).map_err(|error| wrong(error.to_string()))?;
        let provider = psp::provider(&stored.provider)
            .ok_or_else(|| wrong(format!("nobody knows the provider {}", stored.provider)))?;
        let account = psp::Account {
            base: Url::parse(&config.base).map_err(|error| wrong(error.to_string()))?,
            public_key: Secret::new(config.public_key),
            secret_key: Secret::new(config.secret_key),
            webhook_secrets: config.webhook_secrets.into_iter().map(Secret::new).collect(),
        };
        let client = psp::Client::new(transport.clone(), provider, account)
            .map_err(|misfit| wrong(misfit.to_string()))?;
        let every = Duration::from_secs_f64(1.0 / config.per_second.clamp(0.01, 1_000.0));
        let account = Account {
            id: stored.id.clone(),
            name: config.name.clone(),
            client,
            every,
            burst: config.burst.max(1),
        };
        accounts.insert(config.name, account);
    }
    Ok(accounts)
}

/// Sets the workers going.
fn work(node: &Node, stop: &watch::Receiver<bool>) -> Vec<JoinHandle<()>> {
    let mut working = vec![
        tokio::spawn(workers::inbox::run(node.clone(), stop.clone())),
        tokio::spawn(workers::outbox::run(node.clone(), stop.clone())),
        tokio::spawn(tell(node.clone(), stop.clone())),
        tokio::spawn(renew(node.clone(), stop.clone())),
    ];
    for account in node.accounts.values().cloned() {
        working.push(tokio::spawn(workers::charges::run(node.clone(), account, stop.clone())));
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
        self.node.closing.store(true, std::sync::atomic::Ordering::Relaxed);
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
