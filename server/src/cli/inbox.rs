//! `livepay inbox`.

use std::process::ExitCode;

use clap::Args;
use eventstore::Role;
use eventstore::inbox::Inbox;

use crate::config::Settings;

/// Webhooks that nobody could read, newest first. Their content stays sealed.
#[derive(Debug, Args)]
pub(super) struct InboxArgs {
    /// How many.
    #[arg(long, default_value_t = 50)]
    limit: i64,
    #[command(flatten)]
    settings: Settings,
}

impl InboxArgs {
    pub(super) async fn run(self) -> Result<ExitCode, String> {
        super::logs(&self.settings.log);
        let text = |error: &dyn std::fmt::Display| error.to_string();
        let master = self.settings.master().map_err(|error| text(&error))?;
        let (url, private) = super::database(&self.settings).await?;
        let options = url.parse().map_err(|error: sqlx::Error| text(&error))?;
        let pool = eventstore::pool(&options, "livepay-inbox", Role::Writer, 1);
        let inbox = Inbox::start(pool, "livepay-inbox", master)
            .await
            .map_err(|error| text(&error))?;
        let dead = inbox
            .dead_letters(self.limit)
            .await
            .map_err(|error| text(&error))?;
        if dead.is_empty() {
            super::out("Rien n'a été mis de côté. · Nothing was put aside.");
        }
        for letter in dead {
            super::out(&format!(
                "{}  {}/{}  {}  {} try/tries  {}",
                letter.received_at.format("%Y-%m-%d %H:%M:%SZ"),
                letter.node,
                letter.n,
                letter.door,
                letter.attempts,
                letter.error.unwrap_or_default()
            ));
        }
        if let Some(mut private) = private {
            private.stop().await.map_err(|error| text(&error))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
