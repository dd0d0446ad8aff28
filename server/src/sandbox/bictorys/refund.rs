//! `PUT /pay/v1/transactions/{id}/refund`: the whole amount, 202 with an empty body, then a
//! webhook.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::charge::{Charge, Status};
use super::refusal::{Refusal, secret_key};
use super::webhook::{self, Told};
use crate::sandbox::faults::RefundWebhook;
use crate::sandbox::hub::Hub;
use crate::sandbox::misbehaviour::{Misbehaviour, Moment};

/// Gives the money back, if there is any.
pub(super) async fn refund(
    State(hub): State<Arc<Hub>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let hit = secret_key(&hub.config, &headers)
        .and_then(|()| refundable(&hub, &id))
        .map(|charge| hub.misbehaves(Moment::Refund, &charge.names(Some(&id))));
    let given = hit.and_then(|hit| {
        let refused = hit.is_some_and(|hit| hit.what == Misbehaviour::RefundRefused);
        if refused {
            return Err(Refusal::bad("E400-0", "Refund refused by the operator"));
        }
        Ok((give_back(&hub, &id)?, hit.is_some()))
    });
    let (charge, silent) = match given {
        Ok(given) => given,
        Err(refusal) => return refusal.answer(&hub),
    };
    hub.counters().refunds += 1;
    hub.show(&charge);
    if !silent {
        let told = match hub.faults().refund_webhook {
            RefundWebhook::Refund => Told::Refund,
            RefundWebhook::Reversed => Told::Payment,
            RefundWebhook::Separate => Told::OwnRefund,
        };
        webhook::announce(&hub, &charge, &id, told);
    }
    StatusCode::ACCEPTED.into_response()
}

/// The charge of a transaction whose money is here.
fn refundable(hub: &Hub, id: &str) -> Result<Charge, Refusal> {
    let charge = hub.till().either(id).cloned();
    let charge = charge.ok_or_else(Refusal::not_found)?;
    let transaction = charge.transaction(id).ok_or_else(Refusal::not_found)?;
    if transaction.status == Status::Succeeded {
        Ok(charge)
    } else {
        Err(Refusal::bad("E400-0", "Transaction cannot be refunded"))
    }
}

/// The merchant gives the whole amount back. Of two at once, one does.
fn give_back(hub: &Hub, id: &str) -> Result<Charge, Refusal> {
    let charge = refundable(hub, id)?.id;
    let own = hub.uuid().to_string();
    let done = hub.till().change(&charge, |charge| {
        let found = charge.transactions.iter_mut().find(|t| t.id == id)?;
        if found.status != Status::Succeeded {
            return None;
        }
        found.status = Status::Reversed;
        found.refund = Some(own);
        Some(charge.clone())
    });
    let cannot = || Refusal::bad("E400-0", "Transaction cannot be refunded");
    done.flatten().ok_or_else(cannot)
}
