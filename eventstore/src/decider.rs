//! What a user of the log brings: how a stream decides, and what its facts look like.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{KeyRing, Recorded};

/// A stored event this decider cannot read. The stream does not wake; the log is never guessed.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{kind} version {version} cannot be read: {reason}")]
pub struct DecodeError {
    pub kind: String,
    pub version: i16,
    pub reason: String,
}

/// One fact a decision produced. `body` is JSON text (checked by the database's cast).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub kind: &'static str,
    pub version: i16,
    pub body: String,
}

/// Something to do outside after the commit: an outbox row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Which number or account keeps it: opaque.
    pub sender: String,
    /// The conversation, first in first out; `None` means no order.
    pub recipient: Option<Uuid>,
    /// 0 is served first.
    pub class: i16,
    pub kind: &'static str,
    /// JSON text.
    pub body: String,
    /// After this instant it is dropped and recorded, never kept late.
    pub not_after: Option<DateTime<Utc>>,
}

/// What a command came to. No facts and no promises is a refusal (or nothing to do): its outcome
/// is still recorded, so that a repeat gets the same answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    pub facts: Vec<Fact>,
    /// The typed answer, JSON text, without personal data.
    pub outcome: String,
    pub promises: Vec<Promise>,
}

/// The pure part: state, commands and what follows. Never awaits, never reads a clock.
///
/// `decide` runs on *speculative* state, ahead of the disk: it must leave the state exactly as
/// [`Decider::replay`] of its facts would. If the commit fails the stream is read again.
pub trait Decider: Send + Sync + 'static {
    type State: Send + 'static;
    type Command: Send + Sync + 'static;

    /// The number of the snapshot's shape; another number is ignored and the log read instead.
    const SHAPE: i32;
    /// The newest event shape this program writes; a lane written by a newer one is not leased.
    const SPEAKS: i32;

    /// The state of a stream before its first event.
    fn empty(&self, stream: Uuid) -> Self::State;

    /// Applies one stored event.
    fn replay(
        &self,
        state: &mut Self::State,
        event: &Recorded,
        keys: &mut KeyRing,
    ) -> Result<(), DecodeError>;

    /// Judges one command at `now` (whole microseconds, never before the stream's last event).
    fn decide(
        &self,
        state: &mut Self::State,
        command: &Self::Command,
        now: DateTime<Utc>,
        keys: &mut KeyRing,
    ) -> Decided;

    /// The command's id: one id has effects once.
    fn command_id(command: &Self::Command) -> Uuid;
    /// True if the id was made just now and cannot have been seen: spares a SELECT.
    fn fresh(command: &Self::Command) -> bool;
    /// What the command belongs to; its own id if nothing.
    fn correlation(command: &Self::Command) -> Uuid;
    /// Who asked, without personal data.
    fn actor(command: &Self::Command) -> String;

    /// The next instant at which the stream must be knocked even if nobody speaks.
    fn next_due(state: &Self::State) -> Option<DateTime<Utc>>;
    /// The knock: a command that settles what is due at `at`.
    fn sweep(&self, stream: Uuid, at: DateTime<Utc>) -> Self::Command;

    /// Nothing could be decided in this stream from `from` to `until`, as far as is known: what it
    /// is told before anything else. One id for the same silence; told twice it must do nothing.
    fn silence(
        &self,
        _stream: Uuid,
        _from: DateTime<Utc>,
        _until: DateTime<Utc>,
    ) -> Option<Self::Command> {
        None
    }

    /// About how many bytes the state takes in memory.
    fn weight(state: &Self::State) -> usize;
    /// The state as bytes (personal data sealed); `None` means never snapshot.
    fn snapshot(state: &Self::State) -> Option<Vec<u8>>;
    /// The state back from [`Decider::snapshot`] of the same shape; `None` reads the log instead.
    fn restore(&self, bytes: &[u8], keys: &mut KeyRing) -> Option<Self::State>;
}
