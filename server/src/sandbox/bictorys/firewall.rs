//! The firewall in front of the provider: it answers 403 with HTML, which is not a permission.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use crate::sandbox::hub::Hub;

/// Lets `waf_per_second` calls through (twice that at once), and only callers with a User-Agent.
pub(super) async fn guard(State(hub): State<Arc<Hub>>, request: Request, next: Next) -> Response {
    let faults = hub.faults();
    let anonymous = request
        .headers()
        .get("user-agent")
        .is_none_or(HeaderValue::is_empty);
    let allowed = hub.till().admit(faults.waf_per_second, Instant::now());
    if !allowed || (faults.waf_user_agent && anonymous) {
        hub.counters().waf_blocks += 1;
        let page = "<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n\
                    <center><h1>403 Forbidden</h1></center>\r\n</body>\r\n</html>\r\n";
        return (StatusCode::FORBIDDEN, Html(page)).into_response();
    }
    next.run(request).await
}
