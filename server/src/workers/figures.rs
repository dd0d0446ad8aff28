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
    match read(node, row.stream, *live, *settled).await {
        Found::Figures(found) => *figures = Some(found),
        Found::Nothing { .. } if row.attempts <= TRIES => {
            let doubled = 1_u64 << row.attempts.clamp(1, 4).unsigned_abs().saturating_sub(1);
            return Err(Verdict::Again {
                after: Duration::from_secs(doubled),
                error: "figures are not there yet".to_owned(),
            });
        }
        // Its end was taken back before anybody heard of it: its next one is told.
        Found::Nothing { on_air: true } => {
            return Err(Verdict::Dropped {
                error: "the live is on again".to_owned(),
            });
        }
        Found::Nothing { on_air: false } => {}
        Found::Away => {
            return Err(Verdict::Again {
                after: Duration::from_secs(8),
                error: "the figures cannot be read now".to_owned(),
            });
        }
    }
    Ok(())
}

/// What the readings know.
enum Found {
    Figures(Box<Summary>),
    Nothing {
        on_air: bool,
    },
    /// Nothing can be asked just now.
    Away,
}

async fn read(node: &Node, shop: Uuid, live: LiveId, settled: bool) -> Found {
    let found = async {
        let mut tx = TenantTx::begin(&node.pages, shop).await?;
        let number = i64::from(live.0);
        let summary = projections::summaries::summary(&mut tx, number, settled).await?;
        let found = if let Some(figures) = summary {
            Found::Figures(Box::new(figures))
        } else {
            let lives = projections::lives::list(&mut tx, Some(number + 1), 1).await?;
            let states = lives.iter().filter(|line| line.id == number);
            let mut states = states.map(|line| line.state.as_str());
            let on_air = states.any(|state| ["live", "paused", "closing"].contains(&state));
            Found::Nothing { on_air }
        };
        tx.end().await?;
        Ok::<_, sqlx::Error>(found)
    };
    found.await.unwrap_or_else(|error| {
        tracing::warn!(%error, %shop, %live, "the figures of a live cannot be read");
        Found::Away
    })
}
