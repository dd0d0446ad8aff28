//! What is asked of payment providers, through one pacer per account.
//!
//! In this order: charges, read-backs of hinted successes, lock deadlines, what buyers say,
//! refunds, and the sweeps of the list for lost webhooks.

mod ask;
mod charge;
mod detail;
mod late;
mod list;
mod pacer;
mod page;
mod refund;
mod sweep;
mod transaction;
mod unmet;

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::action::Action;
use domain::command::{Actor, Command, Envelope};
use domain::ids::{CommandId, ShopId};
use domain::payment::Command as Pay;
use eventstore::outbox::{Claimed, Outcome, Room, Verdict};
use tokio::sync::watch;

use crate::decider::{ASK, CHARGE, REFUND};
use crate::identity;
use crate::node::{Account, Node};
use crate::stop::stopped;
use pacer::{FLOOR, Pacer};

pub use page::payment;

/// A call and its answer's way to the shop take less.
const LEASE: Duration = Duration::from_mins(1);

/// One account's worker: calls one after another, at the account's pace.
pub async fn run(node: Node, account: Account, mut stop: watch::Receiver<bool>) {
    let now = Instant::now();
    let pacer = Arc::new(Pacer::new(account.every, account.burst, now));
    let mut sweeps = sweep::Sweeps::new(node.sweep, now);
    let mut late = late::Late::default();
    loop {
        let mut worked = false;
        if node.senders.account(&account.id) {
            worked = promises(&node, &account, &pacer).await;
            late.tell(&node, &account).await;
            if !worked {
                worked = sweeps.step(&node, &account, &pacer).await;
            }
        }
        pacer.recover();
        if worked {
            if *stop.borrow() {
                return;
            }
            continue;
        }
        tokio::select! {
            () = stopped(&mut stop) => return,
            () = node.charge_news.notified() => {}
            () = tokio::time::sleep(Duration::from_millis(500)) => {}
        }
    }
}

/// Keeps what is promised, as much as the pace allows; whether there was anything.
async fn promises(node: &Node, account: &Account, pacer: &Arc<Pacer>) -> bool {
    let room = i32::try_from(pacer.left().min(16)).unwrap_or(1);
    if room == 0 {
        return false;
    }
    let rooms = [Room {
        sender: account.id.clone(),
        room,
    }];
    let claimed = match node
        .outbox
        .claim(&rooms, &[CHARGE, ASK, REFUND], LEASE)
        .await
    {
        Ok(claimed) => claimed,
        Err(error) => {
            tracing::warn!(%error, "the provider's errands cannot be read; again in a moment");
            return false;
        }
    };
    let mut calls = tokio::task::JoinSet::new();
    for row in claimed {
        let _counted = pacer.take();
        let (node, account, pacer) = (node.clone(), account.clone(), Arc::clone(pacer));
        calls.spawn(async move {
            let verdict = keep(&node, &account, &pacer, &row).await;
            (Outcome::of(&row, verdict.0), verdict.1)
        });
    }
    let (mut outcomes, mut slower) = (Vec::new(), false);
    while let Some(Ok((outcome, throttled))) = calls.join_next().await {
        outcomes.push(outcome);
        slower |= throttled;
    }
    // Once for a burst, however many of its calls the firewall turned away.
    if slower {
        pacer.slower();
    }
    if !outcomes.is_empty()
        && let Err(error) = node.outbox.settle(&outcomes).await
    {
        tracing::warn!(%error, "errands done could not be marked; their receipts protect them");
    }
    !outcomes.is_empty()
}

/// Keeps one promise; whether the provider asked us to slow down.
async fn keep(node: &Node, account: &Account, pacer: &Pacer, row: &Claimed) -> (Verdict, bool) {
    let shop = ShopId(row.stream);
    match serde_json::from_str::<Action>(&row.body) {
        Ok(action @ Action::Charge { .. }) => charge::keep(node, account, row, action).await,
        Ok(Action::Ask {
            attempt,
            reference,
            provider_id,
            deadline,
            claim,
        }) => {
            let question = ask::Question {
                shop,
                attempt,
                reference,
                provider_id,
                deadline,
                claim,
            };
            ask::keep(node, account, pacer, row, question).await
        }
        Ok(Action::Refund {
            refund,
            attempt,
            reference,
            provider_id,
            amount,
        }) => {
            let item = refund::Item {
                shop,
                refund,
                attempt,
                reference,
                provider_id,
                amount,
            };
            refund::keep(node, account, pacer, row, item).await
        }
        Ok(Action::Say { .. }) | Err(_) => dead("not an errand"),
    }
}

fn dead(error: &str) -> (Verdict, bool) {
    (
        Verdict::Dead {
            error: error.to_owned(),
        },
        false,
    )
}

/// Brings what became of an errand to the shop, under the errand's own id.
async fn brought(node: &Node, row: &Claimed, shop: ShopId, what: &str, command: Pay) -> Verdict {
    let CommandId(id) = identity::of_promise(&row.id.to_string(), what);
    let envelope = Envelope {
        id: CommandId(id),
        shop,
        actor: Actor::Provider,
        correlation: id,
        fresh: false,
        command: Command::Payment(command),
    };
    match super::inbox::persist(node, envelope).await {
        Ok(_answer) => Verdict::Sent { provider_ref: None },
        Err(error) => Verdict::Dead {
            error: error.to_string(),
        },
    }
}
