//! One awake stream: its state, its keys and its place in the chain.

use std::{borrow::Cow, sync::Arc};

use chrono::{DateTime, SubsecRound, Utc};
use uuid::Uuid;

use crate::{Decider, DecodeError, KeyRing, Lane, Promise, Recorded, chain, seal::WrappedKey};

/// A stream in memory. Ahead of the disk by what is being committed.
pub(crate) struct Awake<D: Decider> {
    pub(crate) state: D::State,
    pub(crate) keys: KeyRing,
    pub(crate) lane: Lane,
    pub(crate) stream: Uuid,
    pub(crate) seq: i64,
    pub(crate) tip: [u8; 32],
    last_at: DateTime<Utc>,
}

/// What one command came to, ready to be written.
pub(crate) struct Judged {
    pub(crate) events: Vec<Recorded>,
    pub(crate) outcome: Arc<str>,
    pub(crate) promises: Vec<Promise>,
    pub(crate) keys: Vec<WrappedKey>,
    pub(crate) at: DateTime<Utc>,
}

impl<D: Decider> Awake<D> {
    /// A stream before its first event. The ring knows the stream.
    pub(crate) fn from_ring(decider: &D, keys: KeyRing) -> Self {
        let stream = keys.stream();
        Self::at(decider.empty(stream), keys, 0, chain::genesis(stream))
    }

    /// A stream as a snapshot left it. The ring knows the stream.
    pub(crate) fn at(state: D::State, keys: KeyRing, seq: i64, tip: [u8; 32]) -> Self {
        let stream = keys.stream();
        Self {
            state,
            keys,
            lane: Lane::of(stream),
            stream,
            seq,
            tip,
            last_at: DateTime::<Utc>::MIN_UTC,
        }
    }

    /// The time of the last event, where it was not replayed.
    pub(crate) fn seen_at(&mut self, at: DateTime<Utc>) {
        self.last_at = at;
    }

    /// The time of the last event, if there is one.
    pub(crate) fn last_at(&self) -> Option<DateTime<Utc>> {
        (self.seq > 0).then_some(self.last_at)
    }

    /// Whether a silence that ended `until` may still have to be told: whatever was decided later
    /// was decided knowing it.
    pub(crate) fn owes(&self, until: DateTime<Utc>) -> bool {
        self.last_at().is_some_and(|last| until > last)
    }

    /// Applies a stored event.
    pub(crate) fn replay(&mut self, decider: &D, event: &Recorded) -> Result<(), DecodeError> {
        decider.replay(&mut self.state, event, &mut self.keys)?;
        self.seq = event.seq;
        self.tip = event.hash;
        self.last_at = event.at;
        Ok(())
    }

    /// Decides a command and numbers, times and chains its facts.
    pub(crate) fn judge(
        &mut self,
        decider: &D,
        command: &D::Command,
        now: DateTime<Utc>,
    ) -> Judged {
        let at = now.trunc_subsecs(6).max(self.last_at);
        let decided = decider.decide(&mut self.state, command, at, &mut self.keys);
        let command_id = D::command_id(command);
        let correlation_id = D::correlation(command);
        let mut events = Vec::with_capacity(decided.facts.len());
        if !decided.facts.is_empty() {
            let actor: Arc<str> = D::actor(command).into();
            for (index, fact) in decided.facts.into_iter().enumerate() {
                self.seq = self.seq.saturating_add(1);
                let mut event = Recorded {
                    lane: self.lane,
                    stream: self.stream,
                    seq: self.seq,
                    pos: 0,
                    id: Uuid::new_v5(&command_id, index.to_string().as_bytes()),
                    kind: Cow::Borrowed(fact.kind),
                    version: fact.version,
                    at,
                    actor: Arc::clone(&actor),
                    command_id,
                    correlation_id,
                    body: fact.body,
                    hash: [0; 32],
                };
                event.hash = chain::link(&self.tip, &event);
                self.tip = event.hash;
                events.push(event);
            }
            self.last_at = at;
        }
        Judged {
            events,
            outcome: decided.outcome.into(),
            promises: decided.promises,
            keys: self.keys.take_made(),
            at,
        }
    }

    /// About how many bytes it takes.
    pub(crate) fn weight(&self) -> usize {
        D::weight(&self.state)
            .saturating_add(self.keys.weight())
            .saturating_add(512)
    }
}
