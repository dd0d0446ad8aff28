//! Promises: what the house must do because something happened. They are written in the same
//! commit and kept by workers; they hold no personal data.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{AttemptId, ContactId, Reference, RefundId};
use crate::message::Message;
use crate::money::{Amount, Currency};
use crate::segment::{Language, Method};

/// Which words go first when a number may not send more (architecture.md, "Outbox").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Money came, or must go back.
    Money,
    /// A hold, a link, a deadline.
    Hold,
    /// A no.
    Refusal,
    /// To the vendor.
    Vendor,
    /// The rest.
    Rest,
}

/// Something to do outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Say something to someone on WhatsApp.
    Say {
        /// To whom.
        to: ContactId,
        /// In which language.
        language: Language,
        /// Plain short words for a slow connection?
        simple: bool,
        /// How urgent.
        class: Class,
        /// Later than this it would be a lie, and is dropped.
        not_after: Option<DateTime<Utc>>,
        /// What.
        message: Message,
    },
    /// Ask the provider for a charge.
    Charge {
        /// Which attempt.
        attempt: AttemptId,
        /// What the provider and the payer see.
        reference: Reference,
        /// How.
        method: Method,
        /// How much.
        amount: Amount,
        /// In what.
        currency: Currency,
        /// ISO 3166 alpha-2.
        country: String,
        /// Later than this nobody needs it.
        not_after: DateTime<Utc>,
    },
    /// Ask the provider what became of an attempt (read-back, lock deadline).
    Ask {
        /// Which attempt.
        attempt: AttemptId,
        /// Our reference.
        reference: Reference,
        /// The provider's id, where it gave one.
        provider_id: Option<String>,
        /// True at a lock deadline: an answer, even an empty one, is awaited.
        deadline: bool,
        /// She says she paid: an answer is awaited by a person.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        claim: bool,
    },
    /// Ask the provider to send a whole transaction back.
    Refund {
        /// Which refund.
        refund: RefundId,
        /// Which attempt brought it.
        attempt: AttemptId,
        /// Our reference.
        reference: Reference,
        /// The transaction, where it is known; else the one of this reference and amount.
        provider_id: Option<String>,
        /// The whole sum of that transaction, as the payer paid it.
        amount: Amount,
    },
}
