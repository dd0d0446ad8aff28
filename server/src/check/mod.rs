//! The check at the end of a crowd: nothing oversold, every acknowledged message in the log, the
//! readings equal to the history, the chain whole, and the provider's books equal to ours.

mod money;

use std::fmt;
use std::time::Duration;

use domain::ids::ShopId;
use eventstore::{Lane, chain};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::identity;
use crate::node::Node;
use crate::simulate::Journal;

/// How long the house may take to come to rest.
const REST: Duration = Duration::from_secs(90);
const OPEN: &str = "select (select count(*) from inbox where state = 0)
    + (select count(*) from outbox where state < 2 and kind <> 'say')";
const RECEIPTS: &str = "select count(*) from unnest($1::smallint[], $2::uuid[], $3::uuid[])
    as a (lane, shop_id, command_id) join receipt using (lane, shop_id, command_id)";
/// What the crowd was promised and what the provider took.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Question {
    /// Messages answered with 200: (the number's id at the platform, the message's id).
    pub acknowledged: Vec<(String, String)>,
    /// Where the provider shows its books; without it nothing may have been paid.
    pub books: Option<String>,
    /// Where the crowd bought.
    pub shops: Vec<Uuid>,
}

/// One thing that was checked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Finding {
    /// Whether it is as it should be.
    pub good: bool,
    /// What, with its figures.
    pub text: String,
}

/// All of them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Verdict {
    /// In the order they were checked.
    pub findings: Vec<Finding>,
}

impl Verdict {
    /// Whether everything is as it should be.
    pub fn is_good(&self) -> bool {
        !self.findings.is_empty() && self.findings.iter().all(|finding| finding.good)
    }

    fn add(&mut self, good: bool, text: String) {
        self.findings.push(Finding { good, text });
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            writeln!(
                f,
                "{} {}",
                if finding.good { "✅" } else { "❌" },
                finding.text
            )?;
        }
        f.write_str(if self.is_good() {
            "CHECK PASSED"
        } else {
            "CHECK FAILED"
        })
    }
}

/// Asks a running server to check itself against what the crowd knows.
pub async fn ask(livepay: &str, journal: &Journal) -> Result<Verdict, String> {
    let text = |error: reqwest::Error| error.to_string();
    let shop =
        |shop: &crate::simulate::Shop| shop.shop.as_str().and_then(|id| Uuid::parse_str(id).ok());
    let question = Question {
        acknowledged: journal
            .acknowledged
            .iter()
            .map(|message| (message.phone_number_id.clone(), message.wamid.clone()))
            .collect(),
        books: Some(format!(
            "{}/api/books",
            journal.sandbox.trim_end_matches('/')
        )),
        shops: journal.shops.iter().filter_map(shop).collect(),
    };
    let http = reqwest::Client::builder()
        .no_proxy()
        .build()
        .map_err(text)?;
    http.post(format!("{livepay}/api/dev/check"))
        .json(&question)
        .timeout(REST * 3)
        .send()
        .await
        .map_err(text)?
        .error_for_status()
        .map_err(text)?
        .json()
        .await
        .map_err(text)
}

/// Waits for rest, then checks everything.
pub async fn run(node: &Node, question: &Question) -> Verdict {
    let mut verdict = Verdict::default();
    rest(node, &mut verdict).await;
    receipts(node, question, &mut verdict).await;
    money::compare(node, question, &mut verdict).await;
    replay(node, question, &mut verdict).await;
    match chain::verify_all(&node.pool, 2, |_seen| {}).await {
        Ok(report) => verdict.add(
            report.is_whole(),
            format!(
                "chain: {} events of {} shops verified",
                report.events, report.streams
            ),
        ),
        Err(error) => verdict.add(false, format!("chain: {error}")),
    }
    verdict
}

async fn rest(node: &Node, verdict: &mut Verdict) {
    let until = tokio::time::Instant::now() + REST;
    let mut open = i64::MAX;
    while open > 0 && tokio::time::Instant::now() < until {
        open = sqlx::query_scalar(OPEN)
            .fetch_one(&node.pool)
            .await
            .unwrap_or(i64::MAX);
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    verdict.add(
        open == 0,
        format!("at rest: {open} webhooks and errands are open"),
    );
}

async fn receipts(node: &Node, question: &Question, verdict: &mut Verdict) {
    let (mut lanes, mut shops, mut commands) = (Vec::new(), Vec::new(), Vec::new());
    for (phone, wamid) in &question.acknowledged {
        let Some(number) = node.numbers.of_phone(phone).await else {
            continue;
        };
        let Some(ShopId(shop)) = number.shop else {
            continue;
        };
        lanes.push(Lane::of(shop).number());
        shops.push(shop);
        commands.push(identity::of_message(&number.id, wamid).0);
    }
    let mut found = 0_i64;
    let chunks = lanes
        .chunks(5_000)
        .zip(shops.chunks(5_000))
        .zip(commands.chunks(5_000));
    for ((lanes, shops), commands) in chunks {
        let counted: Result<i64, _> = sqlx::query_scalar(RECEIPTS)
            .bind(lanes)
            .bind(shops)
            .bind(commands)
            .fetch_one(&node.pool)
            .await;
        found = found.saturating_add(counted.unwrap_or(0));
    }
    let asked = i64::try_from(question.acknowledged.len()).unwrap_or(i64::MAX);
    verdict.add(
        found == asked && asked > 0,
        format!("acknowledged: {found} of {asked} messages answered 200 have their receipt"),
    );
}

/// The history told again: rules, readings and stock must agree with it.
async fn replay(node: &Node, question: &Question, verdict: &mut Verdict) {
    match projections::verify::replay(&node.reading, Some(&question.shops)).await {
        Ok(report) => {
            let difference = report
                .difference
                .map(|found| format!(": shop {}, {}", found.shop, found.what));
            verdict.add(
                difference.is_none() && report.events > 0,
                format!(
                    "projections = replay, invariants hold: {} events, {} variants, {} orders, \
                     {} attempts, {} refunds, {} places on waitlists{}",
                    report.events,
                    report.variants,
                    report.orders,
                    report.attempts,
                    report.refunds,
                    report.waits,
                    difference.unwrap_or_default()
                ),
            );
            verdict.add(
                report.audited > 0,
                format!(
                    "trust in the log = trust recomputed: {} clients",
                    report.audited
                ),
            );
            verdict.add(
                report.leaked == 0,
                format!(
                    "no unit leaked: {} holds past their last moment, {} F wait for their payer",
                    report.leaked, report.waiting
                ),
            );
        }
        Err(error) => verdict.add(false, format!("projections = replay: {error}")),
    }
    match projections::verify::stock_never_negative(&node.reading).await {
        Ok(found) => {
            let found = found.map(|found| format!(": shop {}, {}", found.shop, found.what));
            verdict.add(
                found.is_none(),
                format!("zero oversold{}", found.unwrap_or_default()),
            );
        }
        Err(error) => verdict.add(false, format!("zero oversold: {error}")),
    }
}
