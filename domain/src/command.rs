//! What may be asked of a shop. Everything that changes it is one of these, through one door.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ids::{AttemptId, CommandId, ShopId};
use crate::{catalogue, client, conversation, live, order, payment, shop, waitlist};

/// Who asks. The stored form is `client`, `vendor:<user>`, `provider`, `clock` or `system`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The buyer.
    Client,
    /// The seller or her staff; the opaque user.
    Vendor(String),
    /// The payment provider.
    Provider,
    /// Time.
    Clock,
    /// LivePay itself.
    System,
}

impl std::fmt::Display for Actor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Client => f.write_str("client"),
            Self::Vendor(user) => write!(f, "vendor:{user}"),
            Self::Provider => f.write_str("provider"),
            Self::Clock => f.write_str("clock"),
            Self::System => f.write_str("system"),
        }
    }
}

/// A command with everything a decision may depend on, except the time: `now` is the database's
/// and is given when the command is decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// Same id, same command, one effect.
    pub id: CommandId,
    /// Which shop.
    pub shop: ShopId,
    /// Who asks.
    pub actor: Actor,
    /// What it belongs to: the first command of the story.
    pub correlation: Uuid,
    /// True where the id was made just now and cannot have been seen before.
    #[serde(default)]
    pub fresh: bool,
    /// What is asked.
    pub command: Command,
}

/// What may be asked, by room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Open, configure, change a policy, bind a vendor.
    Shop(shop::Command),
    /// Products and stock.
    Catalogue(catalogue::Command),
    /// Lives.
    Live(live::Command),
    /// Clients.
    Client(client::Command),
    /// Orders, asked for directly rather than in a chat.
    Order(order::Command),
    /// Waitlists.
    Waitlist(waitlist::Command),
    /// Money.
    Payment(payment::Command),
    /// Something was said on WhatsApp.
    Conversation(conversation::Command),
    /// Time passed: settle what is due.
    Sweep,
    /// LivePay could not answer this shop for a while: open holds get the time back.
    Outage {
        /// Since when, as far as is known.
        from: DateTime<Utc>,
        /// Until when.
        until: DateTime<Utc>,
    },
}

/// How a command went; the receipt keeps it. Holds no personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Done; `order` or `attempt` name what it was about.
    Done {
        /// The order it was about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<crate::ids::OrderId>,
        /// The attempt it was about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        attempt: Option<AttemptId>,
    },
    /// It was so already; nothing changed.
    Already,
    /// No, and why.
    Refused(crate::rejection::Rejection),
}

impl Answer {
    /// Done, about nothing in particular.
    pub const DONE: Self = Self::Done {
        order: None,
        attempt: None,
    };
}

/// What `decide` gives: facts (already applied to the state), promises, and the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What happened, in order.
    pub events: Vec<crate::event::Event>,
    /// What is promised because of it.
    pub actions: Vec<crate::action::Action>,
    /// What the asker is told.
    pub answer: Answer,
}

/// A message older than this is not executed; she is asked instead (architecture.md, "Inbox").
pub fn too_old(said_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now.signed_duration_since(said_at) > chrono::TimeDelta::hours(1)
}
