//! Money that goes back: who is owed what, by when, and what was done about it.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domain::command::Command;
use domain::ids::RefundId;
use domain::payment::Command as Payment;
use domain::text::Text;
use projections::desk::{self, RefundsOf};
use projections::refunds::RefundCard;
use serde::Deserialize;

use super::after::{Reader, away};
use super::asked::{Body, Id, Query, said};
use super::page::{Listed, Page, cursor};
use super::vendor::USER;
use super::wish::Wish;
use crate::http::Problem;
use crate::node::Node;

/// `?state=`: one state of [`RefundCard::state`], `open` (the default: not arrived) or `all`.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Which {
    state: Option<String>,
}

impl Which {
    fn states(&self) -> Result<Option<&'static [&'static str]>, Problem> {
        Ok(match self.state.as_deref().unwrap_or("open") {
            "open" => Some(&["due", "asked", "sent", "failed"]),
            "due" => Some(&["due"]),
            "asked" => Some(&["asked"]),
            "sent" => Some(&["sent"]),
            "failed" => Some(&["failed"]),
            "confirmed" => Some(&["confirmed"]),
            "all" => None,
            _ => return Err(Problem::Malformed),
        })
    }
}

/// `GET /api/v1/refunds`: the most urgent first.
pub(super) async fn list(
    State(node): State<Node>,
    reader: Reader,
    Query(which): Query<Which>,
    Query(page): Query<Page>,
) -> Result<Json<Listed<RefundCard>>, Problem> {
    let (limit, after) = (page.limit()?, page.after()?);
    let of = RefundsOf {
        states: which.states()?,
        order: None,
    };
    let mut tx = reader.tables(&node).await?;
    let rows = desk::refunds(&mut tx, of, after, limit).await;
    let mut rows = rows.map_err(|error| away(&error))?;
    // The names need a connection of their own: this one goes back first.
    tx.end().await.map_err(|error| away(&error))?;
    open_names(&node, reader, &mut rows).await;
    Ok(Json(page.of(rows, |row| cursor(row.until, row.refund))))
}

/// Puts the clients' names in clear into the rows.
pub(super) async fn open_names(node: &Node, reader: Reader, rows: &mut [RefundCard]) {
    let sealed = rows
        .iter()
        .map(|row| (row.client_id, row.sealed_name.as_deref()));
    let names = node.hub.names(reader.shop, sealed).await;
    for row in rows {
        if let Some(name) = row.client_id.and_then(|client| names.get(&client)) {
            row.client.clone_from(name);
        }
    }
}

/// `POST …/take`: somebody of the shop takes care of it.
pub(super) async fn take(
    State(node): State<Node>,
    wish: Wish,
    Id(refund): Id<RefundId>,
) -> Result<Response, Problem> {
    let owner = Text::new(USER);
    let take = Payment::TakeRefund { refund, owner };
    wish.bring(&node, Command::Payment(take)).await
}

/// How it was sent, for example `{"method": "Wave", "evidence": "TX-123"}`; both must say
/// something.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Sent {
    method: Text,
    evidence: Text,
}

/// `POST …/send`: it was sent by hand, and its client is told.
pub(super) async fn send(
    State(node): State<Node>,
    wish: Wish,
    Id(refund): Id<RefundId>,
    Body(sent): Body<Sent>,
) -> Result<Response, Problem> {
    let (method, evidence) = (said(sent.method)?, said(sent.evidence)?);
    let send = Payment::SendRefund {
        refund,
        method,
        evidence,
    };
    wish.bring(&node, Command::Payment(send)).await
}

/// `POST …/confirm`: it arrived.
pub(super) async fn confirm(
    State(node): State<Node>,
    wish: Wish,
    Id(refund): Id<RefundId>,
) -> Result<Response, Problem> {
    let confirm = Payment::ConfirmRefund { refund };
    wish.bring(&node, Command::Payment(confirm)).await
}

/// Why it did not arrive; must say something.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Failed {
    reason: Text,
}

/// `POST …/fail`: it did not arrive, and is to be sent again.
pub(super) async fn fail(
    State(node): State<Node>,
    wish: Wish,
    Id(refund): Id<RefundId>,
    Body(failed): Body<Failed>,
) -> Result<Response, Problem> {
    let reason = said(failed.reason)?;
    let fail = Payment::FailRefund { refund, reason };
    wish.bring(&node, Command::Payment(fail)).await
}
