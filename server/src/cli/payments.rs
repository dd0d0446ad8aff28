//! `livepay payments …`.

use std::fmt::Write as _;
use std::process::ExitCode;

use chrono::{DateTime, TimeDelta, Utc};
use clap::{Args, Subcommand};
use domain::ids::ShopId;
use eventstore::Role;
use eventstore::statement::Statement;
use sqlx::PgPool;
use uuid::Uuid;

use crate::config::Settings;
use crate::reconcile::{self, Finding, Question, Reconciliation, Sum, Verdict};

const EXAMPLES: &str = "Exemples · Examples:
  livepay payments reconcile                     les 7 derniers jours · the last 7 days
  livepay payments reconcile --days 35 --shop 0b5c8f1e-…
  livepay payments reconcile --json | jq '.findings[] | select(.verdict == \"theirs_only\")'

Le code de sortie est 1 quand de l'argent n'est d'un seul côté.
The exit code is 1 when some money is on one side only.";

/// Looks at money.
#[derive(Debug, Subcommand)]
pub(super) enum Payments {
    /// La liste du prestataire contre nos commandes. · The provider's list against our orders.
    #[command(after_help = EXAMPLES)]
    Reconcile(Reconcile),
}

/// All shops, or one.
#[derive(Debug, Args)]
pub(super) struct Reconcile {
    /// Une seule boutique. · Only this shop.
    #[arg(long)]
    shop: Option<Uuid>,
    /// Depuis combien de jours. · How many days back.
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u16).range(1..=3_660))]
    days: u16,
    /// Pour un programme. · For a program.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: Settings,
}

impl Payments {
    pub(super) async fn run(self) -> Result<ExitCode, String> {
        match self {
            Self::Reconcile(reconcile) => reconcile.run().await,
        }
    }
}

impl Reconcile {
    async fn run(self) -> Result<ExitCode, String> {
        super::logs(&self.settings.log);
        let text = |error: &dyn std::fmt::Display| error.to_string();
        let (url, private) = super::database(&self.settings).await?;
        let options = url.parse().map_err(|error: sqlx::Error| text(&error))?;
        let reading = eventstore::pool(&options, "livepay-payments", Role::Projector, 1);
        let home = eventstore::pool(&options, "livepay-payments", Role::Writer, 1);
        let found = self.compare(&reading, &home).await;
        reading.close().await;
        home.close().await;
        if let Some(mut private) = private {
            private.stop().await.map_err(|error| text(&error))?;
        }
        let found = found.map_err(|error| text(&error))?;
        if self.json {
            let json = serde_json::to_string_pretty(&found).map_err(|error| text(&error))?;
            super::out(&json);
        } else {
            super::out(&page(&found));
        }
        Ok(if found.is_whole() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    /// So many days back, by the database's clock.
    async fn compare(
        &self,
        reading: &PgPool,
        home: &PgPool,
    ) -> Result<Reconciliation, sqlx::Error> {
        let now: DateTime<Utc> = sqlx::query_scalar("select clock_timestamp()")
            .fetch_one(home)
            .await?;
        let question = Question {
            since: now - TimeDelta::days(i64::from(self.days)),
            shop: self.shop.map(ShopId),
        };
        reconcile::run(reading, &Statement::new(home.clone()), &question).await
    }
}

fn page(found: &Reconciliation) -> String {
    let mut out = format!(
        "Depuis · since {}\n",
        found.since.format("%Y-%m-%d %H:%M:%SZ")
    );
    for group in &found.groups {
        let shop = group
            .shop
            .map_or_else(|| "— (à aucune · of none)".to_owned(), |id| id.to_string());
        let _never = writeln!(
            out,
            "\nboutique · shop {shop}, compte · account {}",
            group.account
        );
        for (sum, words) in [
            (group.matched, "d'accord · matched"),
            (group.amount_differs, "autre montant · another amount"),
            (group.paid_again, "payé une fois de plus · paid again"),
            (group.reversed, "rendu · went back"),
            (group.theirs_only, "chez le prestataire seul · only theirs"),
            (group.ours_only, "chez nous seul · only ours"),
        ] {
            line(&mut out, sum, words);
        }
    }
    if !found.findings.is_empty() {
        out.push('\n');
    }
    for one in &found.findings {
        let _never = writeln!(out, "{}", finding(one));
    }
    out.push_str(if found.is_whole() {
        "\n✅ Chaque franc est des deux côtés. · Every franc is on both sides."
    } else {
        "\n❌ De l'argent n'est d'un seul côté. · Some money is on one side only."
    });
    out
}

fn line(out: &mut String, sum: Sum, words: &str) {
    if sum.count > 0 {
        let Sum {
            count,
            amount,
            fees,
        } = sum;
        let _never = writeln!(
            out,
            "  {count:>6}  {amount:>12}  (frais · fees {fees})  {words}"
        );
    }
}

fn finding(one: &Finding) -> String {
    let mark = match one.verdict {
        Verdict::TheirsOnly | Verdict::OursOnly => "❌",
        _ => "·",
    };
    let what = match one.verdict {
        Verdict::Matched => "matched",
        Verdict::AmountDiffers => "another amount",
        Verdict::PaidAgain => "paid again",
        Verdict::Reversed => "went back",
        Verdict::TheirsOnly => "only theirs",
        Verdict::OursOnly => "only ours",
    };
    let number = |value: Option<i64>| value.map_or_else(|| "?".to_owned(), |n| n.to_string());
    format!(
        "{mark} {}  {what}: {} {} (asked {})  order {}  reference {}  transaction {}",
        one.at.format("%Y-%m-%d %H:%M:%SZ"),
        number(one.amount.or(one.asked)),
        one.currency.as_deref().unwrap_or("?"),
        number(one.asked),
        one.order
            .map_or_else(|| "—".to_owned(), |n| format!("LP-{n}")),
        one.reference.as_deref().unwrap_or("—"),
        one.transaction.as_deref().unwrap_or("—"),
    )
}
