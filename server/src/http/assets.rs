//! The pages, compiled in. A first build without npm holds a placeholder that names scripts/run.

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use super::Problem;

#[derive(RustEmbed)]
#[folder = "dashboard/dist"]
struct Pages;

/// The vendor's page.
pub async fn board(headers: HeaderMap) -> Response {
    file("index.html", &headers)
}

/// One file of the pages; names carry a hash of their content, so they may be kept for a year.
pub async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    file(&format!("assets/{name}"), &headers)
}

/// The style of the payment page.
pub async fn pay_css(headers: HeaderMap) -> Response {
    file("pay.css", &headers)
}

/// The icon.
pub async fn icon(headers: HeaderMap) -> Response {
    file("icon.svg", &headers)
}

/// One embedded file, with its type, its age and its `ETag`.
pub fn file(name: &str, headers: &HeaderMap) -> Response {
    let Some(found) = Pages::get(name) else {
        return Problem::NotFound.into_response();
    };
    let etag = format!("\"{}\"", hex::encode(found.metadata.sha256_hash()));
    let known = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|seen| seen == etag.as_str());
    let keep = if name.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let kind = kind(name);
    let fixed = [(header::ETAG, etag.as_str()), (header::CACHE_CONTROL, keep)];
    if known {
        return (StatusCode::NOT_MODIFIED, fixed, Body::empty()).into_response();
    }
    (
        fixed,
        [(header::CONTENT_TYPE, kind)],
        Body::from(found.data),
    )
        .into_response()
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
