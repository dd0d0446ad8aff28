//! The vendor's desk over HTTP: refunds, orders, payments, clients, waitlists, stock, photos, and
//! the live itself.
//!
//! The shop is the session's: ids of another shop are simply not found. Sums are integers in the
//! minor unit of the shop's currency, times RFC 3339 in UTC. A command answers `{outcome, order,
//! lane, pos, after}` once it is committed; a read that carries `?after=` (or the header
//! `livepay-after`) with that word knows the command. `Idempotency-Key` makes a repeated POST the
//! same command: one effect, the first answer.

mod after;
mod asked;
mod clients;
mod desk;
mod live;
mod lives;
mod orders;
mod page;
mod payments;
mod photos;
mod refunds;
mod stock;
mod vendor;
mod waitlists;
mod wish;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, header};
use axum::routing::{get, post, put};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::node::Node;
use crate::photo;

/// The routes; the session layer stands before them. No answer but a photo is kept by any cache:
/// they hold names, and they are old at once.
pub(super) fn routes() -> Router<Node> {
    let no_store = HeaderValue::from_static("no-store");
    let fresh = SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, no_store);
    Router::new()
        .route("/api/v1/desk", get(desk::show))
        .route("/api/v1/refunds", get(refunds::list))
        .route("/api/v1/refunds/{refund}/take", post(refunds::take))
        .route("/api/v1/refunds/{refund}/send", post(refunds::send))
        .route("/api/v1/refunds/{refund}/confirm", post(refunds::confirm))
        .route("/api/v1/refunds/{refund}/fail", post(refunds::fail))
        .route("/api/v1/cancellations", get(orders::cancellations))
        .route("/api/v1/orders/{order}", get(orders::show))
        .route("/api/v1/orders/{order}/cancel", post(orders::cancel))
        .route("/api/v1/orders/{order}/hand-over", post(orders::hand_over))
        .route("/api/v1/orders/{order}/cancellation", post(orders::decide))
        .route("/api/v1/payments", get(payments::list))
        .route(
            "/api/v1/payments/reconciliation",
            get(payments::reconciliation),
        )
        .route("/api/v1/clients/{client}", get(clients::show))
        .route("/api/v1/clients/{client}/block", post(clients::block))
        .route("/api/v1/clients/{client}/unblock", post(clients::unblock))
        .route("/api/v1/clients/{client}/override", post(clients::lay_over))
        .route(
            "/api/v1/clients/{client}/first-paid",
            post(clients::first_paid),
        )
        .route("/api/v1/waitlists", get(waitlists::list))
        .route("/api/v1/variants/{variant}/stock", post(stock::adjust))
        .route(
            "/api/v1/products/{product}/photo",
            put(photos::put).layer(DefaultBodyLimit::max(photo::LARGEST)),
        )
        .route("/api/v1/lives", get(lives::list))
        .route("/api/v1/lives/{live}/summary", get(lives::summary))
        .route("/api/v1/lives/{live}/curve", get(lives::curve))
        .merge(live())
        .layer(fresh)
        .route("/api/v1/photos/{hash}", get(photos::show))
}

fn live() -> Router<Node> {
    Router::new()
        .route("/api/v1/live/start", post(live::start))
        .route("/api/v1/live/pause", post(live::pause))
        .route("/api/v1/live/resume", post(live::resume))
        .route("/api/v1/live/finish", post(live::finish))
        .route("/api/v1/live/reopen", post(live::reopen))
        .route("/api/v1/live/show", post(live::show))
        .route("/api/v1/live/first-paid", post(live::first_paid))
}
