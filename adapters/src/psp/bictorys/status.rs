//! Reading one transaction back (bictorys.md 1.4).

use domain::ids::Reference;
use domain::payment::observation::{Source, Status, Trusted};
use serde::Deserialize;

use super::webhook::bad;
use super::wire::{self, Transaction};
use crate::psp::seen::{Seen, Undecodable, bare, of_reference};

/// `{id, status}` and no more, even when paid. An unpaid hosted charge has a null id.
#[derive(Deserialize)]
struct Short {
    id: Option<String>,
    status: Option<String>,
}

pub(super) fn decode(asked: &Reference, body: &[u8]) -> Result<Seen, Undecodable> {
    let short: Short = serde_json::from_slice(body).map_err(|error| bad(&error))?;
    let status = short.status.as_deref().map_or(Status::Unknown, wire::status);
    let seen = of_reference(asked.as_str(), |attempt| {
        let mut observation = bare(attempt, status, Source::Status);
        observation.provider_id = short.id;
        observation
    });
    seen.ok_or_else(|| Undecodable("the reference asked for is not ours".to_owned()))
}

/// Its `amount` is documented net of fees; the domain compares both readings.
pub(super) fn decode_detail(body: &[u8]) -> Result<Seen, Undecodable> {
    let one: Transaction<'_> = serde_json::from_slice(body).map_err(|error| bad(&error))?;
    Ok(one.seen(Source::Detail, Trusted::Fully))
}
