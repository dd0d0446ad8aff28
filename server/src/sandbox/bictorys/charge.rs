//! A charge: what was asked, and the transactions its payer made of it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What the merchant asked for.
#[derive(Debug, Clone)]
pub(super) struct Charge {
    pub(super) id: String,
    pub(super) reference: Option<String>,
    pub(super) merchant_reference: Option<String>,
    /// Whole francs.
    pub(super) amount: i64,
    pub(super) currency: String,
    /// The operator of a direct charge; a hosted one leaves it to the payer.
    pub(super) payment_type: Option<String>,
    pub(super) customer: Option<Value>,
    pub(super) success_url: Option<String>,
    pub(super) error_url: Option<String>,
    pub(super) created_at: DateTime<Utc>,
    /// Newest last. A hosted charge has none until its payer acts.
    pub(super) transactions: Vec<Transaction>,
}

/// One attempt of the payer.
#[derive(Debug, Clone)]
pub(super) struct Transaction {
    pub(super) id: String,
    pub(super) status: Status,
    /// What the payer paid, in francs.
    pub(super) amount: i64,
    pub(super) fees: i64,
    pub(super) method: String,
    pub(super) at: DateTime<Utc>,
    /// The payer has done something: only then do lists show it.
    pub(super) acted: bool,
    /// Lists and details tell the amount without the fees.
    pub(super) net: bool,
    /// The refund's own id, once the merchant gave the money back.
    pub(super) refund: Option<String>,
}

/// The provider's statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    Pending,
    Authorized,
    Succeeded,
    Failed,
    Cancelled,
    Reversed,
}

impl Charge {
    pub(super) fn last(&self) -> Option<&Transaction> {
        self.transactions.last()
    }

    /// The transaction of this id.
    pub(super) fn transaction(&self, id: &str) -> Option<&Transaction> {
        self.transactions.iter().find(|t| t.id == id)
    }

    /// What an order of misbehaviour may call it, with one of its transactions.
    pub(super) fn names<'a>(&'a self, transaction: Option<&'a str>) -> Vec<&'a str> {
        let reference = self.reference.as_deref();
        let names = [Some(self.id.as_str()), reference, transaction];
        names.into_iter().flatten().collect()
    }

    /// Whether money was taken (and perhaps given back).
    pub(super) fn settled(&self) -> bool {
        let done = |t: &Transaction| matches!(t.status, Status::Succeeded | Status::Reversed);
        self.transactions.iter().any(done)
    }

    /// Whether money is on its way.
    pub(super) fn under_way(&self) -> bool {
        self.last()
            .is_some_and(|t| t.acted && matches!(t.status, Status::Pending | Status::Authorized))
    }

    pub(super) fn view(&self, public_url: &str) -> ChargeView {
        let last = self.last();
        ChargeView {
            id: self.id.clone(),
            reference: self.reference.clone(),
            amount: self.amount,
            currency: self.currency.clone(),
            payment_type: self.payment_type.clone(),
            status: last.map_or(Status::Pending, |t| t.status),
            transaction: last.map(|t| t.id.clone()),
            paid: last
                .filter(|t| t.status == Status::Succeeded)
                .map(|t| t.amount),
            under_way: self.under_way(),
            link: self.link(public_url),
            at: self.created_at.timestamp(),
        }
    }

    /// Where the payer goes.
    pub(super) fn link(&self, public_url: &str) -> String {
        format!("{public_url}/checkout/{}?charge_id={0}", self.id)
    }
}

/// A charge as `/api/charges` and the stream show it.
#[derive(Debug, Clone, Serialize)]
pub(in crate::sandbox) struct ChargeView {
    pub(in crate::sandbox) id: String,
    reference: Option<String>,
    amount: i64,
    currency: String,
    payment_type: Option<String>,
    status: Status,
    transaction: Option<String>,
    /// What was really paid, when it succeeded.
    paid: Option<i64>,
    /// Paid, and not yet known as such.
    under_way: bool,
    link: String,
    /// Unix seconds.
    at: i64,
}

/// What a merchant sends to create a charge; unknown fields are ignored as at the real one.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Request {
    pub(super) amount: Value,
    pub(super) currency: Option<String>,
    pub(super) country: Option<String>,
    pub(super) payment_reference: Option<String>,
    pub(super) merchant_reference: Option<String>,
    pub(super) success_redirect_url: Option<String>,
    #[serde(alias = "ErrorRedirectUrl")]
    pub(super) error_redirect_url: Option<String>,
    pub(super) customer_object: Option<Value>,
    pub(super) otp: Option<Value>,
}
