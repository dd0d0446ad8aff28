//! Facts about waiting: who asked for what, and what was offered to whom.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantNames};

use crate::ids::{ClientId, LiveId, OrderId, VariantId};

/// What can have happened to a waitlist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, VariantNames)]
pub enum Event {
    /// She waits. Told again, it is another quantity at her old place.
    WaitlistJoined {
        /// Who.
        client: ClientId,
        /// For what.
        variant: VariantId,
        /// For how many.
        quantity: u32,
        /// In which live, if one was on: the list closes with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        live: Option<LiveId>,
    },
    /// Units are held for the next one: a real hold, in an order of its own.
    OfferMade {
        /// Who.
        client: ClientId,
        /// Of what.
        variant: VariantId,
        /// How many.
        quantity: u32,
        /// In which order.
        order: OrderId,
        /// Until when.
        deadline: DateTime<Utc>,
        /// In which live, if one was on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        live: Option<LiveId>,
    },
    /// She took it: it is her cart, and she waits for what it lacks of the units she wanted.
    OfferAccepted {
        /// In which order.
        order: OrderId,
    },
    /// She did not want it. Where it was all she wanted she waits no longer; else she keeps her
    /// place, and is offered more than that or nothing.
    OfferDeclined {
        /// In which order.
        order: OrderId,
        /// The units freed.
        quantity: u32,
        /// Of what, so that a reading of stock needs no other event.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        variant: Option<VariantId>,
    },
    /// She did not answer in time: she waits no longer, and it costs no trust.
    OfferLapsed {
        /// In which order.
        order: OrderId,
        /// The units freed.
        quantity: u32,
        /// Of what, so that a reading of stock needs no other event.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        variant: Option<VariantId>,
    },
    /// She waits no longer.
    WaitlistLeft {
        /// Who.
        client: ClientId,
        /// For what.
        variant: VariantId,
    },
    /// First paid, first served: she is told that one is free, and keeps her place.
    WaitlistTold {
        /// Who.
        client: ClientId,
        /// Of what.
        variant: VariantId,
    },
    /// The live is over, or it is not sold any more. An offer not answered yet stays valid.
    WaitlistClosed {
        /// For what.
        variant: VariantId,
        /// Whoever joined in this live; everybody where none is named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        live: Option<LiveId>,
    },
}
