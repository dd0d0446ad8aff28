//! Phones: adding them, writing from them, reading them.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::refusal::Refusal;
use super::world::view;
use crate::sandbox::deliver::{Delivery, Update};
use crate::sandbox::events::Event;
use crate::sandbox::hub::Hub;
use crate::sandbox::meta::{self, Input};
use crate::sandbox::world::{Msg, NewPhone};

/// Updates in one POST at most, as at Meta.
const MOST_TOGETHER: usize = 1_000;

/// Updates that `batch: true` may hold back.
const MOST_HELD: usize = 100_000;

/// `POST /api/phones`.
pub(super) async fn add(
    State(hub): State<Arc<Hub>>,
    Json(new): Json<NewPhone>,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    if new.name.trim().is_empty() {
        return Err(Refusal::bad("a phone needs a name"));
    }
    let phone = hub.world().add_phone(new).map(view);
    let phone = phone.ok_or_else(|| Refusal::bad("this number is taken, too short, or all are"))?;
    hub.events.send(&Event::Phone { phone: &phone });
    Ok((StatusCode::CREATED, Json(phone)))
}

/// `POST /api/phones/{id}/messages`.
pub(super) async fn write(
    State(hub): State<Arc<Hub>>,
    Path(id): Path<String>,
    Json(input): Json<Input>,
) -> Result<Json<Value>, Refusal> {
    let written = meta::write(&hub, &id, &input).map_err(Refusal::bad)?;
    if input.batch {
        let mut held = hub.held();
        if held.len() >= MOST_HELD {
            return Err(Refusal::bad(
                "too many messages wait: POST /api/flush first",
            ));
        }
        held.push(written.update);
    } else {
        hub.deliver(written.update);
    }
    Ok(Json(json!({"wamid": written.wamid})))
}

/// `POST /api/flush`: what `batch: true` held back leaves, up to 1 000 updates in each POST.
pub(super) async fn flush(State(hub): State<Arc<Hub>>) -> Json<Value> {
    let held: Vec<Update> = std::mem::take(&mut *hub.held());
    let updates = held.len();
    let posts = held.chunks(MOST_TOGETHER);
    let count = posts.len();
    for chunk in posts {
        hub.post(Delivery::Together(chunk.to_vec()));
    }
    Json(json!({"updates": updates, "posts": count}))
}

#[derive(Debug, Deserialize)]
pub(super) struct After {
    #[serde(default)]
    after: u64,
}

/// `GET /api/phones/{id}/messages?after=N`.
pub(super) async fn messages(
    State(hub): State<Arc<Hub>>,
    Path(id): Path<String>,
    Query(after): Query<After>,
) -> Result<Json<Vec<Msg>>, Refusal> {
    let world = hub.world();
    let phone = world
        .phone(&id)
        .ok_or_else(|| Refusal::unknown("this phone does not exist"))?;
    Ok(Json(phone.after(after.after).cloned().collect()))
}
