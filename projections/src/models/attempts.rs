//! Attempts: every charge asked of a payment provider.
//!
//! The payer asks: where do I pay this? The pacer asks: is anything open that a webhook may have
//! missed?

use chrono::{DateTime, Utc};
use domain::event::Event;
use domain::ids::AttemptId;
use domain::payment::Event as Payment;
use domain::payment::observation::Status;
use sqlx::{PgConnection, PgPool};

use crate::{ApplyError, TenantTx, Told, numbers};

/// See [`crate::Model::version`].
pub const VERSION: i32 = 1;

/// `state`: requested, created, unknown (it may exist), failed, paid.
pub const TABLE: &str = "
CREATE TABLE reading.attempts (
    lane smallint NOT NULL, shop_id uuid NOT NULL, attempt_id bigint NOT NULL,
    order_id bigint NOT NULL, reference text NOT NULL, method text NOT NULL,
    amount bigint NOT NULL, asked_at timestamptz NOT NULL, link text, state text NOT NULL,
    PRIMARY KEY (lane, shop_id, attempt_id)
) WITH (fillfactor = 70);
CREATE INDEX attempts_open ON reading.attempts (asked_at)
    WHERE state IN ('requested', 'created', 'unknown')";

/// A change of one attempt, all columns of it or only some.
#[derive(Default)]
struct Change<'a> {
    attempt: i64,
    new: Option<(i64, &'a str, &'static str, i64, DateTime<Utc>)>,
    link: Option<&'a str>,
    state: &'static str,
}

fn change(told: &Told) -> Option<Change<'_>> {
    let Ok(Event::Payment(event)) = &told.event else { return None };
    let of = |attempt: AttemptId| numbers::attempt(attempt);
    Some(match event {
        Payment::ChargeRequested { order, attempt, reference, method, amount } => Change {
            attempt: of(*attempt),
            new: Some((
                numbers::order(*order),
                reference.as_str(),
                method.code(),
                amount.0,
                told.at,
            )),
            link: None,
            state: "requested",
        },
        Payment::ChargeCreated { attempt, link, .. } => Change {
            attempt: of(*attempt),
            link: Some(link),
            state: "created",
            ..Change::default()
        },
        Payment::ChargeFailed { attempt, unknown, .. } => Change {
            attempt: of(*attempt),
            state: if *unknown { "unknown" } else { "failed" },
            ..Change::default()
        },
        Payment::PaymentObserved { attempt, status, .. } => Change {
            attempt: of(*attempt),
            state: match status {
                Status::Succeeded | Status::Reversed => "paid",
                Status::Failed | Status::Cancelled => "failed",
                Status::Pending
                | Status::Processing
                | Status::Authorized
                | Status::Unknown
                | Status::Absent => "created",
            },
            ..Change::default()
        },
        Payment::PaymentMethodChosen { .. }
        | Payment::ProviderAsked { .. }
        | Payment::PaymentConfirmed { .. }
        | Payment::DepositConfirmed { .. }
        | Payment::PaymentUnderpaid { .. }
        | Payment::PaymentOverpaid { .. }
        | Payment::PaymentArrivedLate { .. }
        | Payment::LatePaymentHonoured { .. }
        | Payment::PaymentReversed { .. }
        | Payment::CashReceived { .. }
        | Payment::RefundDue { .. }
        | Payment::RefundTaken { .. }
        | Payment::RefundRequested { .. }
        | Payment::RefundOverdue { .. }
        | Payment::RefundSent { .. }
        | Payment::RefundConfirmed { .. }
        | Payment::RefundFailed { .. } => return None,
    })
}

pub(crate) async fn apply(conn: &mut PgConnection, batch: &[&Told]) -> Result<(), ApplyError> {
    let changes: Vec<(&Told, Change<'_>)> =
        batch.iter().filter_map(|told| Some((*told, change(told)?))).collect();
    insert(conn, &changes).await?;
    update(conn, &changes).await
}

async fn insert(
    conn: &mut PgConnection,
    changes: &[(&Told, Change<'_>)],
) -> Result<(), ApplyError> {
    let new: Vec<_> = changes
        .iter()
        .filter_map(|(told, change)| change.new.map(|new| (*told, change.attempt, new)))
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO reading.attempts
             (lane, shop_id, attempt_id, order_id, reference, method, amount, asked_at, state)
         SELECT u.*, 'requested'
           FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::bigint[], $5::text[],
                       $6::text[], $7::bigint[], $8::timestamptz[]) AS u",
    )
    .bind(new.iter().map(|(told, ..)| told.lane).collect::<Vec<_>>())
    .bind(new.iter().map(|(told, ..)| told.shop).collect::<Vec<_>>())
    .bind(new.iter().map(|(_, attempt, _)| *attempt).collect::<Vec<_>>())
    .bind(new.iter().map(|(.., new)| new.0).collect::<Vec<_>>())
    .bind(new.iter().map(|(.., new)| new.1).collect::<Vec<_>>())
    .bind(new.iter().map(|(.., new)| new.2).collect::<Vec<_>>())
    .bind(new.iter().map(|(.., new)| new.3).collect::<Vec<_>>())
    .bind(new.iter().map(|(.., new)| new.4).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// The last state and link of each attempt in the batch. Paid stays paid: only the first row of
/// money counts here, and what follows it is the orders' business.
async fn update(
    conn: &mut PgConnection,
    changes: &[(&Told, Change<'_>)],
) -> Result<(), ApplyError> {
    let later: Vec<_> = changes.iter().filter(|(_, change)| change.new.is_none()).collect();
    if later.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "UPDATE reading.attempts r
            SET link = coalesce(c.link, r.link),
                state = CASE WHEN r.state = 'paid' THEN r.state ELSE c.state END
           FROM (SELECT lane, shop_id, attempt_id,
                        (array_agg(link ORDER BY n DESC) FILTER (WHERE link IS NOT NULL))[1]
                            AS link,
                        coalesce(max(state) FILTER (WHERE state = 'paid'),
                                 (array_agg(state ORDER BY n DESC))[1]) AS state
                   FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::text[], $5::text[])
                        WITH ORDINALITY AS u (lane, shop_id, attempt_id, link, state, n)
                  GROUP BY lane, shop_id, attempt_id) c
          WHERE (r.lane, r.shop_id, r.attempt_id) = (c.lane, c.shop_id, c.attempt_id)",
    )
    .bind(later.iter().map(|(told, _)| told.lane).collect::<Vec<_>>())
    .bind(later.iter().map(|(told, _)| told.shop).collect::<Vec<_>>())
    .bind(later.iter().map(|(_, change)| change.attempt).collect::<Vec<_>>())
    .bind(later.iter().map(|(_, change)| change.link).collect::<Vec<_>>())
    .bind(later.iter().map(|(_, change)| change.state).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// What the payment page needs of an attempt.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AttemptCard {
    pub order_id: i64,
    pub method: String,
    pub amount: i64,
    pub link: Option<String>,
    /// Of the attempt.
    pub state: String,
}

/// One attempt of the shop.
pub async fn card(
    tx: &mut TenantTx,
    attempt: AttemptId,
) -> Result<Option<AttemptCard>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        "SELECT order_id, method, amount, link, state FROM reading.attempts
          WHERE lane = $1 AND shop_id = $2 AND attempt_id = $3",
    )
    .bind(lane)
    .bind(shop)
    .bind(numbers::attempt(attempt))
    .fetch_optional(tx.conn())
    .await
}

/// Whether any attempt of the last seven days is still open, in any shop; for the pacer only,
/// which speaks for LivePay and for no shop.
pub async fn anything_open(pool: &PgPool) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM reading.attempts
                         WHERE state IN ('requested', 'created', 'unknown')
                           AND asked_at > clock_timestamp() - interval '7 days')",
    )
    .fetch_one(pool)
    .await
}

