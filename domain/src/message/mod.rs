//! What we may say, with its data. No words here: they are files (adapters/messages), and every
//! variant has them in every language or the house does not compile.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::ids::{OrderId, Reference, VariantId};
use crate::money::Amount;
use crate::order::event::Choice;
use crate::rejection::Rejection;
use crate::segment::Method;
use crate::text::{Keyword, Text};
use crate::trust::{Badge, Tier};

mod key;
mod shown;
mod tap;
mod to_vendor;

pub use shown::{
    Known, LineShown, PaidShown, ProductShown, PurchaseShown, RefundNote, Scarcity, SwapShown,
    WaitShown, Waiting, WhyShown,
};
pub use tap::Tap;
pub use to_vendor::ToVendor;

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
        /// What she asked for in the same message and is sold out: she waits for it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        waits: Vec<WaitShown>,
    },
    /// First paid, first served: nothing is held, whoever pays first has it. Buttons PAYER,
    /// ANNULER.
    FirstPaid {
        /// Which order.
        order: OrderId,
        /// All its lines, echoed as understood.
        lines: Vec<LineShown>,
        /// Their sum.
        total: Amount,
        /// What is left of the product she just asked for.
        left: u32,
        /// Minutes the units are hers once she chose how to pay.
        minutes: u32,
        /// What she asked for in the same message and is sold out: she waits for it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        waits: Vec<WaitShown>,
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
        /// What she just earned, told this once.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        badges: Vec<Badge>,
        /// The tier she just reached.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reached: Option<Tier>,
        /// What she paid too much; it goes back to her.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        surplus: Option<Amount>,
        /// It came after its time, and the units were still there.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        late: bool,
    },
    /// "Part of it came." Buttons PAYER (the rest), ANNULER.
    Underpaid {
        /// Which order.
        order: OrderId,
        /// What came in all.
        received: Amount,
        /// What is missing.
        missing: Amount,
        /// Until when the units are hers.
        until: DateTime<Utc>,
    },
    /// Her money came when the order was over: what shall become of it? One button per option.
    AskChoice {
        /// Which order.
        order: OrderId,
        /// What it was.
        lines: Vec<LineShown>,
        /// What came.
        amount: Amount,
        /// What is missing to the whole sum; nothing where it is whole.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        missing: Option<Amount>,
        /// Whether she had cancelled it herself, rather than let its time pass.
        cancelled: bool,
        /// What she may choose, at most three.
        options: Vec<Choice>,
        /// Without an answer the money goes back then.
        until: DateTime<Utc>,
    },
    /// "What would you like instead?", as a list; with nothing in it, what else she may choose.
    AskSwap {
        /// Which order.
        order: OrderId,
        /// What she may spend.
        amount: Amount,
        /// What there is for it, at most ten; the rest of the sum goes back.
        offers: Vec<SwapShown>,
    },
    /// "We wait with you": she is first for what comes back, until then.
    WaitsForUnits {
        /// Which order.
        order: OrderId,
        /// What for.
        lines: Vec<LineShown>,
        /// Without units the money goes back then.
        until: DateTime<Utc>,
    },
    /// "I ask Wave where your payment is."
    CheckingPayment {
        /// Which order.
        order: OrderId,
    },
    /// "Nothing came yet." Button PAYER where it can still be paid.
    NotPaidYet {
        /// Which order.
        order: OrderId,
        /// The order, where it still waits for its payment.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        waits: Option<Waiting>,
    },
    /// "Your operator took the money back; the order waits for its payment." Button PAYER.
    TakenBack {
        /// Which order.
        order: OrderId,
        /// How much.
        amount: Amount,
    },
    /// "Your wish to cancel is with the seller; she decides by then."
    CancellationAsked {
        /// Which order.
        order: OrderId,
        /// By when.
        until: DateTime<Utc>,
    },
    /// "The seller keeps the order."
    CancellationRefused {
        /// Which order.
        order: OrderId,
        /// She did not answer in time.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        lapsed: bool,
    },
    /// "There were fewer than we thought; sorry." What is left of the cart, if anything.
    Released {
        /// Which order.
        order: OrderId,
        /// What was let go.
        lines: Vec<LineShown>,
        /// What she still holds.
        kept: Vec<LineShown>,
    },
    /// Sold out: she waits, and here is her place. Buttons NE PLUS ATTENDRE, CATALOGUE.
    WaitlistJoined(Vec<WaitShown>),
    /// A unit came free and is held for her. Buttons PAYER, NON MERCI.
    Offer {
        /// Which order.
        order: OrderId,
        /// What, and how many of it.
        lines: Vec<LineShown>,
        /// Their sum.
        total: Amount,
        /// How many she wanted.
        wanted: u32,
        /// Until when.
        deadline: DateTime<Utc>,
        /// Whole minutes until then.
        minutes: u32,
    },
    /// "Noted." She keeps her place for the rest, or waits no longer.
    OfferDeclined {
        /// What.
        lines: Vec<LineShown>,
        /// Her place for the rest, if she keeps it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        waits: Option<WaitShown>,
    },
    /// "Your turn has passed." Button ATTENDRE.
    OfferLapsed {
        /// What.
        lines: Vec<LineShown>,
        /// What to tap to wait again.
        variant: VariantId,
        /// For how many.
        quantity: u32,
    },
    /// "You wait no longer."
    WaitlistLeft {
        /// For what.
        product: ProductShown,
    },
    /// The live is over and there is nothing left of what she waited for. Button CATALOGUE.
    WaitlistClosed {
        /// Of what.
        products: Vec<ProductShown>,
    },
    /// First paid, first served: one is free, she is told. Button JE PRENDS.
    UnitFree {
        /// What.
        line: LineShown,
        /// What the button takes, as many as the line says.
        variant: VariantId,
        /// Units free of it.
        left: u32,
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
        /// It goes back the way it came, without anybody's hand.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        automatic: bool,
    },
    /// "Your money was sent back."
    RefundSent {
        /// Which order.
        order: OrderId,
        /// How much.
        amount: Amount,
        /// By which way, in the vendor's words; empty where it went the way it came.
        method: Text,
        /// The operator's reference, or empty.
        evidence: Text,
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
    Why(WhyShown),
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
    /// To the vendor, on the phones she bound.
    Vendor(ToVendor),
}
