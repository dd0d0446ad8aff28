//! Facts about quotes and invoices.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantNames};

use crate::ids::OrderId;
use crate::money::Amount;

/// What can have happened to a quote or an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, VariantNames)]
pub enum Event {
    /// A price was promised until a day.
    QuoteIssued {
        /// For which order.
        order: OrderId,
        /// The sum.
        total: Amount,
        /// Until when it binds.
        valid_until: DateTime<Utc>,
    },
    /// She said yes.
    QuoteAccepted {
        /// For which order.
        order: OrderId,
    },
    /// The day passed.
    QuoteLapsed {
        /// For which order.
        order: OrderId,
    },
    /// Numbered, with a due day.
    InvoiceIssued {
        /// For which order.
        order: OrderId,
        /// Its number in the shop, from 1.
        number: u64,
        /// The sum.
        total: Amount,
        /// When it is due.
        due_at: DateTime<Utc>,
    },
    /// Settled.
    InvoicePaid {
        /// Its number in the shop.
        number: u64,
    },
}
