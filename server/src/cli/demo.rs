//! `livepay demo`.

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::Args;

use crate::config::Settings;
use crate::demo;

/// Server, sandbox, a seeded shop and a live that runs.
#[derive(Debug, Args)]
pub(super) struct Demo {
    #[command(flatten)]
    settings: Settings,
    /// Where the sandbox listens: the phones, the local Meta, the local Bictorys.
    #[arg(long, default_value = "127.0.0.1:8081")]
    sandbox_listen: SocketAddr,
}

impl Demo {
    pub(super) async fn run(self) -> Result<ExitCode, String> {
        super::logs(&self.settings.log);
        super::note("La démo démarre (sa base se crée au premier lancement)… · Starting…");
        let demo = demo::start(self.settings, self.sandbox_listen).await?;
        super::out(&format!(
            "
  📱 Les téléphones · the phones        {}
  📊 La vendeuse · the vendor's page    {}

  Envoie ROBE1, touche PAYER, WAVE, et paie : la page de la vendeuse bouge.
  Send ROBE1, tap PAYER, WAVE, and pay: the vendor's page moves.
  (Ctrl-C arrête tout. · Ctrl-C stops everything.)
",
            demo.phones_url(),
            demo.sign_in_url(),
        ));
        super::told_to_stop().await;
        demo.stop().await?;
        super::out("La démo s'est arrêtée proprement. · The demo has stopped cleanly.");
        Ok(ExitCode::SUCCESS)
    }
}
