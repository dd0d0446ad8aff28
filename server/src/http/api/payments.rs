//! What was asked of the provider, and whether both sides agree about the money.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use projections::attempts::{self, PaymentCard};
use serde::Deserialize;

use super::after::{Reader, away};
use super::asked::Query;
use super::page::{Listed, Page};
use crate::http::Problem;
use crate::node::Node;
use crate::reconcile::{self, Question, Reconciliation};

/// How far back where nobody says.
const USUAL: TimeDelta = TimeDelta::days(30);
/// How far back at most.
const MOST: TimeDelta = TimeDelta::days(366);

/// `?since=`: RFC 3339; 30 days where nobody says, a year at most.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub(super) struct Span {
    since: Option<DateTime<Utc>>,
}

impl Span {
    fn since(self, node: &Node) -> DateTime<Utc> {
        let now = node.now();
        self.since.unwrap_or(now - USUAL).max(now - MOST)
    }
}

/// `GET /api/v1/payments`: every charge asked or paid since then, newest first.
pub(super) async fn list(
    State(node): State<Node>,
    reader: Reader,
    Query(span): Query<Span>,
    Query(page): Query<Page>,
) -> Result<Json<Listed<PaymentCard>>, Problem> {
    let (limit, before) = (page.limit()?, page.before()?);
    let mut tx = reader.tables(&node).await?;
    let rows = attempts::list(&mut tx, span.since(&node), before, limit).await;
    let rows = rows.map_err(|error| away(&error))?;
    Ok(Json(page.of(rows, |row| row.attempt.to_string())))
}

/// `GET /api/v1/payments/reconciliation`: the provider's list against ours. Money whose reference
/// names no shop of ours is nobody's page; it is the operator's (`livepay payments reconcile`).
pub(super) async fn reconciliation(
    State(node): State<Node>,
    reader: Reader,
    Query(span): Query<Span>,
) -> Result<Json<Reconciliation>, Problem> {
    let question = Question {
        since: span.since(&node),
        shop: Some(reader.shop),
    };
    let found = reconcile::run(&node.reading, &node.statement, &question).await;
    Ok(Json(found.map_err(|error| away(&error))?))
}
