//! What was said.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{ClientId, ContactId};
use crate::segment::Language;
use crate::text::Text;

/// Who speaks, as far as WhatsApp tells. In clear: a command is never stored.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// Keyed hash of (shop, user id).
    pub client: ClientId,
    /// Keyed hash of (number, user id).
    pub contact: ContactId,
    /// The user id.
    pub user_id: String,
    /// The profile name, where there is one.
    pub name: Option<Text>,
    /// E.164, where there is one.
    pub phone: Option<String>,
    /// Her language, where it is known.
    pub language: Option<Language>,
}

impl std::fmt::Debug for Speaker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Speaker")
            .field("client", &self.client)
            .finish_non_exhaustive()
    }
}

/// What she said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// Words.
    Text(Text),
    /// A button or a row of ours; see `message::Tap` for what the id may be.
    Tap(String),
    /// A voice note, a picture, a sticker, a location …: kindly answered.
    Media(Media),
    /// A reaction, an edit, a deletion, a system note: nothing to answer.
    Quiet,
}

/// What cannot be read as words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Media {
    /// A voice note or a sound.
    Voice,
    /// A picture or a film.
    Picture,
    /// A place.
    Location,
    /// Anything else.
    Other,
}

/// What may be asked in a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// She said something.
    Hear {
        /// Who.
        speaker: Speaker,
        /// What.
        said: Said,
        /// WhatsApp's own time of it, whole seconds.
        said_at: DateTime<Utc>,
    },
}
