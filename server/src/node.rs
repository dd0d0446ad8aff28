//! What this process has: made once, top to bottom, in `start`, and shared by reference.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use adapters::Secret;
use adapters::psp::Client;
use adapters::transport::Transport;
use adapters::whatsapp::Api;
use chrono::{DateTime, Utc};
use eventstore::inbox::Inbox;
use eventstore::outbox::Outbox;
use eventstore::registry::Registry;
use eventstore::statement::Statement;
use projections::Readings;
use sqlx::PgPool;
use tokio::sync::Notify;
use url::Url;

use crate::door::Door;
use crate::hub::Hub;
use crate::identity::Identity;
pub use crate::senders::{AccountConfig, Number, NumberConfig, Numbers, Senders};

/// One process of LivePay. Cheap to clone.
#[derive(Clone)]
pub struct Node(Arc<Parts>);

impl std::fmt::Debug for Node {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Node")
    }
}

impl Deref for Node {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// What a node is made of.
pub struct Parts {
    /// Everything that changes a shop passes here.
    pub door: Door,
    /// A few connections with the writer's role.
    pub pool: PgPool,
    /// A few connections for the readings.
    pub reading: PgPool,
    /// A few connections for pages: one shop at a time, by its role.
    pub pages: PgPool,
    /// Hashes for people, numbers and messages.
    pub identity: Identity,
    /// What the neighbours said.
    pub inbox: Inbox,
    /// What was promised.
    pub outbox: Outbox,
    /// Numbers, accounts, contacts.
    pub registry: Registry,
    /// The read models.
    pub readings: Readings,
    /// The live pages.
    pub hub: Arc<Hub>,
    /// How WhatsApp is spoken to and believed.
    pub whatsapp: WhatsApp,
    /// The payment accounts, by the name in their webhook's address.
    pub accounts: BTreeMap<String, Account>,
    /// The numbers we speak for.
    pub numbers: Numbers,
    /// Which of them this node speaks for.
    pub senders: Senders,
    /// What the links in chats begin with.
    pub public_url: String,
    /// Whether shops may be opened by anyone who reaches us (the demo).
    pub demo: bool,
    /// Rings when a webhook was stored.
    pub inbox_news: Notify,
    /// Rings when words may have been promised.
    pub say_news: Notify,
    /// Rings when an errand to a provider may have been promised.
    pub charge_news: Notify,
    /// Names and words of shops, remembered a while.
    pub words: crate::shops::Words,
    /// What the providers say about money.
    pub statement: Statement,
    /// Which account each shop is paid through.
    pub payees: crate::payees::Payees,
    /// How often the provider's list of the week is read.
    pub sweep: Duration,
    /// Set when the house closes.
    pub closing: AtomicBool,
}

/// How WhatsApp is spoken to and believed.
#[derive(Debug)]
pub struct WhatsApp {
    /// The only HTTP client.
    pub transport: Transport,
    /// The Graph API.
    pub base: Url,
    /// Its version.
    pub version: String,
    /// What Meta shows when the address is saved.
    pub verify_token: Secret,
    /// What signs webhooks: one, or two while one is replaced.
    pub app_secrets: Vec<Secret>,
}

impl WhatsApp {
    /// The API, as one number.
    pub fn api(&self, token: &Secret) -> Api {
        Api::new(
            self.transport.clone(),
            self.base.clone(),
            &self.version,
            token.clone(),
        )
    }
}

/// One payment account.
#[derive(Debug, Clone)]
pub struct Account {
    /// Its keyed hash: the sender of its errands.
    pub id: String,
    /// Its name in addresses.
    pub name: String,
    /// Drives the provider.
    pub client: Client,
    /// The time one call takes at the account's pace.
    pub every: Duration,
    /// Calls that may go at once.
    pub burst: u32,
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parts")
            .field("public_url", &self.public_url)
            .finish_non_exhaustive()
    }
}

impl Node {
    /// Shares the parts.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

impl Parts {
    /// Now, by the database's clock.
    pub fn now(&self) -> DateTime<Utc> {
        self.door.log().now()
    }

    /// Whether the house closes.
    pub fn stopping(&self) -> bool {
        self.closing.load(Ordering::Relaxed)
    }

    /// The name, place and currency of a shop, for words.
    pub async fn shop_words(&self, shop: uuid::Uuid) -> crate::shops::ShopWords {
        self.words.of(&self.pages, shop).await
    }

    /// Whether any attempt may have money that no webhook told.
    pub async fn anything_open(&self) -> bool {
        projections::attempts::anything_open(&self.reading)
            .await
            .unwrap_or(true)
    }
}
