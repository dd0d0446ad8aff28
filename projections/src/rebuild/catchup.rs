//! Up to where the live tables are, and the comparison of both at equal positions.

use std::collections::BTreeMap;

use sqlx::PgConnection;

use crate::{
    ApplyError, Told,
    runner::{
        log::{self, Span},
        tick::{self, Pace},
    },
};

use super::{
    Progress, RebuildError, Rebuilt, Work,
    compare::{self, Scope, Subject},
    replay,
};

/// Lanes compared in one snapshot.
const LANES: usize = 16;
/// Events of one transaction here.
const WINDOW: i64 = 4_000;
/// Near enough for the swap to take the rest.
const NEAR: i64 = 200;

/// What was compared: the tables, and where every lane was then.
#[derive(Debug, Default)]
pub(super) struct Compared {
    pub(super) subjects: Vec<Subject>,
    pub(super) at: BTreeMap<i16, i64>,
}

/// Follows the live tables, then compares lane by lane.
pub(super) async fn run(work: &Work<'_>, rebuilt: &mut Rebuilt) -> Result<Compared, RebuildError> {
    let mut compared = Compared::default();
    follow(work, rebuilt).await?;
    let mut tx = work.lease.generation().begin(work.pool).await?;
    compared.subjects = compare::subjects(&mut tx, work.models).await?;
    let lanes: Vec<i16> = replay::places(&mut tx).await?.into_keys().collect();
    tx.rollback().await?;
    rebuilt.compared = compared.subjects.len();
    for some in lanes.chunks(LANES) {
        let (at, differing) = patiently(work, &compared.subjects, some).await?;
        compared.at.extend(at);
        rebuilt.differing.extend(differing);
    }
    if !rebuilt.differing.is_empty() && !work.plan.replace {
        return Err(RebuildError::Differs(std::mem::take(
            &mut rebuilt.differing,
        )));
    }
    follow(work, rebuilt).await?;
    Ok(compared)
}

/// Applies what the live tables have and the new ones have not, until they are near.
pub(super) async fn follow(work: &Work<'_>, rebuilt: &mut Rebuilt) -> Result<(), RebuildError> {
    for _round in 0..1_000 {
        let mut tx = work.lease.generation().begin(work.pool).await?;
        let (left, events) = rest(&mut tx, WINDOW).await?;
        tx.rollback().await?;
        if events.is_empty() {
            break;
        }
        let applied = replay::apply(work.pool, work.lease, &events).await?;
        rebuilt.events += applied;
        told(work.progress, applied);
        if left - applied < NEAR {
            break;
        }
    }
    Ok(())
}

fn told(progress: &tokio::sync::watch::Sender<Progress>, applied: i64) {
    progress.send_modify(|progress| {
        progress.done += applied;
        progress.total = progress.total.max(progress.done);
    });
}

/// How many events the new tables lack, and about `most` of them.
pub(super) async fn rest(
    conn: &mut PgConnection,
    most: i64,
) -> Result<(i64, Vec<Told>), RebuildError> {
    let places = replay::places(conn).await?;
    let left = places.values().map(|(next, live)| live - next).sum();
    let mut room = most;
    let mut spans = Vec::new();
    for (lane, (after, upto)) in places {
        if after == upto || room == 0 {
            continue;
        }
        let most = room.min(upto - after + 1);
        room -= most;
        spans.push(Span {
            lane,
            after,
            upto,
            most,
        });
    }
    if spans.is_empty() {
        return Ok((left, Vec::new()));
    }
    Ok((left, log::between(conn, &spans).await?.events))
}

type Look = (BTreeMap<i16, i64>, Vec<compare::Differing>);

/// Tries again when the lease was renewed, or a shop has to be parked.
async fn patiently(
    work: &Work<'_>,
    subjects: &[Subject],
    lanes: &[i16],
) -> Result<Look, RebuildError> {
    let mut pace = Pace::Whole;
    let mut tries = 0;
    loop {
        match look(work, subjects, lanes, pace).await {
            Err(RebuildError::Apply(error)) if error.is_poison() && pace == Pace::Whole => {
                pace = Pace::ByShop;
            }
            Err(error) if error.is_in_the_way() && tries < 20 => tries += 1,
            done => return done,
        }
    }
}

/// One snapshot: these lanes are brought to where it shows the live tables, and compared.
async fn look(
    work: &Work<'_>,
    subjects: &[Subject],
    lanes: &[i16],
    pace: Pace,
) -> Result<Look, RebuildError> {
    let generation = work.lease.generation();
    // Its row is locked from the start: in one snapshot a lease renewed meanwhile could not be
    // asked for at the end, and a comparison may take longer than until the next renewal.
    if !work.lease.renew(work.pool).await? {
        return Err(ApplyError::LeaseLost.into());
    }
    let mut tx = work
        .pool
        .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ")
        .await?;
    generation.enter(&mut tx).await?;
    generation.fence(&mut tx).await?;
    let mut places = replay::places(&mut tx).await?;
    places.retain(|lane, _| lanes.contains(lane));
    let spans: Vec<Span> = places
        .iter()
        .filter(|(_, (next, live))| next < live)
        .map(|(lane, (after, upto))| Span {
            lane: *lane,
            after: *after,
            upto: *upto,
            most: i64::MAX,
        })
        .collect();
    let events = log::between(&mut tx, &spans).await?.events;
    let list: Vec<&Told> = events.iter().collect();
    let from = |lane| places.get(&lane).map_or(0, |(next, _)| *next);
    let moves = tick::moves(&list, from);
    if !moves.is_empty() {
        let won = tick::within(&mut tx, pace, &list, &moves).await?;
        if won.len() != moves.len() {
            return Err(ApplyError::LeaseLost.into());
        }
    }
    let differing = compare::differing(&mut tx, subjects, Scope::Lanes(lanes)).await?;
    tx.commit().await?;
    told(work.progress, i64::try_from(events.len()).unwrap_or(0));
    let at = places.into_iter().map(|(lane, (_, live))| (lane, live));
    Ok((at.collect(), differing))
}
