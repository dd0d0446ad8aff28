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
    /// "Your money goes back to you."
    RefundPromised {
        /// Which order.
        order: OrderId,
        /// How much.
        amount: Amount,
        /// Why.
        note: RefundNote,
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

/// What our buttons and rows mean. The order rides in the id, because a phone that was off
/// taps days later and is judged by today's truth (faults.md A17).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tap {
    /// PAYER.
    Pay(OrderId),
    /// ANNULER.
    Cancel(OrderId),
    /// CHANGER.
    Change(OrderId),
    /// WAVE, ORANGE MONEY, CARTE.
    Method(OrderId, Method),
    /// Take units of a variant.
    Take(VariantId, u32),
    /// MES ACHATS.
    Purchases,
    /// CATALOGUE.
    Catalogue,
    /// AIDE.
    Help,
}

impl Tap {
    /// The id on the wire, at most 200 characters (whatsapp.md 2.3).
    pub fn id(&self) -> String {
        match self {
            Self::Pay(order) => format!("pay:{order}"),
            Self::Cancel(order) => format!("cancel:{order}"),
            Self::Change(order) => format!("change:{order}"),
            Self::Method(order, method) => format!("method:{order}:{}", method.code()),
            Self::Take(variant, quantity) => format!("take:{variant}:{quantity}"),
            Self::Purchases => "purchases".to_owned(),
            Self::Catalogue => "catalogue".to_owned(),
            Self::Help => "help".to_owned(),
        }
    }

    /// Reads [`Tap::id`] back; `None` for what is not ours.
    pub fn parse(id: &str) -> Option<Self> {
        let mut parts = id.split(':');
        let head = parts.next()?;
        let first = parts.next();
        let second = parts.next();
        if parts.next().is_some() {
            return None;
        }
        let order = || first?.parse().ok().map(OrderId);
        match (head, second) {
            ("pay", None) => order().map(Self::Pay),
            ("cancel", None) => order().map(Self::Cancel),
            ("change", None) => order().map(Self::Change),
            ("method", Some(method)) => Some(Self::Method(order()?, Method::parse(method)?)),
            ("take", Some(quantity)) => {
                let variant = VariantId(first?.parse().ok()?);
                Some(Self::Take(variant, quantity.parse().ok()?))
            }
            ("purchases", None) if first.is_none() => Some(Self::Purchases),
            ("catalogue", None) if first.is_none() => Some(Self::Catalogue),
            ("help", None) if first.is_none() => Some(Self::Help),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tap_reads_back() {
        for tap in [
            Tap::Pay(OrderId(7)),
            Tap::Cancel(OrderId(7)),
            Tap::Change(OrderId(7)),
            Tap::Method(OrderId(7), Method::OrangeMoney),
            Tap::Take(VariantId(3), 2),
            Tap::Purchases,
            Tap::Catalogue,
            Tap::Help,
        ] {
            assert_eq!(Tap::parse(&tap.id()), Some(tap));
        }
        for id in [
            "",
            "pay",
            "pay:x",
            "pay:1:2",
            "help:1",
            "method:1:gold",
            "pay:1:2:3",
        ] {
            assert_eq!(Tap::parse(id), None, "{id}");
        }
    }
}
