//! The way in for nodes of ours: a command that reached the wrong one.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use domain::command::Envelope;
use eventstore::SubmitError;

use super::Problem;
use crate::door::{DoorError, NODE_SECRET, Receipt};
use crate::node::Node;

/// `POST /internal/commands`: decided here or refused; never carried a second time.
pub async fn command(
    State(node): State<Node>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Receipt>, Problem> {
    let given = headers
        .get(NODE_SECRET)
        .map(axum::http::HeaderValue::as_bytes)
        .unwrap_or_default();
    if !node.door.is_node(given) {
        return Err(Problem::Unsigned);
    }
    let mut envelope: Envelope =
        serde_json::from_slice(&body).map_err(|_unread| Problem::Malformed)?;
    // The first node may have tried and lost the answer: here its id is not known to be new.
    envelope.fresh = false;
    node.door
        .here(envelope)
        .await
        .map(Json)
        .map_err(|error| problem(&error))
}

/// What a door's error is over HTTP.
pub fn problem(error: &DoorError) -> Problem {
    match error {
        DoorError::Log(SubmitError::Busy) => Problem::Busy,
        DoorError::Log(SubmitError::Parked(_)) => Problem::Parked,
        DoorError::Log(
            SubmitError::NotOwner { .. } | SubmitError::Unavailable | SubmitError::Stopping,
        )
        | DoorError::Owner(_) => Problem::Unavailable,
    }
}
