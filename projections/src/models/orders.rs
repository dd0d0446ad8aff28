//! Orders, and the four numbers over them.
//!
//! The seller asks: who ordered what, is it paid, how long is it held, how much did I collect?

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{
    event::Event,
    ids::OrderId,
    order::{Event as Order, event::Line},
    payment::{Event as Payment, event::RefundReason},
};
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use crate::{ApplyError, TenantTx, Told, numbers};

/// See [`crate::Model::version`].
pub const VERSION: i32 = 1;

/// `state`: held, paying, confirmed, expired, cancelled. `lines`: the event's, prices frozen.
///
/// `collected` is money that counts for the order and was neither reversed nor promised back;
/// `refund_due` is money that still has to go back.
pub const TABLE: &str = "
CREATE TABLE reading.orders (
    lane smallint NOT NULL, shop_id uuid NOT NULL, order_id bigint NOT NULL,
    client_id uuid NOT NULL, live_id bigint, state text NOT NULL, lines jsonb NOT NULL,
    total bigint NOT NULL, placed_at timestamptz NOT NULL, deadline timestamptz,
    paid_at timestamptz, method text, collected bigint NOT NULL, refund_due bigint NOT NULL,
    seq bigint NOT NULL,
    PRIMARY KEY (lane, shop_id, order_id)
) WITH (fillfactor = 70);
CREATE INDEX orders_live ON reading.orders (lane, shop_id, live_id);
CREATE INDEX orders_placed ON reading.orders (lane, shop_id, placed_at);
CREATE INDEX orders_client ON reading.orders (lane, shop_id, client_id)";

type Key = (i16, Uuid, i64);

/// A row as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Row {
    lane: i16,
    shop_id: Uuid,
    pub order_id: i64,
    pub client_id: Uuid,
    pub live_id: Option<i64>,
    pub state: String,
    pub lines: Json<Vec<Line>>,
    pub total: i64,
    placed_at: DateTime<Utc>,
    pub deadline: Option<DateTime<Utc>>,
    pub paid_at: Option<DateTime<Utc>>,
    method: Option<String>,
    pub collected: i64,
    refund_due: i64,
    seq: i64,
}

/// The order whose row an event changes.
pub(crate) fn subject(event: &Event) -> Option<OrderId> {
    match event {
        Event::Order(event) => match event {
            Order::OrderPlaced { order, .. }
            | Order::LineAdded { order, .. }
            | Order::LineChanged { order, .. }
            | Order::LineRemoved { order, .. }
            | Order::HoldLockedForPayment { order, .. }
            | Order::HoldUnlocked { order, .. }
            | Order::HoldExtended { order, .. }
            | Order::HoldExpired { order, .. }
            | Order::OrderCancelled { order, .. }
            | Order::OrderConfirmed { order, .. } => Some(*order),
            Order::QuantityAsked { .. }
            | Order::AddressGiven { .. }
            | Order::SlotChosen { .. }
            | Order::CancellationRequested { .. }
            | Order::OrderHandedOver { .. }
            | Order::DeliveryFailed { .. }
            | Order::OrderReturned { .. }
            | Order::OrderClosed { .. } => None,
        },
        Event::Payment(event) => match event {
            Payment::PaymentMethodChosen { order, .. }
            | Payment::PaymentConfirmed { order, .. }
            | Payment::DepositConfirmed { order, .. }
            | Payment::PaymentReversed { order, .. }
            | Payment::CashReceived { order, .. }
            | Payment::RefundDue { order, .. }
            | Payment::RefundSent { order, .. }
            | Payment::RefundFailed { order, .. } => Some(*order),
            Payment::ChargeRequested { .. }
            | Payment::ChargeCreated { .. }
            | Payment::ChargeFailed { .. }
            | Payment::ProviderAsked { .. }
            | Payment::PaymentObserved { .. }
            | Payment::PaymentUnderpaid { .. }
            | Payment::PaymentOverpaid { .. }
            | Payment::PaymentArrivedLate { .. }
            | Payment::LatePaymentHonoured { .. }
            | Payment::RefundConfirmed { .. } => None,
        },
        _ => None,
    }
}

fn key(told: &Told) -> Option<Key> {
    let order = subject(told.event.as_ref().ok()?)?;
    Some((told.lane, told.shop, numbers::order(order)))
}

pub(crate) async fn apply(conn: &mut PgConnection, batch: &[&Told]) -> Result<(), ApplyError> {
    let keys: BTreeSet<Key> = batch.iter().filter_map(|told| key(told)).collect();
    if keys.is_empty() {
        return Ok(());
    }
    let mut rows = load(conn, &keys).await?;
    for told in batch {
        let (Some(key), Ok(event)) = (key(told), &told.event) else { continue };
        if let Event::Order(Order::OrderPlaced { .. }) = event {
            rows.insert(key, placed(key, told, event)?);
            continue;
        }
        let row = rows.get_mut(&key).ok_or_else(|| ApplyError::unknown("order", key.2))?;
        row.seq = told.seq;
        match event {
            Event::Order(event) => row.order(event),
            Event::Payment(event) => row.payment(event),
            _ => {}
        }
    }
    save(conn, rows.into_values().collect()).await
}

fn placed((lane, shop_id, order_id): Key, told: &Told, event: &Event) -> Result<Row, ApplyError> {
    let Event::Order(Order::OrderPlaced { client, live, lines, total, deadline, .. }) = event
    else {
        return Err(ApplyError::unknown("order", order_id));
    };
    Ok(Row {
        lane,
        shop_id,
        order_id,
        client_id: client.0,
        live_id: live.map(numbers::live),
        state: "held".to_owned(),
        lines: Json(lines.clone()),
        total: total.0,
        placed_at: told.at,
        deadline: Some(*deadline),
        paid_at: None,
        method: None,
        collected: 0,
        refund_due: 0,
        seq: told.seq,
    })
}

impl Row {
    fn order(&mut self, event: &Order) {
        match event {
            Order::LineAdded { line, total, deadline, .. } => {
                self.lines.push(*line);
                self.total = total.0;
                self.deadline = Some(*deadline);
            }
            Order::LineChanged { variant, to, total, .. } => {
                for line in self.lines.iter_mut().filter(|line| line.variant == *variant) {
                    line.quantity = *to;
                }
                self.total = total.0;
            }
            Order::LineRemoved { units, total, .. } => {
                self.lines.retain(|line| line.variant != units.variant);
                self.total = total.0;
            }
            Order::HoldLockedForPayment { until, .. } => self.held("paying", *until),
            Order::HoldUnlocked { deadline, .. } => self.held("held", *deadline),
            Order::HoldExtended { deadline, .. } => self.deadline = Some(*deadline),
            Order::HoldExpired { .. } => self.over("expired"),
            Order::OrderCancelled { .. } => self.over("cancelled"),
            Order::OrderConfirmed { .. } => self.over("confirmed"),
            // Those that `subject` does not name change nothing here.
            _ => {}
        }
    }

    fn payment(&mut self, event: &Payment) {
        match event {
            Payment::PaymentMethodChosen { method, .. } => {
                self.method = Some(method.code().to_owned());
            }
            Payment::PaymentConfirmed { amount, paid_at, .. }
            | Payment::DepositConfirmed { amount, paid_at, .. } => {
                self.collected += amount.0;
                self.paid_at = Some(*paid_at);
            }
            Payment::CashReceived { amount, .. } => self.collected += amount.0,
            Payment::PaymentReversed { amount, .. } => self.give_back(amount.0),
            Payment::RefundDue { amount, reason, .. } => {
                self.refund_due += amount.0;
                // The other reasons are about money that never counted for the order.
                if matches!(reason, RefundReason::Cancelled | RefundReason::VendorCancelled) {
                    self.give_back(amount.0);
                }
            }
            Payment::RefundSent { amount, .. } => self.refund_due -= amount.0,
            Payment::RefundFailed { amount, .. } => self.refund_due += amount.0,
            _ => {}
        }
    }

    fn held(&mut self, state: &str, deadline: DateTime<Utc>) {
        state.clone_into(&mut self.state);
        self.deadline = Some(deadline);
    }

    fn over(&mut self, state: &str) {
        state.clone_into(&mut self.state);
        self.deadline = None;
    }

    fn give_back(&mut self, amount: i64) {
        self.collected = (self.collected - amount).max(0);
    }
}

async fn load(
    conn: &mut PgConnection,
    keys: &BTreeSet<Key>,
) -> Result<BTreeMap<Key, Row>, ApplyError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT r.* FROM unnest($1::smallint[], $2::uuid[], $3::bigint[])
             AS u(lane, shop_id, order_id)
           JOIN reading.orders r USING (lane, shop_id, order_id)",
    )
    .bind(keys.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(keys.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(keys.iter().map(|key| key.2).collect::<Vec<_>>())
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| ((row.lane, row.shop_id, row.order_id), row)).collect())
}

/// All rows of one shop, for [`crate::verify`].
pub(crate) async fn all(
    conn: &mut PgConnection,
    (lane, shop): (i16, Uuid),
) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as(
        "SELECT * FROM reading.orders WHERE lane = $1 AND shop_id = $2 ORDER BY order_id",
    )
    .bind(lane)
    .bind(shop)
    .fetch_all(conn)
    .await
}

async fn save(conn: &mut PgConnection, rows: Vec<Row>) -> Result<(), ApplyError> {
    sqlx::query(
        "INSERT INTO reading.orders AS r
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::uuid[], $5::bigint[],
             $6::text[], $7::jsonb[], $8::bigint[], $9::timestamptz[], $10::timestamptz[],
             $11::timestamptz[], $12::text[], $13::bigint[], $14::bigint[], $15::bigint[])
         ON CONFLICT (lane, shop_id, order_id) DO UPDATE SET state = excluded.state,
             lines = excluded.lines, total = excluded.total, deadline = excluded.deadline,
             paid_at = excluded.paid_at, method = excluded.method,
             collected = excluded.collected, refund_due = excluded.refund_due,
             seq = excluded.seq",
    )
    .bind(rows.iter().map(|row| row.lane).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.shop_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.order_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.client_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.live_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.state.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| Json(&row.lines.0)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.total).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.placed_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.deadline).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.paid_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.method.as_deref()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.collected).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.refund_due).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.seq).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

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
    #[serde(skip)]
    pub client_id: Uuid,
    /// As the event holds it; `None` for a client who was forgotten.
    #[serde(skip)]
    pub sealed_name: Option<String>,
    /// Her name in clear; empty until opened, and after she was forgotten.
    #[sqlx(default)]
    pub client: String,
    pub state: String,
    #[sqlx(json)]
    pub lines: Vec<LineCard>,
    pub total: i64,
    pub placed_at: DateTime<Utc>,
    pub deadline: Option<DateTime<Utc>>,
    pub paid_at: Option<DateTime<Utc>>,
    /// `wave`, `orange_money` or `card`.
    pub method: Option<String>,
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
        r#"SELECT o.order_id AS "order", o.client_id, c.name AS sealed_name, o.state,
                  coalesce(l.lines, '[]') AS lines, o.total, o.placed_at, o.deadline, o.paid_at,
                  o.method, o.refund_due, o.seq
             FROM reading.orders o
             LEFT JOIN reading.clients c USING (lane, shop_id, client_id)
             LEFT JOIN LATERAL (
                  SELECT jsonb_agg(jsonb_build_object('keyword', coalesce(p.keyword, ''),
                             'name', coalesce(p.name, ''), 'label', coalesce(s.label, ''),
                             'quantity', x.quantity, 'amount', x.quantity * x.unit_price)
                             ORDER BY x.n) AS lines
                    FROM ROWS FROM (jsonb_to_recordset(o.lines) AS
                             (product bigint, variant bigint, quantity bigint, unit_price bigint))
                             WITH ORDINALITY AS x(product, variant, quantity, unit_price, n)
                    LEFT JOIN reading.products p ON p.lane = o.lane AND p.shop_id = o.shop_id
                         AND p.product_id = x.product
                    LEFT JOIN reading.stock s ON s.lane = o.lane AND s.shop_id = o.shop_id
                         AND s.variant_id = x.variant) l ON true
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
    /// Orders placed.
    pub orders: i64,
    /// Orders whose money counts.
    pub paid: i64,
    /// Orders held or paying.
    pub open: i64,
    /// Minor units.
    pub collected: i64,
}

/// The numbers of a live, or of today (UTC) where none is on.
pub async fn figures(tx: &mut TenantTx, live: Option<i64>) -> Result<Figures, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        "SELECT count(*) AS orders, count(*) FILTER (WHERE collected > 0) AS paid,
                count(*) FILTER (WHERE state IN ('held', 'paying')) AS open,
                coalesce(sum(collected), 0)::bigint AS collected
           FROM (SELECT * FROM reading.orders
                  WHERE lane = $1 AND shop_id = $2 AND live_id = $3
                  UNION ALL
                 SELECT * FROM reading.orders
                  WHERE lane = $1 AND shop_id = $2 AND $3::bigint IS NULL
                    AND placed_at >= date_trunc('day', now(), 'UTC')) AS asked",
    )
    .bind(lane)
    .bind(shop)
    .bind(live)
    .fetch_one(tx.conn())
    .await
}
