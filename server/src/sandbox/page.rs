//! The phones page: built by the dashboard, embedded, with a plain page when it was not built.

use axum::http::{StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "dashboard/dist"]
#[allow_missing = true]
struct Dist;

const UNBUILT: &str = "<!doctype html><html lang=\"fr\"><meta charset=\"utf-8\">\
    <title>Téléphones</title><p>Les pages ne sont pas construites : lance <code>scripts/run</code>.\
    <p lang=\"en\">The pages are not built: run <code>scripts/run</code>.";

/// No inline scripts or styles; payment pages may be framed, wherever they live.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; frame-src http: https:; base-uri 'none'; \
    form-action 'self'";

/// `/` is `phones.html`; everything else is a file of the build.
pub(super) async fn serve(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    let name = if path.is_empty() { "phones.html" } else { path };
    match Dist::get(name) {
        Some(file) => {
            let headers = [
                (header::CONTENT_TYPE, kind(name)),
                (header::CONTENT_SECURITY_POLICY, POLICY),
            ];
            (headers, file.data).into_response()
        }
        None if path.is_empty() => Html(UNBUILT).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("json" | "webmanifest") => "application/json",
        _ => "application/octet-stream",
    }
}
