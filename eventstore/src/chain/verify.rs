//! Verifying the chain: the whole log or one stream, in windows, naming the first break of each.

use std::collections::{HashMap, HashSet};

use sqlx::PgPool;
use uuid::Uuid;

use super::{genesis, link};
use crate::{
    Lane, Recorded,
    subscription::{heads, read_lane, read_stream},
};

/// Events per query: short snapshots, little memory.
const WINDOW: i64 = 20_000;

/// Where a chain no longer holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    pub lane: Lane,
    /// `None`: the lane itself has a hole, whoever's it was.
    pub stream: Option<Uuid>,
    /// The first event of the stream that does not fit (or that should be there).
    pub seq: i64,
    /// Its position, or the missing one.
    pub pos: i64,
    pub reason: &'static str,
}

/// What a verification saw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub events: u64,
    pub streams: u64,
    /// At most one per stream, and one per lane.
    pub breaks: Vec<Break>,
}

impl Report {
    /// True if nothing was changed, removed or put in.
    pub fn is_whole(&self) -> bool {
        self.breaks.is_empty()
    }

    fn add(&mut self, other: Self) {
        self.events = self.events.saturating_add(other.events);
        self.streams = self.streams.saturating_add(other.streams);
        self.breaks.extend(other.breaks);
    }
}

/// Verifies one stream.
pub async fn verify_stream(pool: &PgPool, stream: Uuid) -> Result<Report, sqlx::Error> {
    let mut walk = Walk::default();
    let mut after = 0;
    loop {
        let events = read_stream(pool, stream, after, WINDOW).await?;
        let Some(last) = events.last() else { break };
        after = last.seq;
        for event in &events {
            walk.step(event);
        }
    }
    Ok(walk.report())
}

/// Verifies every lane, `parallel` at a time; `progress` hears of events as they are seen.
///
/// Also finds holes in a lane's positions and events missing at its end.
pub async fn verify_all(
    pool: &PgPool,
    parallel: usize,
    progress: impl Fn(u64) + Send + Sync,
) -> Result<Report, sqlx::Error> {
    use futures_util::{StreamExt, TryStreamExt, stream};

    let heads = heads(pool).await?;
    let lanes = Lane::all().map(|lane| {
        let (head, progress) = (heads.get(&lane).copied().unwrap_or_default(), &progress);
        async move { verify_lane(pool, lane, head, progress).await }
    });
    stream::iter(lanes)
        .buffer_unordered(parallel.max(1))
        .try_fold(Report::default(), |mut all, lane| async move {
            all.add(lane);
            Ok(all)
        })
        .await
}

async fn verify_lane(
    pool: &PgPool,
    lane: Lane,
    head: i64,
    progress: impl Fn(u64),
) -> Result<Report, sqlx::Error> {
    let mut walk = Walk::default();
    let mut hole = None;
    let mut after = 0;
    loop {
        let events = read_lane(pool, lane, after, WINDOW).await?;
        for event in &events {
            let expected = after.saturating_add(1);
            if event.pos != expected && hole.is_none() {
                hole = Some(expected);
            }
            after = event.pos;
            walk.step(event);
        }
        progress(u64::try_from(events.len()).unwrap_or_default());
        if i64::try_from(events.len()) != Ok(WINDOW) {
            break;
        }
    }
    if after < head && hole.is_none() {
        hole = Some(after.saturating_add(1));
    }
    let mut report = walk.report();
    if let Some(pos) = hole {
        let reason = "an event is missing from the lane";
        report.breaks.push(Break {
            lane,
            stream: None,
            seq: 0,
            pos,
            reason,
        });
    }
    Ok(report)
}

/// The tips of the streams seen so far.
#[derive(Default)]
struct Walk {
    tips: HashMap<Uuid, (i64, [u8; 32])>,
    broken: HashSet<Uuid>,
    events: u64,
    breaks: Vec<Break>,
}

impl Walk {
    fn step(&mut self, event: &Recorded) {
        self.events = self.events.saturating_add(1);
        let stream = event.stream;
        if self.broken.contains(&stream) {
            return;
        }
        let (seq, tip) = self
            .tips
            .entry(stream)
            .or_insert_with(|| (0, genesis(stream)));
        let expected = seq.saturating_add(1);
        let reason = if event.seq != expected {
            "an event is missing"
        } else if Lane::of(stream) != event.lane {
            "the event is in another stream's lane"
        } else if link(tip, event) != event.hash {
            "the event is not what was committed"
        } else {
            (*seq, *tip) = (event.seq, event.hash);
            return;
        };
        self.broken.insert(stream);
        let (lane, pos) = (event.lane, event.pos);
        self.breaks.push(Break {
            lane,
            stream: Some(stream),
            seq: expected,
            pos,
            reason,
        });
    }

    fn report(self) -> Report {
        let streams = u64::try_from(self.tips.len()).unwrap_or(u64::MAX);
        Report {
            events: self.events,
            streams,
            breaks: self.breaks,
        }
    }
}
