//! Asking the provider what became of one attempt: a hint read back, or a lock deadline.

use std::time::Duration;

use adapters::psp::{Seen, Span, Trouble};
use chrono::TimeDelta;
use domain::ids::{AttemptId, Reference, ShopId};
use domain::payment::Command as Pay;
use domain::payment::observation::{Observation, Source, Status, Trusted};
use eventstore::outbox::{Claimed, Verdict};

use super::super::observed;
use super::brought;
use crate::node::{Account, Node};

/// What became of one attempt?
pub(super) struct Question {
    pub shop: ShopId,
    pub attempt: AttemptId,
    pub reference: Reference,
    pub provider_id: Option<String>,
    pub deadline: bool,
}

/// Asks, and brings every answer to the shop.
pub(super) async fn keep(
    node: &Node,
    account: &Account,
    row: &Claimed,
    question: Question,
) -> (Verdict, bool) {
    match answer(node, account, &question).await {
        Ok(observations) => {
            for observation in observations {
                let told = observed::observe(node, account, question.shop, observation).await;
                if let Err(error) = told {
                    return (
                        Verdict::Dead {
                            error: error.to_string(),
                        },
                        false,
                    );
                }
            }
            (Verdict::Sent { provider_ref: None }, false)
        }
        Err(trouble) if question.deadline => {
            // At a deadline silence is an answer too, once: the shop decides what it means.
            let command = Pay::NoAnswer {
                attempt: question.attempt,
            };
            let throttled = trouble == Trouble::Throttled;
            (
                brought(node, row, question.shop, "no answer", command).await,
                throttled,
            )
        }
        Err(Trouble::Refused(why)) => (Verdict::Dead { error: why }, false),
        Err(trouble) => {
            let wait =
                Duration::from_secs(2_u64.saturating_pow(row.attempts.clamp(1, 6).unsigned_abs()));
            let error = trouble.to_string();
            (
                Verdict::Again { after: wait, error },
                trouble == Trouble::Throttled,
            )
        }
    }
}

/// The detail where the transaction is known; else the list, and its silence is an absence.
async fn answer(
    node: &Node,
    account: &Account,
    question: &Question,
) -> Result<Vec<Observation>, Trouble> {
    if let Some(id) = &question.provider_id
        && let Ok(Seen::Ours { shop, observation }) = account.client.detail(id).await
        && (shop, observation.attempt) == (question.shop, question.attempt)
        && observation.status != Status::Unknown
    {
        return Ok(vec![observation]);
    }
    let mut found = Vec::new();
    for seen in list(node, account, 1).await? {
        if let Seen::Ours { shop, observation } = seen
            && (shop, observation.attempt) == (question.shop, question.attempt)
        {
            found.push(observation);
        }
    }
    if found.is_empty() {
        found.push(Observation {
            attempt: question.attempt,
            provider_id: None,
            status: Status::Absent,
            amount: None,
            fees: None,
            currency: None,
            paid_at: None,
            source: Source::List,
            trusted: Trusted::Fully,
        });
    }
    tracing::debug!(reference = %question.reference, many = found.len(), "asked the provider");
    Ok(found)
}

/// Every transaction of the last days, to the end.
pub(super) async fn list(node: &Node, account: &Account, days: i64) -> Result<Vec<Seen>, Trouble> {
    let to = node.now().date_naive();
    let from = to - TimeDelta::days(days);
    let mut seen = Vec::new();
    for page in 0..200 {
        let page = account.client.list(Span { from, to, page }).await?;
        seen.extend(page.seen);
        if page.last {
            return Ok(seen);
        }
    }
    Err(Trouble::Unavailable("the list has no end".to_owned()))
}
