//! Read your write: a read that names a place in the log waits until the tables know it.

use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::ids::ShopId;
use eventstore::Lane;
use projections::TenantTx;
use serde::Deserialize;

use super::vendor::Vendor;
use crate::http::Problem;
use crate::node::Node;

/// The header that may stand for `?after=`.
const HEADER: &str = "livepay-after";
/// The tables are a few milliseconds behind; who waits longer comes again.
const PATIENCE: Duration = Duration::from_secs(3);

#[derive(Debug, Default, Deserialize)]
struct Asked {
    after: Option<String>,
}

/// A signed-in read: its shop, and tables that know what it names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader {
    /// Whose.
    pub shop: ShopId,
}

impl FromRequestParts<Node> for Reader {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, node: &Node) -> Result<Self, Problem> {
        let Vendor(shop) = Vendor::from_request_parts(parts, node).await?;
        let query = axum::extract::Query::<Asked>::from_request_parts(parts, node).await;
        let query = query.map_err(|_unread| Problem::Malformed)?.0.after;
        let header = parts.headers.get(HEADER);
        let header = header.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        if let Some(word) = query.or(header) {
            let lane = Lane::of(shop.0);
            let pos = place(&word, lane.number()).ok_or(Problem::Malformed)?;
            if !node.readings.wait_for(lane, pos, PATIENCE).await {
                return Err(Problem::Behind);
            }
        }
        Ok(Self { shop })
    }
}

impl Reader {
    /// One instant of the shop's tables.
    pub(super) async fn tables(self, node: &Node) -> Result<TenantTx, Problem> {
        TenantTx::begin(&node.pages, self.shop.0)
            .await
            .map_err(|error| away(&error))
    }
}

/// What a failed read is to its caller.
pub(super) fn away(error: &sqlx::Error) -> Problem {
    tracing::warn!(%error, "the desk cannot be read now");
    Problem::Unavailable
}

/// The word for a place in the log.
pub(super) fn word(lane: i16, pos: i64) -> String {
    format!("{lane}.{pos}")
}

/// The position of a word, if it is of this lane.
fn place(word: &str, lane: i16) -> Option<i64> {
    let (of, pos) = word.split_once('.')?;
    (of.parse() == Ok(lane)).then_some(pos.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_on_its_own_lane_only() {
        assert_eq!(place(&word(12, 345), 12), Some(345));
        for wrong in ["12", "12.", ".345", "13.345", "12.x"] {
            assert_eq!(place(wrong, 12), None, "{wrong}");
        }
    }
}
