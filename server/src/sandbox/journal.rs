//! What the server has promised to keep: every message it acknowledged with a 200.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

/// Entries kept; far above what a crowd of an hour produces.
const MOST: usize = 1_000_000;

/// A message of a phone whose webhook was answered with 200.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Acknowledged {
    /// The business number it was written to.
    pub phone_number_id: String,
    /// Meta's id of the message.
    pub wamid: String,
}

/// Acknowledged messages in the order of their first acknowledgement, each once.
#[derive(Debug, Default)]
pub(super) struct Journal {
    seen: HashSet<Acknowledged>,
    entries: Vec<Acknowledged>,
    truncated: bool,
}

impl Journal {
    /// Remembers one; a duplicate changes nothing.
    pub(super) fn record(&mut self, entry: Acknowledged) {
        if self.entries.len() >= MOST {
            self.truncated = true;
        } else if self.seen.insert(entry.clone()) {
            self.entries.push(entry);
        }
    }

    /// Whether entries had to be left out.
    pub(super) fn truncated(&self) -> bool {
        self.truncated
    }

    /// A page of entries from this index on.
    pub(super) fn page(&self, after: usize, size: usize) -> Vec<Acknowledged> {
        self.entries
            .iter()
            .skip(after)
            .take(size)
            .cloned()
            .collect()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }
}
