//! `livepay projections rebuild`.

use std::process::ExitCode;
use std::time::{Duration, UNIX_EPOCH};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use projections::MODELS;
use projections::rebuild::{self as work, Phase, Plan, Progress, RebuildError, Rebuilt};
use sqlx::PgPool;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use super::{Place, page, refused};
use crate::config::Settings;

/// A killed rebuild's lease has lapsed by then; a living one was renewed.
const LAPSED: Duration = Duration::from_secs(12);

/// Some models, or all.
#[derive(Debug, Args)]
pub(in crate::cli) struct Rebuild {
    /// Les modèles ; status dit lesquels. · The models; status says which.
    #[arg(required_unless_present_any = ["all", "abort"])]
    models: Vec<String>,
    /// Tous. · All of them.
    #[arg(long, conflicts_with = "models")]
    all: bool,
    /// Fenêtres lues en même temps. · Windows read at the same time.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=16))]
    workers: u8,
    /// Arrête et jette une reconstruction en cours. · Stops a rebuild and throws it away.
    #[arg(long, conflicts_with_all = ["models", "all"])]
    abort: bool,
    /// Même si des boutiques sont mises de côté. · Even if shops are parked.
    #[arg(long)]
    accept_parked: bool,
    /// Même si le contenu diffère de l'ancien. · Even if the content differs from the old one.
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    settings: Settings,
}

impl Rebuild {
    pub(in crate::cli) async fn run(self) -> Result<ExitCode, String> {
        for model in &self.models {
            super::known(model)?;
        }
        // A worker reads and writes on one connection at a time; one more renews the lease.
        let place = Place::open(&self.settings, u32::from(self.workers) + 3).await?;
        let done = match crate::migrate::run(&place.url).await {
            Ok(()) if self.abort => abort(&place.pool).await,
            Ok(()) => self.rebuild(&place.pool).await,
            Err(error) => Err(error.to_string()),
        };
        place.close().await?;
        done
    }

    async fn rebuild(&self, pool: &PgPool) -> Result<ExitCode, String> {
        let all = || MODELS.iter().map(|model| model.name.to_owned()).collect();
        let plan = Plan {
            models: if self.all { all() } else { self.models.clone() },
            workers: usize::from(self.workers),
            program: program(),
            accept_parked: self.accept_parked,
            replace: self.replace,
        };
        let (progress, seen) = watch::channel(Progress::default());
        let drawing = tokio::spawn(draw(seen));
        let done = tokio::select! {
            done = patiently(pool, &plan, &progress) => Some(done),
            () = super::super::told_to_stop() => None,
        };
        drop(progress);
        let _drawn = drawing.await;
        match done {
            Some(Ok(rebuilt)) => {
                super::super::out(&page::rebuilt(&rebuilt, &plan.models));
                Ok(ExitCode::SUCCESS)
            }
            Some(Err(error)) => Err(refused::rebuild(&error)),
            None => abort(pool).await.map(|_was| ExitCode::FAILURE),
        }
    }
}

/// Waits for the lease of one that was killed to lapse.
async fn patiently(
    pool: &PgPool,
    plan: &Plan,
    progress: &watch::Sender<Progress>,
) -> Result<Rebuilt, RebuildError> {
    let end = Instant::now() + LAPSED;
    let mut first = None;
    loop {
        match work::rebuild(pool, plan, progress).await {
            // The same instant as before: nobody renews it.
            Err(RebuildError::Busy(until))
                if Instant::now() < end && *first.get_or_insert(until) == until =>
            {
                sleep(Duration::from_millis(500)).await;
            }
            done => return done,
        }
    }
}

async fn abort(pool: &PgPool) -> Result<ExitCode, String> {
    let was = work::abort(pool).await;
    super::super::out(if was.map_err(|error| refused::rebuild(&error))? {
        "Arrêtée ; les tables en service n'ont pas changé. · Aborted; the live tables are as they \
         were."
    } else {
        "Aucune reconstruction en cours. · No rebuild under way."
    });
    Ok(ExitCode::SUCCESS)
}

/// This very file: another build may fill the tables in another way.
fn program() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let file = std::env::current_exe().and_then(std::fs::metadata);
    let Ok(file) = file else {
        return format!("livepay {version}");
    };
    let made = file.modified().ok();
    let made = made.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let made = made.map_or(0, |at| at.as_millis());
    format!("livepay {version} {} {made}", file.len())
}

/// A bar on a terminal; elsewhere a line per phase.
async fn draw(mut seen: watch::Receiver<Progress>) {
    let bar = ProgressBar::new(0);
    let template = "{msg:<8} {elapsed_precise} [{bar:30}] {human_pos}/{human_len} \
                    {per_sec} reste · left {eta}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    let mut before = None;
    loop {
        let Progress { phase, done, total } = *seen.borrow_and_update();
        let count = |number: i64| u64::try_from(number).unwrap_or(0);
        if before != Some(phase) {
            if bar.is_hidden() {
                super::super::note(&format!("{} {done}/{total}", phase.word()));
            }
            // What was there when it began is not its own speed.
            if phase == Phase::Replay {
                bar.set_position(count(done));
                bar.reset_eta();
            }
            before = Some(phase);
        }
        bar.set_length(count(total.max(done)));
        bar.set_position(count(done));
        bar.set_message(phase.word());
        if seen.changed().await.is_err() {
            bar.finish_and_clear();
            return;
        }
    }
}
