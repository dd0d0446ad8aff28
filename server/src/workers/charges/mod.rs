//! What is asked of payment providers, through one pacer per account, in this order: charges,
//! read-backs of hinted successes, lock deadlines, and the sweep of the list for lost webhooks.

mod ask;
mod charge;
mod late;
mod page;
mod sweep;

use std::time::{Duration, Instant};

use adapters::psp::Trouble;
use domain::action::Action;
use domain::command::{Actor, Command, Envelope};
use domain::ids::{CommandId, ShopId};
use domain::payment::Command as Pay;
use eventstore::outbox::{Claimed, Outcome, Room, Verdict};
use tokio::sync::watch;

use super::pace::Bucket;
use crate::decider::{ASK, CHARGE};
use crate::identity;
use crate::node::{Account, Node};
use crate::stop::stopped;

pub use page::payment;

/// A call and its answer's way to the shop take less.
const LEASE: Duration = Duration::from_mins(1);
/// How often the list is read while anything is open.
const SWEEP: Duration = Duration::from_secs(15);
/// The slowest pace after the firewall spoke.
const FLOOR: Duration = Duration::from_secs(5);

/// One account's worker: calls one after another, at the account's pace.
pub async fn run(node: Node, account: Account, mut stop: watch::Receiver<bool>) {
    let now = Instant::now();
    let usual = account.every;
    let mut pace = Bucket::new(usual, account.burst, now);
    let mut swept = now;
    let mut quiet = now;
    let mut late = late::Late::default();
    loop {
        let held = node.senders.account(&account.id);
        let mut worked = false;
        if held {
            worked = promises(&node, &account, &mut pace).await;
            late.tell(&node, &account).await;
            if !worked && swept.elapsed() >= SWEEP && pace.take(Instant::now()).is_ok() {
                swept = Instant::now();
                if sweep::sweep(&node, &account).await == Err(Trouble::Throttled) {
                    slower(&mut pace);
                    quiet = Instant::now();
                }
            }
        }
        if quiet.elapsed() > Duration::from_mins(1) && pace.every() > usual {
            pace.set_every((pace.every() / 2).max(usual));
            quiet = Instant::now();
        }
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

fn slower(pace: &mut Bucket) {
    pace.set_every((pace.every() * 2).min(FLOOR));
    pace.close(FLOOR, Instant::now());
}

/// Keeps what is promised, as much as the pace allows; whether there was anything.
async fn promises(node: &Node, account: &Account, pace: &mut Bucket) -> bool {
    let room = i32::try_from(pace.left(Instant::now()).min(16)).unwrap_or(1);
    if room == 0 {
        return false;
    }
    let rooms = [Room {
        sender: account.id.clone(),
        room,
    }];
    let claimed = match node.outbox.claim(&rooms, &[CHARGE, ASK], LEASE).await {
        Ok(claimed) => claimed,
        Err(error) => {
            tracing::warn!(%error, "the provider's errands cannot be read; again in a moment");
            return false;
        }
    };
    let mut calls = tokio::task::JoinSet::new();
    for row in claimed {
        let _counted = pace.take(Instant::now());
        let (node, account) = (node.clone(), account.clone());
        calls.spawn(async move {
            let verdict = keep(&node, &account, &row).await;
            (Outcome::of(&row, verdict.0), verdict.1)
        });
    }
    let mut outcomes = Vec::new();
    while let Some(Ok((outcome, throttled))) = calls.join_next().await {
        outcomes.push(outcome);
        if throttled {
            slower(pace);
        }
    }
    if !outcomes.is_empty()
        && let Err(error) = node.outbox.settle(&outcomes).await
    {
        tracing::warn!(%error, "errands done could not be marked; their receipts protect them");
    }
    !outcomes.is_empty()
}

/// Keeps one promise; whether the provider asked us to slow down.
async fn keep(node: &Node, account: &Account, row: &Claimed) -> (Verdict, bool) {
    let shop = ShopId(row.stream);
    match serde_json::from_str::<Action>(&row.body) {
        Ok(action @ Action::Charge { .. }) => charge::keep(node, account, row, action).await,
        Ok(Action::Ask {
            attempt,
            reference,
            provider_id,
            deadline,
        }) => {
            let question = ask::Question {
                shop,
                attempt,
                reference,
                provider_id,
                deadline,
            };
            ask::keep(node, account, row, question).await
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
        Ok(()) => Verdict::Sent { provider_ref: None },
        Err(error) => Verdict::Dead {
            error: error.to_string(),
        },
    }
}
