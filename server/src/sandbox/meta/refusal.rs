//! Meta's error bodies. Throttles are HTTP 400, decided on by `code`.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A refused call: HTTP status, code, a short title and the details.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    status: StatusCode,
    pub(super) code: u32,
    title: String,
    details: String,
}

impl Refusal {
    fn new(status: StatusCode, code: u32, title: &str, details: &str) -> Self {
        Self {
            status,
            code,
            title: title.to_owned(),
            details: details.to_owned(),
        }
    }

    /// 190: the token is unknown.
    pub(super) fn token() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            190,
            "Invalid OAuth access token",
            "",
        )
    }

    /// 10: the token is known, but belongs to another number.
    pub(super) fn permission() -> Self {
        let title = "Application does not have permission for this action";
        Self::new(StatusCode::FORBIDDEN, 10, title, "")
    }

    /// 100: the object of the path does not exist.
    pub(super) fn unknown_number(id: &str) -> Self {
        let details = format!("Object with ID '{id}' does not exist or cannot be loaded.");
        Self::new(
            StatusCode::BAD_REQUEST,
            100,
            "Unsupported post request",
            &details,
        )
    }

    /// 100: a parameter is not what it must be.
    pub(super) fn parameter(details: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 100, "Invalid parameter", details)
    }

    /// 131008: a parameter is missing.
    pub(super) fn missing(name: &str) -> Self {
        let details = format!("The parameter {name} is required.");
        Self::new(
            StatusCode::BAD_REQUEST,
            131_008,
            "Required parameter is missing",
            &details,
        )
    }

    /// 131009: a value is out of its limits.
    pub(super) fn value(details: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            131_009,
            "Parameter value is not valid",
            details,
        )
    }

    /// 131051: this type of message does not exist.
    pub(super) fn unsupported(kind: &str) -> Self {
        let details = format!("Message type '{kind}' is not supported.");
        Self::new(
            StatusCode::BAD_REQUEST,
            131_051,
            "Unsupported message type",
            &details,
        )
    }

    /// 130429: the number sends and receives too much.
    pub(super) fn throughput() -> Self {
        let details = "Cloud API message throughput has been reached.";
        Self::new(StatusCode::BAD_REQUEST, 130_429, "Rate limit hit", details)
    }

    /// 131056: too many messages from this number to this person.
    pub(super) fn pair() -> Self {
        let title = "(Business Account, Consumer Account) pair rate limit hit";
        let details = "Too many messages sent from this phone number to the same recipient.";
        Self::new(StatusCode::BAD_REQUEST, 131_056, title, details)
    }

    /// 2: down for now.
    pub(super) fn down() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            2,
            "Service temporarily unavailable",
            "",
        )
    }

    /// Any code, on purpose.
    pub(super) fn injected(code: u32) -> Self {
        let (status, title) = match code {
            2 => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Service temporarily unavailable",
            ),
            190 => (StatusCode::UNAUTHORIZED, "Error validating access token"),
            368 | 131_031 => (
                StatusCode::FORBIDDEN,
                "Temporarily blocked for policies violations",
            ),
            131_000 | 131_016 | 131_057 => {
                (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong")
            }
            _ => (StatusCode::BAD_REQUEST, "Request refused"),
        };
        Self::new(status, code, title, "Refused on demand.")
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut error = json!({
            "message": format!("(#{}) {}", self.code, self.title),
            "type": "OAuthException",
            "code": self.code,
            "fbtrace_id": "AsandboxTraceIdentifier",
        });
        if let Some(object) = error.as_object_mut()
            && !self.details.is_empty()
        {
            let data = json!({"messaging_product": "whatsapp", "details": self.details});
            object.insert("error_data".to_owned(), data);
        }
        (self.status, Json(json!({"error": error}))).into_response()
    }
}
