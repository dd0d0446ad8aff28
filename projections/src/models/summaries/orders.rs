//! Orders as the summaries count them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{
    event::Event,
    ids::OrderId,
    order::{Event as Order, event::Line},
    payment::{Event as Payment, event::RefundReason},
    waitlist::Event as Waitlist,
};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::Key;
use crate::{ApplyError, Told, numbers};

/// A row as it is stored; see [`super::TABLE`].
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct Row {
    pub lane: i16,
    pub shop_id: Uuid,
    pub order_id: i64,
    pub client_id: Uuid,
    pub live_id: Option<i64>,
    pub placed_at: DateTime<Utc>,
    pub state: String,
    pub lines: Json<Vec<Line>>,
    pub total: i64,
    pub paid_at: Option<DateTime<Utc>>,
    pub collected: i64,
}

impl Row {
    /// Paid by money that was not taken back since.
    pub(super) fn is_paid(&self) -> bool {
        self.state == "paid" || self.state == "given_up"
    }

    /// Of which product a variant in it is.
    pub(super) fn product(&self, variant: i64) -> Option<i64> {
        let line = self.lines.iter().find(|line| numbers::variant(line.variant) == variant)?;
        Some(numbers::product(line.product))
    }

    /// An order that begins here, by her word or by an offer of this `line`.
    pub(super) fn new(told: &Told, order: &Order) -> Option<Self> {
        let Order::OrderPlaced { order, client, live, lines, total, .. } = order else {
            return None;
        };
        Some(Self {
            lane: told.lane,
            shop_id: told.shop,
            order_id: numbers::order(*order),
            client_id: client.0,
            live_id: live.map(numbers::live),
            placed_at: told.at,
            state: "open".to_owned(),
            lines: Json(lines.clone()),
            total: total.0,
            paid_at: None,
            collected: 0,
        })
    }

    /// An offer of this one line.
    pub(super) fn offered(told: &Told, offer: &Waitlist, line: Line) -> Option<Self> {
        let Waitlist::OfferMade { order, client, live, .. } = offer else { return None };
        Some(Self {
            lane: told.lane,
            shop_id: told.shop,
            order_id: numbers::order(*order),
            client_id: client.0,
            live_id: live.map(numbers::live),
            placed_at: told.at,
            state: "offered".to_owned(),
            lines: Json(vec![line]),
            total: line.unit_price.0 * i64::from(line.quantity),
            paid_at: None,
            collected: 0,
        })
    }

    /// `went`: the money whose reversal this would be had never counted.
    pub(super) fn fold(&mut self, event: &Event, at: DateTime<Utc>, went: bool) {
        match event {
            Event::Order(event) => self.order(event),
            Event::Payment(event) => self.payment(event, went),
            Event::Waitlist(Waitlist::OfferAccepted { .. }) => {
                self.become_state("open");
                self.placed_at = at;
            }
            Event::Waitlist(Waitlist::OfferDeclined { .. } | Waitlist::OfferLapsed { .. }) => {
                self.become_state("declined");
            }
            _ => {}
        }
    }

    fn order(&mut self, event: &Order) {
        match event {
            Order::LineAdded { line, total, .. } => {
                self.lines.push(*line);
                self.total = total.0;
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
            Order::OrderSwapped { lines, total, .. } => {
                self.lines.0.clone_from(lines);
                self.total = total.0;
            }
            Order::OrderReopened { .. } => self.again(),
            Order::HoldExpired { .. } if self.state == "open" => self.become_state("expired"),
            Order::OrderCancelled { .. } => match self.state.as_str() {
                "paid" => self.become_state("given_up"),
                "open" => self.become_state("cancelled"),
                "offered" => self.become_state("declined"),
                _ => {}
            },
            _ => {}
        }
    }

    fn payment(&mut self, event: &Payment, went: bool) {
        match event {
            Payment::PaymentConfirmed { amount, paid_at, .. }
            | Payment::DepositConfirmed { amount, paid_at, .. } => {
                self.become_state("paid");
                self.collected = amount.0;
                self.paid_at = Some(*paid_at);
            }
            Payment::CashReceived { amount, .. } => self.collected += amount.0,
            Payment::LatePaymentHonoured { .. } => self.again(),
            // What was given up is on its way back: nothing of it counts any more.
            Payment::PaymentReversed { .. } if self.state == "paid" && !went => self.again(),
            // The other reasons are about money that never counted for the order.
            Payment::RefundDue { amount, reason: RefundReason::VendorCancelled, .. } => {
                self.collected = (self.collected - amount.0).max(0);
            }
            _ => {}
        }
    }

    fn become_state(&mut self, state: &str) {
        state.clone_into(&mut self.state);
    }

    /// It waits for its money, for the first time or again.
    fn again(&mut self) {
        self.become_state("open");
        self.collected = 0;
        self.paid_at = None;
    }
}

/// The order whose row an event needs.
pub(super) fn subject(event: &Event) -> Option<OrderId> {
    match event {
        Event::Order(
            Order::OrderPlaced { order, .. }
            | Order::LineAdded { order, .. }
            | Order::LineChanged { order, .. }
            | Order::LineRemoved { order, .. }
            | Order::OrderSwapped { order, .. }
            | Order::UnitsTaken { order, .. }
            | Order::OrderReopened { order, .. }
            | Order::HoldExpired { order, .. }
            | Order::OrderCancelled { order, .. }
            | Order::OrderConfirmed { order, from_available: true, .. }
            | Order::OrderReturned { order, .. },
        )
        | Event::Waitlist(
            Waitlist::OfferMade { order, .. }
            | Waitlist::OfferAccepted { order }
            | Waitlist::OfferDeclined { order, .. }
            | Waitlist::OfferLapsed { order, .. },
        )
        | Event::Payment(
            Payment::PaymentConfirmed { order, .. }
            | Payment::DepositConfirmed { order, .. }
            | Payment::CashReceived { order, .. }
            | Payment::LatePaymentHonoured { order, .. }
            | Payment::PaymentReversed { order, .. }
            | Payment::RefundDue { order, reason: RefundReason::VendorCancelled, .. },
        ) => Some(*order),
        _ => None,
    }
}

#[derive(sqlx::FromRow)]
struct Found {
    #[sqlx(flatten)]
    row: Row,
    /// Its live is settled.
    settled: bool,
}

/// The rows of these orders, and the lives among theirs that are settled.
pub(super) async fn load(
    conn: &mut PgConnection,
    keys: &BTreeSet<Key>,
) -> Result<(BTreeMap<Key, Row>, BTreeSet<Key>), ApplyError> {
    if keys.is_empty() {
        return Ok((BTreeMap::new(), BTreeSet::new()));
    }
    let found: Vec<Found> = sqlx::query_as(
        "SELECT r.*, l.settled IS NOT NULL AS settled
           FROM unnest($1::smallint[], $2::uuid[], $3::bigint[]) AS u(lane, shop_id, order_id)
           JOIN summary_orders r USING (lane, shop_id, order_id)
           LEFT JOIN summaries l USING (lane, shop_id, live_id)",
    )
    .bind(keys.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(keys.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(keys.iter().map(|key| key.2).collect::<Vec<_>>())
    .fetch_all(conn)
    .await?;
    let settled = found.iter().filter(|found| found.settled);
    let settled = settled
        .filter_map(|Found { row, .. }| Some((row.lane, row.shop_id, row.live_id?)))
        .collect();
    Ok((keyed(found.into_iter().map(|found| found.row)), settled))
}

fn keyed(rows: impl Iterator<Item = Row>) -> BTreeMap<Key, Row> {
    rows.map(|row| ((row.lane, row.shop_id, row.order_id), row)).collect()
}

/// All orders of these lives, all others of their clients, and all of these clients: rare.
pub(super) async fn load_all(
    conn: &mut PgConnection,
    lives: &BTreeSet<Key>,
    clients: &BTreeSet<(i16, Uuid, Uuid)>,
) -> Result<BTreeMap<Key, Row>, ApplyError> {
    let rows: Vec<Row> = sqlx::query_as(
        "WITH who AS (
             SELECT o.lane, o.shop_id, o.client_id
               FROM unnest($1::smallint[], $2::uuid[], $3::bigint[]) AS u(lane, shop_id, live_id)
               JOIN summary_orders o USING (lane, shop_id, live_id)
              UNION
             SELECT * FROM unnest($4::smallint[], $5::uuid[], $6::uuid[]))
         SELECT r.* FROM who JOIN summary_orders r USING (lane, shop_id, client_id)",
    )
    .bind(lives.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(lives.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(lives.iter().map(|key| key.2).collect::<Vec<_>>())
    .bind(clients.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(clients.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(clients.iter().map(|key| key.2).collect::<Vec<_>>())
    .fetch_all(conn)
    .await?;
    Ok(keyed(rows.into_iter()))
}

pub(super) async fn save(conn: &mut PgConnection, rows: &[&Row]) -> Result<(), ApplyError> {
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO summary_orders AS r
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::uuid[], $5::bigint[],
             $6::timestamptz[], $7::text[], $8::jsonb[], $9::bigint[], $10::timestamptz[],
             $11::bigint[])
         ON CONFLICT (lane, shop_id, order_id) DO UPDATE SET client_id = excluded.client_id,
             placed_at = excluded.placed_at, state = excluded.state, lines = excluded.lines,
             total = excluded.total, paid_at = excluded.paid_at, collected = excluded.collected",
    )
    .bind(rows.iter().map(|row| row.lane).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.shop_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.order_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.client_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.live_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.placed_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.state.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| Json(&row.lines.0)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.total).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.paid_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.collected).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
