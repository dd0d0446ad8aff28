//! Reading state: one transaction, its status, or a list.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::charge::Status;
use super::refusal::{Refusal, any_key, secret_key};
use super::shape;
use crate::sandbox::hub::Hub;

/// `GET /pay/v1/transactions/{id}/status`: two words, whatever is known.
pub(super) async fn status(
    State(hub): State<Arc<Hub>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    if let Err(refusal) = any_key(&hub.config, &headers) {
        return refusal.answer(&hub);
    }
    let till = hub.till();
    let Some(charge) = till.either(&id) else {
        drop(till);
        return Refusal::not_found().answer(&hub);
    };
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
    if hub.random().chance(faults.psp_read_errors) {
        return Refusal::trouble(StatusCode::INTERNAL_SERVER_ERROR).answer(&hub);
    }
    let body = {
        let till = hub.till();
        let charge = till.either(&id);
        let transaction = charge.and_then(|charge| {
            charge
                .transactions
                .iter()
                .find(|t| t.id == id)
                .or_else(|| charge.last())
        });
        charge
            .zip(transaction)
            .map(|(c, t)| shape::detailed(c, t, faults.net_amounts))
    };
    body.map_or_else(
        || Refusal::not_found().answer(&hub),
        |body| Json(body).into_response(),
    )
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
    let (start, end) = (filter.start_date.as_deref(), filter.end_date.as_deref());
    let bounds = (bound(start, false), bound(end, true));
    let (Ok(start), Ok(end)) = bounds else {
        return Refusal::bad("E400-0", "Invalid date").answer(&hub);
    };
    let size = filter.page_size.unwrap_or(20).clamp(1, 500);
    let offset = filter.page_offset.unwrap_or(0).saturating_mul(size);
    let checkouts = filter.kind.as_deref().is_none_or(|kind| kind == "checkout");
    let till = hub.till();
    let page: Vec<Value> = till
        .acted(filter.payment_reference.as_deref())
        .into_iter()
        .filter(|(_, t)| checkouts && start.is_none_or(|from| t.at >= from))
        .filter(|(_, t)| end.is_none_or(|until| t.at <= until))
        .skip(offset)
        .take(size)
        .map(|(charge, transaction)| shape::listed(charge, transaction))
        .collect();
    drop(till);
    Json(page).into_response()
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
