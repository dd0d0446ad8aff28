//! The bars of the page, and the terms that [`crate::verify`] compares.

use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::TenantTx;

/// The stock of one variant, for [`crate::verify`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Terms {
    pub variant: i64,
    pub product: i64,
    pub on_hand: i64,
    pub held: i64,
    pub committed: i64,
    pub blocked: i64,
}

/// All variants of one shop, by number.
pub(crate) async fn terms(
    conn: &mut PgConnection,
    (lane, shop): (i16, Uuid),
) -> Result<Vec<Terms>, sqlx::Error> {
    sqlx::query_as(
        "SELECT variant_id AS variant, product_id AS product, on_hand, held, committed, blocked
           FROM stock WHERE lane = $1 AND shop_id = $2 ORDER BY variant_id",
    )
    .bind(lane)
    .bind(shop)
    .fetch_all(conn)
    .await
}

/// One bar of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct StockCard {
    pub variant: i64,
    pub product: i64,
    pub keyword: String,
    pub name: String,
    /// Size and colour; empty for a product without variants.
    pub label: String,
    /// Minor units.
    pub price: i64,
    pub on_hand: i64,
    pub held: i64,
    pub committed: i64,
    pub blocked: i64,
    pub available: i64,
}

/// Whose bars moved.
#[derive(Clone, Copy, Debug)]
pub struct Which<'a> {
    pub variants: &'a [i64],
    pub products: &'a [i64],
    /// Orders that were offers.
    pub offers: &'a [i64],
}

/// The bars of `only` these, or of all: archived ones then only while units
/// are still owed.
pub async fn cards(
    tx: &mut TenantTx,
    only: Option<Which<'_>>,
) -> Result<Vec<StockCard>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        "SELECT s.variant_id AS variant, s.product_id AS product, p.keyword, p.name, s.label,
                p.price, s.on_hand, s.held, s.committed, s.blocked,
                s.on_hand - s.held - s.committed - s.blocked AS available
           FROM stock s JOIN products p USING (lane, shop_id, product_id)
          WHERE s.lane = $1 AND s.shop_id = $2
            AND ($3::bigint[] IS NULL OR s.variant_id = ANY($3) OR s.product_id = ANY($4)
                 OR s.variant_id IN (SELECT o.variant_id FROM offered o
                                      WHERE o.lane = $1 AND o.shop_id = $2
                                        AND o.order_id = ANY($5)))
            AND (NOT p.archived OR s.held > 0 OR s.committed > 0 OR $3 IS NOT NULL)
          ORDER BY s.product_id, s.variant_id",
    )
    .bind(lane)
    .bind(shop)
    .bind(only.map(|which| which.variants))
    .bind(only.map(|which| which.products))
    .bind(only.map(|which| which.offers))
    .fetch_all(tx.conn())
    .await
}
