//! Quotes and invoices. Their rules come with their issue; the numbering is kept from now.

use serde::{Deserialize, Serialize};

/// What is known of quotes and invoices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct B2b {
    /// The newest invoice number given out.
    pub last_invoice: u64,
}
