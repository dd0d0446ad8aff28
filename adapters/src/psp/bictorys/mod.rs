//! Bictorys (bictorys.md 1): charges, webhooks, status, list. Wire types stay in here.

mod charge;
mod list;
mod refund;
mod status;
mod webhook;
mod wire;

#[cfg(test)]
pub(super) mod sample;
#[cfg(test)]
mod spec;

use chrono::{DateTime, Utc};
use domain::ids::Reference;
use domain::payment::observation::Trusted;
use url::Url;

use super::port::{
    Account, Charge, Charged, Headers, Misfit, Page, Proof, Provider, Refunded, Span,
};
use super::seen::{Seen, Undecodable};
use crate::secret::Secret;
use crate::transport::{Answer, Failure, Request, Verb};

/// The codec.
#[derive(Debug)]
pub struct Codec;

/// The one there is.
pub const CODEC: Codec = Codec;

impl Provider for Codec {
    fn name(&self) -> &'static str {
        "bictorys"
    }

    fn check(&self, account: &Account) -> Result<(), Misfit> {
        // A test key on the live host fails at the first buyer; better at the start.
        let test_host = match account.base.host_str() {
            Some("api.bictorys.com") => false,
            Some("api.test.bictorys.com") => true,
            _ => return Ok(()),
        };
        let keys = [&account.public_key, &account.secret_key];
        if keys.iter().any(|key| key.expose().starts_with("test_") != test_host) {
            let kind = if test_host { "test" } else { "live" };
            return Err(Misfit(format!("the address is the {kind} one, a key is not")));
        }
        Ok(())
    }

    fn encode_charge(&self, account: &Account, charge: &Charge) -> Result<Request, Failure> {
        charge::encode(account, charge)
    }

    fn decode_charge(&self, charge: &Charge, result: Result<Answer, Failure>) -> Charged {
        charge::decode(charge, result)
    }

    fn authenticate(
        &self,
        account: &Account,
        headers: &dyn Headers,
        raw: &[u8],
        now: DateTime<Utc>,
    ) -> Proof {
        webhook::authenticate(&account.webhook_secrets, headers, raw, now)
    }

    fn decode_webhook(&self, raw: &[u8], trusted: Trusted) -> Result<Vec<Seen>, Undecodable> {
        webhook::decode(raw, trusted)
    }

    fn encode_list(&self, account: &Account, span: Span) -> Result<Request, Failure> {
        list::encode(account, &span)
    }

    fn decode_list(&self, body: &[u8]) -> Result<Page, Undecodable> {
        list::decode(body)
    }

    fn encode_refund(&self, account: &Account, transaction: &str) -> Result<Request, Failure> {
        refund::encode(account, transaction)
    }

    fn decode_refund(&self, result: Result<Answer, Failure>) -> Refunded {
        refund::decode(result)
    }

    fn encode_detail(&self, account: &Account, id: &str) -> Result<Request, Failure> {
        read(account, &["transactions", id], &[])
    }

    fn decode_detail(&self, body: &[u8]) -> Result<Seen, Undecodable> {
        status::decode_detail(body)
    }

    fn encode_status(&self, account: &Account, id: &str) -> Result<Request, Failure> {
        read(account, &["transactions", id, "status"], &[("by_charge_id", "true".to_owned())])
    }

    fn decode_status(&self, asked: &Reference, body: &[u8]) -> Result<Seen, Undecodable> {
        status::decode(asked, body)
    }
}

/// `<base>/pay/v1/<parts>`; a part from outside stays one segment.
fn address(account: &Account, parts: &[&str]) -> Result<Url, Failure> {
    let mut url = account.base.clone();
    url.path_segments_mut()
        .map_err(|()| Failure::Malformed("an address without a path".to_owned()))?
        .pop_if_empty()
        .extend(["pay", "v1"])
        .extend(parts);
    Ok(url)
}

fn key(key: &Secret) -> Vec<(&'static str, Secret)> {
    vec![("x-api-key", key.clone()), ("accept", Secret::new("application/json"))]
}

/// A read. Only the secret key may (the public one gets 403 E403-1).
fn read(account: &Account, parts: &[&str], query: &[(&str, String)]) -> Result<Request, Failure> {
    let mut url = address(account, parts)?;
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    Ok(Request { verb: Verb::Get, url, headers: key(&account.secret_key), body: None })
}
