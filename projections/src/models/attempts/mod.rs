//! Attempts: every charge asked of a payment provider, and what became of its money.
//!
//! The payer asks: where do I pay this? The pacer asks: is anything open that a webhook may have
//! missed? The bookkeeper asks: what came, by which way, and what was done with it?

mod cards;
mod fold;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{
    conversation::Event as Conversation, event::Event, ids::OrderId, order::Event as Order,
    payment::Event as Payment,
};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{ApplyError, Told, numbers};

pub use cards::{AttemptCard, PaymentCard, anything_open, card, list};
pub(crate) use write::all;

/// See [`crate::Model::version`].
pub const VERSION: i32 = 2;

/// One row per attempt; sums in minor units.
///
/// `state`: requested, created, unknown (it may exist), failed, paid. `status` is the provider's
/// last word. `amount` was asked; `got` is what the provider says came in all, fees included, and
/// was not taken back; of it `confirmed` pays the order and `due_back` went or goes back. What is
/// left waits: for the balance, or for the payer's choice. `reversed` was taken back.
///
/// `claimed_at`: since when she says she paid and the provider does not. `done`: its order is
/// closed as paid.
pub const TABLE: &str = "
CREATE TABLE attempts (
    lane smallint NOT NULL, shop_id uuid NOT NULL, attempt_id bigint NOT NULL,
    order_id bigint NOT NULL, reference text NOT NULL, method text NOT NULL,
    amount bigint NOT NULL, asked_at timestamptz NOT NULL, link text, state text NOT NULL,
    provider_id text, status text, got bigint NOT NULL, confirmed bigint NOT NULL,
    due_back bigint NOT NULL, reversed bigint NOT NULL, paid_at timestamptz,
    claimed_at timestamptz, done boolean NOT NULL,
    PRIMARY KEY (lane, shop_id, attempt_id)
) WITH (fillfactor = 70);
CREATE INDEX attempts_order ON attempts (lane, shop_id, order_id);
CREATE INDEX attempts_open ON attempts (asked_at)
    WHERE state IN ('requested', 'created', 'unknown')";

type Key = (i16, Uuid, i64);

/// A row as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Row {
    lane: i16,
    shop_id: Uuid,
    pub attempt_id: i64,
    pub order_id: i64,
    reference: String,
    method: String,
    pub amount: i64,
    asked_at: DateTime<Utc>,
    link: Option<String>,
    pub state: String,
    provider_id: Option<String>,
    status: Option<String>,
    pub got: i64,
    pub confirmed: i64,
    pub due_back: i64,
    reversed: i64,
    pub paid_at: Option<DateTime<Utc>>,
    pub claimed_at: Option<DateTime<Utc>>,
    done: bool,
}

/// What an event is about: one attempt, or all of an order.
enum About {
    Attempt(i64),
    Order(i64),
}

fn about(event: &Event) -> Option<About> {
    let of_order = |order: OrderId| Some(About::Order(numbers::order(order)));
    match event {
        Event::Payment(event) => match event {
            Payment::ChargeRequested { attempt, .. }
            | Payment::ChargeCreated { attempt, .. }
            | Payment::ChargeFailed { attempt, .. }
            | Payment::PaymentObserved { attempt, .. }
            | Payment::RefundDue { attempt, .. } => {
                Some(About::Attempt(numbers::attempt(*attempt)))
            }
            // Several attempts may pay one order.
            Payment::PaymentConfirmed { order, .. }
            | Payment::DepositConfirmed { order, .. }
            | Payment::PaymentReversed { order, .. } => of_order(*order),
            Payment::PaymentMethodChosen { .. }
            | Payment::ProviderAsked { .. }
            | Payment::PaymentUnderpaid { .. }
            | Payment::PaymentOverpaid { .. }
            | Payment::PaymentArrivedLate { .. }
            | Payment::LatePaymentHonoured { .. }
            | Payment::CashReceived { .. }
            | Payment::RefundTaken { .. }
            | Payment::RefundRequested { .. }
            | Payment::RefundOverdue { .. }
            | Payment::RefundSent { .. }
            | Payment::RefundConfirmed { .. }
            | Payment::RefundFailed { .. } => None,
        },
        Event::Order(Order::OrderClosed { order }) => of_order(*order),
        Event::Conversation(
            Conversation::PaymentClaimed { order } | Conversation::ClaimAnswered { order },
        ) => of_order(*order),
        _ => None,
    }
}

pub(crate) async fn apply(conn: &mut PgConnection, batch: &[&Told]) -> Result<(), ApplyError> {
    let (mut attempts, mut orders) = (BTreeSet::<Key>::new(), BTreeSet::<Key>::new());
    for told in batch {
        let Ok(event) = &told.event else { continue };
        match about(event) {
            Some(About::Attempt(id)) => attempts.insert((told.lane, told.shop, id)),
            Some(About::Order(id)) => orders.insert((told.lane, told.shop, id)),
            None => continue,
        };
    }
    if attempts.is_empty() && orders.is_empty() {
        return Ok(());
    }
    let mut rows = Rows(write::load(conn, &attempts, &orders).await?);
    for told in batch {
        let Ok(event) = &told.event else { continue };
        if about(event).is_some() {
            rows.fold(told, event)?;
        }
    }
    write::save(conn, rows.0.into_values().collect()).await
}

/// The attempts this batch is about, and all others of their orders.
#[derive(Debug)]
struct Rows(BTreeMap<Key, Row>);
