//! Reading state: one transaction, its status, or a list.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::charge::{Charge, Status, Transaction};
use super::refusal::{Refusal, any_key, secret_key};
use super::shape;
use crate::sandbox::hub::Hub;
use crate::sandbox::misbehaviour::Moment;

/// `GET /pay/v1/transactions/{id}/status`: two words, whatever is known.
pub(super) async fn status(
    State(hub): State<Arc<Hub>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    if let Err(refusal) = any_key(&hub.config, &headers) {
        return refusal.answer(&hub);
    }
    let Some(charge) = hub.till().either(&id).cloned() else {
        return Refusal::not_found().answer(&hub);
    };
    if hub
        .misbehaves(Moment::Status, &charge.names(Some(&id)))
        .is_some()
    {
        return Refusal::trouble(StatusCode::INTERNAL_SERVER_ERROR).answer(&hub);
    }
    let asked = charge
        .transactions
        .iter()
        .find(|transaction| transaction.id == id);
    // An unpaid hosted charge has no transaction: `{"id": null, "status": "pending"}`.
    let body = match asked.or_else(|| charge.last()) {
        Some(transaction) => json!({"id": transaction.id, "status": transaction.status}),
        None => json!({"id": null, "status": Status::Pending}),
    };
    Json(body).into_response()
}

/// `GET /pay/v1/transactions/{id}`: the detail, for the secret key only.
pub(super) async fn detail(
    State(hub): State<Arc<Hub>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let faults = hub.faults();
    if let Err(refusal) = secret_key(&hub.config, &headers) {
        return refusal.answer(&hub);
    }
    let Some(charge) = hub.till().either(&id).cloned() else {
        return Refusal::not_found().answer(&hub);
    };
    if hub
        .misbehaves(Moment::Detail, &charge.names(Some(&id)))
        .is_some()
    {
        return Refusal::trouble(StatusCode::INTERNAL_SERVER_ERROR).answer(&hub);
    }
    match charge.transaction(&id).or_else(|| charge.last()) {
        Some(found) => Json(shape::detailed(&charge, found, faults.net_detail)).into_response(),
        None => Refusal::not_found().answer(&hub),
    }
}

/// Filters of the list call. Dates are days or times; an end day counts whole.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    payment_reference: Option<String>,
    start_date: Option<String>,
    end_date: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    page_offset: Option<usize>,
    page_size: Option<usize>,
}

/// `GET /pay/v1/transactions`: a bare array, newest first, without unpaid charges.
pub(super) async fn list(
    State(hub): State<Arc<Hub>>,
    Query(filter): Query<Filter>,
    headers: HeaderMap,
) -> Response {
    if let Err(refusal) = secret_key(&hub.config, &headers) {
        return refusal.answer(&hub);
    }
    let reference = filter.payment_reference.as_deref();
    let names: Vec<&str> = reference.into_iter().collect();
    if hub.misbehaves(Moment::List, &names).is_some() {
        return Refusal::trouble(StatusCode::INTERNAL_SERVER_ERROR).answer(&hub);
    }
    let (start, end) = (filter.start_date.as_deref(), filter.end_date.as_deref());
    let bounds = (bound(start, false), bound(end, true));
    let (Ok(start), Ok(end)) = bounds else {
        return Refusal::bad("E400-0", "Invalid date").answer(&hub);
    };
    let size = filter.page_size.unwrap_or(20).clamp(1, 500);
    let offset = filter.page_offset.unwrap_or(0).saturating_mul(size);
    let kind = filter.kind.as_deref().unwrap_or("checkout");
    let till = hub.till();
    let page: Vec<Value> = till
        .acted(reference)
        .into_iter()
        .filter(|(_, t)| start.is_none_or(|from| t.at >= from))
        .filter(|(_, t)| end.is_none_or(|until| t.at <= until))
        .filter_map(|(charge, transaction)| line(kind, charge, transaction))
        .skip(offset)
        .take(size)
        .collect();
    drop(till);
    Json(page).into_response()
}

/// A line of this type: a payment as it stands, or the refund of one.
fn line(kind: &str, charge: &Charge, transaction: &Transaction) -> Option<Value> {
    match kind {
        "checkout" => Some(shape::listed(charge, transaction)),
        "refund" => {
            let id = transaction.refund.as_deref()?;
            Some(shape::refunded(charge, transaction, id))
        }
        _ => None,
    }
}

/// A day, or a time with a space or a `T`, in UTC.
fn bound(text: Option<&str>, last: bool) -> Result<Option<DateTime<Utc>>, chrono::ParseError> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Ok(Some(at.to_utc()));
    }
    let spaced = text.replace('T', " ");
    if let Ok(at) = NaiveDateTime::parse_from_str(&spaced, "%Y-%m-%d %H:%M:%S%.f") {
        return Ok(Some(at.and_utc()));
    }
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d")?;
    let time = if last {
        day.and_hms_opt(23, 59, 59)
    } else {
        day.and_hms_opt(0, 0, 0)
    };
    Ok(time.map(|time| time.and_utc()))
}
