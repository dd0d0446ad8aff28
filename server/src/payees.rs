//! Which account a shop is paid through. What another account says about it is not believed: a
//! reference is shown to payers, and each account's owner knows the secret of her own webhooks.

use dashmap::DashMap;
use domain::ids::ShopId;
use eventstore::Lane;
use sqlx::PgPool;
use uuid::Uuid;

const ACCOUNT: &str = "select body #>> '{shop,ShopOpened,account}' from event
    where lane = $1 and shop_id = $2 and kind = 'ShopOpened' order by seq limit 1";

/// Accounts by shop, as their first event says; remembered, for it never changes.
#[derive(Debug, Default)]
pub struct Payees {
    known: DashMap<Uuid, String>,
}

impl Payees {
    /// Whether the shop exists and is paid through this account.
    pub async fn is(
        &self,
        pool: &PgPool,
        shop: ShopId,
        account: &str,
    ) -> Result<bool, sqlx::Error> {
        if let Some(known) = self.known.get(&shop.0) {
            return Ok(*known == account);
        }
        let found: Option<Option<String>> = sqlx::query_scalar(ACCOUNT)
            .bind(Lane::of(shop.0).number())
            .bind(shop.0)
            .fetch_optional(pool)
            .await?;
        let Some(found) = found.flatten() else {
            return Ok(false);
        };
        let is = found == account;
        self.known.insert(shop.0, found);
        Ok(is)
    }
}
