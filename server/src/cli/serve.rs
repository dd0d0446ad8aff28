//! `livepay serve`.

use std::process::ExitCode;

use clap::Args;

use crate::config::Settings;
use crate::house;

/// Runs the server until it is told to stop.
#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    settings: Settings,
}

impl Serve {
    pub(super) async fn run(self) -> Result<ExitCode, String> {
        super::logs(&self.settings.log);
        if self.settings.whatsapp_app_secret.is_none() {
            super::note("note: without LIVEPAY_WHATSAPP_APP_SECRET every webhook is refused");
        }
        if let Some(point) = &self.settings.crash_at {
            crate::crash::arm(point);
        }
        let house = house::open(&self.settings, self.settings.dev, &[])
            .await
            .map_err(|error| error.to_string())?;
        super::out(&format!("LivePay · http://{}", house.addr));
        super::told_to_stop().await;
        house.close().await.map_err(|error| error.to_string())?;
        super::out("LivePay s'est arrêté proprement. · LivePay has stopped cleanly.");
        Ok(ExitCode::SUCCESS)
    }
}
