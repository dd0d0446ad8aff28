//! Asking the provider to send a whole transaction back: once, and never again before it was
//! asked what became of the first time.

use std::time::Duration;

use adapters::psp::{Refunded, Trouble};
use domain::ids::{AttemptId, Reference, RefundId, ShopId};
use domain::money::Amount;
use domain::payment::Command as Pay;
use domain::payment::command::RefundOutcome;
use domain::payment::observation::Status;
use domain::text::Text;
use eventstore::outbox::{Claimed, Verdict};

use super::pacer::{FLOOR, Pacer};
use super::transaction::{self, Choice};
use super::{brought, detail, list};
use crate::node::{Account, Node};

/// The mark of a try that may have sent the money back.
const UNCLEAR: &str = "unclear: ";
/// How often the provider is asked what became of one: 2, 4, 8, 16 and 32 s apart.
const TRIES: i32 = 6;
/// How often the firewall may turn us away before a person has to look.
const TURNED_AWAY: i32 = 20;

/// A refund to ask for.
#[derive(Debug)]
pub(super) struct Item {
    pub shop: ShopId,
    pub refund: RefundId,
    pub attempt: AttemptId,
    pub reference: Reference,
    pub provider_id: Option<String>,
    pub amount: Amount,
}

/// What is known after a try.
enum Tried {
    /// The shop can be told.
    Told(RefundOutcome),
    /// Later; whether it may have gone out, and whether the provider asked us to slow down.
    Later {
        unclear: bool,
        throttled: bool,
        why: String,
    },
}

/// Sends it back, or finds out what became of sending it; the shop is told once.
pub(super) async fn keep(
    node: &Node,
    account: &Account,
    pacer: &Pacer,
    row: &Claimed,
    item: Item,
) -> (Verdict, bool) {
    let before = row.error.as_deref().unwrap_or_default();
    let unclear = row.interrupted || before.starts_with(UNCLEAR);
    let tried = match find(node, account, pacer, &item).await {
        Ok(Choice::Back(id)) => sent(&id),
        Ok(Choice::Paid(id)) if unclear => look(node, account, &id).await,
        Ok(Choice::Paid(id)) => send(node, account, pacer, &id).await,
        Ok(Choice::Refused(why)) => Tried::Told(refused(why)),
        // The list may be behind; only a transaction that stays away is none.
        Ok(Choice::Missing) if row.attempts >= TRIES => Tried::Told(refused("no transaction")),
        Ok(Choice::Missing) => later(unclear, &Trouble::Refused("no transaction yet".to_owned())),
        Err(trouble) => later(unclear, &trouble),
    };
    crate::crash::point("refunded");
    match tried {
        Tried::Told(outcome) => (record(node, row, &item, outcome).await, false),
        Tried::Later { unclear, .. } if row.attempts >= most(unclear) => {
            let outcome = RefundOutcome::Unknown;
            (record(node, row, &item, outcome).await, false)
        }
        Tried::Later {
            unclear,
            throttled,
            why,
        } => (again(row, unclear, &why), throttled),
    }
}

fn most(unclear: bool) -> i32 {
    if unclear { TRIES } else { TURNED_AWAY }
}

fn again(row: &Claimed, unclear: bool, why: &str) -> Verdict {
    let wait = 2_u64.saturating_pow(row.attempts.clamp(1, 6).unsigned_abs());
    let mark = if unclear { UNCLEAR } else { "" };
    Verdict::Again {
        after: Duration::from_secs(wait).max(if unclear { Duration::ZERO } else { FLOOR }),
        error: format!("{mark}{why}"),
    }
}

fn later(unclear: bool, trouble: &Trouble) -> Tried {
    Tried::Later {
        unclear,
        throttled: *trouble == Trouble::Throttled,
        why: trouble.to_string(),
    }
}

fn sent(transaction: &str) -> Tried {
    Tried::Told(RefundOutcome::Sent {
        evidence: Text::new(transaction),
    })
}

fn refused(why: &str) -> RefundOutcome {
    RefundOutcome::Refused {
        reason: Text::new(why),
    }
}

/// The transaction: as kept from webhooks and lists, else by our reference in the list.
async fn find(
    node: &Node,
    account: &Account,
    pacer: &Pacer,
    item: &Item,
) -> Result<Choice, Trouble> {
    let kept = || async {
        transaction::choose(node, account, item)
            .await
            .map_err(|error| Trouble::Unavailable(error.to_string()))
    };
    match kept().await? {
        Choice::Missing => {
            list::of(node, account, pacer, &item.reference).await?;
            // That call had the turn of this errand; the next one needs its own.
            pacer.turn().await;
            kept().await
        }
        found => Ok(found),
    }
}

/// Asks for it, this once.
async fn send(node: &Node, account: &Account, pacer: &Pacer, id: &str) -> Tried {
    match account.client.refund(id).await {
        Refunded::Accepted => sent(id),
        Refunded::Throttled => later(false, &Trouble::Throttled),
        Refunded::Unknown { why } => Tried::Later {
            unclear: true,
            throttled: false,
            why,
        },
        Refunded::Refused { code, title } => {
            // Perhaps because it went back before: by the provider's own page, for example.
            pacer.turn().await;
            match detail::status(node, account, id).await {
                Ok(Status::Reversed) => sent(id),
                _ => Tried::Told(refused(format!("{code} {title}").trim())),
            }
        }
    }
}

/// It may have been sent: asks, and sends nothing.
async fn look(node: &Node, account: &Account, id: &str) -> Tried {
    match detail::status(node, account, id).await {
        Ok(Status::Reversed) => sent(id),
        Ok(_) => Tried::Later {
            unclear: true,
            throttled: false,
            why: "the provider does not say that it went back".to_owned(),
        },
        Err(trouble) => later(true, &trouble),
    }
}

async fn record(node: &Node, row: &Claimed, item: &Item, outcome: RefundOutcome) -> Verdict {
    if matches!(outcome, RefundOutcome::Unknown) {
        tracing::error!(
            reference = %item.reference,
            refund = %item.refund,
            "nobody knows whether a refund went out; look at the provider's own page"
        );
    }
    let command = Pay::RecordRefund {
        refund: item.refund,
        outcome,
    };
    brought(node, row, item.shop, "refunded", command).await
}
