//! What goes over the wire, in the words of the page.

use axum::extract::ws::Utf8Bytes;
use chrono::{DateTime, Utc};
use projections::board::{Board, Rows};
use serde::Serialize;

/// Why a viewer gets the whole page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Reason {
    /// She asked for no sequence.
    First,
    /// She asked for a sequence whose following frames are not kept any more.
    TooFarBehind,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Wire<'a> {
    Snapshot {
        reason: Reason,
        #[serde(flatten)]
        board: &'a Board,
    },
    Rows(&'a Rows),
    Ping {
        at: DateTime<Utc>,
        seq: i64,
    },
}

/// A frame, serialised once for all its viewers.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Every change of the page up to this sequence is in this frame or in earlier ones.
    pub seq: i64,
    pub text: Utf8Bytes,
}

impl Frame {
    /// The whole page.
    pub(super) fn snapshot(board: &Board, reason: Reason) -> Result<Self, serde_json::Error> {
        Self::of(board.seq, &Wire::Snapshot { reason, board })
    }

    /// What moved.
    pub(super) fn rows(rows: &Rows) -> Result<Self, serde_json::Error> {
        Self::of(rows.seq, &Wire::Rows(rows))
    }

    /// Nothing moved; the line is alive.
    pub(super) fn ping(at: DateTime<Utc>, seq: i64) -> Result<Self, serde_json::Error> {
        Self::of(seq, &Wire::Ping { at, seq })
    }

    fn of(seq: i64, wire: &Wire<'_>) -> Result<Self, serde_json::Error> {
        Ok(Self {
            seq,
            text: serde_json::to_string(wire)?.into(),
        })
    }
}
