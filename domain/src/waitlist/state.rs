//! Who waits for what. The order of offers comes with its issue; what happened is kept now.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{ClientId, LiveId, VariantId};

/// One who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Who.
    pub client: ClientId,
    /// For how many.
    pub quantity: u32,
    /// Since when.
    pub asked_at: DateTime<Utc>,
    /// In which live, if one was on.
    pub live: Option<LiveId>,
}

/// All waitlists, by variant.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Waitlists {
    /// In the order they asked.
    pub by_variant: BTreeMap<VariantId, Vec<Waiting>>,
}
