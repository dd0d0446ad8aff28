//! The local Bictorys: charges, reads, refunds, webhooks, and the pages where people pay.

mod act;
mod books;
mod charge;
mod create;
mod firewall;
mod page;
mod pay;
mod read;
mod refund;
mod refusal;
mod shape;
mod stray;
mod till;
mod webhook;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post, put};

use super::hub::Hub;

pub(super) use act::{Act, Undone};
pub(super) use books::Book;
pub(super) use charge::ChargeView;
pub(super) use stray::Stray;
pub(super) use till::Till;

/// The provider's routes: its API behind the firewall, and the payers' pages.
pub(super) fn routes(hub: &Arc<Hub>) -> Router<Arc<Hub>> {
    let api = Router::new()
        .route("/pay/v1/charges", post(create::charge))
        .route("/pay/v1/transactions", get(read::list))
        .route("/pay/v1/transactions/{id}", get(read::detail))
        .route("/pay/v1/transactions/{id}/status", get(read::status))
        .route("/pay/v1/transactions/{id}/refund", put(refund::refund))
        .layer(DefaultBodyLimit::max(firewall::MOST))
        .layer(from_fn_with_state(Arc::clone(hub), firewall::guard));
    Router::new()
        .nest("/bictorys", api)
        .route("/checkout/{charge}", get(page::show).post(page::act))
}

impl Hub {
    /// Charges of one reference, or all of them, oldest first.
    pub(super) fn charges(&self, reference: Option<&str>) -> Vec<ChargeView> {
        self.till()
            .charges(reference)
            .into_iter()
            .map(|c| c.view(&self.public_url))
            .collect()
    }
}
