//! What the play leaves for the final check: promises of the server and books of the provider.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::control::Control;
use super::error::SimulateError;
use super::figures::Figures;
use super::shops::Shop;
use super::tally::{Report, Tally};
use crate::sandbox::Acknowledged;

/// How long the last messages get to be acknowledged, in tenths of a second.
const PATIENCE: u32 = 300;

/// A line of the provider's books: money that moved (`succeeded`, or `reversed` afterwards).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BookLine {
    /// The merchant's reference, as the charge was created with.
    pub reference: Option<String>,
    /// Francs the payer paid.
    pub amount: i64,
    /// Francs of it the provider kept.
    #[serde(default)]
    pub fees: i64,
    /// Francs the merchant gave back.
    #[serde(default)]
    pub refunded: i64,
    /// Francs the operator took back.
    #[serde(default)]
    pub reversed: i64,
    /// `XOF`.
    pub currency: String,
    /// The provider's status.
    pub status: String,
    /// The provider's transaction id.
    pub transaction: String,
    /// The provider's charge id.
    pub charge: String,
}

/// Everything the final check compares with the log.
#[derive(Debug, Clone)]
pub struct Journal {
    /// Every message the server answered with 200: each must have left a receipt.
    pub acknowledged: Vec<Acknowledged>,
    /// Every franc the provider took while the crowd played.
    pub books: Vec<BookLine>,
    /// Where the crowd bought.
    pub shops: Vec<Shop>,
    /// The sandbox in which they did.
    pub sandbox: String,
    /// Counts, to be printed.
    pub report: Report,
    /// The same per shop and per minute.
    pub figures: Figures,
}

/// Transactions of earlier crowds, which are not this one's to answer for.
pub(super) async fn earlier(control: &Control) -> Result<BTreeSet<String>, SimulateError> {
    let books = control.books().await?;
    Ok(books.into_iter().map(|line| line.transaction).collect())
}

/// Waits until everything written is acknowledged, or patience ends, and gathers.
pub(super) async fn collect(
    control: &Control,
    tally: &Tally,
    shops: Vec<Shop>,
    earlier: &BTreeSet<String>,
) -> Result<Journal, SimulateError> {
    let written = tally.written();
    let mut acknowledged: Vec<Acknowledged> = Vec::new();
    let mut missing = written.len();
    for _ in 0..PATIENCE {
        loop {
            let page = control.acknowledged(acknowledged.len()).await?;
            if page.is_empty() {
                break;
            }
            acknowledged.extend(page);
        }
        let kept: BTreeSet<&str> = acknowledged
            .iter()
            .map(|entry| entry.wamid.as_str())
            .collect();
        missing = written
            .iter()
            .filter(|wamid| !kept.contains(wamid.as_str()))
            .count();
        if missing == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let mut books = control.books().await?;
    books.retain(|line| !earlier.contains(&line.transaction));
    let mut report = tally.report();
    report.unacknowledged = u64::try_from(missing).unwrap_or(u64::MAX);
    report.books = u64::try_from(books.len()).unwrap_or(u64::MAX);
    report.francs = books.iter().map(|line| line.amount).sum();
    report.counters = control.counters().await?;
    Ok(Journal {
        acknowledged,
        books,
        shops,
        sandbox: control.sandbox(),
        report,
        figures: Figures::default(),
    })
}
