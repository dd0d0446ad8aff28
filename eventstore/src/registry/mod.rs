//! The home tables: provider accounts, our numbers, the people who wrote to them.
//!
//! What is secret or personal is sealed under the home key, tied to its row; look-ups go by id
//! (opaque, an HMAC where it stands for a phone or a person).

mod contact;

use std::sync::Arc;

use sqlx::{PgPool, Row};
use uuid::Uuid;

pub use contact::Contact;

use crate::{
    MasterKey,
    seal::{self, DataKey, SealError},
};

const ACCOUNT_PUT: &str = include_str!("../../sql/account_put.sql");
const ACCOUNT_LIST: &str = include_str!("../../sql/account_list.sql");
const ACCOUNT_LEASE: &str = include_str!("../../sql/account_lease.sql");
const NUMBER_PUT: &str = include_str!("../../sql/number_put.sql");
const NUMBER_LIST: &str = include_str!("../../sql/number_list.sql");
const NUMBER_LEASE: &str = include_str!("../../sql/number_lease.sql");

/// The home tables of one node. `pool` has the writer's role.
#[derive(Clone, Debug)]
pub struct Registry {
    pool: PgPool,
    node: String,
    key: DataKey,
    master: Arc<MasterKey>,
}

/// An account with a provider. `secret` is the provider adapter's own bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: String,
    pub provider: String,
    pub secret: Vec<u8>,
    /// The node that calls for it now.
    pub node: Option<String>,
}

/// A number we send from. `shop` is `None` for a shared one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    pub id: String,
    pub shop: Option<Uuid>,
    pub secret: Vec<u8>,
    /// The node that sends from it now.
    pub node: Option<String>,
}

/// The registry could not do it.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Seal(#[from] SealError),
}

impl Registry {
    pub fn new(pool: PgPool, node: impl Into<String>, master: Arc<MasterKey>) -> Self {
        Self {
            pool,
            node: node.into(),
            key: master.home_key(),
            master,
        }
    }

    /// The opaque id under which a value is looked up (see [`MasterKey::mac`]), in hex.
    pub fn opaque(&self, purpose: &str, value: &str) -> String {
        hex::encode(self.master.mac(purpose, value.as_bytes()))
    }

    /// Adds or replaces an account.
    pub async fn put_account(
        &self,
        id: &str,
        provider: &str,
        secret: &[u8],
    ) -> Result<(), RegistryError> {
        let sealed = self.seal("account", id, secret)?;
        let query = sqlx::query(ACCOUNT_PUT)
            .bind(id)
            .bind(provider)
            .bind(sealed);
        query.execute(&self.pool).await?;
        Ok(())
    }

    pub async fn accounts(&self) -> Result<Vec<Account>, RegistryError> {
        let mut accounts = Vec::new();
        for row in sqlx::query(ACCOUNT_LIST).fetch_all(&self.pool).await? {
            let id: String = row.try_get("id")?;
            let secret = self.open("account", &id, row.try_get("sealed")?)?;
            let (provider, node) = (row.try_get("provider")?, row.try_get("node")?);
            accounts.push(Account {
                id,
                provider,
                secret,
                node,
            });
        }
        Ok(accounts)
    }

    /// Takes the accounts nobody alive speaks for; returns those that are ours now.
    pub async fn lease_accounts(&self, ids: &[String]) -> Result<Vec<String>, RegistryError> {
        let query = sqlx::query_scalar(ACCOUNT_LEASE).bind(ids).bind(&self.node);
        Ok(query.fetch_all(&self.pool).await?)
    }

    /// Adds or replaces a number.
    pub async fn put_number(
        &self,
        id: &str,
        shop: Option<Uuid>,
        secret: &[u8],
    ) -> Result<(), RegistryError> {
        let sealed = self.seal("number", id, secret)?;
        sqlx::query(NUMBER_PUT)
            .bind(id)
            .bind(shop)
            .bind(sealed)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    pub async fn numbers(&self) -> Result<Vec<Number>, RegistryError> {
        let mut numbers = Vec::new();
        for row in sqlx::query(NUMBER_LIST).fetch_all(&self.pool).await? {
            let id: String = row.try_get("id")?;
            let secret = self.open("number", &id, row.try_get("sealed")?)?;
            let (shop, node) = (row.try_get("shop_id")?, row.try_get("node")?);
            numbers.push(Number {
                id,
                shop,
                secret,
                node,
            });
        }
        Ok(numbers)
    }

    /// Takes the numbers nobody alive sends from; returns those that are ours now.
    pub async fn lease_numbers(&self, ids: &[String]) -> Result<Vec<String>, RegistryError> {
        let query = sqlx::query_scalar(NUMBER_LEASE).bind(ids).bind(&self.node);
        Ok(query.fetch_all(&self.pool).await?)
    }

    fn seal(&self, table: &str, id: &str, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        seal::seal_bytes(&self.key, format!("{table}/{id}").as_bytes(), plain)
    }

    fn open(&self, table: &str, id: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let place = format!("{table}/{id}");
        seal::open_bytes(&self.key, place.as_bytes(), sealed).map(|opened| opened.to_vec())
    }
}
