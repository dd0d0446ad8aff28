//! Every "no", in order of precedence, with what the answer needs. A rejection is expected; it
//! has words in every language, and the order of this list is the order of the checks.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::ids::{OrderId, VariantId};
use crate::message::ProductShown;
use crate::text::Text;

/// Why a shop says no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "kebab-case")]
pub enum Rejection {
    /// There is no such shop yet.
    ShopUnknown,
    /// It was opened before.
    ShopAlreadyOpen,
    /// The vendor closed it for now.
    ShopClosed,
    /// The vendor does not take her orders.
    ClientBlocked,
    /// No such client.
    ClientUnknown,
    /// The message is over an hour old; nothing was done (she is asked).
    TooOld {
        /// Its own time.
        said_at: DateTime<Utc>,
    },
    /// Nothing we sell has this word; the nearest do.
    KeywordUnknown {
        /// What she wrote.
        asked: Text,
        /// At most three.
        nearest: Vec<ProductShown>,
    },
    /// The number of units makes no sense: zero, negative, a fraction, or beyond counting.
    QuantityAbsurd {
        /// What she wrote.
        asked: Text,
    },
    /// The product exists in several sizes or colours, and she must choose.
    VariantMissing {
        /// The product.
        product: ProductShown,
        /// What there is, with what is left.
        choices: Vec<VariantChoice>,
        /// How many she wants.
        quantity: u32,
    },
    /// Not in that size or colour.
    VariantUnknown {
        /// The product.
        product: ProductShown,
        /// What there is, with what is left.
        choices: Vec<VariantChoice>,
        /// How many she wants.
        quantity: u32,
    },
    /// No longer sold.
    ProductArchived {
        /// The product.
        product: ProductShown,
    },
    /// Sold during lives only.
    OnlyDuringLive {
        /// The product.
        product: ProductShown,
    },
    /// Too many unpaid lines at once.
    TooManyOpenLines {
        /// How many are allowed.
        most: u32,
    },
    /// Too many units of one product.
    QuantityOverMost {
        /// What she asked.
        asked: u32,
        /// How many are allowed.
        most: u32,
    },
    /// Too many orders of this client.
    TooManyOrders {
        /// How many are allowed.
        most: u32,
    },
    /// Not enough trust for this shop.
    TrustTooLow {
        /// Her score.
        score: u8,
        /// What is asked.
        least: u8,
    },
    /// Not enough is left.
    NotEnoughLeft {
        /// The product.
        product: ProductShown,
        /// Which variant.
        variant: VariantId,
        /// What she asked.
        asked: u32,
        /// What she can have, 0 for sold out.
        left: u32,
        /// Whether she may wait for more.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        may_wait: bool,
    },
    /// The sum would not fit in a number.
    SumTooLarge,
    /// She wants to pay or cancel and has nothing open.
    NothingOpen,
    /// That order is not hers, or is none.
    OrderUnknown,
    /// The time was up.
    OrderExpired {
        /// Which.
        order: OrderId,
    },
    /// It had been cancelled.
    OrderCancelled {
        /// Which.
        order: OrderId,
    },
    /// It is paid.
    OrderPaid {
        /// Which.
        order: OrderId,
    },
    /// Its payment is running: first CHANGER.
    OrderFrozen {
        /// Which.
        order: OrderId,
    },
    /// Too many attempts to pay it.
    TooManyAttempts {
        /// Which.
        order: OrderId,
    },
    /// A button nobody can make sense of any more.
    ButtonUnknown,
    /// The word is taken by another product, or is one of our commands.
    KeywordTaken {
        /// Which word.
        keyword: Text,
    },
    /// No such product.
    ProductUnknown,
    /// No such variant.
    StockUnknown,
    /// Units are held or owed; these orders must be cancelled first.
    StockProtected {
        /// What is free to take.
        free: u32,
        /// The orders that protect it.
        orders: Vec<OrderId>,
    },
    /// A price, count or policy outside its bounds.
    OutOfBounds {
        /// The least allowed.
        least: i64,
        /// The most allowed.
        most: i64,
    },
    /// A live is on already.
    LiveAlreadyOn,
    /// No live is in the state this needs.
    NoLive,
    /// It is over for too long to be taken back.
    ReopenTooLate {
        /// Until when it could.
        until: DateTime<Utc>,
    },
    /// No such attempt.
    AttemptUnknown,
    /// The order is not paid, so it is not handed over.
    OrderNotPaid {
        /// Which.
        order: OrderId,
    },
    /// Nothing is to be chosen about that order (any more).
    NoChoice {
        /// Which.
        order: OrderId,
    },
    /// Nobody asked to cancel that order, or it is decided.
    NoRequest {
        /// Which.
        order: OrderId,
    },
    /// No such refund.
    RefundUnknown,
    /// That refund is not where this could happen to it: sent, confirmed, or with the provider.
    RefundElsewhere,
}

impl Rejection {
    /// The stable code, for example `not-enough-left`.
    pub fn code(&self) -> &'static str {
        self.into()
    }
}

/// A size or colour that can be had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariantChoice {
    /// Which.
    pub variant: VariantId,
    /// For example `M` or `M rouge`.
    pub label: Text,
    /// What is left of it.
    pub left: u32,
}
