//! `POST /pay/v1/charges`: hosted without `payment_type`, direct with it.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use super::charge::{Charge, Request, Status, Transaction};
use super::refusal::{Refusal, any_key};
use crate::sandbox::clock::now;
use crate::sandbox::events::Event;
use crate::sandbox::faults::Faults;
use crate::sandbox::hub::Hub;
use crate::sandbox::misbehaviour::{Misbehaviour, Moment};

/// Operators the provider knows in direct mode.
const OPERATORS: [&str; 9] = [
    "wave_money",
    "orange_money",
    "maxit",
    "mtn_money",
    "moov",
    "free_money",
    "mobicash",
    "togocell",
    "card",
];

#[derive(Debug, Deserialize)]
pub(super) struct Choice {
    payment_type: Option<String>,
}

/// Creates a charge. There is no idempotency: the same body twice makes two charges.
pub(super) async fn charge(
    State(hub): State<Arc<Hub>>,
    Query(choice): Query<Choice>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let faults = hub.faults();
    let checked = any_key(&hub.config, &headers).and_then(|()| {
        let request: Request = serde_json::from_slice(&body)
            .map_err(|_unreadable| Refusal::bad("E400-0", "Unreadable request body"))?;
        check(&hub, choice.payment_type.as_deref(), request, &faults)
    });
    let charge = match checked {
        Ok(charge) => charge,
        Err(refusal) => return refusal.answer(&hub),
    };
    let view = charge.view(&hub.public_url);
    let answer = answer(&charge, &hub.public_url);
    let hit = hub.misbehaves(Moment::Create, &charge.names(None));
    if !hub.till().open(charge) {
        return Refusal::trouble(StatusCode::SERVICE_UNAVAILABLE).answer(&hub);
    }
    hub.counters().charges_created += 1;
    hub.events.send(&Event::Charge { charge: &view });
    match hit {
        Some(hit) if hit.what == Misbehaviour::CreateSlow => hub.pause(hit.duration()).await,
        Some(_) => return Refusal::trouble(StatusCode::INTERNAL_SERVER_ERROR).answer(&hub),
        None => {}
    }
    answer
}

fn check(
    hub: &Hub,
    operator: Option<&str>,
    request: Request,
    faults: &Faults,
) -> Result<Charge, Refusal> {
    if request.amount.is_null() {
        return Err(Refusal::bad("E400-6", "Missing amount"));
    }
    let amount = request.amount.as_i64().filter(|amount| *amount > 0);
    let amount = amount.ok_or_else(|| Refusal::bad("E400-0", "Invalid amount"))?;
    let currency = request.currency.unwrap_or_default();
    if !["XOF", "XAF", "GNF", "NGN"].contains(&currency.as_str()) {
        return Err(Refusal::bad(
            "E400-24",
            "Unsupported currency for this country",
        ));
    }
    let country = request.country.unwrap_or_else(|| "SN".to_owned());
    if let Some(operator) = operator {
        let disabled = operator == "card" && !faults.card_direct;
        if disabled || !OPERATORS.contains(&operator) {
            return Err(Refusal::bad("E400-33", "Wrong payment type or disabled"));
        }
        if operator == "orange_money" && country == "CI" && request.otp.is_none() {
            return Err(Refusal::bad("E400-6", "Missing otp"));
        }
    }
    reference(
        request.payment_reference.as_deref(),
        "paymentReference",
        |c| c.is_ascii_graphic() || c == ' ',
    )?;
    reference(
        request.merchant_reference.as_deref(),
        "merchantReference",
        |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'),
    )?;
    for (url, name) in [
        (&request.success_redirect_url, "successRedirectUrl"),
        (&request.error_redirect_url, "errorRedirectUrl"),
    ] {
        redirect(url.as_deref(), name, hub.config.allow_http_redirects)?;
    }
    let id = hub.uuid().to_string();
    let direct = operator.map(|method| pending(&id, method, amount));
    Ok(Charge {
        id,
        reference: request.payment_reference,
        merchant_reference: request.merchant_reference,
        amount,
        currency,
        payment_type: operator.map(str::to_owned),
        customer: request.customer_object,
        success_url: request.success_redirect_url,
        error_url: request.error_redirect_url,
        created_at: now(),
        transactions: direct.into_iter().collect(),
    })
}

/// A direct charge is born with its transaction, which lists do not show yet.
fn pending(id: &str, method: &str, amount: i64) -> Transaction {
    Transaction {
        id: id.to_owned(),
        status: Status::Pending,
        amount,
        fees: 0,
        method: method.to_owned(),
        at: now(),
        acted: false,
        net: false,
        refund: None,
    }
}

fn reference(
    given: Option<&str>,
    name: &str,
    allowed: impl Fn(char) -> bool,
) -> Result<(), Refusal> {
    let fine = |text: &str| (1..=64).contains(&text.len()) && text.chars().all(&allowed);
    if given.is_none_or(fine) {
        Ok(())
    } else {
        Err(Refusal::bad("E400-46", &format!("Invalid {name} format")))
    }
}

fn redirect(given: Option<&str>, name: &str, allow_http: bool) -> Result<(), Refusal> {
    let fine =
        |url: &str| url.starts_with("https://") || (allow_http && url.starts_with("http://"));
    if given.is_none_or(fine) {
        Ok(())
    } else {
        Err(Refusal::bad(
            "E400-0",
            &format!("{name} must be a valid https url"),
        ))
    }
}

/// 201 with a confirmation for direct charges, 202 with a checkout link for hosted ones.
fn answer(charge: &Charge, public_url: &str) -> Response {
    let link = charge.link(public_url);
    if let Some(operator) = &charge.payment_type {
        let card = operator == "card";
        let body = json!({
            "transactionId": charge.id,
            "redirectUrl": link,
            "merchantReference": charge.merchant_reference,
            "type": if card { "CardPaymentObject" } else { "MobilePaymentObject" },
            "link": link,
            "qrCode": null,
            "message": "Ouvrez le lien pour confirmer le paiement.",
        });
        return (StatusCode::CREATED, Json(body)).into_response();
    }
    let token = charge.id.replace('-', "");
    let body = json!({
        "type": "CheckoutLinkObject",
        "link": format!("{link}&op_token={token}"),
        "chargeId": charge.id,
        "opToken": token,
    });
    (StatusCode::ACCEPTED, Json(body)).into_response()
}
