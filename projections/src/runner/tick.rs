//! One tick: checkpoints and tables move in one transaction, or not at all.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{Connection, PgConnection, PgPool};
use uuid::Uuid;

use crate::{ApplyError, MODELS, Model, Told, tables::SET};

use super::{log, park};

/// A lane's checkpoint, from what we believe to where this batch ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Move {
    pub lane: i16,
    pub from: i64,
    pub to: i64,
}

/// Applies `work` and returns the lanes whose checkpoint was where we believed; the others were
/// moved by somebody else and are left alone. An event that cannot be applied parks its shop (for
/// that model) and nothing else.
pub(super) async fn tick(
    pool: &PgPool,
    work: &[&Told],
    moves: &[Move],
) -> Result<BTreeSet<i16>, ApplyError> {
    match whole(pool, work, moves).await {
        Err(error) if error.is_poison() => {
            tracing::warn!(%error, "a batch holds a poisoned event: shop by shop");
            shop_by_shop(pool, work, moves).await
        }
        done => done,
    }
}

async fn whole(pool: &PgPool, work: &[&Told], moves: &[Move]) -> Result<BTreeSet<i16>, ApplyError> {
    let mut tx = log::begin(pool).await?;
    let won = advance(&mut tx, moves).await?;
    let parked = park::positions(&mut tx, &won).await?;
    for model in MODELS {
        let batch = open(work, &won, &parked, model);
        apply(&mut tx, model, &batch).await?;
    }
    tx.commit().await?;
    Ok(won)
}

async fn shop_by_shop(
    pool: &PgPool,
    work: &[&Told],
    moves: &[Move],
) -> Result<BTreeSet<i16>, ApplyError> {
    let mut tx = log::begin(pool).await?;
    let won = advance(&mut tx, moves).await?;
    let parked = park::positions(&mut tx, &won).await?;
    for model in MODELS {
        let mut shops: BTreeMap<Uuid, Vec<&Told>> = BTreeMap::new();
        for told in open(work, &won, &parked, model) {
            shops.entry(told.shop).or_default().push(told);
        }
        for events in shops.values() {
            one_shop(&mut tx, model, events).await?;
        }
    }
    tx.commit().await?;
    Ok(won)
}

/// The events a model has to take: of lanes we won, and before the position its shop is parked at.
fn open<'a>(
    work: &[&'a Told],
    won: &BTreeSet<i16>,
    parked: &park::Positions,
    model: &Model,
) -> Vec<&'a Told> {
    let is_open = |told: &Told| {
        won.contains(&told.lane)
            && parked
                .get(&(model.name.to_owned(), told.shop))
                .is_none_or(|pos| told.pos < *pos)
    };
    work.iter().copied().filter(|told| is_open(told)).collect()
}

/// One shop's events into one model: all at once, else one by one up to the one that fails.
pub(super) async fn one_shop(
    conn: &mut PgConnection,
    model: &Model,
    events: &[&Told],
) -> Result<(), ApplyError> {
    match attempt(conn, model, events).await {
        Err(error) if error.is_poison() => {}
        done => return done,
    }
    for told in events {
        match attempt(conn, model, std::slice::from_ref(told)).await {
            Err(error) if error.is_poison() => {
                tracing::error!(model = model.name, shop = %told.shop, seq = told.seq, %error,
                    "parked: this model skips the shop from here on");
                return Ok(park::park(conn, model, told, &error).await?);
            }
            done => done?,
        }
    }
    Ok(())
}

/// Applies in a savepoint, so that a failure leaves the transaction usable.
async fn attempt(
    conn: &mut PgConnection,
    model: &Model,
    events: &[&Told],
) -> Result<(), ApplyError> {
    let mut savepoint = conn.begin().await?;
    match apply(&mut savepoint, model, events).await {
        Ok(()) => Ok(savepoint.commit().await?),
        Err(error) => {
            savepoint.rollback().await?;
            Err(error)
        }
    }
}

async fn apply(conn: &mut PgConnection, model: &Model, events: &[&Told]) -> Result<(), ApplyError> {
    if events.is_empty() {
        return Ok(());
    }
    // Nobody knows what an unreadable event was about, so no model may pass it.
    if let Some(reason) = events.iter().find_map(|told| told.event.as_ref().err()) {
        return Err(ApplyError::Poison(reason.clone()));
    }
    (model.apply)(conn, events).await
}

/// Compare-and-set of many lanes at once. Rows are locked in the order of lanes, so that two
/// nodes cannot wait for each other.
async fn advance(conn: &mut PgConnection, moves: &[Move]) -> Result<BTreeSet<i16>, sqlx::Error> {
    let won: Vec<i16> = sqlx::query_scalar(
        "WITH ours AS (
             SELECT c.lane FROM checkpoint c
               JOIN unnest($2::smallint[], $3::bigint[]) AS u(lane, pos)
                    ON u.lane = c.lane AND u.pos = c.pos
              WHERE c.projection = $1 ORDER BY c.lane FOR UPDATE OF c)
         UPDATE checkpoint c SET pos = u.pos
           FROM ours JOIN unnest($2::smallint[], $4::bigint[]) AS u(lane, pos) USING (lane)
          WHERE c.projection = $1 AND c.lane = ours.lane
         RETURNING c.lane",
    )
    .bind(SET)
    .bind(moves.iter().map(|step| step.lane).collect::<Vec<_>>())
    .bind(moves.iter().map(|step| step.from).collect::<Vec<_>>())
    .bind(moves.iter().map(|step| step.to).collect::<Vec<_>>())
    .fetch_all(conn)
    .await?;
    Ok(won.into_iter().collect())
}
