//! Things as a person sees them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{ContactId, OrderId, VariantId};
use crate::money::Amount;
use crate::text::{Keyword, Text};
use crate::trust::{Reason, Tier};

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

/// A paid order in a notice of several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaidShown {
    /// Who paid; the name comes with the rendering.
    pub about: ContactId,
    /// Which order.
    pub order: OrderId,
    /// Its lines, at most three; none where it is handed over already.
    pub lines: Vec<LineShown>,
    /// What was paid.
    pub total: Amount,
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

/// Her place on a waitlist, as of now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitShown {
    /// The product.
    pub product: ProductShown,
    /// `M rouge`, or empty.
    pub label: Text,
    /// Which variant she waits for.
    pub variant: VariantId,
    /// How many she wants.
    pub quantity: u32,
    /// Her place, from 1.
    pub position: u32,
}

/// Something she may have instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwapShown {
    /// What the row takes.
    pub variant: VariantId,
    /// Its word.
    pub keyword: Keyword,
    /// Its name.
    pub name: Text,
    /// `M rouge`, or empty.
    pub label: Text,
    /// Price of one unit.
    pub price: Amount,
}

/// Her score line by line, what it does to her holds, and the way back from what restricts her.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a sentence of the answer, and any of them may be said"
)]
pub struct WhyShown {
    /// Her score, 0–100.
    pub score: u8,
    /// Minutes of her holds.
    pub minutes: u32,
    /// Her tier.
    pub tier: Tier,
    /// Every line of the computed sum.
    pub reasons: Vec<Reason>,
    /// The vendor laid her own judgement over it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub overridden: bool,
    /// She looks like a fake buyer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub flagged: bool,
    /// Nothing is held for her before she chose how to pay.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub first_paid: bool,
    /// Paid orders that lift every restriction; nothing where there is none, or where no
    /// number of them would.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub way_back: Option<u32>,
    /// She can order nothing, or paid orders alone would never do: she writes to the vendor.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub seller: bool,
    /// The vendor does not take her orders at all.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub blocked: bool,
}
