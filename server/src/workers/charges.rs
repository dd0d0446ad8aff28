//! What is asked of payment providers, through one pacer per account, in this order: charges,
//! read-backs of hinted successes, lock deadlines, and the sweep of the list for lost webhooks.

use std::time::{Duration, Instant};

use adapters::psp::{Charge, Charged, Payer, Seen, Span, Trouble};
use chrono::TimeDelta;
use domain::action::Action;
use domain::command::{Actor, Command, Envelope};
use domain::ids::{AttemptId, CommandId, Reference, ShopId};
use domain::money::Amount;
use domain::payment::Command as Pay;
use domain::payment::observation::{Observation, Source, Status, Trusted};
use domain::text::Text;
use eventstore::outbox::{Claimed, Outcome, Room, Verdict};
use projections::TenantTx;
use tokio::sync::watch;

use super::observed;
use super::pace::Bucket;
use crate::decider::{ASK, CHARGE};
use crate::http::Payment;
use crate::identity;
use crate::node::{Account, Node};
use crate::stop::stopped;

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
    loop {
        let held = node.senders.account(&account.id);
        let mut worked = false;
        if held {
            worked = promises(&node, &account, &mut pace).await;
            if !worked && swept.elapsed() >= SWEEP && pace.take(Instant::now()).is_ok() {
                swept = Instant::now();
                if sweep(&node, &account).await == Err(Trouble::Throttled) {
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
    let rooms = [Room { sender: account.id.clone(), room }];
    let claimed = match node.outbox.claim_rooms(&rooms, &[CHARGE, ASK], LEASE).await {
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
        Ok(action @ Action::Charge { .. }) => charge(node, account, row, shop, action).await,
        Ok(Action::Ask { attempt, reference, provider_id, deadline }) => {
            let question = Question { shop, attempt, reference, provider_id, deadline };
            ask(node, account, row, question).await
        }
        Ok(Action::Say { .. }) | Err(_) => {
            (Verdict::Dead { error: "not an errand".to_owned() }, false)
        }
    }
}

async fn charge(
    node: &Node,
    account: &Account,
    row: &Claimed,
    shop: ShopId,
    action: Action,
) -> (Verdict, bool) {
    let Action::Charge { attempt, reference, method, amount, currency, country, not_after } =
        action
    else {
        return (Verdict::Dead { error: "not a charge".to_owned() }, false);
    };
    let back = |path: &str| url::Url::parse(&format!("{}{path}{reference}", node.public_url));
    let (Ok(success), Ok(failure)) = (back("/pay/done/"), back("/pay/")) else {
        return (Verdict::Dead { error: "our own address is no URL".to_owned() }, false);
    };
    // A second try of this row: the first may have made the charge and died before it could say
    // so. It is never asked for again; the attempt is watched (bictorys.md 1.2).
    let surely_first = !row.interrupted;
    let charged = if node.now() > not_after {
        Charged::Refused { code: "late".to_owned(), detail: "asked too late".to_owned() }
    } else if surely_first {
        let charge = Charge {
            reference,
            method,
            amount,
            currency,
            country,
            payer: Payer::default(),
            success,
            failure,
        };
        account.client.charge(&charge).await
    } else {
        Charged::Unknown { why: "an earlier try was interrupted".to_owned() }
    };
    crate::crash::point("charged");
    let failed = |reason: String, unknown| Pay::RecordChargeFailure {
        attempt,
        reason: Text::new(&reason),
        unknown,
    };
    let command = match charged {
        Charged::Created(created) => Pay::RecordCharge {
            attempt,
            provider_id: created.transaction_id.or(created.charge_id),
            link: created.link.to_string(),
        },
        Charged::Refused { code, .. } => failed(code, false),
        Charged::Unknown { why } => failed(why, true),
        Charged::Throttled => {
            let error = "throttled".to_owned();
            return (Verdict::Again { after: FLOOR, error }, true);
        }
    };
    (brought(node, row, shop, "charged", command).await, false)
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
        Err(error) => Verdict::Dead { error: error.to_string() },
    }
}

/// What became of one attempt?
struct Question {
    shop: ShopId,
    attempt: AttemptId,
    reference: Reference,
    provider_id: Option<String>,
    deadline: bool,
}

async fn ask(
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
                    return (Verdict::Dead { error: error.to_string() }, false);
                }
            }
            (Verdict::Sent { provider_ref: None }, false)
        }
        Err(trouble) if question.deadline => {
            // At a deadline silence is an answer too, once: the shop decides what it means.
            let command = Pay::NoAnswer { attempt: question.attempt };
            let throttled = trouble == Trouble::Throttled;
            (brought(node, row, question.shop, "no answer", command).await, throttled)
        }
        Err(Trouble::Refused(why)) => (Verdict::Dead { error: why }, false),
        Err(trouble) => {
            let wait = Duration::from_secs(2_u64.saturating_pow(row.attempts.clamp(1, 6).unsigned_abs()));
            let error = trouble.to_string();
            (Verdict::Again { after: wait, error }, trouble == Trouble::Throttled)
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
async fn list(node: &Node, account: &Account, days: i64) -> Result<Vec<Seen>, Trouble> {
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

/// One list call for all open attempts: finds the money whose webhook was lost.
async fn sweep(node: &Node, account: &Account) -> Result<(), Trouble> {
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

/// What the payment page shows of an attempt; `None` for one nobody knows.
pub async fn payment(
    node: &Node,
    shop: ShopId,
    attempt: AttemptId,
) -> Result<Option<Payment>, sqlx::Error> {
    let mut tx = TenantTx::begin(&node.pages, shop.0).await?;
    let Some(card) = projections::attempts::card(&mut tx, attempt).await? else {
        return Ok(None);
    };
    let Some(order) =
        projections::orders::cards(&mut tx, Some(&[card.order_id]), 1).await?.pop()
    else {
        return Ok(None);
    };
    let words = node.shop_words(shop.0).await;
    let line = |line: &projections::orders::LineCard| {
        let label = if line.label.is_empty() { String::new() } else { format!(" {}", line.label) };
        let amount = adapters::words::money(Amount(line.amount), words.currency);
        format!("{} × {}{label} · {amount}", line.quantity, line.name)
    };
    Ok(Some(Payment {
        shop: words.name.clone(),
        order: format!("LP-{}", card.order_id),
        lines: order.lines.iter().map(line).collect(),
        total: adapters::words::money(Amount(card.amount), words.currency),
        method: card.method,
        deadline: order.deadline,
        state: order.state,
        link: card.link,
    }))
}
