//! The routes, one line each, by who calls them.

mod api;
pub mod assets;
pub mod forward;
mod guard;
mod health;
mod pay;
mod problem;
pub mod webhooks;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

pub use pay::Payment;
pub use problem::Problem;

use crate::node::Node;

/// Everything this node answers.
pub fn router(node: Node) -> Router {
    let signed_in = from_fn_with_state(node.clone(), crate::session::layer);
    let vendors = node.hub.routes().merge(api::routes()).layer(signed_in);
    let doors = Router::new()
        // The neighbours.
        .route(
            "/webhooks/whatsapp",
            get(webhooks::handshake).post(webhooks::whatsapp),
        )
        .route("/webhooks/psp/{account}", post(webhooks::psp))
        // Buyers.
        .route("/pay/{reference}", get(pay::show).post(pay::go))
        .route("/pay/done/{reference}", get(pay::done))
        .route("/pay.css", get(assets::pay_css))
        // Vendors.
        .route("/", get(assets::board))
        .route("/board", get(assets::board))
        .route("/assets/{name}", get(assets::asset))
        .route("/icon.svg", get(assets::icon))
        .route("/sign-in/{token}", get(crate::session::sign_in))
        .merge(vendors)
        // Other nodes of ours.
        .route("/internal/commands", post(forward::command))
        // Whoever watches over us.
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics));
    let guarded = guard::layers(doors.fallback(guard::nowhere));
    let doors = if node.demo {
        // The check after a crowd takes longer than anybody else may wait.
        guarded.merge(crate::demo::routes())
    } else {
        guarded
    };
    doors.with_state(node)
}
