//! `GET /api/v1/board`: the whole page once, for who has no socket.

use std::sync::Arc;

use axum::{
    Extension, Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{Hub, SignedIn};

pub(super) async fn board(
    State(hub): State<Arc<Hub>>,
    signed_in: Option<Extension<SignedIn>>,
) -> Response {
    let Some(Extension(SignedIn { shop })) = signed_in else {
        return problem(StatusCode::UNAUTHORIZED, "sign in first");
    };
    match hub.board(shop).await {
        Ok(Some(board)) => ([(header::CACHE_CONTROL, "no-store")], Json(board)).into_response(),
        Ok(None) => problem(StatusCode::NOT_FOUND, "the shop is not open yet"),
        Err(error) => {
            tracing::warn!(%error, %shop, "the board could not be read");
            problem(
                StatusCode::SERVICE_UNAVAILABLE,
                "the board cannot be read now",
            )
        }
    }
}

/// An answer in the form of RFC 9457.
pub(super) fn problem(status: StatusCode, title: &str) -> Response {
    let body = serde_json::json!({ "status": status.as_u16(), "title": title }).to_string();
    (
        status,
        [(header::CONTENT_TYPE, "application/problem+json")],
        body,
    )
        .into_response()
}
