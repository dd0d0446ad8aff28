//! What the seller asks of her buyers.

use uuid::Uuid;

use crate::TenantTx;

/// A buyer and what she bought; both figures are counted over her orders, never kept twice.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ClientCard {
    pub client_id: Uuid,
    pub contact_id: Uuid,
    /// Sealed.
    pub name: Option<String>,
    pub language: String,
    pub blocked: bool,
    /// The computed score, 0–100.
    pub score: i16,
    /// What the vendor laid over it.
    pub overridden: Option<i16>,
    /// Looks like a fake buyer.
    pub flagged: bool,
    /// `bronze`, `silver`, `gold` or `diamond`.
    pub tier: String,
    /// First paid, first served for her; as the shop has it where nothing is said.
    pub first_paid: Option<bool>,
    /// `first_buyer`, `loyal`, `fast_payer`, `verified`: in the order she earned them, each once.
    #[sqlx(json)]
    pub badges: Vec<String>,
    /// Orders whose money counts.
    pub purchases: i64,
    /// Minor units of the shop's currency.
    pub spent: i64,
}

/// Up to `limit` buyers, best first.
pub async fn list(tx: &mut TenantTx, limit: i64) -> Result<Vec<ClientCard>, sqlx::Error> {
    cards(tx, None, limit).await
}

/// One buyer.
pub async fn card(tx: &mut TenantTx, client: Uuid) -> Result<Option<ClientCard>, sqlx::Error> {
    Ok(cards(tx, Some(client), 1).await?.pop())
}

async fn cards(
    tx: &mut TenantTx,
    only: Option<Uuid>,
    limit: i64,
) -> Result<Vec<ClientCard>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        "SELECT c.client_id, c.contact_id, c.name, c.language, c.blocked, c.score,
                c.overridden, c.flagged, c.tier, c.first_paid, c.badges,
                count(o.order_id) AS purchases, coalesce(sum(o.collected), 0)::bigint AS spent
           FROM clients c
           LEFT JOIN orders o ON o.lane = c.lane AND o.shop_id = c.shop_id
                AND o.client_id = c.client_id AND o.collected > 0
          WHERE c.lane = $1 AND c.shop_id = $2 AND ($4::uuid IS NULL OR c.client_id = $4)
          GROUP BY c.lane, c.shop_id, c.client_id
          ORDER BY spent DESC, c.client_id LIMIT $3",
    )
    .bind(lane)
    .bind(shop)
    .bind(limit)
    .bind(only)
    .fetch_all(tx.conn())
    .await
}
