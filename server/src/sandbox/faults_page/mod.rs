//! The page of misbehaviours, `/faults`: plain HTML and one script, no build needed.

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::hub::Hub;

/// No inline scripts or styles, and nothing from elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page, its script and its style.
pub(super) fn routes() -> Router<Arc<Hub>> {
    Router::new()
        .route("/faults", get(page))
        .route("/faults.mjs", get(script))
        .route("/faults.css", get(style))
}

async fn page() -> Response {
    file("text/html; charset=utf-8", include_str!("faults.html"))
}

async fn script() -> Response {
    let kind = "text/javascript; charset=utf-8";
    file(kind, include_str!("faults.mjs"))
}

async fn style() -> Response {
    file("text/css; charset=utf-8", include_str!("faults.css"))
}

fn file(kind: &'static str, text: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, text).into_response()
}
