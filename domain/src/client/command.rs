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
}
