//! `livepay migrate`.

use std::process::ExitCode;

use clap::Args;

use crate::config::Settings;

/// Brings the database up to date; does nothing where it is.
#[derive(Debug, Args)]
pub(super) struct Migrate {
    #[command(flatten)]
    settings: Settings,
}

impl Migrate {
    pub(super) async fn run(self) -> Result<ExitCode, String> {
        super::logs(&self.settings.log);
        let (url, private) = super::database(&self.settings).await?;
        let done = crate::migrate::run(&url)
            .await
            .map_err(|error| error.to_string());
        if let Some(mut private) = private {
            private.stop().await.map_err(|error| error.to_string())?;
        }
        done?;
        super::out("La base est à jour. · The database is up to date.");
        Ok(ExitCode::SUCCESS)
    }
}
