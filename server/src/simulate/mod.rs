//! The crowd: seeded buyers with habits, driving the sandbox's phones as people would.
//!
//! Who comes when, where and for what is planned before it begins (`plan/`), from the seed alone.
//! Then it knows the shops' keywords and what buttons look like, nothing else: everything it learns
//! it reads on its phones. The vendors of its shops are played too, through their own API. What it
//! leaves behind is a [`Journal`]: promises for the final check, and [`Figures`] for a [`report`].

mod afterwards;
mod buyer;
mod clock;
mod config;
mod control;
mod diary;
mod error;
mod figures;
mod habit;
mod hearing;
mod journal;
mod plan;
mod profile;
mod reading;
pub mod report;
mod shops;
#[cfg(test)]
mod specs;
mod stream;
mod tally;
mod vendor;

use std::sync::Arc;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use tokio::task::JoinSet;

pub use config::SimulateConfig;
pub use error::SimulateError;
pub use figures::{Answers, Bin, Figures, Mark, Moment, ShopFigures, Sums};
pub use journal::{BookLine, Journal};
pub use plan::Arrivals;
pub use profile::Profile;
pub use shops::Shop;
pub use tally::Report;

use crate::sandbox::Random;
use buyer::Buyer;
use clock::Clock;
use control::Control;
use figures::Play;
use plan::{Schedule, Wanted};
use tally::Tally;
use vendor::Vendor;

/// Opens the shops at the server, then plays the crowd in them.
///
/// # Errors
/// [`SimulateError`]: the server or the sandbox does not answer, or opens too few shops.
pub async fn run(config: &SimulateConfig) -> Result<Journal, SimulateError> {
    let control = Control::new(&config.sandbox_url)?;
    let shops = shops::open(&control, &config.livepay_url, config.shops).await?;
    run_in(config, shops).await
}

/// Plays the crowd in shops that are already open.
///
/// # Errors
/// [`SimulateError`]: the sandbox does not answer, or does not know a shop's number.
pub async fn run_in(config: &SimulateConfig, shops: Vec<Shop>) -> Result<Journal, SimulateError> {
    let control = Arc::new(Control::new(&config.sandbox_url)?);
    shops::known(&control, &shops).await?;
    let shops: Arc<[Shop]> = shops.into();
    let schedule = plan::draw(&wanted(config, &shops));
    let tally = Arc::new(Tally::new(&shops));
    let bar = bar(config);
    let mut stream = stream::Stream::open(&config.sandbox_url, Arc::clone(&tally)).await?;
    let around = (&control, &shops, &tally);
    bar.set_message("phones / téléphones");
    let buyers = buyers(config, &schedule, around, &mut stream).await?;
    let vendors = vendors(config, &schedule, around).await?;
    stream.start();
    let earlier = journal::earlier(&control).await?;
    let happened = control.misbehaviours().await?;
    let before = control.misbehave(config.faults, config.seed).await?;
    let clock = clock(config);
    tally.begin(clock.start, clock.pace);
    let mut crowd = JoinSet::new();
    for (buyer, plan) in buyers.into_iter().zip(schedule.plans.iter().cloned()) {
        crowd.spawn(buyer.live(plan, clock));
    }
    let mut selling = JoinSet::new();
    for (vendor, script) in vendors {
        selling.spawn(vendor.play(script, clock.start, clock.pace));
    }
    watch(&bar, &tally, &mut crowd).await;
    while let Some(sold) = selling.join_next().await {
        if sold.is_err() {
            tally.count(|t| t.failed_calls += 1);
        }
    }
    bar.set_message("settling / dernières réponses");
    // The sandbox is left as it was found; what is on its way by then still goes wrong.
    control.set_rates(&before).await?;
    tally.misbehaved(&happened, &control.misbehaviours().await?);
    let journal = journal::collect(&control, &tally, shops.to_vec(), &earlier).await;
    stream.stop();
    bar.finish_and_clear();
    let mut journal = journal?;
    let play = Play {
        seed: config.seed,
        arrivals: config.arrivals,
        seconds: config.seconds,
        length: config.length(),
        shops: &shops,
        schedule: &schedule,
    };
    journal.figures = figures::count(play, &tally.diary());
    Ok(journal)
}

/// Who and what everybody of a play can reach.
type Around<'a> = (&'a Arc<Control>, &'a Arc<[Shop]>, &'a Arc<Tally>);

fn wanted(config: &SimulateConfig, shops: &[Shop]) -> Wanted {
    Wanted {
        buyers: config.buyers,
        arrivals: config.arrivals,
        length: config.length(),
        fin: config.finish,
        keywords: shops.iter().map(|shop| shop.keywords.len()).collect(),
        seed: config.seed,
    }
}

fn clock(config: &SimulateConfig) -> Clock {
    let (start, real) = (Instant::now(), Duration::from_secs(config.seconds.max(1)));
    Clock {
        start,
        pace: config.length() / real.as_secs_f64(),
        end: start + real,
    }
}

async fn buyers(
    config: &SimulateConfig,
    schedule: &Schedule,
    around: Around<'_>,
    stream: &mut stream::Stream,
) -> Result<Vec<Buyer>, SimulateError> {
    let mut buyers = Vec::new();
    for (n, plan) in schedule.plans.iter().enumerate() {
        let mut own = Random::new(plan.luck);
        let phone = around.0.phone(n, &mut own).await?;
        let inbox = stream.listen(&phone);
        let nature = (plan.habit, own);
        buyers.push(Buyer::new(phone, inbox, around, nature, config.patience));
    }
    Ok(buyers)
}

/// The vendors who have something to do, signed in.
async fn vendors(
    config: &SimulateConfig,
    schedule: &Schedule,
    (control, shops, tally): Around<'_>,
) -> Result<Vec<(Vendor, plan::Script)>, SimulateError> {
    let mut vendors = Vec::new();
    for (shop, stage) in shops.iter().zip(&schedule.stages) {
        if stage.script.asks() {
            let reach = (control, tally);
            let vendor = Vendor::sign_in(reach, &config.livepay_url, shop).await?;
            vendors.push((vendor, stage.script.clone()));
        }
    }
    Ok(vendors)
}

fn bar(config: &SimulateConfig) -> ProgressBar {
    if !config.progress {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(u64::try_from(config.buyers).unwrap_or(u64::MAX));
    let template = "{elapsed_precise} [{bar:30}] {pos}/{len} {msg}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}

/// Waits for everybody, saying twice a second how far they are.
async fn watch(bar: &ProgressBar, tally: &Tally, crowd: &mut JoinSet<()>) {
    let mut tick = tokio::time::interval(Duration::from_millis(500));
    loop {
        tokio::select! {
            joined = crowd.join_next() => match joined {
                None => return,
                Some(Ok(())) => bar.inc(1),
                // A buyer that broke is counted, not hidden.
                Some(Err(_broken)) => {
                    bar.inc(1);
                    tally.count(|t| t.failed_calls += 1);
                }
            },
            _ = tick.tick() => bar.set_message(tally.line()),
        }
    }
}
