//! Are the tables what the log says? Two answers.
//!
//! An independent one: the domain folds the whole history of a shop, and the tables that speak of
//! its state are compared with that. And one for every table of every model: the rows its own
//! `apply` makes of the whole log ([`scratch`]), so that nothing was lost, cut or applied twice.

mod compare;
mod laws;
mod money;
mod people;
mod scratch;
mod waiting;
mod whatif;
mod wishes;

use chrono::{DateTime, Utc};
use domain::trust::recompute::Audit;
use domain::{Shop, ids::ShopId};
use sqlx::{Connection as _, PgConnection, PgPool};
use uuid::Uuid;

use crate::{
    models::{attempts, cancellations, clients, orders, refunds, stock, trust, waitlists},
    runner::log,
};

use scratch::Scratch;

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
    /// Tables whose rows were compared with those of a replay through `apply`, in each shop.
    pub tables: usize,
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
    let shops = list(pool, shops).await?;
    // A connection of our own: its temporary tables go with it.
    let mut conn = pool.acquire().await?.detach();
    let scratch = Scratch::set(&mut conn).await?;
    report.tables = scratch.tables();
    for (lane, shop) in shops {
        let mut tx = conn.begin_with(BEGIN).await?;
        let found = one_shop(&mut tx, &scratch, (lane, shop), &mut report).await?;
        tx.rollback().await?;
        report.shops += 1;
        if let Some(what) = found {
            report.difference = Some(Difference { shop, what });
            break;
        }
    }
    conn.close().await?;
    Ok(report)
}

/// The gate first, the snapshot after; temporary tables may be written all the same.
const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; \
     SET LOCAL ROLE livepay_projector; LOCK TABLE public.reading_gate IN ACCESS SHARE MODE; \
     SET LOCAL idle_in_transaction_session_timeout = '30s'";

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
    scratch: &Scratch,
    (lane, shop): (i16, Uuid),
    report: &mut Report,
) -> Result<Option<String>, sqlx::Error> {
    scratch::look_at_the_live(conn).await?;
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
    let mut again = scratch.begin(conn, (lane, shop)).await?;
    let mut state = Shop::new(ShopId(shop));
    let mut audit = Audit::default();
    let mut after = 0;
    loop {
        let page = log::of_shop(conn, (lane, shop), (after, i64::MAX), WINDOW).await?;
        let Some(last) = page.last() else { break };
        after = last.seq;
        for told in page.iter().filter(|told| told.seq <= until) {
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
        if let Some(refused) = again.take(conn, &page).await? {
            return Ok(Some(refused));
        }
    }
    if after < until {
        return Ok(Some(format!(
            "the tables know {until} events, the log has {after}"
        )));
    }
    report.events += until;
    let now: DateTime<Utc> = sqlx::query_scalar("SELECT clock_timestamp()")
        .fetch_one(&mut *conn)
        .await?;
    if let Some(broken) = laws::broken(&state, audit, now, report) {
        return Ok(Some(broken));
    }
    scratch::look_at_the_live(conn).await?;
    // Parked models stopped at another event than the shop did: only their own replay knows.
    let told = if again.is_whole() {
        tables(conn, (lane, shop), &state, report).await?
    } else {
        None
    };
    match told {
        Some(difference) => Ok(Some(difference)),
        None => again.difference(conn).await,
    }
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
