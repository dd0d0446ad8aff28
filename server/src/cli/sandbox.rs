//! `livepay sandbox`.

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::Args;

use crate::sandbox::{Sandbox, SandboxConfig};

/// A local Meta and a local Bictorys for a server that runs elsewhere.
#[derive(Debug, Args)]
pub(super) struct SandboxArgs {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8081")]
    listen: SocketAddr,
    /// The server that gets the webhooks.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    livepay: String,
}

impl SandboxArgs {
    pub(super) async fn run(self) -> Result<ExitCode, String> {
        super::logs("info");
        let config = SandboxConfig {
            listen: self.listen,
            ..SandboxConfig::local(&self.livepay)
        };
        let (secret, token) = (config.app_secret.clone(), config.verify_token.clone());
        let sandbox = Sandbox::start(config)
            .await
            .map_err(|error| error.to_string())?;
        super::out(&format!(
            "Bac à sable · sandbox   {url}
  LIVEPAY_WHATSAPP_URL={url}/graph
  LIVEPAY_WHATSAPP_APP_SECRET={secret}
  LIVEPAY_WHATSAPP_VERIFY_TOKEN={token}",
            url = sandbox.url(),
        ));
        super::told_to_stop().await;
        sandbox.stop().await;
        Ok(ExitCode::SUCCESS)
    }
}
