//! What clients asked about paid orders: may it be cancelled?
//!
//! The seller asks: what do I have to decide, and by when?

use chrono::{DateTime, Utc};
use domain::{event::Event, order::Event as Order};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{ApplyError, TenantTx, Told, numbers};

/// See [`crate::Model::version`].
pub const VERSION: i32 = 1;

/// The last request of each order. `state`: asked, granted (the order was cancelled, by whomever),
/// refused, lapsed (nobody decided in time, and the order stands). `seq` is the request's.
pub const TABLE: &str = "
CREATE TABLE cancellations (
    lane smallint NOT NULL, shop_id uuid NOT NULL, order_id bigint NOT NULL,
    asked_at timestamptz NOT NULL, decide_by timestamptz NOT NULL, state text NOT NULL,
    seq bigint NOT NULL,
    PRIMARY KEY (lane, shop_id, order_id)
);
CREATE INDEX cancellations_open ON cancellations (lane, shop_id, decide_by, order_id)
    WHERE state = 'asked'";

/// What a fact says of the request about an order; `decide_by` only where it is made.
struct Step {
    order: i64,
    decide_by: Option<DateTime<Utc>>,
    state: &'static str,
}

fn step(event: &Event) -> Option<Step> {
    let Event::Order(event) = event else { return None };
    let (order, decide_by, state) = match event {
        Order::CancellationRequested { order, decide_by } => (order, Some(*decide_by), "asked"),
        Order::CancellationRefused { order, lapsed: true } => (order, None, "lapsed"),
        Order::CancellationRefused { order, lapsed: false } => (order, None, "refused"),
        // Without a request before it, this moves no row.
        Order::OrderCancelled { order, .. } => (order, None, "granted"),
        _ => return None,
    };
    let order = numbers::order(*order);
    Some(Step { order, decide_by, state })
}

pub(crate) async fn apply(conn: &mut PgConnection, batch: &[&Told]) -> Result<(), ApplyError> {
    let steps: Vec<(&Told, Step)> = batch
        .iter()
        .filter_map(|told| Some((*told, step(told.event.as_ref().ok()?)?)))
        .collect();
    let (asked, ended): (Vec<_>, Vec<_>) =
        steps.into_iter().partition(|(_, step)| step.decide_by.is_some());
    // A batch may hold a request, its end, and a further request: the last request is written
    // first, and an end counts only where it is later than that.
    if !asked.is_empty() {
        ask(conn, &asked).await?;
    }
    if !ended.is_empty() {
        end(conn, &ended).await?;
    }
    Ok(())
}

/// Writes the last request of each order.
async fn ask(conn: &mut PgConnection, asked: &[(&Told, Step)]) -> Result<(), ApplyError> {
    sqlx::query(
        "INSERT INTO cancellations AS r
         SELECT DISTINCT ON (lane, shop_id, order_id) lane, shop_id, order_id, at, decide_by,
                'asked', seq
           FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::timestamptz[],
                       $5::timestamptz[], $6::bigint[])
                AS u (lane, shop_id, order_id, at, decide_by, seq)
          ORDER BY lane, shop_id, order_id, seq DESC
         ON CONFLICT (lane, shop_id, order_id) DO UPDATE SET asked_at = excluded.asked_at,
             decide_by = excluded.decide_by, state = excluded.state, seq = excluded.seq",
    )
    .bind(asked.iter().map(|(told, _)| told.lane).collect::<Vec<_>>())
    .bind(asked.iter().map(|(told, _)| told.shop).collect::<Vec<_>>())
    .bind(asked.iter().map(|(_, step)| step.order).collect::<Vec<_>>())
    .bind(asked.iter().map(|(told, _)| told.at).collect::<Vec<_>>())
    .bind(asked.iter().map(|(_, step)| step.decide_by).collect::<Vec<_>>())
    .bind(asked.iter().map(|(told, _)| told.seq).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// Ends the requests that are older than these facts.
async fn end(conn: &mut PgConnection, ended: &[(&Told, Step)]) -> Result<(), ApplyError> {
    sqlx::query(
        "UPDATE cancellations r SET state = u.state
           FROM (SELECT DISTINCT ON (lane, shop_id, order_id) *
                   FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::bigint[],
                               $5::text[]) AS u (lane, shop_id, order_id, seq, state)
                  ORDER BY lane, shop_id, order_id, seq DESC) u
          WHERE (r.lane, r.shop_id, r.order_id) = (u.lane, u.shop_id, u.order_id)
            AND r.seq < u.seq AND r.state = 'asked'",
    )
    .bind(ended.iter().map(|(told, _)| told.lane).collect::<Vec<_>>())
    .bind(ended.iter().map(|(told, _)| told.shop).collect::<Vec<_>>())
    .bind(ended.iter().map(|(_, step)| step.order).collect::<Vec<_>>())
    .bind(ended.iter().map(|(told, _)| told.seq).collect::<Vec<_>>())
    .bind(ended.iter().map(|(_, step)| step.state).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// Every undecided request of one shop, (order, decide by), for [`crate::verify`].
pub(crate) async fn asked(
    conn: &mut PgConnection,
    (lane, shop): (i16, Uuid),
) -> Result<Vec<(i64, DateTime<Utc>)>, sqlx::Error> {
    sqlx::query_as(
        "SELECT order_id, decide_by FROM cancellations
          WHERE lane = $1 AND shop_id = $2 AND state = 'asked'",
    )
    .bind(lane)
    .bind(shop)
    .fetch_all(conn)
    .await
}

/// A request that waits for the vendor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct CancellationCard {
    pub order: i64,
    #[serde(skip)]
    pub client_id: Uuid,
    /// As the event holds it; `None` for a client who was forgotten.
    #[serde(skip)]
    pub sealed_name: Option<String>,
    /// Her name in clear; empty until opened, and after she was forgotten.
    #[sqlx(default)]
    pub client: String,
    /// What the order costs, minor units.
    pub total: i64,
    /// What of it is paid and would go back, minor units.
    pub paid: i64,
    pub asked_at: DateTime<Utc>,
    /// The order stands if nobody decides by then.
    pub decide_by: DateTime<Utc>,
}

/// Up to `limit` undecided requests, the most urgent first; the next page begins after the last
/// one of this page, named by its (`decide_by`, `order`).
pub async fn open(
    tx: &mut TenantTx,
    after: Option<(DateTime<Utc>, i64)>,
    limit: i64,
) -> Result<Vec<CancellationCard>, sqlx::Error> {
    let (lane, shop) = tx.place();
    let (decide_by, order) = after.unzip();
    sqlx::query_as(
        r#"SELECT x.order_id AS "order", o.client_id, c.name AS sealed_name, o.total,
                  o.collected AS paid, x.asked_at, x.decide_by
             FROM cancellations x
             JOIN orders o USING (lane, shop_id, order_id)
             LEFT JOIN clients c USING (lane, shop_id, client_id)
            WHERE x.lane = $1 AND x.shop_id = $2 AND x.state = 'asked'
              AND ($3::timestamptz IS NULL OR (x.decide_by, x.order_id) > ($3, $4))
            ORDER BY x.decide_by, x.order_id LIMIT $5"#,
    )
    .bind(lane)
    .bind(shop)
    .bind(decide_by)
    .bind(order)
    .bind(limit)
    .fetch_all(tx.conn())
    .await
}
