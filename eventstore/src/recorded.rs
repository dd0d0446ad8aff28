//! One stored event, as it is hashed, committed, read and sent to subscribers.

use std::{borrow::Cow, sync::Arc};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::Lane;

/// A fact that happened, with its place in the log.
///
/// `at` has whole microseconds. `body` is JSON text, kept to the byte: the hash covers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    pub lane: Lane,
    pub stream: Uuid,
    /// Number in the stream: 1, 2, 3 … without gaps.
    pub seq: i64,
    /// Number in the lane: 1, 2, 3 … without gaps. 0 until the commit gave it.
    pub pos: i64,
    /// `UUIDv5` of (command id, index of the fact in the command).
    pub id: Uuid,
    pub kind: Cow<'static, str>,
    pub version: i16,
    pub at: DateTime<Utc>,
    pub actor: Arc<str>,
    pub command_id: Uuid,
    pub correlation_id: Uuid,
    pub body: String,
    /// The chain's link: see [`crate::chain`].
    pub hash: [u8; 32],
}
