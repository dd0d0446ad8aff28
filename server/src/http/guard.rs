//! What every answer passes: limits, headers, and the one place where errors are logged.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate as _, SizeAbove};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use super::Problem;
use crate::node::Node;

/// Bodies of the API; webhooks have their own, larger limit.
const BODY_MAX: usize = 256 << 10;
/// No answer takes longer.
const ANSWER: Duration = Duration::from_secs(30);
/// No inline script or style anywhere, nobody frames us.
const CONTENT: &str = "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data: \
                       https:; object-src 'none'; base-uri 'none'; frame-ancestors 'self' \
                       http://127.0.0.1:* http://localhost:*; form-action 'self' http: https:";

/// Wraps the routes.
pub(super) fn layers(routes: Router<Node>) -> Router<Node> {
    // Pictures are compressed already.
    let worth = SizeAbove::new(512).and(NotForContentType::IMAGES);
    routes
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            ANSWER,
        ))
        .layer(CompressionLayer::new().compress_when(worth))
        .layer(header("content-security-policy", CONTENT))
        .layer(header("x-content-type-options", "nosniff"))
        .layer(header("referrer-policy", "same-origin"))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(log))
}

fn header(name: &'static str, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    let (name, value) = (
        HeaderName::from_static(name),
        HeaderValue::from_static(value),
    );
    SetResponseHeaderLayer::if_not_present(name, value)
}

/// Anything else.
pub(super) async fn nowhere() -> Problem {
    Problem::NotFound
}

async fn log(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    // The path only: a query may hold what is nobody's business.
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    if response.status() == StatusCode::PAYLOAD_TOO_LARGE
        && response
            .headers()
            .get(header::CONTENT_TYPE)
            .is_none_or(|kind| kind != "application/problem+json")
    {
        response = axum::response::IntoResponse::into_response(Problem::TooLarge);
    }
    let status = response.status();
    if status == StatusCode::SERVICE_UNAVAILABLE {
        // Whoever asked comes again; the cause has spoken where it is.
        let problem = response.extensions().get::<Problem>();
        tracing::warn!(%method, path, ?problem, "not now");
    } else if status.is_server_error() {
        let problem = response.extensions().get::<Problem>();
        tracing::error!(%method, path, status = status.as_u16(), ?problem, "answered so");
    } else if status.is_client_error() {
        let problem = response.extensions().get::<Problem>();
        tracing::debug!(%method, path, status = status.as_u16(), ?problem, "refused");
    }
    response
}
