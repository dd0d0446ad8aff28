//! Waking: snapshot + tail, several streams at once, on a connection beside the committer's.

use std::{collections::HashMap, sync::Arc, time::Duration};

use sqlx::{PgConnection, Row};
use uuid::Uuid;

use super::{
    pulse::{self, Silence},
    shared::Shared,
    side::{Side, Woken},
};
use crate::{
    Decider, KeyRing, Lane, MasterKey, Recorded, column::column, stream::Awake,
    subscription::decode,
};

const SNAPSHOTS: &str = include_str!("../../sql/wake_snapshot.sql");
const EVENTS: &str = include_str!("../../sql/wake_events.sql");
const KEYS: &str = include_str!("../../sql/wake_keys.sql");
const DEADLINES: &str = include_str!("../../sql/wake_deadlines.sql");

/// Events per stream and query: bounds memory, and keeps each snapshot of the database short.
const WINDOW: i64 = 10_000;

pub(super) async fn wake<D: Decider>(shared: Arc<Shared<D>>, wanted: Vec<(Uuid, u64)>) -> Side<D> {
    let streams = column(wanted.iter().map(|(stream, _)| *stream));
    loop {
        match try_wake(&shared, &streams).await {
            Ok(mut read) => {
                let woken = wanted.into_iter().map(|(stream, ticket)| {
                    let missing = || Err("not read".to_owned());
                    let (silences, awake) = match read.remove(&stream) {
                        Some((awake, silences)) => (silences, awake),
                        None => (Vec::new(), missing()),
                    };
                    Woken {
                        stream,
                        ticket,
                        awake,
                        silences,
                    }
                });
                return Side::Woken(woken.collect());
            }
            Err(error) => tracing::warn!(%error, "streams cannot be read"),
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

type Told<D> = HashMap<Uuid, (Result<(Box<Awake<D>>, i64), String>, Vec<Silence>)>;
type Read<D> = HashMap<Uuid, Result<(Box<Awake<D>>, i64), String>>;

async fn try_wake<D: Decider>(
    shared: &Shared<D>,
    streams: &[Uuid],
) -> Result<Told<D>, sqlx::Error> {
    let mut connection = shared.pool.acquire().await?;
    let lanes = column(streams.iter().map(|stream| Lane::of(*stream).number()));
    // First: from here on a crash wakes them again.
    sqlx::query(DEADLINES)
        .bind(&lanes)
        .bind(streams)
        .execute(&mut *connection)
        .await?;
    let mut read = load(&mut connection, &shared.decider, &shared.master, streams).await?;
    let awake = read.values().filter_map(|one| one.as_ref().ok());
    let eldest = awake.filter_map(|(awake, _)| awake.last_at()).min();
    let silences = match eldest {
        Some(at) => pulse::silences(&mut connection, &lanes, at).await?,
        None => Vec::new(),
    };
    let mut out = HashMap::with_capacity(streams.len());
    for stream in streams {
        let Some(loaded) = read.remove(stream) else {
            continue;
        };
        let owed = |(awake, _): &(Box<Awake<D>>, i64)| {
            let (lane, theirs) = (awake.lane.number(), silences.iter());
            let theirs = theirs.filter(|(of, one)| *of == lane && awake.owes(one.until));
            column(theirs.map(|(_, one)| *one))
        };
        let owed = loaded.as_ref().map(owed).unwrap_or_default();
        out.insert(*stream, (loaded, owed));
    }
    Ok(out)
}

/// Reads streams to their present end.
pub(crate) async fn load<D: Decider>(
    connection: &mut PgConnection,
    decider: &D,
    master: &Arc<MasterKey>,
    streams: &[Uuid],
) -> Result<Read<D>, sqlx::Error> {
    let lanes = column(streams.iter().map(|stream| Lane::of(*stream).number()));
    let mut rings = keys(connection, master, &lanes, streams).await?;
    let rows = sqlx::query(SNAPSHOTS)
        .bind(&lanes)
        .bind(streams)
        .bind(D::SHAPE)
        .fetch_all(&mut *connection)
        .await?;
    let mut folds = HashMap::with_capacity(streams.len());
    for row in rows {
        let (stream, seq): (Uuid, i64) = (row.try_get("shop_id")?, row.try_get("seq")?);
        let (tip, body): (Vec<u8>, Vec<u8>) = (row.try_get("tip")?, row.try_get("body")?);
        let Some(Ok(mut ring)) = rings.remove(&stream) else {
            continue;
        };
        match (decider.restore(&body, &mut ring), <[u8; 32]>::try_from(tip)) {
            (Some(state), Ok(tip)) => {
                folds.insert(stream, Fold::new(Awake::at(state, ring, seq, tip)));
            }
            // It can always be read again from the log.
            _ => drop(rings.insert(stream, Ok(ring))),
        }
    }
    let mut out = HashMap::with_capacity(streams.len());
    for (stream, ring) in rings {
        match ring {
            Ok(ring) => {
                let empty = Awake::from_ring(decider, ring);
                folds.insert(stream, Fold::new(empty));
            }
            Err(reason) => drop(out.insert(stream, Err(reason))),
        }
    }
    tails(connection, decider, &mut folds).await?;
    for (stream, fold) in folds {
        let done = fold
            .failed
            .map_or_else(|| Ok((Box::new(fold.awake), fold.applied)), Err);
        out.insert(stream, done);
    }
    Ok(out)
}

/// A stream being read.
struct Fold<D: Decider> {
    awake: Awake<D>,
    /// The snapshot's own event is read too: it proves the tip and tells the time.
    proof: bool,
    applied: i64,
    done: bool,
    failed: Option<String>,
}

impl<D: Decider> Fold<D> {
    fn new(awake: Awake<D>) -> Self {
        let proof = awake.seq > 0;
        Self {
            awake,
            proof,
            applied: 0,
            done: false,
            failed: None,
        }
    }

    fn apply(&mut self, decider: &D, event: &Recorded) {
        if self.failed.is_some() {
            return;
        }
        if self.proof {
            self.proof = false;
            if event.seq != self.awake.seq || event.hash != self.awake.tip {
                self.failed = Some("the snapshot is not of this log".to_owned());
            }
            self.awake.seen_at(event.at);
            return;
        }
        if event.seq != self.awake.seq.saturating_add(1) {
            self.failed = Some(format!(
                "event {} is missing",
                self.awake.seq.saturating_add(1)
            ));
            return;
        }
        match self.awake.replay(decider, event) {
            Ok(()) => self.applied = self.applied.saturating_add(1),
            Err(error) => self.failed = Some(format!("event {}: {error}", event.seq)),
        }
    }
}

async fn tails<D: Decider>(
    connection: &mut PgConnection,
    decider: &D,
    folds: &mut HashMap<Uuid, Fold<D>>,
) -> Result<(), sqlx::Error> {
    loop {
        let open = column(
            folds
                .iter()
                .filter(|(_, fold)| !fold.done)
                .map(|(id, fold)| {
                    (
                        Lane::of(*id).number(),
                        *id,
                        fold.awake.seq.saturating_sub(i64::from(fold.proof)),
                    )
                }),
        );
        if open.is_empty() {
            return Ok(());
        }
        let share = WINDOW
            .checked_div(super::batch::count(open.len()))
            .unwrap_or(1)
            .max(16);
        let rows = sqlx::query(EVENTS)
            .bind(column(open.iter().map(|(lane, ..)| *lane)))
            .bind(column(open.iter().map(|(_, stream, _)| *stream)))
            .bind(column(open.iter().map(|(.., after)| *after)))
            .bind(share)
            .fetch_all(&mut *connection)
            .await?;
        let mut counts: HashMap<Uuid, i64> = HashMap::with_capacity(open.len());
        for row in rows {
            let event = decode(&row)?;
            let Some(fold) = folds.get_mut(&event.stream) else {
                continue;
            };
            fold.apply(decider, &event);
            *counts.entry(event.stream).or_default() += 1;
        }
        for (_, stream, _) in open {
            let full = counts.get(&stream).is_some_and(|count| *count >= share);
            if let Some(fold) = folds.get_mut(&stream) {
                fold.done = !full || fold.failed.is_some();
            }
        }
    }
}

/// The rings of these streams: each, or why a stored key does not open.
async fn keys(
    connection: &mut PgConnection,
    master: &Arc<MasterKey>,
    lanes: &[i16],
    streams: &[Uuid],
) -> Result<HashMap<Uuid, Result<KeyRing, String>>, sqlx::Error> {
    let mut rings: HashMap<Uuid, Result<KeyRing, String>> = streams
        .iter()
        .map(|stream| (*stream, Ok(KeyRing::new(*stream, Arc::clone(master)))))
        .collect();
    let rows = sqlx::query(KEYS)
        .bind(lanes)
        .bind(streams)
        .fetch_all(connection)
        .await?;
    for row in rows {
        let (stream, client): (Uuid, Uuid) = (row.try_get("shop_id")?, row.try_get("client_id")?);
        let wrapped: Vec<u8> = row.try_get("wrapped")?;
        let Some(entry) = rings.get_mut(&stream) else {
            continue;
        };
        if let Ok(ring) = entry
            && let Err(error) = ring.load(client, &wrapped)
        {
            *entry = Err(format!("a client's key does not open: {error}"));
        }
    }
    Ok(rings)
}
