//! What a node is made of, once its log runs.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;

use adapters::Secret;
use adapters::psp;
use adapters::transport::Transport;
use adapters::whatsapp::Api;
use eventstore::inbox::Inbox;
use eventstore::outbox::Outbox;
use eventstore::registry::Registry;
use eventstore::statement::Statement;
use eventstore::{Log, MasterKey, Role};
use projections::Readings;
use sqlx::postgres::PgConnectOptions;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use url::Url;

use super::{OpenError, account_id};
use crate::config::Settings;
use crate::decider::Shops;
use crate::door::Door;
use crate::hub::{Hub, Now};
use crate::identity::Identity;
use crate::names::KeyedNames;
use crate::node::{Account, AccountConfig, Node, Numbers, Parts, Senders, WhatsApp};
use crate::senders::ApiMaker;

/// Connections for the readings, and for pages.
const CONNECTIONS: u32 = 6;

/// What a node stands on.
pub(super) struct Ground<'a> {
    pub settings: &'a Settings,
    pub demo: bool,
    pub extra: &'a [(&'a str, AccountConfig)],
    pub log: Arc<Log<Shops>>,
    pub options: &'a PgConnectOptions,
    pub master: &'a Arc<MasterKey>,
}

fn wrong(error: &dyn Display) -> OpenError {
    OpenError::Wrong(error.to_string())
}

impl Ground<'_> {
    /// Makes the node, and the task that feeds the live pages.
    pub(super) async fn node(self) -> Result<(Node, JoinHandle<()>), OpenError> {
        let name = self.settings.node();
        let identity = Identity::new(Arc::clone(self.master));
        let pool = self.log.pool().clone();
        let reading = eventstore::pool(self.options, &name, Role::Projector, CONNECTIONS);
        let pages = eventstore::pool(self.options, &name, Role::Login, CONNECTIONS);
        let registry = Registry::new(pool.clone(), &name, Arc::clone(self.master));
        self.introduce(&registry, &identity).await?;
        let whatsapp = self.whatsapp()?;
        let accounts = accounts(&registry, &whatsapp.transport).await?;
        let readings = Readings::start(reading.clone(), self.log.subscribe()).await?;
        let names = Arc::new(KeyedNames::new(pool.clone(), Arc::clone(self.master)));
        let (hub, live) = Hub::start(pages.clone(), names, self.now(), readings.applied());
        let inbox = Inbox::start(pool.clone(), &name, Arc::clone(self.master)).await?;
        let numbers = Numbers::new(registry.clone(), identity.clone(), maker(&whatsapp));
        numbers.read().await?;
        let outbox = Outbox::new(pool.clone(), &name);
        outbox.reclaim().await?;
        let statement = Statement::new(pool.clone());
        let senders = Senders::default();
        senders.renew(&registry).await?;
        let node = Node::new(Parts {
            door: self.door(&identity)?,
            pool,
            reading,
            pages,
            identity,
            inbox,
            outbox,
            registry,
            readings,
            hub,
            whatsapp,
            accounts,
            numbers,
            senders,
            public_url: self.settings.public_url(),
            demo: self.demo,
            inbox_news: Notify::new(),
            say_news: Notify::new(),
            charge_news: Notify::new(),
            words: crate::shops::Words::default(),
            statement,
            payees: crate::payees::Payees::default(),
            sweep: self.settings.sweep(),
            closing: std::sync::atomic::AtomicBool::new(false),
        });
        Ok((node, live))
    }

    /// Registers the accounts that were brought along (the sandbox's, in a demo).
    async fn introduce(&self, registry: &Registry, identity: &Identity) -> Result<(), OpenError> {
        for (provider, config) in self.extra {
            let id = account_id(identity, provider, &config.name);
            let secret = serde_json::to_vec(config).map_err(|error| wrong(&error))?;
            registry.put_account(&id, provider, &secret).await?;
        }
        Ok(())
    }

    fn whatsapp(&self) -> Result<WhatsApp, OpenError> {
        let settings = self.settings;
        let secrets = [
            &settings.whatsapp_app_secret,
            &settings.whatsapp_app_secret_previous,
        ];
        let verify_token = settings.whatsapp_verify_token.clone().unwrap_or_default();
        Ok(WhatsApp {
            transport: Transport::new().map_err(|error| wrong(&error))?,
            base: Url::parse(&settings.whatsapp_url).map_err(|error| wrong(&error))?,
            version: settings.whatsapp_version.clone(),
            verify_token: Secret::new(verify_token),
            app_secrets: secrets.into_iter().flatten().map(Secret::new).collect(),
        })
    }

    fn now(&self) -> Now {
        let log = Arc::clone(&self.log);
        Arc::new(move || log.now())
    }

    fn door(&self, identity: &Identity) -> Result<Door, OpenError> {
        let given = self.settings.node_secret.clone();
        let secret = given.unwrap_or_else(|| identity.token("node", "secret"));
        let carrier = reqwest::Client::builder()
            .timeout(Duration::from_secs(10))
            .no_proxy()
            .build()
            .map_err(|error| wrong(&error))?;
        Ok(Door::new(Arc::clone(&self.log), carrier, secret.into()))
    }
}

/// Makes an API for any number's token.
fn maker(whatsapp: &WhatsApp) -> ApiMaker {
    let (transport, base) = (whatsapp.transport.clone(), whatsapp.base.clone());
    let version = whatsapp.version.clone();
    ApiMaker(Box::new(move |token: &Secret| {
        Api::new(transport.clone(), base.clone(), &version, token.clone())
    }))
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
            webhook_secrets: config
                .webhook_secrets
                .into_iter()
                .map(Secret::new)
                .collect(),
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
