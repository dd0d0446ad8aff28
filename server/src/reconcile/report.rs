//! What a comparison found, for people and for programs.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

/// What is true of one transaction, or of one attempt without any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Its shop took it in, and the sum is what the attempt asked (gross, or net plus fees).
    Matched,
    /// Its shop took it in, and the sum or the currency is another.
    AmountDiffers,
    /// A further payment of an attempt that was paid before.
    PaidAgain,
    /// It succeeded, and the money went back since.
    Reversed,
    /// The provider has money that no order of ours has taken in.
    TheirsOnly,
    /// An order of ours is paid, and the provider's list does not hold the money.
    OursOnly,
}

/// Everything that was compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reconciliation {
    /// From when on.
    pub since: DateTime<Utc>,
    /// By account and shop; money without a shop is a group of its own.
    pub groups: Vec<Group>,
    /// Everything that is not simply matched, oldest first.
    pub findings: Vec<Finding>,
}

impl Reconciliation {
    /// Whether every franc of theirs is ours and the other way round. Sums that differ, second
    /// payments and reversals are known to their shops and do not spoil it.
    pub fn is_whole(&self) -> bool {
        let lost =
            |found: &Finding| matches!(found.verdict, Verdict::TheirsOnly | Verdict::OursOnly);
        !self.findings.iter().any(lost)
    }
}

/// The sums of one shop at one account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The account's opaque id; empty where nobody knows it.
    pub account: String,
    /// The shop, where the money names one of ours.
    pub shop: Option<Uuid>,
    /// See [`Verdict::Matched`].
    pub matched: Sum,
    /// See [`Verdict::AmountDiffers`].
    pub amount_differs: Sum,
    /// See [`Verdict::PaidAgain`].
    pub paid_again: Sum,
    /// See [`Verdict::Reversed`].
    pub reversed: Sum,
    /// See [`Verdict::TheirsOnly`].
    pub theirs_only: Sum,
    /// See [`Verdict::OursOnly`].
    pub ours_only: Sum,
}

impl Group {
    /// The sum of a verdict.
    pub(super) fn of(&mut self, verdict: Verdict) -> &mut Sum {
        match verdict {
            Verdict::Matched => &mut self.matched,
            Verdict::AmountDiffers => &mut self.amount_differs,
            Verdict::PaidAgain => &mut self.paid_again,
            Verdict::Reversed => &mut self.reversed,
            Verdict::TheirsOnly => &mut self.theirs_only,
            Verdict::OursOnly => &mut self.ours_only,
        }
    }
}

/// How many, how much, and what the provider kept of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Sum {
    /// Transactions, or attempts without any.
    pub count: u64,
    /// Minor units: gross where the provider's two readings allow it, else as it came; what was
    /// asked where there is only ours.
    pub amount: i64,
    /// The merchant's fees, minor units, as far as they were told.
    pub fees: i64,
}

impl Sum {
    pub(super) fn add(&mut self, amount: i64, fees: i64) {
        self.count = self.count.saturating_add(1);
        self.amount = self.amount.saturating_add(amount);
        self.fees = self.fees.saturating_add(fees);
    }
}

/// One thing that is not simply matched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is.
    pub verdict: Verdict,
    /// The account's opaque id; empty where nobody knows it.
    pub account: String,
    /// The shop the reference names.
    pub shop: Option<Uuid>,
    /// The order's number in its shop.
    pub order: Option<i64>,
    /// The attempt's number in its shop.
    pub attempt: Option<i64>,
    /// The reference as the provider has it, else ours.
    pub reference: Option<String>,
    /// The provider's id of the transaction.
    pub transaction: Option<String>,
    /// What our attempt asked, minor units.
    pub asked: Option<i64>,
    /// What the provider says, minor units, as it came.
    pub amount: Option<i64>,
    /// The merchant's fees, minor units.
    pub fees: Option<i64>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// The provider's time; ours where it has none.
    pub at: DateTime<Utc>,
}
