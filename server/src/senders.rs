//! The numbers we speak for and the accounts we are paid through, and which of them this node
//! speaks for now: a number is sent from by one node at a time.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use adapters::Secret;
use adapters::whatsapp::Api;
use dashmap::DashMap;
use domain::ids::ShopId;
use eventstore::registry::{Registry, RegistryError};
use serde::{Deserialize, Serialize};

use crate::identity::Identity;

/// What is kept sealed of a number.
#[derive(Clone, Serialize, Deserialize)]
pub struct NumberConfig {
    /// The platform's id of it.
    pub phone_number_id: String,
    /// What speaks for it.
    pub token: String,
    /// Messages per second, in and out: 80, or 20 with the Business app on the same number.
    #[serde(default = "usual_pace")]
    pub per_second: u32,
}

fn usual_pace() -> u32 {
    80
}

/// What is kept sealed of a payment account.
#[derive(Clone, Serialize, Deserialize)]
pub struct AccountConfig {
    /// Its name in webhook addresses.
    pub name: String,
    /// The provider's API.
    pub base: String,
    /// Creates charges.
    pub public_key: String,
    /// Reads.
    pub secret_key: String,
    /// Proves webhooks: one, or two while one is replaced.
    pub webhook_secrets: Vec<String>,
    /// Calls per second (Bictorys: 1 until we are allow-listed; the sandbox: 50).
    pub per_second: f64,
    /// Calls that may go at once.
    pub burst: u32,
}

/// A number, ready to speak.
#[derive(Debug, Clone)]
pub struct Number {
    /// Its keyed hash.
    pub id: String,
    /// The shop it belongs to; none for a shared one.
    pub shop: Option<ShopId>,
    /// The platform's id of it.
    pub phone_number_id: String,
    /// What speaks for it.
    pub token: Secret,
    /// Its pace.
    pub per_second: u32,
}

impl std::fmt::Debug for NumberConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NumberConfig").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for AccountConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccountConfig")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// How often the list is read again for a number nobody knows.
const AGAIN: Duration = Duration::from_millis(500);

/// The numbers, by our hash of them.
#[derive(Debug)]
pub struct Numbers {
    registry: Registry,
    identity: Identity,
    api: ApiMaker,
    known: DashMap<String, Number>,
    read_at: RwLock<Option<Instant>>,
}

/// Makes an API for a token.
pub struct ApiMaker(pub Box<dyn Fn(&Secret) -> Api + Send + Sync>);

impl std::fmt::Debug for ApiMaker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ApiMaker")
    }
}

impl Numbers {
    /// The numbers of the registry.
    pub fn new(registry: Registry, identity: Identity, api: ApiMaker) -> Self {
        let (known, read_at) = (DashMap::new(), RwLock::new(None));
        Self {
            registry,
            identity,
            api,
            known,
            read_at,
        }
    }

    /// The number the platform calls so.
    pub async fn of_phone(&self, phone_number_id: &str) -> Option<Number> {
        self.get(&self.identity.sender(phone_number_id)).await
    }

    /// The number of a hash; the list is read again for one nobody knows.
    pub async fn get(&self, id: &str) -> Option<Number> {
        if let Some(number) = self.known.get(id) {
            return Some(number.clone());
        }
        self.read_again().await;
        self.known.get(id).map(|number| number.clone())
    }

    /// The API, as the number the platform calls so.
    pub async fn api(&self, phone_number_id: &str) -> Option<Api> {
        let number = self.of_phone(phone_number_id).await?;
        Some((self.api.0)(&number.token))
    }

    /// The pace of a number.
    pub fn per_second(&self, id: &str) -> u32 {
        self.known
            .get(id)
            .map_or_else(usual_pace, |number| number.per_second)
    }

    async fn read_again(&self) {
        let now = Instant::now();
        {
            let mut read_at = self.read_at.write().unwrap_or_else(PoisonError::into_inner);
            if read_at.is_some_and(|before| now.duration_since(before) < AGAIN) {
                return;
            }
            *read_at = Some(now);
        }
        if let Err(error) = self.read().await {
            tracing::warn!(%error, "the numbers cannot be read");
        }
    }

    /// Reads the list.
    pub async fn read(&self) -> Result<(), RegistryError> {
        for number in self.registry.numbers().await? {
            let Ok(config) = serde_json::from_slice::<NumberConfig>(&number.secret) else {
                tracing::error!(number = number.id, "a number's settings cannot be read");
                continue;
            };
            let ready = Number {
                id: number.id.clone(),
                shop: number.shop.map(ShopId),
                phone_number_id: config.phone_number_id,
                token: Secret::new(config.token),
                per_second: config.per_second.max(1),
            };
            self.known.insert(number.id, ready);
        }
        Ok(())
    }
}

/// What this node holds, asked again every few seconds.
#[derive(Debug, Clone, Default)]
pub struct Senders {
    held: Arc<RwLock<Held>>,
}

#[derive(Debug, Default)]
struct Held {
    numbers: Vec<String>,
    accounts: BTreeSet<String>,
}

impl Senders {
    /// The numbers this node sends from.
    pub fn numbers(&self) -> Vec<String> {
        self.held
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .numbers
            .clone()
    }

    /// Whether this node asks through an account.
    pub fn account(&self, id: &str) -> bool {
        self.held
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .accounts
            .contains(id)
    }

    /// Takes what nobody alive holds, and notes what this node holds.
    pub async fn renew(&self, registry: &Registry) -> Result<(), RegistryError> {
        let ids: Vec<String> = registry
            .numbers()
            .await?
            .into_iter()
            .map(|number| number.id)
            .collect();
        let numbers = registry.lease_numbers(&ids).await?;
        let ids: Vec<String> = registry
            .accounts()
            .await?
            .into_iter()
            .map(|account| account.id)
            .collect();
        let accounts = registry.lease_accounts(&ids).await?.into_iter().collect();
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = Held { numbers, accounts };
        Ok(())
    }
}
