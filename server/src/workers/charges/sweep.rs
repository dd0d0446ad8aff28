//! The sweep: one list call finds the money whose webhook was lost.

use adapters::psp::{Seen, Trouble};
use domain::payment::observation::Status;

use super::super::observed;
use super::ask::list;
use crate::node::{Account, Node};

/// One list call for all open attempts: finds the money whose webhook was lost.
pub(super) async fn sweep(node: &Node, account: &Account) -> Result<(), Trouble> {
    if !node.anything_open().await {
        return Ok(());
    }
    for seen in list(node, account, 1).await? {
        if let Seen::Ours { shop, observation } = seen
            && matches!(observation.status, Status::Succeeded | Status::Reversed)
            && node.news_to_us(observation.provider_id.as_deref(), observation.status)
            && let Err(error) = observed::observe(node, account, shop, observation).await
        {
            tracing::warn!(%error, "a payment found in the list could not be told");
        }
    }
    Ok(())
}
