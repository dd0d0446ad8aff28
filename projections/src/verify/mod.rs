//! Are the tables what the log says? An independent answer: the domain folds the whole history of
//! a shop, and every row of the tables is compared with that state.

mod compare;
mod laws;
mod money;
mod people;
mod waiting;
mod whatif;
mod wishes;

use chrono::{DateTime, Utc};
use domain::trust::recompute::Audit;
use domain::{Shop, ids::ShopId};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use crate::{
    models::{attempts, cancellations, clients, orders, refunds, stock, trust, waitlists},
    runner::log,
};

pub use whatif::{WhatIf, what_if};

/// Events read at once.
const WINDOW: i64 = 5_000;

/// What was compared, and the first thing that differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub shops: usize,
    pub events: i64,
    pub variants: usize,
    pub orders: usize,
    pub attempts: usize,
    pub refunds: usize,
    pub clients: usize,
    pub waits: usize,
    /// Clients whose trust in the log is the trust recomputed from it.
    pub audited: usize,
    /// Francs that wait: for the rest of their sum, or for their payer's choice.
    pub waiting: i64,
    /// Holds whose last moment passed a minute ago and more: none may be.
    pub leaked: usize,
    pub difference: Option<Difference>,
}

/// Where tables and log disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub shop: Uuid,
    /// For a person: what the table says, what the log says.
    pub what: String,
}

/// Replays the log of these shops (of all, for `None`) and stops at the first difference.
///
/// A shop is compared at the sequence its tables know: being behind is no difference, but having
/// no row at all is (wait for the runner first). Each shop is one transaction at one instant.
pub async fn replay(pool: &PgPool, shops: Option<&[Uuid]>) -> Result<Report, sqlx::Error> {
    let mut report = Report::default();
    for (lane, shop) in list(pool, shops).await? {
        let mut tx = pool
            .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            .await?;
        sqlx::query(crate::tables::AS_PROJECTOR)
            .execute(&mut *tx)
            .await?;
        let found = one_shop(&mut tx, (lane, shop), &mut report).await?;
        tx.rollback().await?;
        report.shops += 1;
        if let Some(what) = found {
            report.difference = Some(Difference { shop, what });
            break;
        }
    }
    Ok(report)
}

/// The first variant of any shop whose terms are impossible: one below zero, or more spoken for
/// than there is.
pub async fn stock_never_negative(pool: &PgPool) -> Result<Option<Difference>, sqlx::Error> {
    let mut tx = log::begin(pool).await?;
    let found: Option<(Uuid, i64, i64, i64, i64, i64)> = sqlx::query_as(
        "SELECT shop_id, variant_id, on_hand, held, committed, blocked FROM stock
          WHERE least(on_hand, held, committed, blocked) < 0
             OR held + committed + blocked > on_hand
          ORDER BY lane, shop_id, variant_id LIMIT 1",
    )
    .fetch_optional(&mut *tx)
    .await?;
    tx.rollback().await?;
    Ok(found.map(|(shop, variant, on_hand, held, committed, blocked)| Difference {
        shop,
        what: format!(
            "variant {variant} has {on_hand} on hand, but {held} held, {committed} committed and \
             {blocked} blocked"
        ),
    }))
}

async fn list(pool: &PgPool, shops: Option<&[Uuid]>) -> Result<Vec<(i16, Uuid)>, sqlx::Error> {
    let mut tx = log::begin(pool).await?;
    let found = sqlx::query_as(
        "SELECT lane, shop_id FROM event
          WHERE seq = 1 AND ($1::uuid[] IS NULL OR shop_id = ANY($1)) ORDER BY lane, shop_id",
    )
    .bind(shops)
    .fetch_all(&mut *tx)
    .await?;
    tx.rollback().await?;
    Ok(found)
}

/// The first difference of one shop, in words.
async fn one_shop(
    conn: &mut PgConnection,
    (lane, shop): (i16, Uuid),
    report: &mut Report,
) -> Result<Option<String>, sqlx::Error> {
    let known: Option<(i64, DateTime<Utc>)> =
        sqlx::query_as("SELECT seq, at FROM shops WHERE lane = $1 AND shop_id = $2")
            .bind(lane)
            .bind(shop)
            .fetch_optional(&mut *conn)
            .await?;
    let Some((until, _)) = known else {
        return Ok(Some(
            "the log knows this shop, the tables do not".to_owned(),
        ));
    };
    let mut state = Shop::new(ShopId(shop));
    let mut audit = Audit::default();
    let mut after = 0;
    while after < until {
        let page = log::of_shop(conn, (lane, shop), (after, until), WINDOW).await?;
        let Some(last) = page.last() else {
            return Ok(Some(format!(
                "the tables know {until} events, the log has {after}"
            )));
        };
        after = last.seq;
        for told in &page {
            match &told.event {
                Ok(event) => {
                    domain::evolve(&mut state, event, told.at);
                    if let Err(mismatch) = audit.take(event, told.at) {
                        return Ok(Some(format!("trust: {mismatch}")));
                    }
                }
                Err(reason) => return Ok(Some(format!("event {}: {reason}", told.seq))),
            }
        }
    }
    report.events += until;
    let now: DateTime<Utc> = sqlx::query_scalar("SELECT clock_timestamp()")
        .fetch_one(&mut *conn)
        .await?;
    if let Some(broken) = laws::broken(&state, audit, now, report) {
        return Ok(Some(broken));
    }
    tables(conn, (lane, shop), &state, report).await
}

/// The first difference between a shop's tables and its state.
async fn tables(
    conn: &mut PgConnection,
    place: (i16, Uuid),
    state: &Shop,
    report: &mut Report,
) -> Result<Option<String>, sqlx::Error> {
    let variants = stock::terms(conn, place).await?;
    let orders = orders::all(conn, place).await?;
    let attempts = attempts::all(conn, place).await?;
    let refunds = refunds::all(conn, place).await?;
    let clients = clients::all(conn, place).await?;
    let lasts = trust::last(conn, place).await?;
    let waits = waitlists::all(conn, place).await?;
    let requests = cancellations::asked(conn, place).await?;
    report.variants += variants.len();
    report.orders += orders.len();
    report.attempts += attempts.len();
    report.refunds += refunds.len();
    report.clients += clients.len();
    report.waits += waits.len();
    Ok(compare::stock(state, &variants)
        .or_else(|| compare::orders(state, &orders))
        .or_else(|| money::attempts(state, &attempts))
        .or_else(|| money::refunds(state, &refunds))
        .or_else(|| people::clients(state, &clients))
        .or_else(|| people::trust(state, &lasts))
        .or_else(|| waiting::lists(state, &waits))
        .or_else(|| wishes::cancellations(state, &requests)))
}
