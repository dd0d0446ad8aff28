//! `livepay whatif`: history replayed under another trust policy, without touching the log.

use std::fmt::Write as _;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use domain::trust::policy::Version;
use eventstore::Role;
use projections::verify::{self, WhatIf};
use serde_json::json;
use uuid::Uuid;

use crate::config::Settings;

const EXAMPLES: &str = "Exemples · Examples:
  livepay whatif --policy v2                     toutes les boutiques · all shops
  livepay whatif --policy v2 --shop 0b5c8f1e-… --changed
  livepay whatif --policy v1 --json | jq '.[] | select(.to < 30)'";

/// How trust is judged.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Policy {
    /// Une somme de points. · A sum of points.
    V1,
    /// La part des réservations tenues. · The share of holds honoured.
    V2,
}

/// All shops, or one.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct WhatIfArgs {
    /// La politique à essayer. · The policy to try.
    #[arg(long)]
    policy: Policy,
    /// Une seule boutique. · Only this shop.
    #[arg(long)]
    shop: Option<Uuid>,
    /// Seulement les notes qui changent. · Only the scores that change.
    #[arg(long)]
    changed: bool,
    /// Pour un programme. · For a program.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: Settings,
}

impl WhatIfArgs {
    pub(super) async fn run(self) -> Result<ExitCode, String> {
        super::logs(&self.settings.log);
        let text = |error: &dyn std::fmt::Display| error.to_string();
        let (url, private) = super::database(&self.settings).await?;
        let options = url.parse().map_err(|error: sqlx::Error| text(&error))?;
        let reading = eventstore::pool(&options, "livepay-whatif", Role::Projector, 1);
        let version = match self.policy {
            Policy::V1 => Version::V1,
            Policy::V2 => Version::V2,
        };
        let shop = self.shop.map(|shop| [shop]);
        let shops = shop.as_ref().map(<[Uuid; 1]>::as_slice);
        let found = verify::what_if(&reading, shops, version).await;
        reading.close().await;
        if let Some(mut private) = private {
            private.stop().await.map_err(|error| text(&error))?;
        }
        let mut found = found.map_err(|error| text(&error))?;
        if self.changed {
            found.retain(|one| one.from != one.to);
        }
        super::out(&if self.json {
            let rows: Vec<_> = found.iter().map(row).collect();
            serde_json::to_string_pretty(&rows).map_err(|error| text(&error))?
        } else {
            page(&found)
        });
        Ok(ExitCode::SUCCESS)
    }
}

fn row(one: &WhatIf) -> serde_json::Value {
    json!({ "shop": one.shop, "client": one.client, "from": one.from, "to": one.to })
}

fn page(found: &[WhatIf]) -> String {
    let mut out = String::new();
    for one in found {
        let _never = writeln!(
            out,
            "boutique · shop {}  client {}  {} → {}",
            one.shop, one.client, one.from, one.to
        );
    }
    let moved = found.iter().filter(|one| one.from != one.to).count();
    let _never = write!(
        out,
        "{} clients, {moved} notes changeraient · scores would change",
        found.len()
    );
    out
}
