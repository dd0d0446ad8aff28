//! What the vendor is told.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use super::{LineShown, PaidShown, ProductShown, RefundNote};
use crate::ids::{ContactId, LiveId, OrderId};
use crate::live::Summary;
use crate::money::Amount;
use crate::text::Text;

/// What the vendor is told, on every phone she bound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "kebab-case", prefix = "vendor-")]
pub enum ToVendor {
    /// Money came.
    Paid {
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
        /// Products that ran low since the last notice.
        low: Vec<ProductShown>,
    },
    /// Money came for several orders, in a short time.
    PaidMany {
        /// How many, at least 2.
        count: u32,
        /// Their sum.
        amount: Amount,
        /// The first of them, at most five.
        orders: Vec<PaidShown>,
        /// Paid orders of this live, or of today outside one.
        paid: u32,
        /// Their sum.
        collected: Amount,
        /// Products that ran low since the last notice.
        low: Vec<ProductShown>,
    },
    /// Products ran low, or out.
    StockLow {
        /// Which, at most ten, with what is left.
        products: Vec<ProductShown>,
    },
    /// Nobody said FIN: hours of silence did. Button ROUVRIR.
    LiveClosedItself {
        /// Which live.
        live: LiveId,
        /// What it is called.
        title: Text,
        /// So many hours nothing happened.
        hours: u32,
        /// Until when it can be opened again.
        until: DateTime<Utc>,
    },
    /// It is on air again.
    LiveReopened {
        /// Which live.
        live: LiveId,
        /// What it is called.
        title: Text,
    },
    /// What a live came to: when it ends, and when its figures are final.
    LiveSummary {
        /// Which live.
        live: LiveId,
        /// What it is called.
        title: Text,
        /// Whether the figures are final.
        settled: bool,
        /// The figures, read just before it is said; without them it says where they are.
        #[serde(skip)]
        figures: Option<Box<Summary>>,
    },
    /// Money has to go back.
    RefundDue {
        /// Who paid.
        about: ContactId,
        /// Which order.
        order: OrderId,
        /// How much.
        amount: Amount,
        /// Why.
        note: RefundNote,
        /// It goes back the way it came, without her hand.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        automatic: bool,
        /// By when it should be back; nothing said where not known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<DateTime<Utc>>,
    },
    /// A refund did not work, or nobody took it in time.
    RefundLate {
        /// Who paid.
        about: ContactId,
        /// Which order.
        order: OrderId,
        /// How much.
        amount: Amount,
        /// Why it failed; empty where it is only late.
        reason: Text,
    },
    /// The operator took the money of an order back.
    Reversed {
        /// Who had paid.
        about: ContactId,
        /// Which order.
        order: OrderId,
        /// How much.
        amount: Amount,
        /// Its lines; empty where the order is long closed.
        lines: Vec<LineShown>,
        /// Whether it was handed over already.
        handed_over: bool,
    },
    /// She would like to cancel what is paid. Buttons ACCEPTER, REFUSER.
    CancellationAsked {
        /// Who.
        about: ContactId,
        /// Which order.
        order: OrderId,
        /// Its lines.
        lines: Vec<LineShown>,
        /// What was paid.
        total: Amount,
        /// Without a decision the order stands then.
        until: DateTime<Utc>,
    },
    /// Her decision is noted.
    Decided {
        /// Which order.
        order: OrderId,
        /// Cancelled, or kept.
        granted: bool,
    },
}

impl ToVendor {
    /// Whom it is about; the names come with the rendering.
    pub fn about(&self) -> Vec<ContactId> {
        match self {
            Self::Paid { about, .. }
            | Self::RefundDue { about, .. }
            | Self::RefundLate { about, .. }
            | Self::Reversed { about, .. }
            | Self::CancellationAsked { about, .. } => vec![*about],
            Self::PaidMany { orders, .. } => orders.iter().map(|order| order.about).collect(),
            Self::StockLow { .. }
            | Self::LiveClosedItself { .. }
            | Self::LiveReopened { .. }
            | Self::LiveSummary { .. }
            | Self::Decided { .. } => Vec::new(),
        }
    }
}
