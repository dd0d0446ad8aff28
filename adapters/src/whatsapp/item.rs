//! What a webhook holds, in our words. One POST is a batch of up to 1 000 of these.

use chrono::{DateTime, Utc};
use domain::conversation::command::Said;
use domain::text::Text;

use super::errors::ApiError;

/// One thing out of a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// Someone said something.
    Heard(Box<Heard>),
    /// What became of a message of ours.
    Status(Box<StatusUpdate>),
    /// Someone has another number or id now.
    Identity(Box<Identity>),
    /// An account or template notice, a preference, an echo: kept, nothing to do.
    Other {
        /// Meta's name of it, for example `account_update`.
        field: String,
        /// Whose number, where it says.
        number_id: Option<String>,
    },
    /// An error of the whole number.
    ValueError {
        /// Whose number, where it says.
        number_id: Option<String>,
        /// What.
        error: ApiError,
    },
    /// This item cannot be read; its neighbours are not touched. A dead letter.
    Undecodable {
        /// What is wrong with it, without its content.
        why: String,
        /// The item itself, for the dead letter: personal, to be sealed.
        raw: String,
    },
}

/// A message to us.
#[derive(Clone, PartialEq, Eq)]
pub struct Heard {
    /// Which of our numbers heard it (`phone_number_id`): the tenant hangs on it.
    pub number_id: String,
    /// Who spoke.
    pub from: Person,
    /// Meta's id of the message; with `number_id` the key that makes a repeat a repeat.
    pub wamid: String,
    /// Meta's time, whole seconds.
    pub said_at: DateTime<Utc>,
    /// What was said.
    pub said: Said,
    /// Meta's own word for the kind, for example `text`.
    pub kind: String,
    /// The message of ours this answers.
    pub context: Option<String>,
    /// The advertisement or post she came through.
    pub referral: Option<Referral>,
}

impl std::fmt::Debug for Heard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Heard")
            .field("number_id", &self.number_id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// Who speaks. Personal data in clear: never stored, never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// The business-scoped user id where there is one, else the `wa_id`: the key of a person.
    pub user_id: String,
    /// Whether `user_id` is business-scoped.
    pub bsuid: bool,
    /// E.164 with `+`. Absent for people who go by a user name. Never the payer's number.
    pub phone: Option<String>,
    /// The profile name.
    pub name: Option<Text>,
    /// The user name, without `@`.
    pub username: Option<String>,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Person")
            .field("bsuid", &self.bsuid)
            .finish_non_exhaustive()
    }
}

/// The advertisement or post that led someone here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referral {
    /// `ad` or `post`.
    pub kind: Option<String>,
    /// Its id.
    pub id: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

/// How far a message of ours came. The order is the rank: a row never goes back
/// (`Sent < Delivered < Read < Played`); `Failed` is final, `Other` changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatusKind {
    /// A word we do not know.
    Other,
    /// Meta sent it.
    Sent,
    /// It is on her phone.
    Delivered,
    /// She saw it.
    Read,
    /// She listened to it.
    Played,
    /// It will not arrive.
    Failed,
}

/// What became of a message of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusUpdate {
    /// Which of our numbers sent it.
    pub number_id: String,
    /// Which message; may come before the answer to our send is stored.
    pub wamid: String,
    /// How far.
    pub status: StatusKind,
    /// When, whole seconds.
    pub at: DateTime<Utc>,
    /// Our own outbox id, as given to [`super::encode`].
    pub callback: Option<String>,
    /// Why it failed.
    pub error: Option<ApiError>,
    /// What it costs, where told.
    pub pricing: Option<Pricing>,
}

/// What a message costs. Words as Meta writes them: the lists grow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pricing {
    /// `regular` is billed; `free_customer_service` and `free_entry_point` are not.
    pub kind: Option<String>,
    /// `service`, `utility`, `marketing` …
    pub category: Option<String>,
}

/// A person's number or id changed.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// On which of our numbers.
    pub number_id: String,
    /// Meta's id of the notice.
    pub wamid: String,
    /// When, whole seconds.
    pub at: DateTime<Utc>,
    /// Meta's word, for example `user_changed_number`.
    pub kind: String,
    /// The user id before, where told, else the old `wa_id`.
    pub before: Option<String>,
    /// The user id now, where told, else the new `wa_id`.
    pub after: Option<String>,
    /// E.164 with `+`, now.
    pub phone: Option<String>,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identity")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}
