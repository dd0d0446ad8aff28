//! Wishes about lives.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{LiveId, ProductId};
use crate::text::Text;

/// What may be asked about lives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Announce one.
    Schedule {
        /// Its name.
        title: Text,
        /// When.
        starts_at: DateTime<Utc>,
    },
    /// Go on air: a scheduled one, or a new one with this title.
    Start {
        /// A scheduled one.
        live: Option<LiveId>,
        /// The name of a new one.
        title: Text,
    },
    /// Take a break.
    Pause,
    /// Go on.
    Resume,
    /// Hold a product up.
    Show {
        /// Which.
        product: ProductId,
    },
    /// FIN.
    Finish,
    /// The end of the newest one is taken back, as long as that is possible.
    Reopen,
    /// First paid, first served during this live?
    FirstPaid {
        /// Yes or no.
        on: bool,
    },
}
