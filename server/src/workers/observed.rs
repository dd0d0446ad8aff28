//! What a provider said becomes an observation, whichever way it came, and goes to the shop.

use std::time::Duration;

use adapters::psp::Seen;
use domain::command::{Actor, Answer, Command, Envelope};
use domain::ids::{CommandId, ShopId};
use domain::payment::Command as Pay;
use domain::payment::observation::{Observation, Source, Status, Trusted};
use domain::rejection::Rejection;
use eventstore::statement::Origin;

use super::lines;
use crate::door::DoorError;
use crate::identity;
use crate::node::{Account, Node};

/// One thing to tell a shop.
#[derive(Debug, Clone)]
pub struct Told {
    /// Which.
    pub shop: ShopId,
    /// What.
    pub observation: Observation,
    /// Its line in the statement, marked as taken in under the word it had.
    pub row: Option<Row>,
    /// Nobody knew it before: the old answer must not be given again.
    pub again: bool,
}

/// A line of the statement.
#[derive(Debug, Clone)]
pub struct Row {
    /// The provider's id of it.
    pub transaction: String,
    /// Its own status: a refund that succeeded is a payment reversed.
    pub word: &'static str,
    /// Whether it is a refund, and names no payment.
    pub refund: bool,
}

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
    let origin = Origin {
        source: "webhook",
        believed: trusted == Trusted::Fully,
    };
    lines::keep(node, account, &seen, origin).await;
    let mut unread = None;
    for seen in seen {
        if let Err(why) = apply(node, account, seen).await {
            unread = Some(why);
        }
    }
    unread.map_or(Ok(()), Err)
}

/// Brings one thing seen to its shop. What is not ours is kept in the statement already; what
/// cannot be read, or has no id to be kept under, is told back.
pub async fn apply(node: &Node, account: &Account, seen: Seen) -> Result<(), String> {
    match seen {
        Seen::Ours {
            shop,
            observation,
            line,
        } => {
            let told = Told {
                shop,
                observation,
                row: line.map(|line| lines::row(&line)),
                again: false,
            };
            observe(node, account, told)
                .await
                .map_err(|error| error.to_string())
        }
        Seen::Foreign { line: Some(_), .. } => Ok(()),
        Seen::Foreign { kind, line: None } => Err(format!(
            "not a payment of ours, and without an id ({})",
            kind.as_deref().unwrap_or("?")
        )),
        Seen::Unreadable { why, .. } => Err(why),
    }
}

/// Brings an observation to its shop. The same thing seen twice the same way is one command.
/// Money nobody knows stays in the statement, and is brought again.
pub async fn observe(node: &Node, account: &Account, mut told: Told) -> Result<(), DoorError> {
    if told.row.as_ref().is_some_and(|row| row.refund) {
        payment_of(node, account, &mut told).await;
    }
    let known = bring(node, account, &told).await?;
    let Told {
        observation, row, ..
    } = told;
    let Some(Row {
        transaction, word, ..
    }) = row
    else {
        return Ok(());
    };
    let money = match observation.status {
        Status::Succeeded => observation.amount.is_some(),
        status => status == Status::Reversed,
    };
    let marked = if !known {
        node.statement.stranger(&account.id, &transaction).await
    } else if money && observation.trusted == Trusted::Fully {
        node.statement.met(&account.id, &transaction, word).await
    } else {
        Ok(())
    };
    if let Err(error) = marked {
        // It is told again, and the shop knows it by then.
        tracing::debug!(%error, "a line of the statement could not be marked");
    }
    Ok(())
}

/// A refund may have an id of its own: the shop is told which payment it took back, where that is
/// certain.
async fn payment_of(node: &Node, account: &Account, told: &mut Told) {
    let Ok(attempt) = i64::try_from(told.observation.attempt.0) else {
        return;
    };
    let kept = node.statement.of_attempt(&account.id, told.shop.0, attempt);
    let mut payments = kept.await.unwrap_or_default();
    payments.retain(|entry| entry.kind == lines::PAYMENT);
    payments.retain(|entry| matches!(entry.status.as_str(), "succeeded" | "reversed"));
    if let [payment] = payments.as_slice() {
        told.observation.provider_id = Some(payment.transaction.clone());
    }
}

/// Whether the shop knows the attempt, and is paid through this account.
async fn bring(node: &Node, account: &Account, told: &Told) -> Result<bool, DoorError> {
    if !pays(node, account, told.shop).await? {
        return Ok(false);
    }
    let answer = super::inbox::persist(node, envelope(account, told)).await?;
    Ok(!matches!(
        answer,
        Answer::Refused(Rejection::ShopUnknown | Rejection::AttemptUnknown)
    ))
}

async fn pays(node: &Node, account: &Account, shop: ShopId) -> Result<bool, DoorError> {
    loop {
        match node.payees.is(&node.pool, shop, &account.id).await {
            Ok(pays) => return Ok(pays),
            Err(error) if node.stopping() => return Err(DoorError::Owner(error.to_string())),
            Err(error) => tracing::debug!(%error, "a shop's account cannot be read; again"),
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

fn envelope(account: &Account, told: &Told) -> Envelope {
    let (shop, observation) = (told.shop, &told.observation);
    let provider_id = match &observation.provider_id {
        Some(id) => id.clone(),
        None => format!("attempt {} of {shop}", observation.attempt),
    };
    let source = match (observation.source, observation.trusted) {
        (Source::Webhook, Trusted::Fully) => "signed",
        (Source::Webhook, Trusted::Hint) => "hint",
        (Source::List, _) => "list",
        (Source::Detail, _) => "detail",
        (Source::Status, _) => "status",
    };
    // Money is named by what is told; anything else may be told again later and mean more.
    let money = matches!(observation.status, Status::Succeeded | Status::Reversed);
    let once = money && !told.again;
    let status = lines::word(observation.status);
    let mut id = identity::of_observation(&account.name, &provider_id, status, source);
    if !once {
        id = CommandId(identity::new());
    }
    Envelope {
        id,
        shop,
        actor: Actor::Provider,
        correlation: id.0,
        fresh: !once,
        command: Command::Payment(Pay::Observe(observation.clone())),
    }
}
