//! One order with its money and its history, and what a vendor decides about it.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domain::command::Command;
use domain::ids::OrderId;
use domain::order::Command as Order;
use domain::order::event::CancelledBy;
use projections::attempts::PaymentCard;
use projections::cancellations::{self, CancellationCard};
use projections::desk::{self, RefundsOf, Step};
use projections::orders::{self, OrderCard};
use projections::refunds::RefundCard;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::after::{Reader, away};
use super::asked::{Body, Id, Query};
use super::page::{Listed, Page, cursor};
use super::refunds::open_names;
use super::wish::Wish;
use crate::http::Problem;
use crate::node::Node;

/// Refunds and facts shown with one order.
const SHOWN: i64 = 100;

/// An order with everything that belongs to it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct OrderPage {
    /// As on the board.
    #[serde(flatten)]
    card: OrderCard,
    /// Whose.
    client_id: Uuid,
    /// Every charge asked for it, oldest first.
    payments: Vec<PaymentCard>,
    /// What of it goes or went back.
    refunds: Vec<RefundCard>,
    /// What happened, oldest first: the facts' names and times.
    events: Vec<Step>,
}

/// `GET /api/v1/orders/{order}`.
pub(super) async fn show(
    State(node): State<Node>,
    reader: Reader,
    Id(order): Id<u32>,
) -> Result<Json<OrderPage>, Problem> {
    let order = i64::from(order);
    let mut tx = reader.tables(&node).await?;
    let found = orders::cards(&mut tx, Some(&[order]), 1).await;
    let mut card = found
        .map_err(|error| away(&error))?
        .pop()
        .ok_or(Problem::NotFound)?;
    let of = RefundsOf {
        states: None,
        order: Some(order),
    };
    let refunds = desk::refunds(&mut tx, of, None, SHOWN).await;
    let mut refunds = refunds.map_err(|error| away(&error))?;
    let payments = desk::payments_of(&mut tx, order).await;
    let payments = payments.map_err(|error| away(&error))?;
    let events = desk::steps(&mut tx, order, SHOWN).await;
    let events = events.map_err(|error| away(&error))?;
    tx.end().await.map_err(|error| away(&error))?;
    open_names(&node, reader, &mut refunds).await;
    let sealed = [(Some(card.client_id), card.sealed_name.as_deref())];
    let names = node.hub.names(reader.shop, sealed).await;
    if let Some(name) = names.get(&card.client_id) {
        card.client.clone_from(name);
    }
    Ok(Json(OrderPage {
        client_id: card.client_id,
        card,
        payments,
        refunds,
        events,
    }))
}

/// `GET /api/v1/cancellations`: what clients asked and nobody decided, the most urgent first.
pub(super) async fn cancellations(
    State(node): State<Node>,
    reader: Reader,
    Query(page): Query<Page>,
) -> Result<Json<Listed<CancellationCard>>, Problem> {
    let (limit, after) = (page.limit()?, page.after()?);
    let mut tx = reader.tables(&node).await?;
    let rows = cancellations::open(&mut tx, after, limit).await;
    let mut rows = rows.map_err(|error| away(&error))?;
    tx.end().await.map_err(|error| away(&error))?;
    let sealed = rows
        .iter()
        .map(|row| (Some(row.client_id), row.sealed_name.as_deref()));
    let names = node.hub.names(reader.shop, sealed).await;
    for row in &mut rows {
        if let Some(name) = names.get(&row.client_id) {
            row.client.clone_from(name);
        }
    }
    Ok(Json(page.of(rows, |row| cursor(row.decide_by, row.order))))
}

/// `POST …/cancel`: the vendor ends it; money that came for it is due back.
pub(super) async fn cancel(
    State(node): State<Node>,
    wish: Wish,
    Id(order): Id<OrderId>,
) -> Result<Response, Problem> {
    let by = CancelledBy::Vendor;
    let cancel = Order::Cancel { order, by };
    wish.bring(&node, Command::Order(cancel)).await
}

/// `POST …/hand-over`: the client has it.
pub(super) async fn hand_over(
    State(node): State<Node>,
    wish: Wish,
    Id(order): Id<OrderId>,
) -> Result<Response, Problem> {
    let hand_over = Order::HandOver { order };
    wish.bring(&node, Command::Order(hand_over)).await
}

/// What the vendor decided.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Decided {
    granted: bool,
}

/// `POST …/cancellation`: what its client asked is granted or refused.
pub(super) async fn decide(
    State(node): State<Node>,
    wish: Wish,
    Id(order): Id<OrderId>,
    Body(Decided { granted }): Body<Decided>,
) -> Result<Response, Problem> {
    let decide = Order::DecideCancellation { order, granted };
    wish.bring(&node, Command::Order(decide)).await
}
