//! The list of transactions: one call for all open attempts (bictorys.md 1.4). What nobody has
//! paid yet is not on it.

use domain::payment::observation::{Source, Trusted};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::webhook::bad;
use super::wire::Transaction;
use super::read;
use crate::psp::port::{Account, Page, Span};
use crate::psp::seen::{Seen, Undecodable};
use crate::transport::{Failure, Request};

/// Rows asked for; fewer came back on the last page.
const ROWS: usize = 500;

pub(super) fn encode(account: &Account, span: &Span) -> Result<Request, Failure> {
    let mut query = vec![
        ("start_date", span.from.to_string()),
        ("end_date", span.to.to_string()),
        ("page_offset", span.page.to_string()),
        ("page_size", ROWS.to_string()),
    ];
    if let Some(reference) = &span.reference {
        query.push(("payment_reference", reference.as_str().to_owned()));
    }
    read(account, &["transactions"], &query)
}

/// A bare array, or one wrapped in `data`.
#[derive(Deserialize)]
struct Wrapped<'a> {
    #[serde(borrow)]
    data: Vec<&'a RawValue>,
}

pub(super) fn decode(body: &[u8]) -> Result<Page, Undecodable> {
    let rows = serde_json::from_slice::<Vec<&RawValue>>(body).or_else(|first| {
        let wrapped = serde_json::from_slice::<Wrapped<'_>>(body);
        wrapped.map(|wrapped| wrapped.data).map_err(|_second| bad(&first))
    })?;
    let last = rows.len() < ROWS;
    Ok(Page { seen: rows.into_iter().map(row).collect(), last })
}

fn row(raw: &RawValue) -> Seen {
    match serde_json::from_str::<Transaction<'_>>(raw.get()) {
        Ok(one) => one.seen(Source::List, Trusted::Fully),
        Err(error) => Seen::Unreadable { why: bad(&error).to_string(), line: None },
    }
}
