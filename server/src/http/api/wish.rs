//! What a vendor wants, brought to her shop through the one door.

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use domain::command::{Actor, Answer, Command, Envelope};
use domain::ids::{CommandId, OrderId, ShopId};
use serde::Serialize;

use super::after::word;
use super::vendor::{USER, Vendor};
use crate::door::Receipt;
use crate::http::{Problem, forward};
use crate::identity;
use crate::node::Node;

/// The caller's own name of a command.
const KEY: &str = "idempotency-key";
/// Longest key.
const KEY_MAX: usize = 200;
/// Says that the command had been done before and this is its first answer.
const REPLAYED: &str = "idempotency-replayed";

/// A command that may be brought: whose, and under which id.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish {
    /// Whose shop.
    shop: ShopId,
    id: CommandId,
    /// The id was made just now.
    fresh: bool,
}

/// What a done command is answered with.
#[derive(Debug, Clone, Serialize)]
struct Done {
    /// `done`, or `already` where it was so before.
    outcome: &'static str,
    /// The order it was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<OrderId>,
    /// Where its facts stand in the log.
    lane: i16,
    /// The lane's position after it.
    pos: i64,
    /// Both as one word, for `?after=`.
    after: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Wish {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Vendor(shop) = Vendor::from_request_parts(parts, state).await?;
        let Some(key) = parts.headers.get(KEY) else {
            let id = CommandId(identity::new());
            return Ok(Self {
                shop,
                id,
                fresh: true,
            });
        };
        let key = key.to_str().ok().map(str::trim);
        let key = key.filter(|key| (1..=KEY_MAX).contains(&key.len()));
        let key = key.ok_or(Problem::Malformed)?;
        // The address belongs to it: the same key for another refund is another command.
        let id = identity::of_key(shop, &format!("{} {key}", parts.uri.path()));
        Ok(Self {
            shop,
            id,
            fresh: false,
        })
    }
}

impl Wish {
    /// Brings it; the answer is given once the facts are committed.
    pub(super) async fn bring(self, node: &Node, command: Command) -> Result<Response, Problem> {
        let envelope = Envelope {
            id: self.id,
            shop: self.shop,
            actor: Actor::Vendor(USER.to_owned()),
            correlation: self.id.0,
            fresh: self.fresh,
            command,
        };
        let brought = node.door.bring(envelope).await;
        let receipt = brought.map_err(|error| {
            tracing::warn!(%error, "a vendor's command has no answer");
            forward::problem(&error)
        })?;
        let repeated = receipt.repeated;
        let mut response = answer(receipt);
        if repeated {
            let yes = HeaderValue::from_static("true");
            response.headers_mut().insert(REPLAYED, yes);
        }
        Ok(response)
    }
}

fn answer(receipt: Receipt) -> Response {
    let (outcome, order) = match receipt.answer {
        Answer::Refused(rejection) => return Problem::of(rejection),
        Answer::Done { order, .. } => ("done", order),
        Answer::Already => ("already", None),
    };
    let (lane, pos) = (receipt.lane, receipt.pos);
    Json(Done {
        outcome,
        order,
        lane,
        pos,
        after: word(lane, pos),
    })
    .into_response()
}
