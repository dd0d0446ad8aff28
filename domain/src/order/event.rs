//! Facts about carts, holds and fulfilment.
//!
//! An event that frees, commits or hands over units names them, so that a reading of stock needs
//! no other event to understand it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantNames};

use crate::ids::{ClientId, LiveId, OrderId, ProductId, VariantId};
use crate::money::Amount;
use crate::personal::Personal;

pub use super::why::{CancelReason, CancelledBy, Choice, ExtendReason};

/// One line of a cart; the price is frozen when it is placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What.
    pub product: ProductId,
    /// Which one.
    pub variant: VariantId,
    /// How many, at least 1.
    pub quantity: u32,
    /// Price of one unit, frozen.
    pub unit_price: Amount,
}

/// Units of a variant, where the price does not matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Units {
    /// Which variant.
    pub variant: VariantId,
    /// How many, at least 1.
    pub quantity: u32,
}

/// Every term of how long a hold lasts, in minutes, so that anyone can ask why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldTerms {
    /// The segment's base.
    pub base: u32,
    /// What low trust or a flag cut it to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_to: Option<u32>,
    /// What high trust raised it to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raised_to: Option<u32>,
    /// What her tier added.
    #[serde(default, skip_serializing_if = "crate::order::is_zero")]
    pub tier_bonus: u32,
    /// The sum that was applied.
    pub minutes: u32,
}

/// What can have happened to an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, VariantNames)]
pub enum Event {
    /// A cart exists and its units are held.
    OrderPlaced {
        /// Its number in the shop.
        order: OrderId,
        /// Whose.
        client: ClientId,
        /// In which live, if one was on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        live: Option<LiveId>,
        /// What.
        lines: Vec<Line>,
        /// Sum of the lines.
        total: Amount,
        /// Until when the units are hers.
        deadline: DateTime<Utc>,
        /// Why that long.
        terms: HoldTerms,
        /// First paid, first served: nothing is held yet.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unheld: bool,
    },
    /// First paid, first served: she chose how to pay, and the units are hers for a while.
    UnitsTaken {
        /// Which order.
        order: OrderId,
        /// Whose.
        client: ClientId,
        /// What is held from now on.
        units: Vec<Units>,
        /// Until when.
        deadline: DateTime<Utc>,
    },
    /// Part of its money came when it was over, and its client pays the rest: held again.
    OrderReopened {
        /// Which order.
        order: OrderId,
        /// Whose.
        client: ClientId,
        /// What is held again.
        units: Vec<Units>,
        /// Until when.
        deadline: DateTime<Utc>,
    },
    /// Its client has something else for her money.
    OrderSwapped {
        /// Which order.
        order: OrderId,
        /// What it is now.
        lines: Vec<Line>,
        /// Their sum.
        total: Amount,
    },
    /// Money came when it was over: its client is asked what shall become of it.
    ChoiceAsked {
        /// Which order.
        order: OrderId,
        /// What she may choose.
        options: Vec<Choice>,
        /// Without an answer the money goes back then.
        until: DateTime<Utc>,
    },
    /// She chose.
    ChoiceMade {
        /// Which order.
        order: OrderId,
        /// What.
        choice: Choice,
        /// For [`Choice::Wait`]: without units the money goes back then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<DateTime<Utc>>,
    },
    /// She did not answer, or waited in vain: the money goes back.
    ChoiceLapsed {
        /// Which order.
        order: OrderId,
    },
    /// Another product in the same cart.
    LineAdded {
        /// Which order.
        order: OrderId,
        /// What.
        line: Line,
        /// New sum.
        total: Amount,
        /// The shared deadline, restarted at most twice.
        deadline: DateTime<Utc>,
        /// First paid, first served: nothing is held.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unheld: bool,
    },
    /// The same product again: the last quantity wins.
    LineChanged {
        /// Which order.
        order: OrderId,
        /// Which variant.
        variant: VariantId,
        /// Before.
        from: u32,
        /// After, at least 1.
        to: u32,
        /// New sum.
        total: Amount,
        /// First paid, first served: nothing is held.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unheld: bool,
    },
    /// A product left the cart.
    LineRemoved {
        /// Which order.
        order: OrderId,
        /// The units freed.
        units: Units,
        /// New sum.
        total: Amount,
        /// First paid, first served: nothing is held.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unheld: bool,
    },
    /// She was asked how many she wants.
    QuantityAsked {
        /// Who.
        client: ClientId,
        /// Of what.
        variant: VariantId,
    },
    /// She asked for more than there was: demand that stock could not meet, written once for each
    /// client and variant of a live (or of a day outside one), and again where she asks for more.
    DemandUnmet {
        /// Who.
        client: ClientId,
        /// In which live, if one was on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        live: Option<LiveId>,
        /// Of what.
        product: ProductId,
        /// Which one.
        variant: VariantId,
        /// The units that were missing, at least 1.
        quantity: u32,
        /// Price of one unit then.
        unit_price: Amount,
    },
    /// Where to bring it.
    AddressGiven {
        /// Which order.
        order: OrderId,
        /// Whose.
        client: ClientId,
        /// Where, in her words.
        address: Personal,
    },
    /// When to come.
    SlotChosen {
        /// Which order.
        order: OrderId,
        /// Start of the slot.
        starts_at: DateTime<Utc>,
    },
    /// She is paying: the cart is frozen and the hold tops up, once.
    HoldLockedForPayment {
        /// Which order.
        order: OrderId,
        /// The lock deadline: at the latest then the provider is asked.
        until: DateTime<Utc>,
    },
    /// CHANGER or a failed attempt: the cart can be changed again.
    HoldUnlocked {
        /// Which order.
        order: OrderId,
        /// Until when the units are hers.
        deadline: DateTime<Utc>,
    },
    /// More time.
    HoldExtended {
        /// Which order.
        order: OrderId,
        /// Until when now.
        deadline: DateTime<Utc>,
        /// Why.
        reason: ExtendReason,
    },
    /// Time is up; the units are free again.
    HoldExpired {
        /// Which order.
        order: OrderId,
        /// Whose.
        client: ClientId,
        /// The units freed.
        units: Vec<Units>,
        /// False where it was not her doing (provider, outage, vendor, offer).
        attributable: bool,
    },
    /// Ended by someone; the units it held are free again.
    OrderCancelled {
        /// Which order.
        order: OrderId,
        /// By whom.
        by: CancelledBy,
        /// The units freed from hold, or from committed when it was paid.
        units: Vec<Units>,
        /// Whether the units were committed rather than held.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        was_committed: bool,
        /// Why, where it was not a plain wish.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<CancelReason>,
    },
    /// She would like to cancel what is paid; the vendor decides by then.
    CancellationRequested {
        /// Which order.
        order: OrderId,
        /// 48 hours later.
        decide_by: DateTime<Utc>,
    },
    /// The vendor keeps a paid order that its client wanted to cancel.
    CancellationRefused {
        /// Which order.
        order: OrderId,
        /// Nobody decided in time.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        lapsed: bool,
    },
    /// Paid, deposit paid, cash accepted or invoiced: the units are owed.
    OrderConfirmed {
        /// Which order.
        order: OrderId,
        /// Whose.
        client: ClientId,
        /// The units committed.
        units: Vec<Units>,
        /// True where they were taken again from what was free (a late payment honoured).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        from_available: bool,
        /// The vendor hears of it a little later, together with others, and not at once.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        told_later: bool,
    },
    /// In her hands.
    OrderHandedOver {
        /// Which order.
        order: OrderId,
        /// The units that left.
        units: Vec<Units>,
    },
    /// The rider came back with it.
    DeliveryFailed {
        /// Which order.
        order: OrderId,
        /// Why, in the rider's words.
        reason: crate::text::Text,
    },
    /// It came back after she had it.
    OrderReturned {
        /// Which order.
        order: OrderId,
        /// The units that came back.
        units: Vec<Units>,
    },
    /// Nothing more can happen to it; only a stub stays in memory.
    OrderClosed {
        /// Which order.
        order: OrderId,
    },
}

impl Event {
    /// Shows the personal data of the event, with whose it is.
    pub fn personal(&mut self, visit: &mut dyn FnMut(ClientId, &mut Personal)) {
        if let Self::AddressGiven {
            client, address, ..
        } = self
        {
            visit(*client, address);
        }
    }
}
