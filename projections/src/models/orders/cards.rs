//! What the page shows of orders, and the four numbers over them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::TenantTx;

/// One line as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineCard {
    pub keyword: String,
    pub name: String,
    pub label: String,
    pub quantity: i64,
    /// Quantity × the frozen price, minor units.
    pub amount: i64,
}

/// One order of the stream. `client` is filled by whoever may open `sealed_name`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct OrderCard {
    pub order: i64,
    /// The live it was placed in.
    pub live: Option<i64>,
    #[serde(skip)]
    pub client_id: Uuid,
    /// As the event holds it; `None` for a client who was forgotten.
    #[serde(skip)]
    pub sealed_name: Option<String>,
    /// Her name in clear; empty until opened, and after she was forgotten.
    #[sqlx(default)]
    pub client: String,
    /// See [`super::TABLE`].
    pub state: String,
    #[sqlx(json)]
    pub lines: Vec<LineCard>,
    pub total: i64,
    pub placed_at: DateTime<Utc>,
    /// Of a hold, or of her choice about late money.
    pub deadline: Option<DateTime<Utc>>,
    pub paid_at: Option<DateTime<Utc>>,
    /// `wave`, `orange_money` or `card`.
    pub method: Option<String>,
    /// Minor units that have to go back and were not sent yet.
    pub refund_due: i64,
    pub seq: i64,
}

/// `only` these orders, or the newest `limit`; newest first.
pub async fn cards(
    tx: &mut TenantTx,
    only: Option<&[i64]>,
    limit: i64,
) -> Result<Vec<OrderCard>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        r#"SELECT o.order_id AS "order", o.live_id AS live, o.client_id,
                  c.name AS sealed_name, o.state,
                  coalesce(l.lines, '[]') AS lines, o.total, o.placed_at, o.deadline, o.paid_at,
                  o.method, coalesce(r.due, 0)::bigint AS refund_due, o.seq
             FROM orders o
             LEFT JOIN clients c USING (lane, shop_id, client_id)
             LEFT JOIN LATERAL (
                  SELECT jsonb_agg(jsonb_build_object('keyword', coalesce(p.keyword, ''),
                             'name', coalesce(p.name, ''), 'label', coalesce(s.label, ''),
                             'quantity', x.quantity, 'amount', x.quantity * x.unit_price)
                             ORDER BY x.n) AS lines
                    FROM ROWS FROM (jsonb_to_recordset(o.lines) AS
                             (product bigint, variant bigint, quantity bigint, unit_price bigint))
                             WITH ORDINALITY AS x(product, variant, quantity, unit_price, n)
                    LEFT JOIN products p ON p.lane = o.lane AND p.shop_id = o.shop_id
                         AND p.product_id = x.product
                    LEFT JOIN stock s ON s.lane = o.lane AND s.shop_id = o.shop_id
                         AND s.variant_id = x.variant) l ON true
             LEFT JOIN LATERAL (
                  SELECT sum(r.amount) AS due FROM refunds r
                   WHERE (r.lane, r.shop_id, r.order_id) = (o.lane, o.shop_id, o.order_id)
                     AND r.state IN ('due', 'asked', 'failed')) r ON true
            WHERE o.lane = $1 AND o.shop_id = $2
              AND ($3::bigint[] IS NULL OR o.order_id = ANY($3))
            ORDER BY o.order_id DESC LIMIT $4"#,
    )
    .bind(lane)
    .bind(shop)
    .bind(only)
    .bind(limit)
    .fetch_all(tx.conn())
    .await
}

/// The four numbers at the top of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Figures {
    /// Orders placed, and offers accepted.
    pub orders: i64,
    /// Orders whose money counts.
    pub paid: i64,
    /// Orders that can still be paid before their deadline.
    pub open: i64,
    /// Minor units.
    pub collected: i64,
    /// Orders whose client is paying: she chose how.
    pub paying: i64,
    /// What they cost, minor units.
    pub paying_amount: i64,
    /// Orders whose time ran out; that late money waits for an answer changes nothing.
    pub expired: i64,
    /// Offers that wait for an answer; they keep a live from ending as open orders do.
    #[serde(skip)]
    pub offers: i64,
}

/// The numbers of a live, or of today (UTC) where none is on.
pub async fn figures(tx: &mut TenantTx, live: Option<i64>) -> Result<Figures, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        "SELECT count(*) FILTER (WHERE NOT offered) AS orders,
                count(*) FILTER (WHERE collected > 0) AS paid,
                count(*) FILTER (WHERE state IN ('wished', 'held', 'paying')) AS open,
                coalesce(sum(collected), 0)::bigint AS collected,
                count(*) FILTER (WHERE state = 'paying') AS paying,
                coalesce(sum(total) FILTER (WHERE state = 'paying'), 0)::bigint AS paying_amount,
                count(*) FILTER (WHERE NOT offered AND (state = 'expired'
                        OR state IN ('choosing', 'waiting') AND fate = 'expired')) AS expired,
                count(*) FILTER (WHERE state = 'offered') AS offers
           FROM (SELECT * FROM orders
                  WHERE lane = $1 AND shop_id = $2 AND live_id = $3
                  UNION ALL
                 SELECT * FROM orders
                  WHERE lane = $1 AND shop_id = $2 AND $3::bigint IS NULL
                    AND placed_at >= date_trunc('day', now(), 'UTC')) AS asked",
    )
    .bind(lane)
    .bind(shop)
    .bind(live)
    .fetch_one(tx.conn())
    .await
}
