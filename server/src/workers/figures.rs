//! The figures of a live, read just before its summary is worded: they are never stored with the
//! promise, and the reading may be a moment behind the live's end.

use std::time::Duration;

use domain::action::Action;
use domain::ids::LiveId;
use domain::live::Summary;
use domain::message::{Message, ToVendor};
use eventstore::outbox::{Claimed, Verdict};
use projections::TenantTx;
use uuid::Uuid;

use crate::node::Node;

/// Tries before the summary goes without figures, 1 to 8 seconds apart.
const TRIES: i32 = 5;

/// Fills the figures of a summary in; other words are left alone. An error says when to try again.
pub(super) async fn fill(node: &Node, row: &Claimed, action: &mut Action) -> Result<(), Verdict> {
    let Action::Say { message, .. } = action else {
        return Ok(());
    };
    let Message::Vendor(ToVendor::LiveSummary {
        live,
        settled,
        figures,
        ..
    }) = message
    else {
        return Ok(());
    };
    *figures = read(node, row.stream, *live, *settled).await.map(Box::new);
    if figures.is_none() && row.attempts <= TRIES {
        let doubled = 1_u64 << row.attempts.clamp(1, 4).unsigned_abs().saturating_sub(1);
        return Err(Verdict::Again {
            after: Duration::from_secs(doubled),
            error: "figures are not there yet".to_owned(),
        });
    }
    Ok(())
}

async fn read(node: &Node, shop: Uuid, live: LiveId, settled: bool) -> Option<Summary> {
    let found = async {
        let mut tx = TenantTx::begin(&node.pages, shop).await?;
        projections::summaries::summary(&mut tx, i64::from(live.0), settled).await
    };
    found.await.unwrap_or_else(|error| {
        tracing::warn!(%error, live = live.0, "the figures of a live cannot be read");
        None
    })
}
