//! The waiting room: ordered by the moment things may leave.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::time::{Duration, Instant};

use super::Update;
use super::post::Post;

/// Most things waiting; a server that is down for long loses the rest, as Meta's seven days do.
const MOST: usize = 200_000;

/// What may be done now.
pub(super) enum Due {
    Post(Post),
    Updates(Vec<Update>),
    /// Nothing before this moment.
    At(Instant),
    /// Nothing waits.
    Never,
}

enum Thing {
    Update(Update),
    Post(Post),
}

struct Entry {
    due: Instant,
    /// First in, first out among equals.
    n: u64,
    thing: Thing,
}

/// Updates and POSTs that are not due yet, or that no worker could take yet.
#[derive(Default)]
pub(super) struct Waiting {
    heap: BinaryHeap<Reverse<Entry>>,
    n: u64,
}

impl Waiting {
    pub(super) fn update(&mut self, update: Update) -> bool {
        self.push(update.due, Thing::Update(update))
    }

    pub(super) fn post(&mut self, post: Post, due: Instant) -> bool {
        self.push(due, Thing::Post(post))
    }

    fn push(&mut self, due: Instant, thing: Thing) -> bool {
        if self.heap.len() >= MOST {
            return false;
        }
        self.n += 1;
        self.heap.push(Reverse(Entry {
            due,
            n: self.n,
            thing,
        }));
        true
    }

    /// What is due. The oldest update waits `window` for company; then all that are due leave,
    /// `most` at a time.
    pub(super) fn pop(&mut self, now: Instant, window: Duration, most: usize) -> Due {
        let Some(Reverse(first)) = self.heap.peek() else {
            return Due::Never;
        };
        let leaves = match first.thing {
            Thing::Post(_) => first.due,
            Thing::Update(_) => first.due + window,
        };
        if leaves > now {
            return Due::At(leaves);
        }
        let mut updates = Vec::new();
        while updates.len() < most {
            match self.heap.peek() {
                Some(Reverse(Entry {
                    due,
                    thing: Thing::Update(_),
                    ..
                })) if *due <= now => {}
                _ if updates.is_empty() => {}
                _ => break,
            }
            match self.heap.pop() {
                Some(Reverse(Entry {
                    thing: Thing::Update(update),
                    ..
                })) => updates.push(update),
                Some(Reverse(Entry {
                    thing: Thing::Post(post),
                    ..
                })) => return Due::Post(post),
                None => break,
            }
        }
        Due::Updates(updates)
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.due, self.n).cmp(&(other.due, other.n))
    }
}
