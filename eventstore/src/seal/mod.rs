//! Sealing: what the log and its neighbours hold of a person is never in clear.
//!
//! ```text
//! master key ─┬─ wraps ─► a client's key  ─► personal fields in events, snapshots, promises
//!             ├─ wraps ─► a day's key     ─► raw webhook bodies (destroyed with the day)
//!             ├─ home key                 ─► numbers, accounts, contacts
//!             └─ mac key per purpose      ─► look-up by HMAC instead of by the bare value
//! ```
//! XChaCha20-Poly1305 with a random 24-byte nonce before the ciphertext; the additional data ties
//! a box to its place, so that a box moved elsewhere does not open.

mod day;
mod envelope;
mod master;
mod ring;

pub use day::{DayKeyError, DayKeys};
pub use envelope::{Opened, SealError, open, open_bytes, seal, seal_bytes};
pub use master::{DataKey, MasterKey};
pub use ring::{KeyRing, WrappedKey};
