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
    /// Where its picture is.
    pub photo: Option<String>,
    /// Units of paid orders: of the live that is on, or of today (UTC) outside one.
    pub sold: i64,
    /// Units asked for by those who wait for it.
    pub waiting: i64,
    /// How many they are.
    pub waiting_people: i64,
}

/// Whose bars moved.
#[derive(Clone, Copy, Debug)]
pub struct Which<'a> {
    pub variants: &'a [i64],
    pub products: &'a [i64],
    /// Orders that were offers.
    pub offers: &'a [i64],
    /// Orders whose money came or was taken back.
    pub money: &'a [i64],
}

/// Outside a live, what is sold today is counted over today's orders.
const CARDS: &str = "
WITH sold_here AS (
    SELECT variant_id, units FROM sold
     WHERE lane = $1 AND shop_id = $2 AND live_id = $7
     UNION ALL
    SELECT x.variant, sum(x.quantity)::bigint
      FROM orders o CROSS JOIN jsonb_to_recordset(o.lines) AS x(variant bigint, quantity bigint)
     WHERE o.lane = $1 AND o.shop_id = $2 AND $7::bigint IS NULL AND o.collected > 0
       AND o.placed_at >= date_trunc('day', now(), 'UTC')
     GROUP BY x.variant
), waits AS (
    SELECT variant_id, sum(quantity)::bigint AS units, count(*) AS people
      FROM waitlists WHERE lane = $1 AND shop_id = $2 AND NOT closed GROUP BY variant_id
)
SELECT s.variant_id AS variant, s.product_id AS product, p.keyword, p.name, s.label, p.price,
       s.on_hand, s.held, s.committed, s.blocked,
       s.on_hand - s.held - s.committed - s.blocked AS available, p.photo,
       coalesce(sold_here.units, 0) AS sold, coalesce(waits.units, 0) AS waiting,
       coalesce(waits.people, 0) AS waiting_people
  FROM stock s
  JOIN products p USING (lane, shop_id, product_id)
  LEFT JOIN sold_here USING (variant_id)
  LEFT JOIN waits USING (variant_id)
 WHERE s.lane = $1 AND s.shop_id = $2
   AND ($3::bigint[] IS NULL OR s.variant_id = ANY($3) OR s.product_id = ANY($4)
        OR s.variant_id IN (SELECT o.variant_id FROM offered o
                             WHERE o.lane = $1 AND o.shop_id = $2 AND o.order_id = ANY($5))
        OR s.variant_id IN (SELECT (line ->> 'variant')::bigint
                              FROM orders o CROSS JOIN jsonb_array_elements(o.lines) line
                             WHERE o.lane = $1 AND o.shop_id = $2 AND o.order_id = ANY($6)))
   AND (NOT p.archived OR s.held > 0 OR s.committed > 0 OR $3 IS NOT NULL)
 ORDER BY s.product_id, s.variant_id";

/// The bars of `only` these, or of all: archived ones then only while units are still owed. `live`
/// is the one that is on.
pub async fn cards(
    tx: &mut TenantTx,
    only: Option<Which<'_>>,
    live: Option<i64>,
) -> Result<Vec<StockCard>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(CARDS)
        .bind(lane)
        .bind(shop)
        .bind(only.map(|which| which.variants))
        .bind(only.map(|which| which.products))
        .bind(only.map(|which| which.offers))
        .bind(only.map(|which| which.money))
        .bind(live)
        .fetch_all(tx.conn())
        .await
}

/// Whether the shop has this product, on sale or not.
pub async fn known(tx: &mut TenantTx, product: i64) -> Result<bool, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT FROM products
                         WHERE lane = $1 AND shop_id = $2 AND product_id = $3)",
    )
    .bind(lane)
    .bind(shop)
    .bind(product)
    .fetch_one(tx.conn())
    .await
}

/// Where the pictures of these products are; those without one are missing.
pub async fn photos(
    tx: &mut TenantTx,
    products: &[i64],
) -> Result<Vec<(i64, String)>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        "SELECT product_id, photo FROM products
          WHERE lane = $1 AND shop_id = $2 AND product_id = ANY($3) AND photo IS NOT NULL
          ORDER BY product_id",
    )
    .bind(lane)
    .bind(shop)
    .bind(products)
    .fetch_all(tx.conn())
    .await
}
