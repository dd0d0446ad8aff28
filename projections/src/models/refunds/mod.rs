//! Refunds: money that has to go back, as work items.
//!
//! The seller asks: whom do I owe money, how much, why, until when, and who takes care of it?

mod cards;
mod fold;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{event::Event, ids::RefundId, payment::Event as Payment};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{ApplyError, Told, numbers};

pub use cards::{RefundCard, Sum, open, totals};
pub(crate) use fold::word;
pub(crate) use write::all;

/// See [`crate::Model::version`].
pub const VERSION: i32 = 1;

/// One row per refund, kept after it arrived; `amount` in minor units.
///
/// `state`: due (somebody of the shop has to send it), asked (of the provider), sent, failed (it
/// did not arrive; due again), confirmed (it arrived). `automatic`: the provider sends it, or sent
/// it; false once it failed, and for what is sent by hand. `until`: by when it should be back with
/// her. `overdue_at`: when that was last found to have passed.
pub const TABLE: &str = "
CREATE TABLE refunds (
    lane smallint NOT NULL, shop_id uuid NOT NULL, refund_id bigint NOT NULL,
    order_id bigint NOT NULL, attempt_id bigint NOT NULL, amount bigint NOT NULL,
    reason text NOT NULL, state text NOT NULL, automatic boolean NOT NULL, owner text,
    until timestamptz NOT NULL, method text, evidence text, failure text,
    due_at timestamptz NOT NULL, asked_at timestamptz, sent_at timestamptz,
    confirmed_at timestamptz, failed_at timestamptz, overdue_at timestamptz,
    PRIMARY KEY (lane, shop_id, refund_id)
) WITH (fillfactor = 70);
CREATE INDEX refunds_order ON refunds (lane, shop_id, order_id);
CREATE INDEX refunds_open ON refunds (lane, shop_id, until, refund_id)
    WHERE state <> 'confirmed'";

type Key = (i16, Uuid, i64);

/// A row as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Row {
    lane: i16,
    shop_id: Uuid,
    pub refund_id: i64,
    pub order_id: i64,
    pub attempt_id: i64,
    pub amount: i64,
    pub reason: String,
    pub state: String,
    pub automatic: bool,
    pub owner: Option<String>,
    until: DateTime<Utc>,
    method: Option<String>,
    evidence: Option<String>,
    failure: Option<String>,
    due_at: DateTime<Utc>,
    asked_at: Option<DateTime<Utc>>,
    sent_at: Option<DateTime<Utc>>,
    confirmed_at: Option<DateTime<Utc>>,
    failed_at: Option<DateTime<Utc>>,
    overdue_at: Option<DateTime<Utc>>,
}

/// The refund whose row an event changes.
fn subject(event: &Event) -> Option<RefundId> {
    let Event::Payment(event) = event else { return None };
    match event {
        Payment::RefundDue { refund, .. }
        | Payment::RefundTaken { refund, .. }
        | Payment::RefundRequested { refund, .. }
        | Payment::RefundOverdue { refund }
        | Payment::RefundSent { refund, .. }
        | Payment::RefundConfirmed { refund, .. }
        | Payment::RefundFailed { refund, .. } => Some(*refund),
        Payment::PaymentMethodChosen { .. }
        | Payment::ChargeRequested { .. }
        | Payment::ChargeCreated { .. }
        | Payment::ChargeFailed { .. }
        | Payment::ProviderAsked { .. }
        | Payment::PaymentObserved { .. }
        | Payment::PaymentConfirmed { .. }
        | Payment::DepositConfirmed { .. }
        | Payment::PaymentUnderpaid { .. }
        | Payment::PaymentOverpaid { .. }
        | Payment::PaymentArrivedLate { .. }
        | Payment::LatePaymentHonoured { .. }
        | Payment::PaymentReversed { .. }
        | Payment::CashReceived { .. } => None,
    }
}

fn key(told: &Told) -> Option<Key> {
    let refund = subject(told.event.as_ref().ok()?)?;
    Some((told.lane, told.shop, numbers::refund(refund)))
}

pub(crate) async fn apply(conn: &mut PgConnection, batch: &[&Told]) -> Result<(), ApplyError> {
    let keys: BTreeSet<Key> = batch.iter().filter_map(|told| key(told)).collect();
    if keys.is_empty() {
        return Ok(());
    }
    let mut rows: BTreeMap<Key, Row> = write::load(conn, &keys).await?;
    for told in batch {
        let (Some(key), Ok(Event::Payment(event))) = (key(told), &told.event) else { continue };
        if let Some(row) = fold::due(key, told, event) {
            rows.insert(key, row);
            continue;
        }
        let row = rows.get_mut(&key).ok_or_else(|| ApplyError::unknown("refund", key.2))?;
        row.fold(event, told.at);
    }
    write::save(conn, rows.into_values().collect()).await
}
