//! Wishes about waiting, named exactly. A chat arrives as `conversation::Command::Hear`.

use serde::{Deserialize, Serialize};

use crate::ids::{ClientId, VariantId};

/// What may be asked about waitlists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Wait for units of a variant.
    Join {
        /// Who; must be registered.
        client: ClientId,
        /// For what.
        variant: VariantId,
        /// For how many, at least 1.
        quantity: u32,
    },
    /// Wait for it no longer.
    Leave {
        /// Who.
        client: ClientId,
        /// For what.
        variant: VariantId,
    },
}
