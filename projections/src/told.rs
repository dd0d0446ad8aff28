//! One event on its way into the tables.

use chrono::{DateTime, Utc};
use domain::event::Event;
use eventstore::{Lane, Recorded};
use uuid::Uuid;

/// A stored event, read.
#[derive(Clone, Debug)]
pub struct Told {
    pub lane: i16,
    pub shop: Uuid,
    /// Number in the shop.
    pub seq: i64,
    /// Number in the lane.
    pub pos: i64,
    pub at: DateTime<Utc>,
    /// What told it: events of one command stand side by side and are applied together.
    pub command: Uuid,
    /// What it says, or why nobody can read it (then the shop is parked here).
    pub event: Result<Event, String>,
}

impl Told {
    /// Reads a stored event.
    pub fn read(recorded: &Recorded) -> Self {
        Self {
            lane: recorded.lane.number(),
            shop: recorded.stream,
            seq: recorded.seq,
            pos: recorded.pos,
            at: recorded.at,
            command: recorded.command_id,
            event: decode(&recorded.kind, recorded.version, &recorded.body),
        }
    }

    /// An event as a spec tells it, without a log.
    pub fn new(shop: Uuid, seq: i64, at: DateTime<Utc>, event: Event) -> Self {
        Self {
            lane: Lane::of(shop).number(),
            shop,
            seq,
            pos: seq,
            at,
            command: shop,
            event: Ok(event),
        }
    }
}

/// The event of a stored body.
pub(crate) fn decode(kind: &str, version: i16, body: &str) -> Result<Event, String> {
    let event: Event = serde_json::from_str(body)
        .map_err(|error| format!("{kind} version {version} cannot be read: {error}"))?;
    if event.version() < version {
        return Err(format!(
            "{kind} version {version} is newer than this program"
        ));
    }
    Ok(event)
}

/// Why a batch did not go into the tables.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// An event this model cannot take; trying again will not help.
    #[error("{0}")]
    Poison(String),
    /// The tables are of another program's version, which also moves their checkpoint.
    #[error("the tables of {0} are of version {1}: another program keeps them now")]
    OtherVersion(String, i32),
    /// Another process has taken the rebuild over, or it was aborted.
    #[error("the rebuild is not ours any more: it was aborted, or taken over by another process")]
    LeaseLost,
    /// The database said no.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl ApplyError {
    /// Something the event speaks of is not in the table.
    pub(crate) fn unknown(what: &str, id: impl std::fmt::Display) -> Self {
        Self::Poison(format!("{what} {id} is not in the table"))
    }

    /// True if the events are to blame (bad or impossible data), false if it is the weather: a
    /// lost connection, a time-out, a missing grant.
    pub(crate) fn is_poison(&self) -> bool {
        match self {
            Self::Poison(_) => true,
            Self::OtherVersion(..) | Self::LeaseLost => false,
            Self::Database(sqlx::Error::Database(error)) => {
                // Class 22: data exception. Class 23: constraint violated.
                error
                    .code()
                    .is_some_and(|code| code.starts_with("22") || code.starts_with("23"))
            }
            Self::Database(sqlx::Error::ColumnDecode { .. }) => true,
            Self::Database(_) => false,
        }
    }
}
