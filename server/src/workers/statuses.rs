//! What became of our messages. A status moves its outbox row by rank and never passes the
//! shop's door.

use adapters::whatsapp::{StatusKind, StatusUpdate};
use eventstore::outbox::Status;

use crate::node::Node;

/// Takes a webhook's statuses in. A status that cannot be stored is lost without harm: the next
/// one says more.
pub async fn take_in(node: &Node, updates: &[StatusUpdate]) {
    let statuses: Vec<Status> = updates
        .iter()
        .filter_map(|update| {
            let rank = match update.status {
                StatusKind::Other => return None,
                StatusKind::Sent => 1,
                StatusKind::Delivered => 2,
                StatusKind::Read => 3,
                StatusKind::Played => 4,
                StatusKind::Failed => 100,
            };
            Some(Status {
                id: update.callback.as_deref().and_then(|id| id.parse().ok()),
                provider_ref: node.identity.message(&update.wamid),
                rank,
                error: update
                    .error
                    .as_ref()
                    .map(|error| format!("code {}", error.code)),
            })
        })
        .collect();
    if let Err(error) = node.outbox.statuses(&statuses).await {
        tracing::warn!(%error, "statuses could not be stored");
    }
}
