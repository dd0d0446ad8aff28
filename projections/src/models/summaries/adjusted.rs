//! Lines below a settled summary: money that came or went since.

use chrono::{DateTime, Utc};
use domain::{event::Event, payment::Event as Payment};
use sqlx::PgConnection;
use uuid::Uuid;

use super::orders;
use crate::{ApplyError, Told};

/// A line as it is stored; see [`super::TABLE`].
#[derive(Debug)]
pub(super) struct Adjusted {
    lane: i16,
    shop_id: Uuid,
    live_id: i64,
    seq: i64,
    at: DateTime<Utc>,
    order_id: i64,
    amount: i64,
    kind: &'static str,
}

impl Adjusted {
    /// What an event changes of what counts; nothing where it changes nothing.
    pub(super) fn of(
        told: &Told,
        event: &Event,
        before: &orders::Row,
        after: &orders::Row,
    ) -> Option<Self> {
        let amount = after.collected - before.collected;
        let Event::Payment(event) = event else { return None };
        let kind = match event {
            Payment::RefundDue { .. } => "given_back",
            Payment::PaymentReversed { .. } => "taken_back",
            _ => "paid_late",
        };
        (amount != 0).then_some(Self {
            lane: told.lane,
            shop_id: told.shop,
            live_id: after.live_id?,
            seq: told.seq,
            at: told.at,
            order_id: after.order_id,
            amount,
            kind,
        })
    }
}

pub(super) async fn save(conn: &mut PgConnection, rows: &[Adjusted]) -> Result<(), ApplyError> {
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO summary_adjustments
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::bigint[],
                              $5::timestamptz[], $6::bigint[], $7::bigint[], $8::text[])",
    )
    .bind(rows.iter().map(|row| row.lane).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.shop_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.live_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.seq).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.order_id).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.amount).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.kind).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
