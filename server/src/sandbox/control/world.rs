//! The whole world in one answer, and new numbers.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::sandbox::config::NumberSpec;
use crate::sandbox::hub::Hub;
use crate::sandbox::world::Phone;

/// `GET /api/world`.
pub(super) async fn world(State(hub): State<Arc<Hub>>) -> Json<Value> {
    let world = hub.world();
    let numbers: Vec<Value> = world
        .numbers()
        .map(|number| {
            json!({
                "phone_number_id": number.spec.phone_number_id,
                "display": number.spec.display_phone_number,
                "shop_name": number.spec.shop_name,
            })
        })
        .collect();
    let phones: Vec<Value> = world.phones().iter().map(view).collect();
    drop(world);
    Json(json!({"numbers": numbers, "phones": phones, "board_url": hub.config.board_url}))
}

/// A phone with its messages.
pub(super) fn view(phone: &Phone) -> Value {
    let messages: Vec<_> = phone.after(0).collect();
    json!({
        "id": phone.id,
        "name": phone.name,
        "user_id": phone.user_id,
        "phone": phone.digits,
        "hidden_phone": phone.hidden_phone,
        "language": phone.language,
        "messages": messages,
    })
}

/// `POST /api/numbers`: adds one, or replaces the one with the same id.
pub(super) async fn add_number(
    State(hub): State<Arc<Hub>>,
    Json(spec): Json<NumberSpec>,
) -> StatusCode {
    hub.world().add_number(spec);
    StatusCode::CREATED
}
