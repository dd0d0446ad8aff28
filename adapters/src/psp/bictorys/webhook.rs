//! Proof and content of a webhook (bictorys.md 1.5).

use chrono::{DateTime, Utc};
use domain::payment::observation::{Source, Trusted};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::Sha256;

use super::wire::Transaction;
use crate::psp::port::{Headers, Proof};
use crate::psp::seen::{Seen, Undecodable};
use crate::secret::Secret;

/// How old or new a signed body may be.
const SKEW_SECONDS: i64 = 5 * 60;

/// A signature, where there is one, must be right: a body whose signature is wrong is not saved
/// by a right shared secret. Without one, the shared secret proves the sender alone.
pub(super) fn authenticate(
    secrets: &[Secret],
    headers: &dyn Headers,
    raw: &[u8],
    now: DateTime<Utc>,
) -> Proof {
    let signature = headers.header("x-webhook-signature");
    let stamp = headers.header("x-webhook-timestamp");
    match (signature, stamp) {
        (Some(signature), Some(stamp)) => {
            let proven = fresh(stamp, now) && signed(secrets, signature, stamp, raw);
            if proven { Proof::BodyBound } else { Proof::Rejected }
        }
        (Some(_), None) => Proof::Rejected,
        (None, _) => match headers.header("x-secret-key") {
            // No short cut: every secret is compared.
            Some(given) if secrets.iter().filter(|ours| ours.matches(given)).count() > 0 => {
                Proof::SenderOnly
            }
            _ => Proof::Rejected,
        },
    }
}

/// Seconds or milliseconds since 1970: nobody agrees which, and 10^11 tells them apart.
fn fresh(stamp: &str, now: DateTime<Utc>) -> bool {
    let Ok(number) = stamp.parse::<i64>() else { return false };
    let seconds = if number < 100_000_000_000 { number } else { number / 1_000 };
    number > 0 && seconds.abs_diff(now.timestamp()) <= SKEW_SECONDS.unsigned_abs()
}

fn signed(secrets: &[Secret], signature: &str, stamp: &str, raw: &[u8]) -> bool {
    let mut given = [0_u8; 32];
    if hex::decode_to_slice(signature, &mut given).is_err() {
        return false;
    }
    let mut known = false;
    for secret in secrets.iter().filter(|secret| !secret.expose().is_empty()) {
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()) {
            mac.update(stamp.as_bytes());
            mac.update(b".");
            mac.update(raw);
            known |= mac.verify_slice(&given).is_ok();
        }
    }
    known
}

/// Some say the transaction comes wrapped in `data`: borne, not counted on.
#[derive(Deserialize)]
struct Wrapped<'a> {
    #[serde(borrow)]
    data: Option<&'a RawValue>,
    #[serde(borrow)]
    status: Option<&'a RawValue>,
}

pub(super) fn decode(raw: &[u8], trusted: Trusted) -> Result<Vec<Seen>, Undecodable> {
    let wrapped: Wrapped<'_> = serde_json::from_slice(raw).map_err(|error| bad(&error))?;
    let body = match (wrapped.status, wrapped.data) {
        (None, Some(data)) => data.get().as_bytes(),
        _ => raw,
    };
    let one: Transaction<'_> = serde_json::from_slice(body).map_err(|error| bad(&error))?;
    Ok(vec![one.seen(Source::Webhook, trusted)])
}

/// Where it went wrong, without the content.
pub(super) fn bad(error: &serde_json::Error) -> Undecodable {
    Undecodable(format!("{:?} at column {}", error.classify(), error.column()))
}
