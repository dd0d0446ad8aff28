//! The crowd: seeded buyers with habits, driving the sandbox's phones as people would.
//!
//! It knows the shops' keywords and what buttons look like, nothing else: everything it learns it
//! reads on its phones. What it leaves behind for the final check is a [`Journal`].

mod afterwards;
mod buyer;
mod control;
mod error;
mod habit;
mod journal;
mod profile;
mod reading;
mod shops;
#[cfg(test)]
mod specs;
mod stream;
mod tally;

use std::sync::Arc;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use tokio::task::JoinSet;

pub use error::SimulateError;
pub use journal::{BookLine, Journal};
pub use profile::Profile;
pub use shops::Shop;
pub use tally::Report;

use crate::sandbox::Random;
use buyer::Buyer;
use control::Control;
use tally::Tally;

/// What `livepay simulate` is told.
#[derive(Debug, Clone)]
pub struct SimulateConfig {
    /// Root of the server, for opening shops.
    pub livepay_url: String,
    /// Root of the sandbox, for playing phones.
    pub sandbox_url: String,
    /// How many phones.
    pub buyers: usize,
    /// How many shops to open.
    pub shops: usize,
    /// How long buyers go on starting purchases.
    pub seconds: u64,
    /// The same seed plays the same habits, shops and pauses.
    pub seed: u64,
    /// Draw a progress bar on the terminal.
    pub progress: bool,
    /// How long a buyer waits for an answer before looking again, and again before giving up.
    pub patience: Duration,
    /// How badly the sandbox behaves while they buy.
    pub faults: Profile,
}

impl Default for SimulateConfig {
    /// 200 buyers in 5 shops for 30 seconds, at the demo's usual addresses.
    fn default() -> Self {
        Self {
            livepay_url: "http://127.0.0.1:8080".to_owned(),
            sandbox_url: "http://127.0.0.1:8081".to_owned(),
            buyers: 200,
            shops: 5,
            seconds: 30,
            seed: 1,
            progress: true,
            patience: Duration::from_secs(10),
            faults: Profile::None,
        }
    }
}

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
    let tally = Arc::new(Tally::default());
    let bar = bar(config);
    let mut stream = stream::Stream::open(&config.sandbox_url, Arc::clone(&tally)).await?;
    let mut random = Random::new(config.seed);
    let mut buyers = Vec::new();
    bar.set_message("phones / téléphones");
    for n in 0..config.buyers {
        let mut own = Random::new(random.next());
        let phone = control.phone(n, &mut own).await?;
        let inbox = stream.listen(&phone);
        let around = (&control, &shops, &tally);
        buyers.push(Buyer::new(phone, inbox, around, own, config.patience));
    }
    stream.start();
    let earlier = journal::earlier(&control).await?;
    let happened = control.misbehaviours().await?;
    let before = control.misbehave(config.faults, config.seed).await?;
    let end = Instant::now() + Duration::from_secs(config.seconds);
    let mut crowd = JoinSet::new();
    for buyer in buyers {
        crowd.spawn(buyer.live(end));
    }
    watch(&bar, &tally, &mut crowd).await;
    bar.set_message("settling / dernières réponses");
    // The sandbox is left as it was found; what is on its way by then still goes wrong.
    control.set_rates(&before).await?;
    tally.misbehaved(&happened, &control.misbehaviours().await?);
    let journal = journal::collect(&control, &tally, shops.to_vec(), &earlier).await;
    stream.stop();
    bar.finish_and_clear();
    journal
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
