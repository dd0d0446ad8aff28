//! The control interface of the phones page, of tests and of the crowd. No secrets, no sign-in:
//! it exists only where the sandbox runs.

mod charges;
mod misbehaviours;
mod older;
mod phones;
mod refusal;
mod stream;
mod switches;
mod world;

use std::sync::Arc;

use axum::Router;
use axum::routing::{any, delete, get, post};

use super::hub::Hub;

/// Everything under `/api`.
pub(super) fn routes() -> Router<Arc<Hub>> {
    Router::new()
        .route("/world", get(world::world))
        .route("/numbers", post(world::add_number))
        .route("/phones", post(phones::add))
        .route(
            "/phones/{id}/messages",
            get(phones::messages).post(phones::write),
        )
        .route("/flush", post(phones::flush))
        .route("/events", any(stream::events))
        .route("/charges", get(charges::list))
        .route("/charges/{id}/act", post(charges::act))
        .route("/payments/stray", post(charges::stray))
        .route("/books", get(charges::books))
        .route(
            "/misbehaviours",
            get(misbehaviours::show)
                .put(misbehaviours::set_rates)
                .delete(misbehaviours::behave),
        )
        .route(
            "/misbehaviours/queue",
            post(misbehaviours::order).delete(misbehaviours::forget),
        )
        .route(
            "/misbehaviours/queue/{id}",
            delete(misbehaviours::take_back),
        )
        .route("/misbehaviours/seed", post(misbehaviours::reseed))
        .route("/misbehaviours/now", post(misbehaviours::now))
        .route("/counters", get(switches::counters))
        .route("/faults", get(switches::faults).put(switches::set_faults))
        .route("/acknowledged", get(switches::acknowledged))
        .route("/verify", post(switches::verify))
}
