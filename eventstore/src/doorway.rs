//! The one way in, whatever stands behind it: PostgreSQL or memory.

use std::{future::Future, sync::Arc};

use tokio::sync::broadcast;
use uuid::Uuid;

use crate::{Lane, Recorded};

/// A command that is durably done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The decider's outcome, JSON text.
    pub outcome: Arc<str>,
    pub lane: Lane,
    /// The lane's position after the command: wait for it to read your own write.
    pub pos: i64,
    /// The stream's sequence after the command.
    pub seq: i64,
    /// True if this id was answered before: no new effect, the same outcome.
    pub repeated: bool,
}

/// Why a command has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubmitError {
    /// The stream's queue (or the memory) is full; try again shortly.
    #[error("the stream is busy")]
    Busy,
    /// Another node writes this lane; `url` is where to go, if known.
    #[error("another node owns the stream's lane")]
    NotOwner { url: Option<String> },
    /// The database cannot be reached. The same command id may be sent again without harm.
    #[error("the log is unavailable")]
    Unavailable,
    /// The command, alone, cannot be committed (or read); it is logged and will not be retried.
    #[error("the command was parked: {0}")]
    Parked(String),
    /// This node is shutting down.
    #[error("the node is stopping")]
    Stopping,
}

/// What one batch added to one lane, in order. Sent after the commit.
#[derive(Clone, Debug)]
pub struct Committed {
    pub lane: Lane,
    /// Position of `events[0]`; the position after the batch + 1 if there are none.
    pub first_pos: i64,
    pub events: Vec<Recorded>,
    /// How many outbox rows came with it.
    pub promises: usize,
}

/// Submit and read, over PostgreSQL ([`crate::Log`]) or memory ([`crate::memory::Log`]).
pub trait Doorway<C: Send>: Send + Sync {
    /// Asks a stream to decide a command. Resolves after the commit, never before.
    fn submit(
        &self,
        stream: Uuid,
        command: C,
    ) -> impl Future<Output = Result<Answered, SubmitError>> + Send;

    /// Up to `limit` events of a stream with `seq > after`, in order.
    fn read_stream(
        &self,
        stream: Uuid,
        after: i64,
        limit: i64,
    ) -> impl Future<Output = Result<Vec<Recorded>, SubmitError>> + Send;

    /// Up to `limit` events of a lane with `pos > after`, in order.
    fn read_lane(
        &self,
        lane: Lane,
        after: i64,
        limit: i64,
    ) -> impl Future<Output = Result<Vec<Recorded>, SubmitError>> + Send;

    /// Batches as they are committed by this process. A receiver that lags must read the log.
    fn subscribe(&self) -> broadcast::Receiver<Arc<Committed>>;
}
