//! Facts about live sessions: scheduled → live ⇄ paused → closing → ended → settled.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantNames};

use crate::ids::{LiveId, ProductId};
use crate::text::Text;

/// What can have happened to a live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, VariantNames)]
pub enum Event {
    /// Announced for later.
    LiveScheduled {
        /// Its number in the shop.
        live: LiveId,
        /// What it is called.
        title: Text,
        /// When it should start.
        starts_at: DateTime<Utc>,
    },
    /// On air. At most one is, per shop.
    LiveStarted {
        /// Its number in the shop.
        live: LiveId,
        /// What it is called.
        title: Text,
    },
    /// A break; orders go on.
    LivePaused {
        /// Which live.
        live: LiveId,
    },
    /// The break is over.
    LiveResumed {
        /// Which live.
        live: LiveId,
    },
    /// The vendor holds a product up: explains a peak.
    ProductShown {
        /// In which live.
        live: LiveId,
        /// Which product.
        product: ProductId,
    },
    /// First paid, first served from now on in this live, or not.
    LiveFirstPaidSet {
        /// Which live.
        live: LiveId,
        /// Yes or no.
        on: bool,
    },
    /// FIN was said: holds and links stay valid, nothing new belongs to it.
    LiveClosing {
        /// Which live.
        live: LiveId,
        /// Nobody said it: hours of silence did.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        by_itself: bool,
    },
    /// A while after FIN: what comes free is offered to nobody who waits in it any more, or a long
    /// list would keep it from ending.
    LastCallOver {
        /// Which live.
        live: LiveId,
    },
    /// The end was taken back: it is on air as before. What ended with it stays over: who waited
    /// in it was told that her list is closed, and joins again if she likes.
    LiveReopened {
        /// Which live.
        live: LiveId,
    },
    /// Its last hold is resolved.
    LiveEnded {
        /// Which live.
        live: LiveId,
    },
    /// Its figures are final; later money is an adjustment line.
    LiveSettled {
        /// Which live.
        live: LiveId,
    },
}
