//! Facts about waiting: who asked for what, and what was offered to whom.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantNames};

use crate::ids::{ClientId, OrderId, VariantId};

/// What can have happened to a waitlist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, VariantNames)]
pub enum Event {
    /// She waits.
    WaitlistJoined {
        /// Who.
        client: ClientId,
        /// For what.
        variant: VariantId,
        /// For how many.
        quantity: u32,
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
    },
    /// She took it.
    OfferAccepted {
        /// In which order.
        order: OrderId,
    },
    /// She did not want it.
    OfferDeclined {
        /// In which order.
        order: OrderId,
        /// The units freed.
        quantity: u32,
    },
    /// She did not answer in time; it costs no trust.
    OfferLapsed {
        /// In which order.
        order: OrderId,
        /// The units freed.
        quantity: u32,
    },
    /// She waits no longer.
    WaitlistLeft {
        /// Who.
        client: ClientId,
        /// For what.
        variant: VariantId,
    },
    /// The live is over.
    WaitlistClosed {
        /// For what.
        variant: VariantId,
    },
}
