//! The provider's error body: `{status, title, details}`, where details begin with a code.

use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::sandbox::config::SandboxConfig;
use crate::sandbox::hub::Hub;

/// A refused call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    status: StatusCode,
    pub(super) code: &'static str,
    details: String,
}

impl Refusal {
    /// A 400 with this code.
    pub(super) fn bad(code: &'static str, details: &str) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            code,
            details: details.to_owned(),
        }
    }

    fn unknown_key() -> Self {
        let details = "Unknown API key".to_owned();
        Self {
            status: StatusCode::UNAUTHORIZED,
            code: "E401-1",
            details,
        }
    }

    fn public_key() -> Self {
        let details = "Access denied for this API key".to_owned();
        Self {
            status: StatusCode::FORBIDDEN,
            code: "E403-1",
            details,
        }
    }

    /// The transaction does not exist.
    pub(super) fn not_found() -> Self {
        let details = "Transaction not found".to_owned();
        Self {
            status: StatusCode::NOT_FOUND,
            code: "E404-1",
            details,
        }
    }

    /// An answer of a machine in trouble, on purpose.
    pub(super) fn trouble(status: StatusCode) -> Self {
        Self {
            status,
            code: "E500-0",
            details: "Unexpected error".to_owned(),
        }
    }

    /// Counts it and answers with it.
    pub(super) fn answer(self, hub: &Hub) -> Response {
        *hub.counters()
            .charges_refused
            .entry(self.code.to_owned())
            .or_default() += 1;
        self.into_response()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let title = match self.status {
            StatusCode::BAD_REQUEST => "Bad request.",
            StatusCode::UNAUTHORIZED => "Unauthorized.",
            StatusCode::FORBIDDEN => "Forbidden.",
            StatusCode::NOT_FOUND => "Not found.",
            _ => "Internal error.",
        };
        let body = json!({
            "status": self.status.as_u16().to_string(),
            "title": title,
            "details": format!("{}: {}", self.code, self.details),
        });
        (self.status, Json(body)).into_response()
    }
}

/// The key may be either of the two.
pub(super) fn any_key(config: &SandboxConfig, headers: &HeaderMap) -> Result<(), Refusal> {
    let key = key(headers);
    if key == config.bictorys_public_key || key == config.bictorys_secret_key {
        Ok(())
    } else {
        Err(Refusal::unknown_key())
    }
}

/// The key must be the secret one.
pub(super) fn secret_key(config: &SandboxConfig, headers: &HeaderMap) -> Result<(), Refusal> {
    any_key(config, headers)?;
    if key(headers) == config.bictorys_secret_key {
        Ok(())
    } else {
        Err(Refusal::public_key())
    }
}

fn key(headers: &HeaderMap) -> &str {
    headers
        .get("x-api-key")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}
