//! What the vendor's desk asks that no single read model answers alone.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::{TenantTx, attempts::PaymentCard, refunds::RefundCard};

/// What waits for the vendor, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Waiting {
    /// Refunds that somebody has to send by hand.
    pub refunds: i64,
    /// What they are in all, minor units.
    pub refunds_amount: i64,
    /// Refunds, by whomever they are sent, that are past their time and not back.
    pub overdue: i64,
    /// Paid orders whose clients asked to cancel them.
    pub cancellations: i64,
}

/// The numbers on the link to the desk.
pub async fn waiting(tx: &mut TenantTx) -> Result<Waiting, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        "SELECT r.refunds, r.refunds_amount, r.overdue, x.cancellations
           FROM (SELECT count(*) FILTER (WHERE state IN ('due', 'failed')) AS refunds,
                        coalesce(sum(amount) FILTER (WHERE state IN ('due', 'failed')), 0)::bigint
                            AS refunds_amount,
                        count(*) FILTER (WHERE overdue_at IS NOT NULL) AS overdue
                   FROM refunds
                  WHERE lane = $1 AND shop_id = $2 AND state <> 'confirmed') r,
                (SELECT count(*) AS cancellations FROM cancellations
                  WHERE lane = $1 AND shop_id = $2 AND state = 'asked') x",
    )
    .bind(lane)
    .bind(shop)
    .fetch_one(tx.conn())
    .await
}

/// Which refunds are asked for: by state, or those of one order.
#[derive(Clone, Copy, Debug, Default)]
pub struct RefundsOf<'a> {
    /// One of these states; all where there is none.
    pub states: Option<&'a [&'a str]>,
    /// Of this order only.
    pub order: Option<i64>,
}

/// Up to `limit` refunds, the most urgent first; the next page begins after the last one of this
/// page, named by its (`until`, `refund`).
pub async fn refunds(
    tx: &mut TenantTx,
    of: RefundsOf<'_>,
    after: Option<(DateTime<Utc>, i64)>,
    limit: i64,
) -> Result<Vec<RefundCard>, sqlx::Error> {
    let (lane, shop) = tx.place();
    let (until, refund) = after.unzip();
    sqlx::query_as(
        r#"SELECT r.refund_id AS refund, r.order_id AS "order", r.attempt_id AS attempt,
                  o.client_id, c.name AS sealed_name, r.amount, r.reason, r.state, r.automatic,
                  r.owner, r.until, r.overdue_at, r.method, r.evidence, r.failure, r.due_at,
                  r.asked_at, r.sent_at, r.confirmed_at, r.failed_at
             FROM refunds r
             LEFT JOIN orders o USING (lane, shop_id, order_id)
             LEFT JOIN clients c USING (lane, shop_id, client_id)
            WHERE r.lane = $1 AND r.shop_id = $2
              AND ($3::text[] IS NULL OR r.state = ANY($3))
              AND ($4::bigint IS NULL OR r.order_id = $4)
              AND ($5::timestamptz IS NULL OR (r.until, r.refund_id) > ($5, $6))
            ORDER BY r.until, r.refund_id LIMIT $7"#,
    )
    .bind(lane)
    .bind(shop)
    .bind(of.states)
    .bind(of.order)
    .bind(until)
    .bind(refund)
    .bind(limit)
    .fetch_all(tx.conn())
    .await
}

/// Every charge of one order, oldest first.
pub async fn payments_of(tx: &mut TenantTx, order: i64) -> Result<Vec<PaymentCard>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        r#"SELECT attempt_id AS attempt, order_id AS "order", reference, method, provider_id,
                  state, status, amount AS asked, got, confirmed, due_back, reversed, asked_at,
                  paid_at, claimed_at
             FROM attempts
            WHERE lane = $1 AND shop_id = $2 AND order_id = $3 ORDER BY attempt_id"#,
    )
    .bind(lane)
    .bind(shop)
    .bind(order)
    .fetch_all(tx.conn())
    .await
}

/// The numbers of a buyer's newest orders, newest first.
pub async fn orders_of(
    tx: &mut TenantTx,
    client: Uuid,
    limit: i64,
) -> Result<Vec<i64>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_scalar(
        "SELECT order_id FROM orders WHERE lane = $1 AND shop_id = $2 AND client_id = $3
          ORDER BY order_id DESC LIMIT $4",
    )
    .bind(lane)
    .bind(shop)
    .bind(client)
    .bind(limit)
    .fetch_all(tx.conn())
    .await
}

/// One fact about an order, in short; the whole of it is in the log (`livepay audit show`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Step {
    /// The shop's sequence.
    pub seq: i64,
    pub at: DateTime<Utc>,
    /// The fact's name, for example `OrderPlaced`.
    pub kind: String,
    /// `client`, `vendor:<user>`, `provider`, `clock` or `system`.
    pub actor: String,
}

/// The first `limit` facts that name an order, oldest first.
///
/// This reads the log itself: the facts of one shop between the order's first instant and the
/// last change of its row, so that an old shop's history is not read from its beginning.
pub async fn steps(tx: &mut TenantTx, order: i64, limit: i64) -> Result<Vec<Step>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        r#"SELECT e.seq, e.at, e.kind, e.actor
           FROM orders o
           JOIN event e USING (lane, shop_id)
           CROSS JOIN LATERAL json_each(e.body) room (name, fact)
           CROSS JOIN LATERAL json_each(room.fact) told (kind, fields)
          WHERE o.lane = $1 AND o.shop_id = $2 AND o.order_id = $3 AND e.at >= o.placed_at
            AND strpos(e.body::text, '"order":' || o.order_id) > 0
            AND told.fields ->> 'order' = o.order_id::text
          ORDER BY e.seq LIMIT $4"#,
    )
    .bind(lane)
    .bind(shop)
    .bind(order)
    .bind(limit)
    .fetch_all(tx.conn())
    .await
}
