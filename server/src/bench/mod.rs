//! `livepay bench log`: our figures beside the raw limits of the same PostgreSQL in the same run.
//! What counts is the ratio; what to beat stands in the last column.

pub mod ours;
mod raw;

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use eventstore::{Log, LogConfig, MasterKey};

use crate::decider::Shops;
use crate::postgres::{Private, PrivateConfig};

/// How long each measurement lasts, after a second of warming up.
const LASTS: Duration = Duration::from_secs(3);
/// The database every line gets anew.
const DATABASE: &str = "bench_log";
/// On how many shops "many shops" are.
const SHOPS: usize = 256;

/// One line of our table: callers, one hot shop or many, and the least ratio asked.
struct Line {
    name: &'static str,
    callers: usize,
    hot: bool,
    /// `(to L1, to L2)`; 0.0 where nothing is asked.
    asked: (f64, f64),
}

const LINES: [Line; 6] = [
    Line {
        name: "many shops, 32 callers",
        callers: 32,
        hot: false,
        asked: (1.0, 0.0),
    },
    Line {
        name: "many shops, 256 callers",
        callers: 256,
        hot: false,
        asked: (0.0, 0.0),
    },
    Line {
        name: "many shops, 1 000 callers",
        callers: 1_000,
        hot: false,
        asked: (0.0, 0.0),
    },
    Line {
        name: "one hot product, 32 callers",
        callers: 32,
        hot: true,
        asked: (0.0, 0.2),
    },
    Line {
        name: "one hot product, 256 callers",
        callers: 256,
        hot: true,
        asked: (0.0, 0.4),
    },
    Line {
        name: "one hot product, 1 000 callers",
        callers: 1_000,
        hot: true,
        asked: (0.0, 0.0),
    },
];

#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "a rate is read by people"
)]
fn rate(count: u64, lasts: Duration) -> f64 {
    count as f64 / lasts.as_secs_f64().max(0.001)
}

fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// Runs everything on one private cluster and gives the table.
///
/// `only` leaves out the lines without these words; `rounds` may be raised on a restless machine.
pub async fn log(
    data: std::path::PathBuf,
    only: Option<&str>,
    rounds: usize,
    say: impl Fn(&str),
) -> Result<String, String> {
    let text = |error: &dyn std::fmt::Display| error.to_string();
    say("starting a private PostgreSQL with default settings…");
    let mut cluster = Private::start(PrivateConfig::new(data))
        .await
        .map_err(|e| text(&e))?;
    let raw_url = cluster.database("bench_raw").await.map_err(|e| text(&e))?;
    let (mut l1, mut l2) = (Vec::new(), Vec::new());
    let mut runs: Vec<Vec<ours::Run>> = vec![Vec::new(); LINES.len()];
    for round in 1..=rounds {
        say(&format!("round {round} of {rounds}: the raw limits…"));
        l1.push(
            raw::single(&raw_url, 32, LASTS)
                .await
                .map_err(|e| text(&e))?,
        );
        l2.push(raw::batched(&raw_url, LASTS).await.map_err(|e| text(&e))?);
        for (line, results) in LINES.iter().zip(&mut runs) {
            if only.is_some_and(|words| !line.name.contains(words)) {
                continue;
            }
            say(&format!("round {round} of {rounds}: {}…", line.name));
            results.push(measure(&cluster, line).await?);
        }
    }
    cluster.stop().await.map_err(|e| text(&e))?;
    Ok(table(middle(l1), middle(l2), &runs))
}

/// One line on a database of its own, empty but for its shops, as the raw tables are emptied too.
async fn measure(cluster: &Private, line: &Line) -> Result<ours::Run, String> {
    let text = |error: &dyn std::fmt::Display| error.to_string();
    raw::afresh(&cluster.url("postgres"), DATABASE)
        .await
        .map_err(|e| text(&e))?;
    let url = cluster.database(DATABASE).await.map_err(|e| text(&e))?;
    crate::migrate::run(&url).await.map_err(|e| text(&e))?;
    let master = MasterKey::from_bytes(&[42; 32])
        .map(Arc::new)
        .ok_or("no master key")?;
    let options = url.parse().map_err(|e: sqlx::Error| text(&e))?;
    let log = Log::start(LogConfig::new(options, "bench"), Shops, master).await;
    let log = Arc::new(log.map_err(|e| text(&e))?);
    let mut shops = Vec::new();
    for _ in 0..if line.hot { 1 } else { SHOPS } {
        shops.push(ours::shop(&log).await?);
    }
    let run = ours::run(Arc::clone(&log), &shops, line.callers, LASTS).await;
    log.shutdown().await;
    run
}

fn table(l1: f64, l2: f64, runs: &[Vec<ours::Run>]) -> String {
    let mut out = format!(
        "raw: single-row commits, 32 clients (L1)   {l1:>9.0}/s\n\
         raw: unnest of 1 000, one writer (L2)      {l2:>9.0}/s\n\n\
         commands, with event + receipt + promise        /s   p50 ms   p99 ms    ÷ L1    ÷ L2\n"
    );
    for (line, results) in LINES
        .iter()
        .zip(runs)
        .filter(|(_, results)| !results.is_empty())
    {
        let of = |figure: fn(&ours::Run) -> f64| middle(results.iter().map(figure).collect());
        let rate = of(|run| run.rate);
        let (to_l1, to_l2) = (rate / l1.max(1.0), rate / l2.max(1.0));
        let (asked_l1, asked_l2) = line.asked;
        let verdict = match (asked_l1 > 0.0, asked_l2 > 0.0) {
            (true, _) if to_l1 >= asked_l1 => format!("  asked ≥ {asked_l1} × L1: reached"),
            (true, _) => format!("  asked ≥ {asked_l1} × L1: MISSED"),
            (_, true) if to_l2 >= asked_l2 => format!("  asked ≥ {asked_l2} × L2: reached"),
            (_, true) => format!("  asked ≥ {asked_l2} × L2: MISSED"),
            _ => String::new(),
        };
        let _never = writeln!(
            out,
            "{:<40} {rate:>10.0} {:>8.2} {:>8.2} {to_l1:>7.2} {to_l2:>7.2}{verdict}",
            line.name,
            of(|run| run.p50_ms),
            of(|run| run.p99_ms),
        );
    }
    out
}
