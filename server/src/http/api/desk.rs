//! `GET /api/v1/desk`: what waits for the vendor, in numbers; the link on the board shows them.

use axum::Json;
use axum::extract::State;
use projections::desk::{self, Waiting};

use super::after::{Reader, away};
use crate::http::Problem;
use crate::node::Node;

pub(super) async fn show(
    State(node): State<Node>,
    reader: Reader,
) -> Result<Json<Waiting>, Problem> {
    let mut tx = reader.tables(&node).await?;
    let waiting = desk::waiting(&mut tx).await.map_err(|error| away(&error))?;
    Ok(Json(waiting))
}
