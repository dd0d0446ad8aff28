//! Where the neighbours ring. Proven over the raw bytes, stored, answered 200, and only then
//! decoded by whoever gets to it (architecture.md, "Inbox").

use adapters::psp::Proof;
use adapters::whatsapp;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use http_body_util::{BodyExt as _, Limited};
use serde::Deserialize;

use super::Problem;
use crate::node::Node;

/// Meta documents payloads up to 3 MB.
const WEBHOOK_MAX: usize = 3 << 20;
/// The door of WhatsApp in the inbox.
pub const WHATSAPP: &str = "whatsapp";

/// What Meta asks when the address is saved; the names hold dots.
#[derive(Debug, Deserialize)]
pub struct Handshake {
    #[serde(rename = "hub.mode", default)]
    mode: String,
    #[serde(rename = "hub.verify_token", default)]
    token: String,
    #[serde(rename = "hub.challenge", default)]
    challenge: String,
}

/// `GET /webhooks/whatsapp`: the challenge, byte for byte, to whoever knows the token.
pub async fn handshake(
    State(node): State<Node>,
    Query(asked): Query<Handshake>,
) -> Result<String, Problem> {
    whatsapp::verify(
        &asked.mode,
        &asked.token,
        &asked.challenge,
        &node.whatsapp.verify_token,
    )
    .map_err(|_not_meta| Problem::Forbidden)
}

/// `POST /webhooks/whatsapp`.
pub async fn whatsapp(
    State(node): State<Node>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Problem> {
    let signature = text(&headers, "x-hub-signature-256").ok_or(Problem::Unsigned)?;
    let raw = whole(&headers, body).await?;
    whatsapp::authenticate(&raw, Some(signature), &node.whatsapp.app_secrets)
        .map_err(|_forged| Problem::Unsigned)?;
    store(&node, WHATSAPP, raw).await
}

/// `POST /webhooks/psp/{account}`: the secret is chosen by the path, never by the body.
pub async fn psp(
    State(node): State<Node>,
    Path(account): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Problem> {
    let account = node.accounts.get(&account).ok_or(Problem::NotFound)?;
    let raw = whole(&headers, body).await?;
    let provider = account.client.provider();
    let door = match provider.authenticate(account.client.account(), &headers, &raw, node.now()) {
        Proof::BodyBound => format!("psp/{}/signed", account.name),
        Proof::SenderOnly => format!("psp/{}/hint", account.name),
        Proof::Rejected => return Err(Problem::Unsigned),
    };
    store(&node, &door, raw).await
}

async fn store(node: &Node, door: &str, raw: Bytes) -> Result<StatusCode, Problem> {
    match node.inbox.accept(door, raw.to_vec()).await {
        Ok(_new_or_seen) => {
            crate::crash::point("stored");
            node.inbox_news.notify_one();
            // Exactly 200: Meta counts 202 and 204 as failures.
            Ok(StatusCode::OK)
        }
        Err(error) => {
            tracing::error!(door, %error, "a webhook could not be stored; it will come again");
            Err(Problem::Unavailable)
        }
    }
}

async fn whole(headers: &HeaderMap, body: Body) -> Result<Bytes, Problem> {
    let told = text(headers, header::CONTENT_LENGTH.as_str())
        .and_then(|length| length.parse::<usize>().ok());
    if told.is_some_and(|length| length > WEBHOOK_MAX) {
        return Err(Problem::TooLarge);
    }
    match Limited::new(body, WEBHOOK_MAX).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<http_body_util::LengthLimitError>() => Err(Problem::TooLarge),
        Err(_broken) => Err(Problem::Malformed),
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
