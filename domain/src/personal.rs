//! Personal data: a value that cannot be written in clear.

use serde::{Deserialize, Serialize};

/// A name, a phone number, a user id or an address.
///
/// In memory it is readable until it is forgotten. Its only stored form is the sealed one
/// (`{"sealed":"…"}`); writing it before it was sealed is an error, so that no event, snapshot
/// or log line can hold it in clear (architecture.md, law 11).
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Personal {
    clear: Option<String>,
    sealed: Option<String>,
}

impl Personal {
    /// A value as it arrived, not sealed yet.
    pub fn clear(text: impl Into<String>) -> Self {
        Self {
            clear: Some(text.into()),
            sealed: None,
        }
    }

    /// What it says, or `None` after the key was destroyed or before it was opened.
    pub fn read(&self) -> Option<&str> {
        self.clear.as_deref()
    }

    /// Seals what is in clear; leaves what is sealed already.
    pub fn seal_with(&mut self, seal: impl FnOnce(&str) -> String) {
        if let (Some(clear), None) = (&self.clear, &self.sealed) {
            self.sealed = Some(seal(clear));
        }
    }

    /// Opens a stored value; `None` from `open` means forgotten.
    pub fn open_with(&mut self, open: impl FnOnce(&str) -> Option<String>) {
        if let (None, Some(sealed)) = (&self.clear, &self.sealed) {
            self.clear = open(sealed);
        }
    }

    /// The sealed form, once sealed.
    pub fn sealed(&self) -> Option<&str> {
        self.sealed.as_deref()
    }
}

impl std::fmt::Debug for Personal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Personal(…)")
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored<T> {
    sealed: T,
}

impl Serialize for Personal {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let sealed = self.sealed.as_deref().ok_or_else(|| {
            serde::ser::Error::custom("personal data must be sealed before it is written")
        })?;
        Stored { sealed }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Personal {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = Stored::<String>::deserialize(deserializer)?;
        Ok(Self {
            clear: None,
            sealed: Some(stored.sealed),
        })
    }
}
