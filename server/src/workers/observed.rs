//! What a provider said becomes an observation, whichever way it came, and goes to the shop.

use adapters::psp::Seen;
use domain::command::{Actor, Command, Envelope};
use domain::ids::ShopId;
use domain::payment::Command as Pay;
use domain::payment::observation::{Observation, Source, Status, Trusted};

use crate::door::DoorError;
use crate::identity;
use crate::node::{Account, Node};

/// Works on a stored webhook of a provider. The error is what the dead letter says.
pub async fn webhook(node: &Node, door: &str, body: &[u8]) -> Result<(), String> {
    let mut parts = door.split('/');
    let (Some("psp"), Some(name), Some(proof)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(format!("nobody works at the door {door}"));
    };
    let account = node.accounts.get(name).ok_or("the account is gone")?;
    // What was proven is part of the door's name: a body is never believed more than it was.
    let trusted = if proof == "signed" {
        Trusted::Fully
    } else {
        Trusted::Hint
    };
    let provider = account.client.provider();
    let seen = provider
        .decode_webhook(body, trusted)
        .map_err(|error| error.to_string())?;
    let mut unread = None;
    for seen in seen {
        if let Err(why) = apply(node, account, seen).await {
            unread = Some(why);
        }
    }
    unread.map_or(Ok(()), Err)
}

/// Brings one thing seen to its shop. Foreign or unreadable ones are told back, to be kept.
pub async fn apply(node: &Node, account: &Account, seen: Seen) -> Result<(), String> {
    match seen {
        Seen::Ours { shop, observation } => observe(node, account, shop, observation)
            .await
            .map_err(|error| error.to_string()),
        Seen::Foreign(foreign) => Err(format!(
            "not a payment of ours ({})",
            foreign.kind.as_deref().unwrap_or("?")
        )),
        Seen::Unreadable { why, .. } => Err(why),
    }
}

/// Brings an observation to its shop. The same thing seen twice the same way is one command.
pub async fn observe(
    node: &Node,
    account: &Account,
    shop: ShopId,
    observation: Observation,
) -> Result<(), DoorError> {
    let provider_id = match &observation.provider_id {
        Some(id) => id.clone(),
        None => format!("attempt {} of {shop}", observation.attempt),
    };
    let status = status(observation.status);
    let source = match (observation.source, observation.trusted) {
        (Source::Webhook, Trusted::Fully) => "signed",
        (Source::Webhook, Trusted::Hint) => "hint",
        (Source::List, _) => "list",
        (Source::Detail, _) => "detail",
        (Source::Status, _) => "status",
    };
    // Money is named by what is told; anything else may be told again later and mean more.
    let once = matches!(observation.status, Status::Succeeded | Status::Reversed);
    let mut id = identity::of_observation(&account.name, &provider_id, status, source);
    if !once {
        id = domain::ids::CommandId(identity::new());
    }
    let envelope = Envelope {
        id,
        shop,
        actor: Actor::Provider,
        correlation: id.0,
        fresh: !once,
        command: Command::Payment(Pay::Observe(observation)),
    };
    super::inbox::persist(node, envelope).await
}

/// The stored word of a status.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Pending => "pending",
        Status::Processing => "processing",
        Status::Authorized => "authorized",
        Status::Succeeded => "succeeded",
        Status::Failed => "failed",
        Status::Cancelled => "cancelled",
        Status::Reversed => "reversed",
        Status::Unknown => "unknown",
        Status::Absent => "absent",
    }
}
