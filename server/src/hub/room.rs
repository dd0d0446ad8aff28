//! One shop's viewers, its kept frames and what is not told yet. No lock here is held over a wait.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use projections::board::Changed;
use tokio::sync::{Notify, mpsc};

use super::frame::Frame;

/// Frames kept for who reconnects.
const KEPT_FRAMES: usize = 1_000;
/// Frames a viewer may lag behind before she is closed with "resync".
pub(super) const QUEUE: usize = 64;
/// Viewers of one shop.
const VIEWERS: usize = 200;
/// A room nobody watches is kept this long, so that a short absence needs no snapshot.
const KEPT_EMPTY: Duration = Duration::from_mins(10);

#[derive(Debug)]
pub(super) struct Room {
    inside: Mutex<Inside>,
    /// Rung when there is something to tell.
    pub dirty: Notify,
}

#[derive(Debug)]
struct Inside {
    viewers: Vec<mpsc::Sender<Frame>>,
    frames: VecDeque<Frame>,
    /// All changes after this sequence are in `frames` (or `untold`); `None` before the first
    /// snapshot was taken.
    base: Option<i64>,
    /// The newest sequence any viewer was told.
    told: i64,
    untold: Changed,
    watched: Instant,
    /// Raised whenever everybody starts over: a snapshot read before that vouches for nothing.
    generation: u64,
    /// Dropped from the hub: the builder ends, late comers open a new room.
    closed: bool,
}

/// What a newcomer gets first.
#[derive(Debug)]
pub(super) enum Entry {
    /// The frames after the sequence she knows.
    Resumed(Vec<Frame>),
    /// She needs the whole page; the room's generation, for [`Room::snapshot_taken`].
    Snapshot(u64),
}

impl Room {
    pub(super) fn new() -> Self {
        let inside = Inside {
            viewers: Vec::new(),
            frames: VecDeque::new(),
            base: None,
            told: 0,
            untold: Changed::default(),
            watched: Instant::now(),
            generation: 0,
            closed: false,
        };
        Self {
            inside: Mutex::new(inside),
            dirty: Notify::new(),
        }
    }

    /// Lets a viewer in: from now on she misses no frame. `None` if the room is full or closed.
    pub(super) fn enter(&self, after: Option<i64>) -> Option<(mpsc::Receiver<Frame>, Entry)> {
        let mut inside = self.lock();
        inside.viewers.retain(|viewer| !viewer.is_closed());
        if inside.closed || inside.viewers.len() >= VIEWERS {
            return None;
        }
        let (sender, receiver) = mpsc::channel(QUEUE);
        inside.viewers.push(sender);
        inside.watched = Instant::now();
        let covered = after.filter(|after| {
            inside.base.is_some_and(|base| base <= *after) && *after <= inside.told
        });
        let entry = match covered {
            Some(after) => {
                let missed = inside
                    .frames
                    .iter()
                    .filter(|frame| frame.seq > after)
                    .cloned();
                Entry::Resumed(missed.collect())
            }
            None => Entry::Snapshot(inside.generation),
        };
        Some((receiver, entry))
    }

    /// A snapshot taken after the room existed: every later change comes through the room.
    pub(super) fn snapshot_taken(&self, generation: u64, seq: i64) {
        let mut inside = self.lock();
        if inside.generation != generation {
            return;
        }
        inside.base.get_or_insert(seq);
        inside.told = inside.told.max(seq);
    }

    /// Notes changes and rings the builder.
    pub(super) fn changed(&self, changed: &Changed) {
        self.lock().untold.merge(changed);
        self.dirty.notify_one();
    }

    /// Takes what is to tell; `None` if nothing is.
    pub(super) fn take_untold(&self) -> Option<Changed> {
        let mut inside = self.lock();
        let untold = std::mem::take(&mut inside.untold);
        (untold.seq > 0).then_some(untold)
    }

    /// Only the sequence moved, no row: nobody needs a frame.
    pub(super) fn quiet(&self, seq: i64) {
        let mut inside = self.lock();
        inside.told = inside.told.max(seq);
    }

    /// Keeps a frame and gives it to every viewer; one whose queue is full is let go.
    pub(super) fn tell(&self, frame: &Frame) {
        let mut inside = self.lock();
        inside.told = inside.told.max(frame.seq);
        inside.frames.push_back(frame.clone());
        if inside.frames.len() > KEPT_FRAMES {
            inside.base = inside
                .frames
                .pop_front()
                .map(|oldest| oldest.seq)
                .or(inside.base);
        }
        inside
            .viewers
            .retain(|viewer| viewer.try_send(frame.clone()).is_ok());
        if !inside.viewers.is_empty() {
            inside.watched = Instant::now();
        }
    }

    /// Changes were missed: what is kept is worth nothing, every viewer starts over.
    pub(super) fn resync(&self) {
        let mut inside = self.lock();
        inside.viewers.clear();
        inside.frames.clear();
        inside.base = None;
        inside.untold = Changed::default();
        inside.generation += 1;
    }

    /// Closes the room if nobody has watched for long; true if it is closed now.
    pub(super) fn close_if_idle(&self) -> bool {
        let mut inside = self.lock();
        inside.viewers.retain(|viewer| !viewer.is_closed());
        if !inside.viewers.is_empty() {
            inside.watched = Instant::now();
        }
        inside.closed |= inside.watched.elapsed() > KEPT_EMPTY;
        if inside.closed {
            self.dirty.notify_one();
        }
        inside.closed
    }

    pub(super) fn is_closed(&self) -> bool {
        self.lock().closed
    }

    /// The newest sequence told.
    pub(super) fn told(&self) -> i64 {
        self.lock().told
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(seq: i64) -> Frame {
        Frame {
            seq,
            text: seq.to_string().into(),
        }
    }

    fn seqs(entry: &Entry) -> Option<Vec<i64>> {
        match entry {
            Entry::Resumed(frames) => Some(frames.iter().map(|frame| frame.seq).collect()),
            Entry::Snapshot(_) => None,
        }
    }

    #[test]
    fn a_first_visit_and_an_unknown_past_need_a_snapshot() {
        let room = Room::new();
        assert_eq!(seqs(&room.enter(None).unwrap().1), None);
        assert_eq!(
            seqs(&room.enter(Some(5)).unwrap().1),
            None,
            "no snapshot was taken yet"
        );
        room.snapshot_taken(0, 10);
        assert_eq!(
            seqs(&room.enter(Some(9)).unwrap().1),
            None,
            "before what is kept"
        );
        assert_eq!(
            seqs(&room.enter(Some(11)).unwrap().1),
            None,
            "a future nobody told"
        );
        assert_eq!(seqs(&room.enter(Some(10)).unwrap().1), Some(vec![]));
    }

    #[test]
    fn a_return_gets_exactly_what_was_missed() {
        let room = Room::new();
        room.snapshot_taken(0, 10);
        for seq in [12, 15, 16] {
            room.tell(&frame(seq));
        }
        assert_eq!(seqs(&room.enter(Some(12)).unwrap().1), Some(vec![15, 16]));
        assert_eq!(seqs(&room.enter(Some(16)).unwrap().1), Some(vec![]));
    }

    #[test]
    fn only_the_last_thousand_frames_are_kept() {
        let room = Room::new();
        room.snapshot_taken(0, 0);
        for seq in 1..=1_100 {
            room.tell(&frame(seq));
        }
        assert_eq!(seqs(&room.enter(Some(99)).unwrap().1), None);
        let resumed = seqs(&room.enter(Some(100)).unwrap().1).unwrap();
        assert_eq!((resumed.len(), resumed[0]), (1_000, 101));
    }

    #[test]
    fn a_slow_viewer_is_let_go_and_the_others_stay() {
        let room = Room::new();
        room.snapshot_taken(0, 0);
        let (mut slow, _) = room.enter(Some(0)).unwrap();
        let (mut quick, _) = room.enter(Some(0)).unwrap();
        for seq in 1..=100 {
            room.tell(&frame(seq));
            assert_eq!(quick.try_recv().unwrap().seq, seq);
        }
        let mut got = 0;
        while slow.try_recv().is_ok() {
            got += 1;
        }
        assert_eq!(got, QUEUE);
        assert!(slow.is_closed());
        assert!(!quick.is_closed());
    }

    #[test]
    fn missed_changes_start_everybody_over() {
        let room = Room::new();
        room.snapshot_taken(0, 3);
        let (viewer, _) = room.enter(Some(3)).unwrap();
        room.resync();
        assert!(viewer.is_closed());
        room.snapshot_taken(0, 3);
        assert_eq!(seqs(&room.enter(Some(3)).unwrap().1), None);
    }
}
