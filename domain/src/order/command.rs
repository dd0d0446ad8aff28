//! Wishes about orders, named exactly. A chat arrives as `conversation::Command::Hear` and is
//! understood into these.

use serde::{Deserialize, Serialize};

use crate::ids::{ClientId, OrderId, VariantId};

/// What may be asked about orders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Hold units for a client: her open cart gets the line, or a cart is made.
    Place {
        /// For whom; must be registered.
        client: ClientId,
        /// Of what.
        variant: VariantId,
        /// How many, at least 1.
        quantity: u32,
    },
    /// End it.
    Cancel {
        /// Which.
        order: OrderId,
        /// By the client or the vendor.
        by: super::event::CancelledBy,
    },
    /// Hand it over.
    HandOver {
        /// Which.
        order: OrderId,
    },
    /// Decide what its client asked: cancel a paid order, or keep it.
    DecideCancellation {
        /// Which.
        order: OrderId,
        /// Cancel it?
        granted: bool,
    },
    /// What shall become of money that came when the order was over.
    Choose {
        /// Which.
        order: OrderId,
        /// What.
        choice: super::event::Choice,
    },
    /// For [`super::event::Choice::Swap`]: this instead.
    Swap {
        /// Which.
        order: OrderId,
        /// One unit of it, or as many as the order had.
        variant: VariantId,
    },
}
