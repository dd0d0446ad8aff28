//! `livepay simulate`.

use std::process::ExitCode;

use clap::Args;

use crate::config::Settings;
use crate::simulate::{self, Profile, SimulateConfig};
use crate::{check, demo};

/// Where `livepay demo` listens.
const DEMO: &str = "http://127.0.0.1:8080";

/// A crowd buys; then everything is checked.
#[derive(Debug, Args)]
pub(super) struct Simulate {
    /// How many phones.
    #[arg(long, default_value_t = 200)]
    buyers: usize,
    /// In how many shops, opened for the occasion.
    #[arg(long, default_value_t = 4)]
    shops: usize,
    /// How long they go on starting purchases.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
    /// The same seed plays the same habits.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A running server. Without it: the demo at its usual address, if it runs there; else one is
    /// started for the occasion and stopped afterwards.
    #[arg(long)]
    livepay: Option<String>,
    /// The running server's sandbox.
    #[arg(long, default_value = "http://127.0.0.1:8081")]
    sandbox: String,
    /// How badly the sandbox behaves while they buy.
    #[arg(long, value_enum, default_value_t)]
    faults: Profile,
    #[command(flatten)]
    settings: Settings,
}

impl Simulate {
    pub(super) async fn run(self) -> Result<ExitCode, String> {
        super::logs(&self.settings.log);
        let running = match &self.livepay {
            Some(url) => Some(url.clone()),
            None => self.running().await,
        };
        let own = match &running {
            Some(_) => None,
            None => Some(self.own().await?),
        };
        let livepay = match (&running, &own) {
            (Some(url), _) => url.clone(),
            (None, Some(demo)) => demo.livepay_url(),
            (None, None) => return Err("no server".to_owned()),
        };
        let sandbox = own
            .as_ref()
            .map_or(self.sandbox.clone(), demo::Demo::phones_url);
        let config = SimulateConfig {
            buyers: self.buyers,
            shops: self.shops,
            seconds: self.seconds,
            seed: self.seed,
            livepay_url: livepay.clone(),
            sandbox_url: sandbox,
            faults: self.faults,
            ..SimulateConfig::default()
        };
        super::note(&format!("seed {}: {} buyers…", self.seed, self.buyers));
        let good = play(&config, &livepay).await;
        // Also after a failure: a database left running would be in the next crowd's way.
        if let Some(demo) = own {
            demo.stop().await?;
        }
        Ok(if good? {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    /// The demo at its usual address, if it answers there.
    async fn running(&self) -> Option<String> {
        let http = reqwest::Client::builder().no_proxy().build().ok()?;
        for url in [
            format!("{DEMO}/healthz"),
            format!("{}/api/world", self.sandbox),
        ] {
            http.get(url).send().await.ok()?.error_for_status().ok()?;
        }
        super::note(&format!("a demo runs at {DEMO}: the crowd goes there"));
        Some(DEMO.to_owned())
    }

    async fn own(&self) -> Result<demo::Demo, String> {
        super::note("no demo runs: starting a server and a sandbox for the occasion…");
        let mut settings = self.settings.clone();
        settings.listen.set_port(0);
        demo::start(settings, ([127, 0, 0, 1], 0).into()).await
    }
}

/// Plays the crowd, prints what it saw, and asks the server to check itself.
async fn play(config: &SimulateConfig, livepay: &str) -> Result<bool, String> {
    let journal = simulate::run(config)
        .await
        .map_err(|error| error.to_string())?;
    super::out(&journal.report.to_string());
    let verdict = check::ask(livepay, &journal).await?;
    super::out(&verdict.to_string());
    Ok(verdict.is_good())
}
