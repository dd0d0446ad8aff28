//! The log, read in windows into the next generation: several at once, each lane by one worker.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use sqlx::PgPool;
use tokio::{sync::watch, task::JoinSet, time::Instant};

use crate::{
    ApplyError, Told,
    runner::{
        log::{self, Span},
        tick,
    },
    tables::SET,
};

use super::{Progress, RebuildError, lease::Lease};

/// Positions of a window: of one transaction, and of one snapshot.
const LARGEST: i64 = 50_000;
const SMALLEST: i64 = 500;
const FIRST: i64 = 5_000;
/// A window that takes longer is followed by smaller ones, a faster one by larger ones.
const LONGEST: Duration = Duration::from_millis(2_500);

/// Where both generations are: lane → (next, live).
pub(super) type Places = BTreeMap<i16, (i64, i64)>;

/// As of one statement. The next may be anywhere up to the live one.
pub(super) async fn places(conn: &mut sqlx::PgConnection) -> Result<Places, RebuildError> {
    let rows: Vec<(i16, i64, i64)> = sqlx::query_as(
        "SELECT lane, n.pos, l.pos FROM reading_next.checkpoint n
           JOIN public.checkpoint l USING (projection, lane)
          WHERE projection = $1",
    )
    .bind(SET)
    .fetch_all(conn)
    .await?;
    if rows.iter().any(|(_, next, live)| next > live) {
        return Err(RebuildError::StartedOver);
    }
    let place = |(lane, next, live)| (lane, (next, live));
    Ok(rows.into_iter().map(place).collect())
}

/// Writes down how much there is to read.
pub(super) async fn begin(
    pool: &PgPool,
    lease: Lease,
    progress: &watch::Sender<Progress>,
) -> Result<i64, RebuildError> {
    let mut tx = lease.generation().begin(pool).await?;
    let places = places(&mut tx).await?;
    let total = places.values().map(|(_, live)| live).sum();
    let done = places.values().map(|(next, _)| next).sum();
    sqlx::query("UPDATE rebuild SET total = $2 WHERE holder = $1")
        .bind(lease.holder)
        .bind(total)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    progress.send_modify(|progress| (progress.done, progress.total) = (done, total));
    Ok(total)
}

/// Reads up to where the live tables are now; what they move on meanwhile is left to the catch-up.
/// Returns how many events it applied.
pub(super) async fn run(
    pool: &PgPool,
    lease: Lease,
    workers: usize,
    progress: &watch::Sender<Progress>,
) -> Result<i64, RebuildError> {
    let mut tx = lease.generation().begin(pool).await?;
    let places = places(&mut tx).await?;
    tx.rollback().await?;
    let done = Arc::new(AtomicI64::new(0));
    let before = progress.borrow().done;
    // Dropping the set, with this future, stops the workers between two statements.
    let mut working = JoinSet::new();
    for lanes in shares(&places, workers.max(1)) {
        let goal = |lane: &i16| (*lane, places.get(lane).map_or(0, |(_, live)| *live));
        let worker = Worker {
            pool: pool.clone(),
            lease,
            goals: lanes.iter().map(goal).collect(),
            done: Arc::clone(&done),
        };
        working.spawn(worker.run());
    }
    let mut ticks = tokio::time::interval(Duration::from_millis(100));
    loop {
        tokio::select! {
            ended = working.join_next() => match ended {
                None => break,
                Some(Ok(ended)) => ended?,
                Some(Err(died)) => {
                    return Err(ApplyError::Poison(format!("a worker died: {died}")).into());
                }
            },
            _ = ticks.tick() => {}
        }
        let read = done.load(Ordering::Relaxed);
        progress.send_modify(|progress| progress.done = before.saturating_add(read));
    }
    Ok(done.load(Ordering::Relaxed))
}

/// The lanes of each worker: the fullest first, to whoever has least.
fn shares(places: &Places, workers: usize) -> Vec<Vec<i16>> {
    let mut lanes: Vec<(i64, i16)> = places
        .iter()
        .map(|(lane, (next, live))| (live - next, *lane))
        .filter(|(left, _)| *left > 0)
        .collect();
    lanes.sort_unstable_by(|one, other| other.cmp(one));
    let mut shares: Vec<(i64, Vec<i16>)> = vec![(0, Vec::new()); workers];
    for (left, lane) in lanes {
        if let Some(least) = shares.iter_mut().min_by_key(|(load, _)| *load) {
            least.0 += left;
            least.1.push(lane);
        }
    }
    let share = |(_, lanes): (i64, Vec<i16>)| (!lanes.is_empty()).then_some(lanes);
    shares.into_iter().filter_map(share).collect()
}

/// Has some lanes to itself.
struct Worker {
    pool: PgPool,
    lease: Lease,
    /// Lane → how far.
    goals: BTreeMap<i16, i64>,
    done: Arc<AtomicI64>,
}

impl Worker {
    async fn run(self) -> Result<(), RebuildError> {
        let mut size = FIRST;
        while let Some(events) = self.read(size).await? {
            let started = Instant::now();
            let applied = apply(&self.pool, self.lease, &events).await?;
            self.done.fetch_add(applied, Ordering::Relaxed);
            size = next_size(size, started.elapsed());
        }
        Ok(())
    }

    /// The next window: one snapshot, of as many lanes as fit. `None` once all are there.
    async fn read(&self, size: i64) -> Result<Option<Vec<Told>>, RebuildError> {
        let mut tx = self.lease.generation().begin(&self.pool).await?;
        let places = places(&mut tx).await?;
        let left = self.goals.iter().filter_map(|(lane, goal)| {
            let (next, _live) = places.get(lane)?;
            (next < goal).then_some((*lane, *next, *goal))
        });
        let own: Vec<(i16, i64, i64)> = left.collect();
        if own.is_empty() {
            tx.rollback().await?;
            return Ok(None);
        }
        let mut room = size;
        let mut spans = Vec::new();
        for (lane, after, upto) in own {
            if room == 0 {
                break;
            }
            // Of all that is there, nothing is cut: one more than there is.
            let most = room.min(upto - after + 1);
            room = (room - most).max(0);
            spans.push(Span {
                lane,
                after,
                upto,
                most,
            });
        }
        let read = log::between(&mut tx, &spans).await?;
        tx.rollback().await?;
        Ok(Some(read.events))
    }
}

/// Applies events read from where the lanes are.
pub(super) async fn apply(
    pool: &PgPool,
    lease: Lease,
    events: &[Told],
) -> Result<i64, RebuildError> {
    let work: Vec<&Told> = events.iter().collect();
    let mut first = BTreeMap::new();
    for told in events {
        first.entry(told.lane).or_insert(told.pos);
    }
    let from = |lane| first.get(&lane).map_or(0, |pos| pos - 1);
    let moves = tick::moves(&work, from);
    let won = tick::tick(pool, lease.generation(), &work, &moves).await?;
    if won.len() != moves.len() {
        return Err(ApplyError::LeaseLost.into());
    }
    Ok(i64::try_from(events.len()).unwrap_or(i64::MAX))
}

fn next_size(size: i64, took: Duration) -> i64 {
    let next = if took > LONGEST {
        size / 2
    } else if took < LONGEST / 3 {
        size * 2
    } else {
        size
    };
    next.clamp(SMALLEST, LARGEST)
}

#[cfg(test)]
mod spec {
    use super::*;

    #[test]
    fn every_lane_has_one_worker_and_loads_are_even() {
        let places: Places = (0..10)
            .map(|lane| (lane, (0, i64::from(lane) * 10)))
            .collect();
        let shares = shares(&places, 3);
        let mut lanes: Vec<i16> = shares.concat();
        lanes.sort_unstable();
        assert_eq!(lanes, (1..10).collect::<Vec<_>>());
        let load = |lanes: &Vec<i16>| lanes.iter().map(|lane| i64::from(*lane) * 10).sum::<i64>();
        // The heaviest first, each to who has least: no share is far from the 150 of an even deal.
        let mut loads: Vec<i64> = shares.iter().map(load).collect();
        loads.sort_unstable();
        assert_eq!(loads, [140, 150, 160], "{shares:?}");
    }

    #[test]
    fn a_slow_window_is_followed_by_a_smaller_one() {
        assert_eq!(next_size(5_000, Duration::from_secs(4)), 2_500);
        assert_eq!(next_size(5_000, Duration::from_millis(100)), 10_000);
        assert_eq!(next_size(50_000, Duration::ZERO), LARGEST);
        assert_eq!(next_size(500, Duration::from_secs(9)), SMALLEST);
    }
}
