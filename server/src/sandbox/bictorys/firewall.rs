//! What stands in front of the provider: a firewall that answers 403 with HTML, which is not a
//! permission, and sometimes nothing that answers at all.

use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use serde_json::Value;

use crate::sandbox::hub::Hub;
use crate::sandbox::line::hang_up;
use crate::sandbox::misbehaviour::{Fate, Neighbour, unavailable};

/// Largest body let through, in bytes.
pub(super) const MOST: usize = 1 << 20;

/// Lets `waf_per_second` calls through (twice that at once), and only callers with a User-Agent.
pub(super) async fn guard(State(hub): State<Arc<Hub>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MOST).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let names = names(&hub, parts.uri.path(), parts.uri.query(), &body);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    match hub.call(Neighbour::Bictorys, &names).await {
        Fate::Down => return unavailable(),
        Fate::Cut => return hang_up(),
        Fate::Struck => return forbidden(&hub),
        Fate::Passes => {}
    }
    let faults = hub.faults();
    let anonymous = parts
        .headers
        .get("user-agent")
        .is_none_or(HeaderValue::is_empty);
    let allowed = hub.till().admit(faults.waf_per_second, Instant::now());
    if !allowed || (faults.waf_user_agent && anonymous) {
        return forbidden(&hub);
    }
    next.run(Request::from_parts(parts, Body::from(body))).await
}

fn forbidden(hub: &Hub) -> Response {
    hub.counters().waf_blocks += 1;
    let page = "<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n\
                <center><h1>403 Forbidden</h1></center>\r\n</body>\r\n</html>\r\n";
    (StatusCode::FORBIDDEN, Html(page)).into_response()
}

/// What a call is about: the charge of its path, the reference of its query or of its body.
fn names(hub: &Hub, path: &str, query: Option<&str>, body: &Bytes) -> Vec<String> {
    let mut names = Vec::new();
    let till = hub.till();
    for segment in path.split('/') {
        if let Some(charge) = till.either(segment) {
            names.extend(charge.names(Some(segment)).into_iter().map(str::to_owned));
        }
    }
    drop(till);
    let query = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    for (key, value) in query {
        if key == "payment_reference" {
            names.push(value.into_owned());
        }
    }
    let body = serde_json::from_slice::<Value>(body).unwrap_or_default();
    let reference = body.get("paymentReference").and_then(Value::as_str);
    names.extend(reference.map(str::to_owned));
    names
}
