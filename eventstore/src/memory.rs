//! The log's twin in memory: the same doorway, the same decisions, no database. For specs.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use tokio::sync::broadcast;
use uuid::Uuid;

use crate::{
    Answered, Committed, Decider, Doorway, KeyRing, Lane, MasterKey, Promise, Recorded,
    SubmitError, column::column, stream::Awake,
};

/// Streams, lanes and promises in memory. Time stands still until [`Log::set_now`].
pub struct Log<D: Decider> {
    decider: D,
    master: Arc<MasterKey>,
    inner: Mutex<Inner<D>>,
    committed: broadcast::Sender<Arc<Committed>>,
}

struct Inner<D: Decider> {
    now: DateTime<Utc>,
    awake: HashMap<Uuid, Awake<D>>,
    receipts: HashMap<(Uuid, Uuid), Answered>,
    lanes: HashMap<Lane, Vec<Recorded>>,
    promises: Vec<(Uuid, Promise)>,
}

impl<D: Decider> std::fmt::Debug for Log<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("memory::Log").finish_non_exhaustive()
    }
}

impl<D: Decider> Log<D> {
    pub fn new(decider: D, master: Arc<MasterKey>, now: DateTime<Utc>) -> Self {
        let (committed, _nobody_yet) = broadcast::channel(1_024);
        let inner = Inner {
            now,
            awake: HashMap::new(),
            receipts: HashMap::new(),
            lanes: HashMap::new(),
            promises: Vec::new(),
        };
        Self {
            decider,
            master,
            inner: Mutex::new(inner),
            committed,
        }
    }

    pub fn set_now(&self, now: DateTime<Utc>) {
        self.lock().now = now;
    }

    /// The promises made so far, oldest first; taken out.
    pub fn take_promises(&self) -> Vec<(Uuid, Promise)> {
        std::mem::take(&mut self.lock().promises)
    }

    /// Sweeps every stream that is due at the present time. Returns how many were.
    pub fn sweep_due(&self) -> usize {
        let due = {
            let inner = self.lock();
            let now = inner.now;
            let due = inner
                .awake
                .values()
                .filter(|awake| D::next_due(&awake.state).is_some_and(|due| due <= now));
            column(due.map(|awake| (awake.stream, now)))
        };
        for (stream, now) in &due {
            self.decide(*stream, &self.decider.sweep(*stream, *now));
        }
        due.len()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner<D>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn decide(&self, stream: Uuid, command: &D::Command) -> Answered {
        let lane = Lane::of(stream);
        let id = D::command_id(command);
        let mut guard = self.lock();
        let inner = &mut *guard;
        if let Some(answered) = inner.receipts.get(&(stream, id)) {
            return Answered {
                repeated: true,
                ..answered.clone()
            };
        }
        let awake = inner.awake.entry(stream).or_insert_with(|| {
            Awake::from_ring(
                &self.decider,
                KeyRing::new(stream, Arc::clone(&self.master)),
            )
        });
        let judged = awake.judge(&self.decider, command, inner.now);
        let seq = awake.seq;
        let log = inner.lanes.entry(lane).or_default();
        let base = i64::try_from(log.len()).unwrap_or(i64::MAX);
        let mut events = judged.events;
        for (offset, event) in (1..).zip(&mut events) {
            event.pos = base.saturating_add(offset);
        }
        log.extend(events.iter().cloned());
        let pos = i64::try_from(log.len()).unwrap_or(i64::MAX);
        let promises = judged.promises.len();
        inner
            .promises
            .extend(judged.promises.into_iter().map(|promise| (stream, promise)));
        let answered = Answered {
            outcome: judged.outcome,
            lane,
            pos,
            seq,
            repeated: false,
        };
        inner.receipts.insert((stream, id), answered.clone());
        drop(guard);
        let first_pos = base.saturating_add(1);
        drop(self.committed.send(Arc::new(Committed {
            lane,
            first_pos,
            events,
            promises,
        })));
        answered
    }
}

impl<D: Decider> Doorway<D::Command> for Log<D> {
    async fn submit(&self, stream: Uuid, command: D::Command) -> Result<Answered, SubmitError> {
        Ok(self.decide(stream, &command))
    }

    async fn read_stream(
        &self,
        stream: Uuid,
        after: i64,
        limit: i64,
    ) -> Result<Vec<Recorded>, SubmitError> {
        let inner = self.lock();
        let log = inner
            .lanes
            .get(&Lane::of(stream))
            .map(Vec::as_slice)
            .unwrap_or_default();
        let tail = log
            .iter()
            .filter(|event| event.stream == stream && event.seq > after);
        Ok(tail
            .take(usize::try_from(limit).unwrap_or_default())
            .cloned()
            .collect())
    }

    async fn read_lane(
        &self,
        lane: Lane,
        after: i64,
        limit: i64,
    ) -> Result<Vec<Recorded>, SubmitError> {
        let inner = self.lock();
        let log = inner
            .lanes
            .get(&lane)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let tail = log.iter().filter(|event| event.pos > after);
        Ok(tail
            .take(usize::try_from(limit).unwrap_or_default())
            .cloned()
            .collect())
    }

    fn subscribe(&self) -> broadcast::Receiver<Arc<Committed>> {
        self.committed.subscribe()
    }
}
