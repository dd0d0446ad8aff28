//! Settings, counters, what was acknowledged, and the subscription handshake.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::older;
use super::refusal::Refusal;
use crate::sandbox::counters::Counters;
use crate::sandbox::faults::Faults;
use crate::sandbox::hub::Hub;

/// `GET /api/counters`.
pub(super) async fn counters(State(hub): State<Arc<Hub>>) -> Json<Counters> {
    Json(hub.counters().clone())
}

/// `GET /api/faults`.
pub(super) async fn faults(State(hub): State<Arc<Hub>>) -> Json<Faults> {
    Json(hub.faults())
}

/// `PUT /api/faults`: only the given keys change. Shares under older names set rates.
pub(super) async fn set_faults(
    State(hub): State<Arc<Hub>>,
    Json(changes): Json<Map<String, Value>>,
) -> Result<Json<Faults>, Refusal> {
    let wrong = |error: serde_json::Error| Refusal::bad(error.to_string());
    let (changes, rates) = older::rates(changes)?;
    let mut merged = serde_json::to_value(hub.faults()).map_err(wrong)?;
    if let Some(object) = merged.as_object_mut() {
        object.extend(changes);
    }
    let faults: Faults = serde_json::from_value(merged).map_err(wrong)?;
    hub.set_faults(faults.clone());
    let mut plan = hub.plan();
    for (what, per_mille) in rates {
        plan.set_rate(what, per_mille);
    }
    Ok(Json(faults))
}

#[derive(Debug, Deserialize)]
pub(super) struct Page {
    #[serde(default)]
    after: usize,
}

/// `GET /api/acknowledged?after=N`: messages the server answered with 200, 10 000 at a time.
pub(super) async fn acknowledged(
    State(hub): State<Arc<Hub>>,
    Query(page): Query<Page>,
) -> Json<Value> {
    let journal = hub.journal();
    let entries = journal.page(page.after, 10_000);
    Json(json!({"total": journal.len(), "truncated": journal.truncated(), "entries": entries}))
}

/// `POST /api/verify`: Meta's handshake, as when a callback address is saved.
pub(super) async fn verify(State(hub): State<Arc<Hub>>) -> Result<Json<Value>, Refusal> {
    let challenge = hub.uuid().simple().to_string();
    let mut address = url::Url::parse(&format!("{}/webhooks/whatsapp", hub.config.livepay_url))
        .map_err(|error| Refusal::bad(error.to_string()))?;
    address
        .query_pairs_mut()
        .append_pair("hub.mode", "subscribe")
        .append_pair("hub.challenge", &challenge)
        .append_pair("hub.verify_token", &hub.config.verify_token);
    let failed = |error: reqwest::Error| Refusal(StatusCode::BAD_GATEWAY, error.to_string());
    let answer = hub.http.get(address).send().await.map_err(failed)?;
    let status = answer.status().as_u16();
    let body = answer.text().await.map_err(failed)?;
    Ok(Json(
        json!({"status": status, "verified": status == 200 && body == challenge}),
    ))
}
