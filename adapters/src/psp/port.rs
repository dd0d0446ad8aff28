//! The port. A provider is a pure codec; [`super::Client`] drives any of them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::Reference;
use domain::money::{Amount, Currency};
use domain::payment::observation::Trusted;
use domain::segment::Method;
use url::Url;

use super::seen::{Seen, Undecodable};
use crate::secret::Secret;
use crate::transport::{Answer, Failure, Request};

/// One merchant account at a provider.
#[derive(Debug, Clone)]
pub struct Account {
    /// Where the provider's API lives; a path is kept.
    pub base: Url,
    /// The key that may only create charges.
    pub public_key: Secret,
    /// The key that reads.
    pub secret_key: Secret,
    /// What proves a webhook: one secret, or two while one is replaced.
    pub webhook_secrets: Vec<Secret>,
}

/// Keys and address that do not belong together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Misfit(pub String);

/// A charge to ask for.
#[derive(Debug, Clone)]
pub struct Charge {
    /// Ours; the payer sees it.
    pub reference: Reference,
    /// How she pays.
    pub method: Method,
    /// Minor units.
    pub amount: Amount,
    /// In what.
    pub currency: Currency,
    /// ISO 3166 alpha-2.
    pub country: String,
    /// What she gave on the payment page; never taken from WhatsApp.
    pub payer: Payer,
    /// Where she comes back to when it worked; https outside the sandbox.
    pub success: Url,
    /// Where she comes back to when it did not.
    pub failure: Url,
}

/// Who pays, as far as she told.
#[derive(Clone, Default)]
pub struct Payer {
    /// E.164 with `+`.
    pub phone: Option<String>,
    /// Her name.
    pub name: Option<String>,
}

impl std::fmt::Debug for Payer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Payer(…)")
    }
}

/// What became of asking for a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Charged {
    /// It exists.
    Created(Created),
    /// It surely does not exist, and again would be refused again.
    Refused {
        /// The provider's code, for example `E400-33`, or `HTTP 400`.
        code: String,
        /// The provider's words.
        detail: String,
    },
    /// It surely does not exist: slow down, then again with the same reference.
    Throttled,
    /// It may exist: never ask again with this attempt, watch it.
    Unknown {
        /// What happened.
        why: String,
    },
}

/// A charge that exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// The provider's id of the charge.
    pub charge_id: Option<String>,
    /// The provider's id of the transaction, where it is born with the charge.
    pub transaction_id: Option<String>,
    /// Where the payer goes on to: https, or http on loopback.
    pub link: Url,
}

/// What became of asking for money to go back to its payer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refunded {
    /// The provider took it on. That it arrived is told later, as a reversal.
    Accepted,
    /// It surely does not go back this way, and again would be refused again.
    Refused {
        /// The provider's code, for example `E400-0`, or `HTTP 404`.
        code: String,
        /// Its title, or nothing; never its details, which may echo data.
        title: String,
    },
    /// Surely nothing happened: slow down, then again.
    Throttled,
    /// It may be on its way: never again before the provider was asked.
    Unknown {
        /// What happened.
        why: String,
    },
}

/// How a webhook proves itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// Its body is signed: believed.
    BodyBound,
    /// Only its sender is proven: a hint, the API is asked.
    SenderOnly,
    /// Nobody we know: 401, nothing is stored.
    Rejected,
}

impl Proof {
    /// How far an observation with this proof is believed; `None` where it must not be read.
    pub fn trusted(self) -> Option<Trusted> {
        match self {
            Self::BodyBound => Some(Trusted::Fully),
            Self::SenderOnly => Some(Trusted::Hint),
            Self::Rejected => None,
        }
    }
}

/// Headers of a webhook; axum's own `HeaderMap` is one.
pub trait Headers {
    /// The header of a lower-case name, where it is text.
    fn header(&self, name: &str) -> Option<&str>;
}

impl Headers for reqwest::header::HeaderMap {
    fn header(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(|value| value.to_str().ok())
    }
}

/// Which transactions to list; both days belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// First day, UTC.
    pub from: NaiveDate,
    /// Last day, UTC.
    pub to: NaiveDate,
    /// From 0.
    pub page: u32,
    /// Only those of this reference. A provider may overlook it: the reader compares.
    pub reference: Option<Reference>,
}

/// A page of transactions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// What is on it.
    pub seen: Vec<Seen>,
    /// Whether nothing comes after it. Only a read to the end proves an absence.
    pub last: bool,
}

/// Why a read gave nothing. None of these is ever a failed payment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// Too fast: the firewall or a 429. Halve the pace.
    #[error("throttled")]
    Throttled,
    /// A time-out, a broken line, a 5xx.
    #[error("no answer: {0}")]
    Unavailable(String),
    /// Keys, address or id are wrong.
    #[error("refused: {0}")]
    Refused(String),
    /// An answer nobody understands.
    #[error(transparent)]
    Unreadable(#[from] Undecodable),
}

/// A payment provider: wire in and out, no I/O, no clock. An unknown word is pending.
pub trait Provider: Send + Sync + std::fmt::Debug {
    /// Its name, in settings, addresses and receipts.
    fn name(&self) -> &'static str;

    /// Refuses an account whose keys and address do not belong together.
    fn check(&self, account: &Account) -> Result<(), Misfit>;

    /// The call that asks for a charge.
    fn encode_charge(&self, account: &Account, charge: &Charge) -> Result<Request, Failure>;

    /// What became of it.
    fn decode_charge(&self, charge: &Charge, result: Result<Answer, Failure>) -> Charged;

    /// Whether a webhook is the provider's, at `now`.
    fn authenticate(
        &self,
        account: &Account,
        headers: &dyn Headers,
        raw: &[u8],
        now: DateTime<Utc>,
    ) -> Proof;

    /// What a webhook says. `trusted` comes from [`Proof::trusted`].
    fn decode_webhook(&self, raw: &[u8], trusted: Trusted) -> Result<Vec<Seen>, Undecodable>;

    /// The call that lists transactions.
    fn encode_list(&self, account: &Account, span: Span) -> Result<Request, Failure>;

    /// What a list says.
    fn decode_list(&self, body: &[u8]) -> Result<Page, Undecodable>;

    /// The call that sends a whole transaction's money back, by the provider's transaction id.
    fn encode_refund(&self, account: &Account, transaction: &str) -> Result<Request, Failure>;

    /// What became of it.
    fn decode_refund(&self, result: Result<Answer, Failure>) -> Refunded;

    /// The call that reads one transaction, by the provider's transaction id.
    fn encode_detail(&self, account: &Account, id: &str) -> Result<Request, Failure>;

    /// What a transaction says.
    fn decode_detail(&self, body: &[u8]) -> Result<Seen, Undecodable>;

    /// The call that reads a status, by the provider's charge or transaction id.
    fn encode_status(&self, account: &Account, id: &str) -> Result<Request, Failure>;

    /// What a status says. It names no reference: the one that was asked for is given.
    fn decode_status(&self, asked: &Reference, body: &[u8]) -> Result<Seen, Undecodable>;
}

/// Kept here so that every provider reports the same.
pub(super) fn trouble(failure: Failure) -> Trouble {
    match failure {
        Failure::Status { code: 429, .. }
        | Failure::Status {
            code: 403,
            html: true,
            ..
        } => Trouble::Throttled,
        Failure::Status { code, .. } if failure.certainly_not_processed() => {
            Trouble::Refused(format!("HTTP {code}"))
        }
        Failure::Malformed(why) => Trouble::Refused(why),
        other => Trouble::Unavailable(other.to_string()),
    }
}
