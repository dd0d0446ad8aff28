//! `livepay audit …`.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use eventstore::{Role, chain};
use uuid::Uuid;

use crate::config::Settings;

/// Looks at the history.
#[derive(Debug, Subcommand)]
pub(super) enum Audit {
    /// Recomputes every hash of the chain, and names the first event that does not fit.
    Verify(Verify),
}

/// All shops, or one.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// Only this shop.
    #[arg(long)]
    shop: Option<Uuid>,
    #[command(flatten)]
    settings: Settings,
}

impl Audit {
    pub(super) async fn run(self) -> Result<ExitCode, String> {
        match self {
            Self::Verify(verify) => verify.run().await,
        }
    }
}

impl Verify {
    async fn run(self) -> Result<ExitCode, String> {
        super::logs(&self.settings.log);
        let text = |error: &dyn std::fmt::Display| error.to_string();
        let (url, private) = super::database(&self.settings).await?;
        let options = url.parse().map_err(|error: sqlx::Error| text(&error))?;
        let pool = eventstore::pool(&options, "livepay-audit", Role::Writer, 2);
        let started = std::time::Instant::now();
        let report = match self.shop {
            Some(shop) => chain::verify_stream(&pool, shop).await,
            None => chain::verify_all(&pool, 2, |_seen| {}).await,
        };
        let report = report.map_err(|error| text(&error))?;
        pool.close().await;
        if let Some(mut private) = private {
            private.stop().await.map_err(|error| text(&error))?;
        }
        let seconds = started.elapsed().as_secs_f64();
        if report.is_whole() {
            super::out(&format!(
                "Intact: {} events of {} shops, every hash fits ({seconds:.1} s).",
                report.events, report.streams
            ));
            return Ok(ExitCode::SUCCESS);
        }
        for broken in &report.breaks {
            let shop = broken
                .stream
                .map_or_else(String::new, |shop| format!("shop {shop}, "));
            super::out(&format!(
                "BROKEN: {shop}event {} (lane {}, position {}): {}",
                broken.seq,
                broken.lane.number(),
                broken.pos,
                broken.reason
            ));
        }
        Ok(ExitCode::FAILURE)
    }
}
