//! One viewer: what she gets first, and what comes after.

use std::{collections::VecDeque, sync::Arc};

use domain::ids::ShopId;
use tokio::sync::mpsc;

use super::{
    Hub,
    build::BuildError,
    frame::{Frame, Reason},
    room::{Entry, Room},
};

/// Why a page cannot be watched now.
#[derive(Debug, thiserror::Error)]
pub enum Busy {
    /// Too many viewers of one shop.
    #[error("too many pages of this shop are open")]
    Full,
    /// The tables do not know the shop.
    #[error("the shop is not open yet")]
    Unknown,
    /// The page could not be read.
    #[error(transparent)]
    Failed(#[from] BuildError),
}

/// An open page.
#[derive(Debug)]
pub struct Viewer {
    first: VecDeque<Frame>,
    frames: mpsc::Receiver<Frame>,
    room: Arc<Room>,
    /// The newest sequence she has.
    seq: i64,
}

impl Viewer {
    /// The next frame; `None` if she was too slow (or the hub missed changes): close with
    /// "resync", she comes back with the sequence she has.
    pub async fn next(&mut self) -> Option<Frame> {
        if let Some(frame) = self.first.pop_front() {
            return Some(frame);
        }
        loop {
            let frame = self.frames.recv().await?;
            // Frames queued while her snapshot was read tell nothing new.
            if frame.seq > self.seq {
                self.seq = frame.seq;
                return Some(frame);
            }
        }
    }

    /// The newest sequence told in her room.
    pub fn told(&self) -> i64 {
        self.room.told().max(self.seq)
    }
}

impl Hub {
    /// Opens a page: from `after` on where the frames are still kept, else with a snapshot.
    pub async fn subscribe(
        self: &Arc<Self>,
        shop: ShopId,
        after: Option<i64>,
    ) -> Result<Viewer, Busy> {
        // After 0 comes everything: a page that has nothing yet.
        let after = after.filter(|after| *after > 0);
        let room = self.room(shop);
        let (frames, entry) = room.enter(after).ok_or(Busy::Full)?;
        let (first, seq) = match entry {
            Entry::Resumed(missed) => {
                let seq = missed
                    .last()
                    .map(|frame| frame.seq)
                    .or(after)
                    .unwrap_or_default();
                let ping = Frame::ping(self.now(), seq).map_err(BuildError::from)?;
                (missed.into_iter().chain([ping]).collect(), seq)
            }
            Entry::Snapshot(generation) => {
                let reason = if after.is_some() {
                    Reason::TooFarBehind
                } else {
                    Reason::First
                };
                let found = self.board(shop).await.map_err(BuildError::from)?;
                let board = found.ok_or(Busy::Unknown)?;
                room.snapshot_taken(generation, board.seq);
                let frame = Frame::snapshot(&board, reason).map_err(BuildError::from)?;
                (VecDeque::from([frame]), board.seq)
            }
        };
        Ok(Viewer {
            first,
            frames,
            room,
            seq,
        })
    }
}
