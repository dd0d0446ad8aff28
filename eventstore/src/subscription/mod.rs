//! Reading the log: by stream, by lane, and following it from a checkpoint to the present and on.
//!
//! Positions of a lane have no gaps and appear in commit order (the head row serialises them), so
//! "everything after position p" is safe to remember as one number per lane: nothing can appear
//! below it later. Between lanes there is no order.

mod checkpoint;
mod read;
mod tail;

pub use checkpoint::{Checkpoints, Park};
pub use read::{heads, read_lane, read_stream};
pub use tail::{Batch, Tail};

pub(crate) use read::decode;
