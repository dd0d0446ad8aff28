//! `PUT /pay/v1/transactions/{id}/refund`: the whole amount, 202 with an empty body, then a
//! webhook.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::charge::Status;
use super::refusal::{Refusal, secret_key};
use super::webhook;
use crate::sandbox::events::Event;
use crate::sandbox::hub::Hub;

/// Gives the money back, if there is any.
pub(super) async fn refund(
    State(hub): State<Arc<Hub>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    if let Err(refusal) = secret_key(&hub.config, &headers) {
        return refusal.answer(&hub);
    }
    let reversed = {
        let mut till = hub.till();
        let charge_id = till.either(&id).map(|charge| charge.id.clone());
        charge_id.and_then(|charge_id| {
            till.change(&charge_id, |charge| {
                let paid = charge.transactions.iter_mut().find(|t| t.id == id)?;
                if paid.status != Status::Succeeded {
                    return Some(None);
                }
                paid.status = Status::Reversed;
                Some(Some(charge.clone()))
            })
            .flatten()
        })
    };
    match reversed {
        None => Refusal::not_found().answer(&hub),
        Some(None) => Refusal::bad("E400-0", "Transaction cannot be refunded").answer(&hub),
        Some(Some(charge)) => {
            hub.counters().refunds += 1;
            hub.events.send(&Event::Charge {
                charge: &charge.view(&hub.public_url),
            });
            webhook::announce(&hub, &charge, "refund");
            StatusCode::ACCEPTED.into_response()
        }
    }
}
