//! Opens clients' names for the vendor's page: read with the shop's keys, never kept in clear.

use std::sync::Arc;

use domain::ids::{ClientId, ShopId};
use eventstore::{KeyRing, Lane, MasterKey};
use sqlx::PgPool;
use uuid::Uuid;

use crate::decider::open_sealed;
use crate::hub::Names;
use crate::person::short;

const KEYS: &str = "SELECT client_id, wrapped FROM client_key
    WHERE lane = $1 AND shop_id = $2 AND client_id = ANY($3)";

/// Opens names with the clients' keys.
#[derive(Debug)]
pub struct KeyedNames {
    pool: PgPool,
    master: Arc<MasterKey>,
}

impl KeyedNames {
    /// With a pool of the writer's role, and the key the others are wrapped with.
    pub fn new(pool: PgPool, master: Arc<MasterKey>) -> Self {
        Self { pool, master }
    }

    async fn ring(&self, shop: ShopId, clients: &[Uuid]) -> Result<KeyRing, sqlx::Error> {
        let mut ring = KeyRing::new(shop.0, Arc::clone(&self.master));
        let rows: Vec<(Uuid, Vec<u8>)> = sqlx::query_as(KEYS)
            .bind(Lane::of(shop.0).number())
            .bind(shop.0)
            .bind(clients)
            .fetch_all(&self.pool)
            .await?;
        for (client, wrapped) in rows {
            if let Err(error) = ring.load(client, &wrapped) {
                tracing::error!(%error, %shop, "a client's key does not open");
            }
        }
        Ok(ring)
    }
}

impl Names for KeyedNames {
    fn open(
        &self,
        shop: ShopId,
        sealed: Vec<(ClientId, String)>,
    ) -> std::pin::Pin<
        Box<dyn Future<Output = std::collections::HashMap<ClientId, String>> + Send + '_>,
    > {
        Box::pin(async move {
            let clients: Vec<Uuid> = sealed.iter().map(|(client, _)| client.0).collect();
            let ring = match self.ring(shop, &clients).await {
                Ok(ring) => ring,
                Err(error) => {
                    tracing::warn!(%error, "names cannot be read now");
                    return std::collections::HashMap::new();
                }
            };
            let opened = sealed.into_iter().filter_map(|(client, sealed)| {
                let name = open_sealed(&ring, client, &sealed)?;
                Some((client, short(&name)?))
            });
            opened.collect()
        })
    }
}
