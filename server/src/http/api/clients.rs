//! One buyer: how far she is trusted and why, what she bought, and the vendor's judgement of her.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domain::client::Command as Client;
use domain::command::Command;
use domain::ids::ClientId;
use domain::text::Text;
use projections::clients::{self, ClientCard};
use projections::desk;
use projections::orders::{self, OrderCard};
use projections::trust::{self, TrustCard};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::after::{Reader, away};
use super::asked::{Body, Id, said};
use super::wish::Wish;
use crate::http::Problem;
use crate::node::Node;

/// Lines of her history, and orders, that are shown.
const SHOWN: i64 = 50;

/// A buyer with the lines that made her standing, newest first.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ClientPage {
    /// Her id in this shop.
    client: Uuid,
    /// Her name; empty after she was forgotten.
    name: String,
    language: String,
    blocked: bool,
    /// The computed score, 0–100.
    score: i16,
    /// What the vendor laid over it.
    overridden: Option<i16>,
    /// Looks like a fake buyer.
    flagged: bool,
    tier: String,
    /// First paid, first served; as the shop has it where nothing is said.
    first_paid: Option<bool>,
    badges: Vec<String>,
    /// Orders whose money counts.
    purchases: i64,
    /// What she paid for them, minor units.
    spent: i64,
    /// Every line that led here.
    trust: Vec<TrustCard>,
    /// Her newest orders.
    orders: Vec<OrderCard>,
}

impl ClientPage {
    fn of(card: ClientCard, trust: Vec<TrustCard>, orders: Vec<OrderCard>, name: String) -> Self {
        Self {
            client: card.client_id,
            name,
            language: card.language,
            blocked: card.blocked,
            score: card.score,
            overridden: card.overridden,
            flagged: card.flagged,
            tier: card.tier,
            first_paid: card.first_paid,
            badges: card.badges,
            purchases: card.purchases,
            spent: card.spent,
            trust,
            orders,
        }
    }
}

/// `GET /api/v1/clients/{client}`.
pub(super) async fn show(
    State(node): State<Node>,
    reader: Reader,
    Id(client): Id<Uuid>,
) -> Result<Json<ClientPage>, Problem> {
    let mut tx = reader.tables(&node).await?;
    let card = clients::card(&mut tx, client).await;
    let card = card
        .map_err(|error| away(&error))?
        .ok_or(Problem::NotFound)?;
    let lines = trust::history(&mut tx, client, None, SHOWN).await;
    let lines = lines.map_err(|error| away(&error))?;
    let hers = desk::orders_of(&mut tx, client, SHOWN).await;
    let hers = hers.map_err(|error| away(&error))?;
    let cards = orders::cards(&mut tx, Some(&hers), SHOWN).await;
    let mut cards = cards.map_err(|error| away(&error))?;
    tx.end().await.map_err(|error| away(&error))?;
    let names = node
        .hub
        .names(reader.shop, [(Some(client), card.name.as_deref())]);
    let name = names.await.remove(&client).unwrap_or_default();
    for order in &mut cards {
        order.client.clone_from(&name);
    }
    Ok(Json(ClientPage::of(card, lines, cards, name)))
}

/// Why, in the vendor's words; must say something.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Why {
    reason: Text,
}

/// `POST …/block`: refuse her orders from now on.
pub(super) async fn block(
    State(node): State<Node>,
    wish: Wish,
    Id(client): Id<ClientId>,
    Body(why): Body<Why>,
) -> Result<Response, Problem> {
    let reason = said(why.reason)?;
    let block = Client::Block { client, reason };
    wish.bring(&node, Command::Client(block)).await
}

/// `POST …/unblock`: take them again.
pub(super) async fn unblock(
    State(node): State<Node>,
    wish: Wish,
    Id(client): Id<ClientId>,
) -> Result<Response, Problem> {
    let unblock = Client::Unblock { client };
    wish.bring(&node, Command::Client(unblock)).await
}

/// The vendor's score, 0–100; `null` lifts it. `reason` must say something.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Judged {
    score: Option<u8>,
    reason: Text,
}

/// `POST …/override`: lay the vendor's judgement over the computed score.
pub(super) async fn lay_over(
    State(node): State<Node>,
    wish: Wish,
    Id(client): Id<ClientId>,
    Body(judged): Body<Judged>,
) -> Result<Response, Problem> {
    let (score, reason) = (judged.score, said(judged.reason)?);
    let lay_over = Client::Override {
        client,
        score,
        reason,
    };
    wish.bring(&node, Command::Client(lay_over)).await
}

/// Yes, no, or (`null`) as the shop has it.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct FirstPaid {
    on: Option<bool>,
}

/// `POST …/first-paid`: first paid, first served for her.
pub(super) async fn first_paid(
    State(node): State<Node>,
    wish: Wish,
    Id(client): Id<ClientId>,
    Body(FirstPaid { on }): Body<FirstPaid>,
) -> Result<Response, Problem> {
    let first_paid = Client::FirstPaid { client, on };
    wish.bring(&node, Command::Client(first_paid)).await
}
