//! `livepay projections …`: where the read models are, and everything one can do about it.

mod page;
mod rebuild;
mod refused;

use std::process::ExitCode;

use clap::{Args, Subcommand};
use eventstore::Role;
use projections::{MODELS, rebuild as work};
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use uuid::Uuid;

use crate::config::Settings;
use crate::postgres::Private;

const EXAMPLES: &str = "Exemples · Examples:
  livepay projections status                     où en sont les lectures ? · how far are they?
  livepay projections rebuild orders stock       à côté, sans arrêt · beside the old ones, no stop
  livepay projections rebuild --all --workers 4
  livepay projections rebuild --abort            jette ce qui est en cours · throws away what runs
  livepay projections retry orders 0b5c8f1e-…    après une réparation · after mending the cause
  livepay projections skip orders 0b5c8f1e-… --by awa      ce seul événement · that one event

Sans DATABASE_URL, la base privée du dossier de données est lancée : le serveur doit être arrêté.
Without DATABASE_URL the data folder's private database is started: the server has to be stopped.";

/// Looks at read models and mends them.
#[derive(Debug, Subcommand)]
#[command(after_help = EXAMPLES)]
pub(super) enum Projections {
    /// Versions, retard, boutiques mises de côté. · Versions, lag, parked shops.
    #[command(after_help = EXAMPLES)]
    Status(Status),
    /// Reconstruit pendant que l'ancien répond. · Builds anew while the old one answers.
    #[command(after_help = EXAMPLES)]
    Rebuild(rebuild::Rebuild),
    /// Réessaie des boutiques mises de côté. · Tries parked shops again.
    #[command(after_help = EXAMPLES)]
    Retry(Retry),
    /// Laisse passer un événement qui bloque. · Passes over one event that blocks.
    #[command(after_help = EXAMPLES)]
    Skip(Skip),
}

/// How far everything is.
#[derive(Debug, Args)]
pub(super) struct Status {
    /// Pour un programme. · For a program.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: Settings,
}

/// One parked shop, or all of a model.
#[derive(Debug, Args)]
pub(super) struct Retry {
    /// Le modèle ; status dit lequel. · The model; status says which.
    model: String,
    /// La boutique. · The shop.
    #[arg(required_unless_present = "all")]
    shop: Option<Uuid>,
    /// Toutes ses boutiques mises de côté. · All its parked shops.
    #[arg(long, conflicts_with = "shop")]
    all: bool,
    #[command(flatten)]
    settings: Settings,
}

/// One event of one shop.
#[derive(Debug, Args)]
pub(super) struct Skip {
    /// Le modèle ; status dit lequel. · The model; status says which.
    model: String,
    /// La boutique. · The shop.
    shop: Uuid,
    /// Qui le décide ; c'est noté. · Who decides; it is written down.
    #[arg(long)]
    by: String,
    #[command(flatten)]
    settings: Settings,
}

impl Projections {
    pub(super) async fn run(self) -> Result<ExitCode, String> {
        match self {
            Self::Status(status) => status.run().await,
            Self::Rebuild(rebuild) => rebuild.run().await,
            Self::Retry(retry) => retry.run().await,
            Self::Skip(skip) => skip.run().await,
        }
    }
}

/// The database of a command, and a pool in the projector's role.
struct Place {
    pool: PgPool,
    url: String,
    private: Option<Private>,
}

impl Place {
    async fn open(settings: &Settings, connections: u32) -> Result<Self, String> {
        super::logs(&settings.log);
        let (url, private) = super::database(settings).await?;
        let options: PgConnectOptions = url.parse().map_err(|error| refused::database(&error))?;
        let pool = eventstore::pool(
            &options,
            "livepay-projections",
            Role::Projector,
            connections,
        );
        Ok(Self { pool, url, private })
    }

    async fn close(self) -> Result<(), String> {
        self.pool.close().await;
        if let Some(mut private) = self.private {
            private.stop().await.map_err(|error| error.to_string())?;
        }
        Ok(())
    }
}

impl Status {
    async fn run(self) -> Result<ExitCode, String> {
        let place = Place::open(&self.settings, 2).await?;
        let found = work::status(&place.pool).await;
        place.close().await?;
        let found = found.map_err(|error| refused::rebuild(&error))?;
        if self.json {
            let json = serde_json::to_string_pretty(&found);
            super::out(&json.map_err(|error| error.to_string())?);
        } else {
            super::out(&page::status(&found));
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Retry {
    async fn run(self) -> Result<ExitCode, String> {
        known(&self.model)?;
        let place = Place::open(&self.settings, 2).await?;
        let done = self.each(&place.pool).await;
        place.close().await?;
        Ok(if done? {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    /// True if none is parked afterwards.
    async fn each(&self, pool: &PgPool) -> Result<bool, String> {
        let parked = projections::parked(pool).await;
        let parked = parked.map_err(|error| refused::database(&error))?;
        let mine = parked.iter().filter(|one| one.projection == self.model);
        let mine = mine.filter(|one| self.shop.is_none_or(|shop| one.shop_id == shop));
        let shops: Vec<Uuid> = mine.map(|one| one.shop_id).collect();
        if shops.is_empty() {
            super::out("Rien n'est mis de côté là. · Nothing is parked there.");
        }
        let mut well = true;
        for shop in shops {
            let mended = projections::retry(pool, &self.model, shop).await;
            let mended = mended.map_err(|error| refused::apply(&error))?;
            well &= mended;
            super::out(&page::tried(&self.model, shop, mended));
        }
        Ok(well)
    }
}

impl Skip {
    async fn run(self) -> Result<ExitCode, String> {
        known(&self.model)?;
        let place = Place::open(&self.settings, 2).await?;
        let done = projections::skip(&place.pool, &self.model, self.shop, &self.by).await;
        place.close().await?;
        match done.map_err(|error| refused::apply(&error))? {
            None => Err(format!(
                "{} n'est pas mise de côté pour {model}. · {} is not parked for {model}; which are: \
                 livepay projections status",
                self.shop,
                self.shop,
                model = self.model
            )),
            Some(mended) => {
                super::out(&page::tried(&self.model, self.shop, mended));
                Ok(if mended {
                    ExitCode::SUCCESS
                } else {
                    ExitCode::FAILURE
                })
            }
        }
    }
}

/// Refuses a name that no model has, and says which there are.
fn known(name: &str) -> Result<(), String> {
    if MODELS.iter().any(|model| model.name == name) {
        return Ok(());
    }
    Err(refused::no_such_model(name))
}
