//! Wishes about clients.

use serde::{Deserialize, Serialize};

use crate::ids::ClientId;
use crate::text::Text;

/// What may be asked about a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Refuse her orders from now on.
    Block {
        /// Whom.
        client: ClientId,
        /// Why.
        reason: Text,
    },
    /// Take them again.
    Unblock {
        /// Whom.
        client: ClientId,
    },
    /// Lay the vendor's judgement over the computed score; `None` lifts it.
    Override {
        /// Whom.
        client: ClientId,
        /// 0–100, or nothing.
        score: Option<u8>,
        /// Why, in the vendor's words.
        reason: Text,
    },
    /// First paid, first served for her: yes, no, or as the shop has it.
    FirstPaid {
        /// Whom.
        client: ClientId,
        /// How.
        on: Option<bool>,
    },
}
