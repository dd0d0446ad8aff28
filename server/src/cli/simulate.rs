//! `livepay simulate`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::config::Settings;
use crate::simulate::{self, Arrivals, Journal, Profile, SimulateConfig, report};
use crate::{check, demo};

/// Where `livepay demo` listens.
const DEMO: &str = "http://127.0.0.1:8080";

const EXAMPLES: &str = "Exemples · Examples:
  livepay simulate                                        un petit live · a small live
  livepay simulate --minutes 60 --seconds 60 --finish     une heure en une minute · an hour in a minute
  livepay simulate --buyers 2000 --shops 20 --seconds 120 --report out/
                                                          report.html, report.json, plot.svg
  livepay simulate --arrivals burst --buyers 500          toutes d'un coup · all at once
  livepay simulate --faults all --seed 7                  tout va mal · everything goes wrong

La même graine rejoue la même foule : qui vient quand, où, pour quoi, et ce que montrent les vendeuses.
The same seed plays the same crowd: who comes when, where, for what, and what the vendors show.";

/// Une foule d'acheteuses, puis une vérification. · A crowd buys; then everything is checked.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Simulate {
    /// How many phones.
    #[arg(long, default_value_t = 200)]
    buyers: usize,
    /// In how many shops, opened for the occasion.
    #[arg(long, default_value_t = 4)]
    shops: usize,
    /// How long it really lasts: how long they go on starting purchases.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    seconds: u64,
    /// How long the live is in its own time, played in `--seconds`. Without it, a minute a second.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1_440))]
    minutes: Option<u64>,
    /// In which way buyers come. `live` and `burst` play the vendors too: what they show, a break.
    #[arg(long, value_enum, default_value_t = Arrivals::Live)]
    arrivals: Arrivals,
    /// The vendors say FIN at the end.
    #[arg(long)]
    finish: bool,
    /// A folder for `report.html`, `report.json` and `plot.svg`.
    #[arg(long, value_name = "DIR")]
    report: Option<PathBuf>,
    /// The same seed plays the same crowd.
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
            arrivals: self.arrivals,
            minutes: Some(self.minutes.unwrap_or_else(|| self.seconds.min(1_440))),
            finish: self.finish,
            ..SimulateConfig::default()
        };
        super::note(&format!("seed {}: {} buyers…", self.seed, self.buyers));
        let good = self.play(&config).await;
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
    /// Plays the crowd, prints what it saw, and asks the server to check itself.
    async fn play(&self, config: &SimulateConfig) -> Result<bool, String> {
        let journal = simulate::run(config)
            .await
            .map_err(|error| error.to_string())?;
        tell(&journal);
        let verdict = check::ask(&config.livepay_url, &journal).await?;
        super::out(&verdict.to_string());
        if let Some(folder) = &self.report {
            for path in report::write(folder, &journal, &verdict)? {
                super::note(&format!("{}", path.display()));
            }
        }
        Ok(verdict.is_good())
    }
}

/// The sums, the table and the small plot.
fn tell(journal: &Journal) {
    super::out(&journal.report.to_string());
    super::out(&format!("\n{}", report::table(&journal.figures)));
    super::out(&format!("\n{}\n", report::sparks(&journal.figures)));
}
