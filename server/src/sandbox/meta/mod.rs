//! The local Graph API: `POST /graph/{version}/{phone_number_id}/messages`.

mod address;
mod content;
mod incoming;
mod limits;
mod refusal;
mod send;
mod statuses;
mod ticks;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::post;

use super::hub::Hub;

pub(super) use incoming::{Input, write};

/// Meta's routes.
pub(super) fn routes() -> Router<Arc<Hub>> {
    Router::new()
        .route("/graph/{version}/{number}/messages", post(send::messages))
        .layer(DefaultBodyLimit::max(1 << 20))
}
