//! Who waits for what: the lists of the shop, and the head of each.

use axum::Json;
use axum::extract::State;
use domain::ids::VariantId;
use projections::stock::{self, StockCard, Which};
use projections::waitlists::{self, WaitCard};
use serde::Serialize;

use super::after::{Reader, away};
use super::page::Listed;
use crate::http::Problem;
use crate::node::Node;

/// Lists that are shown, and people of each.
const LISTS: usize = 50;
const PEOPLE: i64 = 10;

/// One list.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Waitlist {
    /// What they wait for, with its units.
    stock: StockCard,
    /// How many wait.
    clients: i64,
    /// For how many units.
    units: i64,
    /// The first of them, as of now.
    line: Vec<WaitCard>,
}

/// `GET /api/v1/waitlists`.
pub(super) async fn list(
    State(node): State<Node>,
    reader: Reader,
) -> Result<Json<Listed<Waitlist>>, Problem> {
    let mut items = read(&node, reader).await.map_err(|error| match error {
        Unread::Away(problem) => problem,
        Unread::Database(error) => away(&error),
    })?;
    let rows = items.iter().flat_map(|list| &list.line);
    let sealed = rows.map(|row| (Some(row.client_id), row.sealed_name.as_deref()));
    let names = node.hub.names(reader.shop, sealed).await;
    for row in items.iter_mut().flat_map(|list| &mut list.line) {
        if let Some(name) = names.get(&row.client_id) {
            row.client.clone_from(name);
        }
    }
    Ok(Json(Listed { items, next: None }))
}

enum Unread {
    Away(Problem),
    Database(sqlx::Error),
}

impl From<Problem> for Unread {
    fn from(problem: Problem) -> Self {
        Self::Away(problem)
    }
}

impl From<sqlx::Error> for Unread {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

async fn read(node: &Node, reader: Reader) -> Result<Vec<Waitlist>, Unread> {
    let mut tx = reader.tables(node).await?;
    let lists = waitlists::lists(&mut tx).await?;
    let variants: Vec<i64> = lists.iter().map(|list| list.variant).collect();
    let which = Which {
        variants: &variants,
        products: &[],
        offers: &[],
        money: &[],
    };
    let cards = stock::cards(&mut tx, Some(which), None).await?;
    let mut items = Vec::new();
    for list in lists.into_iter().take(LISTS) {
        let known = cards.iter().find(|card| card.variant == list.variant);
        let (Some(card), Ok(variant)) = (known, u32::try_from(list.variant)) else {
            continue;
        };
        items.push(Waitlist {
            stock: card.clone(),
            clients: list.clients,
            units: list.units,
            line: waitlists::line(&mut tx, VariantId(variant), PEOPLE).await?,
        });
    }
    tx.end().await?;
    Ok(items)
}
