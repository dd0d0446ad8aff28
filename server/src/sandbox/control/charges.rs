//! Charges as the payer and the provider's accountant see them.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::Deserialize;

use super::refusal::Refusal;
use crate::sandbox::bictorys::{Act, Book, ChargeView, Stray, Undone};
use crate::sandbox::hub::Hub;

#[derive(Debug, Deserialize)]
pub(super) struct By {
    reference: Option<String>,
}

/// `GET /api/charges[?reference=]`, oldest first.
pub(super) async fn list(
    State(hub): State<Arc<Hub>>,
    Query(by): Query<By>,
) -> Json<Vec<ChargeView>> {
    Json(hub.charges(by.reference.as_deref()))
}

/// `POST /api/charges/{id}/act`.
pub(super) async fn act(
    State(hub): State<Arc<Hub>>,
    Path(id): Path<String>,
    Json(act): Json<Act>,
) -> Result<Json<ChargeView>, Refusal> {
    hub.act(&id, &act).map(Json).map_err(|undone| match undone {
        Undone::Unknown => Refusal::unknown("this charge does not exist"),
        Undone::Closed => Refusal(
            StatusCode::CONFLICT,
            "this charge is already paid".to_owned(),
        ),
        Undone::Amount => Refusal::bad("pay_amount needs an amount above zero"),
    })
}

/// `POST /api/payments/stray`: money nobody can place.
pub(super) async fn stray(
    State(hub): State<Arc<Hub>>,
    Json(stray): Json<Stray>,
) -> Result<(StatusCode, Json<ChargeView>), Refusal> {
    let view = hub.stray(stray);
    let view = view.ok_or_else(|| Refusal::bad("a stray payment needs an amount above zero"))?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// `GET /api/books`: every franc that moved, oldest first.
pub(super) async fn books(State(hub): State<Arc<Hub>>) -> Json<Vec<Book>> {
    Json(hub.till().books())
}
