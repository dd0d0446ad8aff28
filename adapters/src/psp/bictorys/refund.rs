//! Sending a whole transaction's money back (bictorys.md 1.6): no amount, no body, the secret
//! key; 202 with an empty body, and later a webhook.

use super::charge::{Problem, problem};
use super::{address, key};
use crate::psp::port::{Account, Refunded};
use crate::transport::{Answer, Failure, Request, Verb};

pub(super) fn encode(account: &Account, transaction: &str) -> Result<Request, Failure> {
    // An empty id would be another route.
    if transaction.is_empty() {
        return Err(Failure::Malformed("a refund without a transaction".to_owned()));
    }
    let url = address(account, &["transactions", transaction, "refund"])?;
    Ok(Request { verb: Verb::Put, url, headers: key(&account.secret_key), body: None })
}

pub(super) fn decode(result: Result<Answer, Failure>) -> Refunded {
    match result {
        Ok(_empty) => Refunded::Accepted,
        Err(
            Failure::Connect
            | Failure::Status { code: 429, .. }
            | Failure::Status { code: 403, html: true, .. },
        ) => Refunded::Throttled,
        Err(Failure::Malformed(title)) => {
            Refunded::Refused { code: "malformed".to_owned(), title }
        }
        Err(Failure::Status { code, html, ref body })
            if (400..500).contains(&code) && code != 408 =>
        {
            let Problem { title, .. } = Problem::read(html, body).unwrap_or_default();
            let (code, _details) = problem(code, html, body);
            Refunded::Refused { code, title }
        }
        Err(failure) => Refunded::Unknown { why: failure.to_string() },
    }
}
