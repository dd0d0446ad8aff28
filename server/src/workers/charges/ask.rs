//! Asking the provider what became of one attempt: a hint read back, what a buyer says, or a
//! lock deadline.

use std::time::Duration;

use adapters::psp::{Seen, Trouble};
use domain::ids::{AttemptId, Reference, ShopId};
use domain::payment::Command as Pay;
use domain::payment::observation::{Observation, Source, Status, Trusted};
use eventstore::outbox::{Claimed, Verdict};

use super::super::observed;
use super::pacer::Pacer;
use super::{brought, dead, detail, list};
use crate::node::{Account, Node};

/// How often a hint is read back before it counts as untrue: 2, 4 and 8 s apart. What the
/// provider tells by webhook may reach its own API later.
const TRIES: i32 = 4;

/// What became of one attempt?
pub(super) struct Question {
    pub shop: ShopId,
    pub attempt: AttemptId,
    pub reference: Reference,
    pub provider_id: Option<String>,
    pub deadline: bool,
    pub claim: bool,
}

impl Question {
    fn is_about(&self, seen: &Seen) -> bool {
        matches!(seen, Seen::Ours { shop, observation, .. }
            if (*shop, observation.attempt) == (self.shop, self.attempt))
    }

    /// The list is complete and does not hold it.
    fn absent(&self) -> Seen {
        let observation = Observation {
            attempt: self.attempt,
            provider_id: None,
            status: Status::Absent,
            amount: None,
            fees: None,
            currency: None,
            paid_at: None,
            source: Source::List,
            trusted: Trusted::Fully,
        };
        Seen::Ours {
            shop: self.shop,
            observation,
            line: None,
        }
    }
}

/// Asks, and brings every answer to the shop. Also whether the provider asked us to slow down.
pub(super) async fn keep(
    node: &Node,
    account: &Account,
    pacer: &Pacer,
    row: &Claimed,
    question: Question,
) -> (Verdict, bool) {
    match answer(node, account, pacer, &question).await {
        Ok(seen) => (told(node, account, row, &question, seen).await, false),
        Err(trouble) if question.deadline => {
            // At a deadline silence is an answer too, once: the shop decides what it means.
            let command = Pay::NoAnswer {
                attempt: question.attempt,
            };
            let verdict = brought(node, row, question.shop, "no answer", command).await;
            (verdict, trouble == Trouble::Throttled)
        }
        Err(Trouble::Refused(why)) => dead(&why),
        Err(trouble) => {
            let again = again(row, &trouble.to_string());
            (again, trouble == Trouble::Throttled)
        }
    }
}

/// Later: 2, 4, 8 … 64 seconds.
fn again(row: &Claimed, error: &str) -> Verdict {
    let wait = 2_u64.saturating_pow(row.attempts.clamp(1, 6).unsigned_abs());
    Verdict::Again {
        after: Duration::from_secs(wait),
        error: error.to_owned(),
    }
}

async fn told(
    node: &Node,
    account: &Account,
    row: &Claimed,
    question: &Question,
    seen: Vec<Seen>,
) -> Verdict {
    let answered = seen
        .iter()
        .filter_map(Seen::observation)
        .any(|told| match told.status {
            Status::Succeeded | Status::Reversed | Status::Failed | Status::Cancelled => true,
            Status::Processing | Status::Authorized => false,
            // A person waits: "not paid" is an answer to her, and the sweeps go on looking.
            Status::Pending | Status::Unknown | Status::Absent => question.claim,
        });
    if !answered && !question.deadline && row.attempts < TRIES {
        return again(row, "the provider does not say so yet");
    }
    for seen in by_weight(seen) {
        if let Err(error) = observed::apply(node, account, seen).await {
            return Verdict::Dead { error };
        }
    }
    Verdict::Sent { provider_ref: None }
}

/// What a reference's transactions say together. Money first: it decides, whatever else was tried.
/// And while one of them is paid or on its way, another that failed ends nothing.
fn by_weight(mut seen: Vec<Seen>) -> Vec<Seen> {
    let status = |seen: &Seen| seen.observation().map(|told| told.status);
    let weight = |seen: &Seen| match status(seen) {
        Some(Status::Succeeded | Status::Reversed) => 0,
        Some(Status::Processing | Status::Authorized) => 1,
        Some(Status::Failed | Status::Cancelled) => 2,
        Some(Status::Pending | Status::Unknown | Status::Absent) | None => 3,
    };
    seen.sort_by_key(weight);
    let lightest = seen.first().map_or(0, weight);
    if lightest <= 1 {
        seen.retain(|seen| weight(seen) <= 1);
    }
    seen
}

/// The detail where the transaction is known; else the list, and its silence is an absence.
async fn answer(
    node: &Node,
    account: &Account,
    pacer: &Pacer,
    question: &Question,
) -> Result<Vec<Seen>, Trouble> {
    if let Some(id) = &question.provider_id {
        match detail::read(node, account, pacer, id).await {
            Ok(seen) => {
                let says = seen
                    .observation()
                    .is_some_and(|told| told.status != Status::Unknown);
                if says && question.is_about(&seen) {
                    return Ok(vec![seen]);
                }
            }
            Err(Trouble::Throttled) => return Err(Trouble::Throttled),
            // The id may be the charge's, which is no transaction: the list tells.
            Err(Trouble::Refused(_) | Trouble::Unreadable(_)) => {}
            // What could not be read is no absence; only a deadline cannot wait.
            Err(trouble) if !question.deadline => return Err(trouble),
            Err(_unread) => {}
        }
        pacer.turn().await;
    }
    let mut found = list::of(node, account, pacer, &question.reference).await?;
    found.retain(|seen| question.is_about(seen));
    tracing::debug!(reference = %question.reference, many = found.len(), "asked the provider");
    if found.is_empty() {
        found.push(question.absent());
    }
    Ok(found)
}
