//! The lives there were: what each came to, when it ended and after it was settled, and its curve.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use domain::live::Summary;
use projections::TenantTx;
use projections::lives::{self, LiveLine};
use projections::minutes::{self, Minute, Showing};
use projections::stock;
use projections::summaries::{self, Adjustment};
use serde::Serialize;
use serde_json::Value;

use super::after::{Reader, away};
use super::asked::{Id, Query};
use super::page::{Listed, Page};
use crate::http::Problem;
use crate::node::Node;

/// `GET /api/v1/lives`: every live of the shop, the newest first.
pub(super) async fn list(
    State(node): State<Node>,
    reader: Reader,
    Query(page): Query<Page>,
) -> Result<Json<Listed<LiveLine>>, Problem> {
    let (limit, before) = (page.limit()?, page.before()?);
    let mut tx = reader.tables(&node).await?;
    let rows = lives::list(&mut tx, before, limit).await;
    let rows = rows.map_err(|error| away(&error))?;
    Ok(Json(page.of(rows, |row| row.id.to_string())))
}

/// What a live came to.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Results {
    /// The figures when its last hold was resolved: a [`Summary`], with the photo of every product.
    hot: Option<Value>,
    /// The final ones, once it is settled.
    settled: Option<Value>,
    /// Money that moved after that, oldest first.
    adjustments: Vec<Adjustment>,
}

/// `GET /api/v1/lives/{live}/summary`: nothing in it while the live is on.
pub(super) async fn summary(
    State(node): State<Node>,
    reader: Reader,
    Id(live): Id<u32>,
) -> Result<Json<Results>, Problem> {
    let mut tx = reader.tables(&node).await?;
    let found = results(&mut tx, i64::from(live)).await;
    let found = found.map_err(|error| away(&error))?;
    tx.end().await.map_err(|error| away(&error))?;
    found.map(Json).ok_or(Problem::NotFound)
}

async fn results(tx: &mut TenantTx, live: i64) -> Result<Option<Results>, sqlx::Error> {
    if !known(tx, live).await? {
        return Ok(None);
    }
    let hot = summaries::summary(tx, live, false).await?;
    let settled = summaries::summary(tx, live, true).await?;
    let adjustments = summaries::adjustments(tx, live).await?;
    let both = [&hot, &settled].into_iter().flatten();
    let products = both.flat_map(|summary| &summary.products);
    let products: Vec<i64> = products
        .map(|figures| i64::from(figures.sold.product.0))
        .collect();
    let photos = stock::photos(tx, &products).await?;
    let photos = photos.into_iter().collect();
    let shown = |summary: Option<Summary>| summary.and_then(|it| pictured(&it, &photos));
    Ok(Some(Results {
        hot: shown(hot),
        settled: shown(settled),
        adjustments,
    }))
}

/// Whether the shop has this live.
async fn known(tx: &mut TenantTx, live: i64) -> Result<bool, sqlx::Error> {
    let newest = lives::list(tx, Some(live.saturating_add(1)), 1).await?;
    Ok(newest.first().is_some_and(|line| line.id == live))
}

/// The summary with a `photo` (or null) in its best seller and in each of its products.
fn pictured(summary: &Summary, photos: &BTreeMap<i64, String>) -> Option<Value> {
    let mut out = serde_json::to_value(summary).ok()?;
    let hang = |figures: &mut Value| {
        let product = figures.get("product").and_then(Value::as_i64);
        let photo = product.and_then(|product| photos.get(&product));
        if let Some(figures) = figures.as_object_mut() {
            let photo = photo.map_or(Value::Null, |photo| Value::from(photo.as_str()));
            figures.insert("photo".to_owned(), photo);
        }
    };
    if let Some(best) = out.get_mut("best") {
        hang(best);
    }
    let products = out.get_mut("products").and_then(Value::as_array_mut);
    products.into_iter().flatten().for_each(hang);
    Some(out)
}

/// The curve of a live: its minutes in which something came, and what was held up.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Curve {
    minutes: Vec<Minute>,
    showings: Vec<Showing>,
}

/// `GET /api/v1/lives/{live}/curve`: whole, oldest first.
pub(super) async fn curve(
    State(node): State<Node>,
    reader: Reader,
    Id(live): Id<u32>,
) -> Result<Json<Curve>, Problem> {
    let live = i64::from(live);
    let mut tx = reader.tables(&node).await?;
    let known = known(&mut tx, live).await.map_err(|error| away(&error))?;
    if !known {
        return Err(Problem::NotFound);
    }
    let minutes = minutes::minutes(&mut tx, live, None).await;
    let minutes = minutes.map_err(|error| away(&error))?;
    let showings = minutes::showings(&mut tx, live).await;
    let showings = showings.map_err(|error| away(&error))?;
    tx.end().await.map_err(|error| away(&error))?;
    Ok(Json(Curve { minutes, showings }))
}
