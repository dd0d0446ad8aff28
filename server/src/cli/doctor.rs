//! `livepay doctor`.

use std::process::ExitCode;

use clap::Args;
use eventstore::Role;
use eventstore::statement::Statement;

use crate::config::Settings;

/// Says what is missing and how to fix it.
#[derive(Debug, Args)]
pub(super) struct Doctor {
    #[command(flatten)]
    settings: Settings,
}

impl Doctor {
    pub(super) async fn run(self) -> Result<ExitCode, String> {
        super::logs("error");
        let mut well = true;
        let mut line = |good: bool, text: String| {
            well &= good;
            super::out(&format!("{} {text}", if good { "✅" } else { "❌" }));
        };
        let settings = &self.settings;
        line(true, format!("écoute · listens on {}", settings.listen));
        line(
            true,
            format!(
                "adresse publique · public address {}",
                settings.public_url()
            ),
        );
        line(
            settings.whatsapp_app_secret.is_some(),
            "LIVEPAY_WHATSAPP_APP_SECRET: the app secret of the Meta app (its basic settings); \
             without it every webhook is refused"
                .to_owned(),
        );
        line(
            settings.whatsapp_verify_token.is_some(),
            "LIVEPAY_WHATSAPP_VERIFY_TOKEN: any long random text, the same as where the webhook's \
             address is saved at Meta"
                .to_owned(),
        );
        match settings.master() {
            Ok(_key) => line(true, "clé maîtresse · master key".to_owned()),
            Err(error) => line(false, error.to_string()),
        }
        match super::database(settings).await {
            Ok((url, private)) => {
                let kind = if private.is_some() {
                    "privée · private"
                } else {
                    "DATABASE_URL"
                };
                line(true, format!("PostgreSQL ({kind})"));
                match crate::migrate::run(&url).await {
                    Ok(()) => line(true, "schéma à jour · schema up to date".to_owned()),
                    Err(error) => line(false, error.to_string()),
                }
                for (good, text) in [unmatched(&url).await, sleeping(&url).await] {
                    line(good, text);
                }
                let safe = match url.parse() {
                    Ok(options) => eventstore::check(&options).await,
                    Err(error) => Err(error.to_string()),
                };
                match safe {
                    Ok(()) => line(true, "réglages sûrs · safe settings".to_owned()),
                    Err(setting) => line(false, setting),
                }
                if let Some(mut private) = private {
                    private.stop().await.map_err(|error| error.to_string())?;
                }
            }
            Err(error) => line(false, error),
        }
        Ok(if well {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

/// Whether every sleeping shop is woken when it is due.
async fn sleeping(url: &str) -> (bool, String) {
    let found = match url.parse() {
        Ok(options) => {
            let pool = eventstore::pool(&options, "livepay-doctor", Role::Writer, 1);
            let found = projections::deadlines::sleeping(&pool).await;
            pool.close().await;
            found
        }
        Err(error) => Err(error),
    };
    match found {
        Ok(found) if found.overdue == 0 => {
            let next = found.next.map_or_else(
                || "aucune échéance · no deadline".to_owned(),
                |next| format!("prochaine échéance · next deadline {next}"),
            );
            let shops = found.shops;
            let said = format!("{shops} boutique(s) en sommeil · sleeping shop(s), {next}");
            (true, said)
        }
        Ok(found) => (
            false,
            format!(
                "{} boutique(s) à réveiller · sleeping shop(s) past their deadline: no node runs, \
                 or the one that does is stuck; start livepay serve, or look at its log",
                found.overdue
            ),
        ),
        Err(error) => (false, format!("échéances · deadlines: {error}")),
    }
}

/// Whether every payment the provider told us of belongs to an order.
async fn unmatched(url: &str) -> (bool, String) {
    let counted = match url.parse() {
        Ok(options) => {
            let pool = eventstore::pool(&options, "livepay-doctor", Role::Writer, 1);
            let counted = Statement::new(pool.clone()).unmatched().await;
            pool.close().await;
            counted
        }
        Err(error) => Err(error),
    };
    match counted {
        Ok(0) => (
            true,
            "chaque paiement a sa commande · every payment has its order".to_owned(),
        ),
        Ok(many) => (
            false,
            format!(
                "{many} paiement(s) sans commande · payment(s) without an order; which: \
                 livepay payments reconcile"
            ),
        ),
        Err(error) => (false, format!("paiements · payments: {error}")),
    }
}
