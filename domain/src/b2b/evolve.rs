//! What a fact about quotes and invoices changes.

use super::Event;
use super::state::B2b;

/// Applies it.
pub(crate) fn evolve(b2b: &mut B2b, event: &Event) {
    match event {
        Event::InvoiceIssued { number, .. } => b2b.last_invoice = b2b.last_invoice.max(*number),
        Event::QuoteIssued { .. }
        | Event::QuoteAccepted { .. }
        | Event::QuoteLapsed { .. }
        | Event::InvoicePaid { .. } => {}
    }
}
