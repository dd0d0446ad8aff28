//! The log: streams of bytes-with-a-kind, their one writer, and what hangs on them.
//!
//! ```text
//! submit ─► queue of the stream ─► decide (in memory, ahead of disk) ─► ONE statement ─► answer
//!                                                                         │
//!            event + receipt + promises + keys, positions without gaps ◄──┘
//! ```
//!
//! **Shape.** 256 lanes; a stream lives in the lane its id hashes to. A lane has one writer, so it
//! is gap-free and totally ordered; between lanes there is no order. This crate knows no shop:
//! commands, answers and bodies are opaque.
//!
//! **Cost.** One round trip per batch, whatever its size (at most 1 000 commands); three rows per
//! command (event, receipt, promise) at some 30 µs of PostgreSQL. Nobody is answered before the
//! commit; the next batch is decided while the last one is on its way.
//!
//! **Limits.** One core decides one stream. A stream's queue, the awake streams' memory and the
//! length of a batch are bounded ([`LogConfig`]); beyond them callers are told
//! [`SubmitError::Busy`].

pub mod chain;
pub mod clock;
mod column;
mod committer;
mod decider;
mod doorway;
pub mod inbox;
mod lane;
mod lease;
mod log;
pub mod memory;
pub mod outbox;
pub mod photos;
mod recorded;
pub mod registry;
pub mod retention;
pub mod seal;
mod session;
pub mod snapshot;
pub mod statement;
mod stream;
pub mod subscription;

pub use clock::Clock;
pub use decider::{Decided, Decider, DecodeError, Fact, Promise};
pub use doorway::{Answered, Committed, Doorway, SubmitError};
pub use lane::{LANES, Lane};
pub use log::{Log, LogConfig, StartError};
pub use recorded::Recorded;
pub use seal::{KeyRing, MasterKey};
pub use session::{Role, check, migrate_options, pool};
