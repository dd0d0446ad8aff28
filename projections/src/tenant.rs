//! Reading one shop and no other.

use eventstore::Lane;
use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use uuid::Uuid;

/// The gate first, the snapshot after: LOCK takes none. When rebuilt tables take the place of old
/// ones, whoever waited here sees all that is in them.
const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; \
     SET LOCAL ROLE livepay_reader; LOCK TABLE public.reading_gate IN ACCESS SHARE MODE";

/// A read-only transaction that sees one shop, at one instant.
///
/// It takes the role `livepay_reader` and names the shop to row-level security: a query that
/// forgets its WHERE still sees only that shop.
#[derive(Debug)]
pub struct TenantTx {
    tx: Transaction<'static, Postgres>,
    lane: i16,
    shop: Uuid,
}

impl TenantTx {
    /// Opens it on a pool whose login is a member of the role.
    pub async fn begin(pool: &PgPool, shop: Uuid) -> Result<Self, sqlx::Error> {
        let mut tx = pool.begin_with(BEGIN).await?;
        sqlx::query(
            "SELECT set_config('livepay.shop', $1, true),
                    set_config('search_path', 'reading, public', true)",
        )
        .bind(shop.to_string())
        .execute(&mut *tx)
        .await?;
        Ok(Self {
            tx,
            lane: Lane::of(shop).number(),
            shop,
        })
    }

    /// The connection inside.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    /// Lane and shop: the head of every key.
    pub fn place(&self) -> (i16, Uuid) {
        (self.lane, self.shop)
    }

    /// Ends it; dropping it does the same a little later.
    pub async fn end(self) -> Result<(), sqlx::Error> {
        self.tx.rollback().await
    }
}
