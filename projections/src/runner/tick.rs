//! One tick: checkpoints and tables move in one transaction, or not at all.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{Connection, PgConnection, PgPool};
use uuid::Uuid;

use crate::{ApplyError, Model, Told, generation::Generation, tables::SET};

use super::{park, standing::Standing};

/// Events given to a model at once: some models' work grows faster than the batch.
const SLICE: usize = 4_000;

/// A lane's checkpoint, from what we believe to where this batch ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Move {
    pub lane: i16,
    pub from: i64,
    pub to: i64,
}

/// How a batch goes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// Set by set; fails as a whole.
    Whole,
    /// Shop by shop, each in a savepoint: parks the shops that fail.
    ByShop,
}

/// One move per lane, from where it is to the last event of the batch.
pub(crate) fn moves(work: &[&Told], from: impl Fn(i16) -> i64) -> Vec<Move> {
    let ends: BTreeMap<i16, i64> = work.iter().map(|told| (told.lane, told.pos)).collect();
    let ends = ends.into_iter();
    ends.map(|(lane, to)| Move {
        lane,
        from: from(lane),
        to,
    })
    .collect()
}

/// Applies `work` and returns the lanes whose checkpoint was where we believed; the others were
/// moved by somebody else and are left alone. An event that cannot be applied parks its shop (for
/// that model) and nothing else.
pub(crate) async fn tick(
    pool: &PgPool,
    generation: Generation,
    work: &[&Told],
    moves: &[Move],
) -> Result<BTreeSet<i16>, ApplyError> {
    match once(pool, generation, Pace::Whole, (work, moves)).await {
        Err(error) if error.is_poison() => {
            tracing::warn!(%error, "a batch holds a poisoned event: shop by shop");
            once(pool, generation, Pace::ByShop, (work, moves)).await
        }
        done => done,
    }
}

async fn once(
    pool: &PgPool,
    generation: Generation,
    pace: Pace,
    (work, moves): (&[&Told], &[Move]),
) -> Result<BTreeSet<i16>, ApplyError> {
    let mut tx = generation.begin(pool).await?;
    let won = within(&mut tx, pace, work, moves).await?;
    generation.fence(&mut tx).await?;
    tx.commit().await?;
    Ok(won)
}

/// The same inside a transaction that is open already, in the generation it names.
pub(crate) async fn within(
    conn: &mut PgConnection,
    pace: Pace,
    work: &[&Told],
    moves: &[Move],
) -> Result<BTreeSet<i16>, ApplyError> {
    let won = advance(conn, moves).await?;
    let standing = Standing::read(conn, &won).await?;
    for model in standing.models()? {
        let takes = |told: &&Told| won.contains(&told.lane) && standing.takes(model, told);
        let open: Vec<&Told> = work.iter().copied().filter(takes).collect();
        match pace {
            Pace::Whole => {
                for slice in slices(&open) {
                    apply(conn, model, slice).await?;
                }
            }
            Pace::ByShop => {
                let mut shops: BTreeMap<Uuid, Vec<&Told>> = BTreeMap::new();
                for told in open {
                    shops.entry(told.shop).or_default().push(told);
                }
                for events in shops.values() {
                    one_shop(conn, model, events).await?;
                }
            }
        }
    }
    Ok(won)
}

/// Cuts a batch so that no command is cut in two.
pub(crate) fn slices<'a, 'b>(events: &'b [&'a Told]) -> impl Iterator<Item = &'b [&'a Told]> {
    let mut rest = events;
    std::iter::from_fn(move || {
        let mut end = SLICE.min(rest.len());
        while end < rest.len() && told_together(rest.get(end - 1)?, rest.get(end)?) {
            end += 1;
        }
        let (slice, left) = rest.split_at_checked(end)?;
        rest = left;
        (!slice.is_empty()).then_some(slice)
    })
}

fn told_together(one: &Told, next: &Told) -> bool {
    (one.shop, one.command) == (next.shop, next.command)
}

/// One shop's events into one model: all at once, else command by command, and of the one that
/// fails event by event up to the one that is to blame.
pub(super) async fn one_shop(
    conn: &mut PgConnection,
    model: &Model,
    events: &[&Told],
) -> Result<(), ApplyError> {
    match attempt(conn, model, events).await {
        Err(error) if error.is_poison() => {}
        done => return done,
    }
    for command in events.chunk_by(|one, next| told_together(one, next)) {
        match attempt(conn, model, command).await {
            Err(error) if error.is_poison() => {}
            done => {
                done?;
                continue;
            }
        }
        for told in command {
            match attempt(conn, model, std::slice::from_ref(told)).await {
                Err(error) if error.is_poison() => {
                    tracing::error!(model = model.name, shop = %told.shop, seq = told.seq, %error,
                        "parked: this model skips the shop from here on");
                    return Ok(park::park(conn, model, told, &error).await?);
                }
                done => done?,
            }
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
    for slice in slices(events) {
        if let Err(error) = apply(&mut savepoint, model, slice).await {
            savepoint.rollback().await?;
            return Err(error);
        }
    }
    Ok(savepoint.commit().await?)
}

/// Moves one model by events of which it is known that it takes them.
pub(crate) async fn apply(
    conn: &mut PgConnection,
    model: &Model,
    events: &[&Told],
) -> Result<(), ApplyError> {
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

#[cfg(test)]
mod spec {
    use chrono::DateTime;
    use domain::{catalogue::Event as Catalogue, event::Event, ids::ProductId};

    use super::*;

    #[test]
    fn slices_keep_every_event_and_cut_no_command() {
        let told = |seq: i64| {
            let product = ProductId(1);
            let event = Event::Catalogue(Catalogue::ProductArchived { product });
            let mut told = Told::new(Uuid::nil(), seq, DateTime::UNIX_EPOCH, event);
            // Commands of three events.
            told.command = Uuid::from_u128(u128::try_from(seq / 3).unwrap());
            told
        };
        let events: Vec<Told> = (0..10_000).map(told).collect();
        let list: Vec<&Told> = events.iter().collect();
        let slices: Vec<&[&Told]> = slices(&list).collect();
        assert!(slices.len() == 3 && slices.concat().len() == 10_000);
        for pair in slices.windows(2) {
            assert_ne!(pair[0].last().unwrap().command, pair[1][0].command);
        }
    }
}
