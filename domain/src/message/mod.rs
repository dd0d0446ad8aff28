//! What we may say, with its data. No words here: they are files (adapters/messages), and every
//! variant has them in every language or the house does not compile.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::ids::{ContactId, OrderId, Reference, VariantId};
use crate::money::Amount;
use crate::rejection::Rejection;
use crate::segment::Method;
use crate::text::{Keyword, Text};
use crate::trust::Tier;

mod tap;

pub use tap::Tap;

/// A product as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductShown {
    /// Its word.
    pub keyword: Keyword,
    /// Its name.
    pub name: Text,
    /// Price of one unit.
    pub price: Amount,
    /// Units free over all its variants.
    pub left: u32,
}

/// A line of an order as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineShown {
    /// Its word.
    pub keyword: Keyword,
    /// Its name.
    pub name: Text,
    /// `M rouge`, or empty.
    pub label: Text,
    /// How many.
    pub quantity: u32,
    /// Price of all of them.
    pub amount: Amount,
}

/// An order in a list of purchases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurchaseShown {
    /// Which.
    pub order: OrderId,
    /// What was paid.
    pub total: Amount,
    /// When.
    pub paid_at: DateTime<Utc>,
}

/// How scarce what she holds is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scarcity {
    /// Plenty.
    Plenty,
    /// Few are left.
    Few,
    /// She holds the last one.
    Last,
    /// She holds several, and they are the last ones.
    LastOnes,
}

/// How well the shop knows her; the name comes with the rendering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Paid orders in this shop.
    pub purchases: u32,
    /// Her tier.
    pub tier: Tier,
}

/// What money due back is about, in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundNote {
    /// The order was paid already.
    SecondCharge,
    /// More than asked.
    Surplus,
    /// Less than asked.
    Underpaid,
    /// Too late.
    Late,
    /// After a cancellation.
    Cancelled,
    /// The vendor gave up a paid order.
    VendorCancelled,
    /// Another currency than the shop's; the sum is in that one.
    OtherCurrency,
}

/// An order that still waits for its payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// What is due.
    pub total: Amount,
    /// Until when its units are hers.
    pub until: DateTime<Utc>,
}

/// What we may say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "kebab-case")]
pub enum Message {
    /// "Your units are held": the whole cart, its price, its time. Buttons PAYER, ANNULER.
    Held {
        /// Which order.
        order: OrderId,
        /// All its lines, echoed as understood.
        lines: Vec<LineShown>,
        /// Their sum.
        total: Amount,
        /// Until when.
        deadline: DateTime<Utc>,
        /// Whole minutes until then, when it was written.
        minutes: u32,
        /// What is left of the product she just asked for.
        left: u32,
        /// How scarce that is.
        scarcity: Scarcity,
        /// How well we know her.
        known: Known,
        /// It was her cart before, and changed; nobody is welcomed twice.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        changed: bool,
    },
    /// "The live is over, and there is some left." Buttons JE PRENDS, CATALOGUE.
    LiveOver {
        /// What she asked for, as understood.
        line: LineShown,
        /// What the button takes, as many as the line says.
        variant: VariantId,
        /// Units free of it.
        left: u32,
    },
    /// "How do you want to pay?" Buttons WAVE, ORANGE MONEY, CARTE.
    AskMethod {
        /// Which order.
        order: OrderId,
        /// What is due.
        total: Amount,
        /// Whole minutes left.
        minutes: u32,
    },
    /// "Your link is on its way": only when she would wait over 10 s for it.
    LinkComing {
        /// Which order.
        order: OrderId,
    },
    /// The link. Button CHANGER.
    PaymentLink {
        /// Which order.
        order: OrderId,
        /// How.
        method: Method,
        /// `/pay/<reference>` on our own host.
        reference: Reference,
        /// What is due.
        total: Amount,
        /// Whole minutes left.
        minutes: u32,
    },
    /// "That did not work": another method. Buttons WAVE, ORANGE MONEY, CARTE.
    PaymentFailed {
        /// Which order.
        order: OrderId,
        /// What is due.
        total: Amount,
        /// Whole minutes left.
        minutes: u32,
    },
    /// "Paid." Button MES ACHATS.
    Paid {
        /// Which order.
        order: OrderId,
        /// Its lines.
        lines: Vec<LineShown>,
        /// What was paid.
        total: Amount,
        /// When, for the receipt's reference `LP-2026-0215-…`.
        paid_at: DateTime<Utc>,
        /// How well we know her now.
        known: Known,
    },
    /// "Your units are free again." Button: take them again, if they are still there.
    Expired {
        /// Which order.
        order: OrderId,
        /// Its lines.
        lines: Vec<LineShown>,
        /// What to tap to have the first line again.
        again: Option<(VariantId, u32)>,
    },
    /// "Cancelled, as you asked."
    Cancelled {
        /// Which order.
        order: OrderId,
        /// Its lines.
        lines: Vec<LineShown>,
    },
    /// "The seller had to cancel; sorry."
    CancelledByVendor {
        /// Which order.
        order: OrderId,
        /// Its lines.
        lines: Vec<LineShown>,
    },
    /// "Your time is running out." Buttons PAYER, ANNULER.
    Reminder {
        /// Which order.
        order: OrderId,
        /// What is due.
        total: Amount,
        /// Whole minutes left.
        minutes: u32,
    },
    /// "Your money goes back to you", and what becomes of the order. Buttons PAYER, ANNULER where
    /// it still waits, CATALOGUE where it is over, MES ACHATS where it was paid.
    RefundPromised {
        /// Which order.
        order: OrderId,
        /// How much.
        amount: Amount,
        /// Why.
        note: RefundNote,
        /// The order, where it still waits for its payment.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        waits: Option<Waiting>,
    },
    /// What is sold, as a list. Each row takes one unit of a product.
    Catalogue {
        /// At most ten, what is left first.
        products: Vec<ProductShown>,
        /// Whether there are more.
        more: bool,
        /// Whether a live is on.
        live: bool,
    },
    /// MES ACHATS.
    Purchases {
        /// The newest, at most five.
        orders: Vec<PurchaseShown>,
        /// How many in all.
        count: u32,
        /// How well we know her.
        known: Known,
    },
    /// AIDE.
    Help {
        /// A keyword that exists, as the example.
        example: Option<Keyword>,
        /// Whether she holds something.
        open: bool,
    },
    /// POURQUOI.
    Why {
        /// Her score, 0–100.
        score: u8,
        /// Minutes of her holds.
        minutes: u32,
    },
    /// STOP, heard.
    Stopped,
    /// One hint to someone who just talks.
    Hint {
        /// A keyword that exists, as the example.
        example: Option<Keyword>,
    },
    /// A voice note or a picture: please write.
    PleaseWrite {
        /// A keyword that exists, as the example.
        example: Option<Keyword>,
    },
    /// The language is changed.
    LanguageChanged,
    /// Short words from now on, or the full ones again.
    StyleChanged {
        /// Whether they are short.
        simple: bool,
    },
    /// A no.
    Refused(Rejection),
    /// To the vendor: money came.
    VendorPaid {
        /// Who paid; the name comes with the rendering.
        about: ContactId,
        /// Which order.
        order: OrderId,
        /// Its lines.
        lines: Vec<LineShown>,
        /// What was paid.
        total: Amount,
        /// Paid orders of this live, or of today outside one.
        paid: u32,
        /// Their sum.
        collected: Amount,
        /// Products that run low now.
        low: Vec<ProductShown>,
    },
    /// To the vendor: money has to go back.
    VendorRefundDue {
        /// Who paid.
        about: ContactId,
        /// Which order.
        order: OrderId,
        /// How much.
        amount: Amount,
        /// Why.
        note: RefundNote,
    },
}

impl Message {
    /// The stable name of its words, for example `payment-link`.
    pub fn key(&self) -> &'static str {
        if let Self::Refused(rejection) = self {
            return rejection.code();
        }
        self.into()
    }
}
