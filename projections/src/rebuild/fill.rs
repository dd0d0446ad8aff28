//! Models whose tables were made anew when the program started: filled beside the others.

use std::time::Duration;

use sqlx::PgPool;
use tokio::{sync::watch, time::sleep};

use crate::{MODELS, runner::log, tables};

use super::{Plan, Progress, RebuildError, rebuild};

/// How long to wait for another node that does the same, or for better weather.
const PAUSE: Duration = Duration::from_secs(2);

/// Rebuilds every model that is empty and of this program's version, until none is.
pub(crate) async fn fill(pool: PgPool, mut stopped: watch::Receiver<bool>) {
    let filling = async {
        loop {
            match once(&pool).await {
                Ok(true) => return,
                Ok(false) => {}
                Err(RebuildError::Busy(_)) => {}
                Err(error) => tracing::warn!(%error, "read models are not filled yet"),
            }
            sleep(PAUSE).await;
        }
    };
    tokio::select! {
        () = filling => {}
        // Halted, or its owner is gone.
        _ = stopped.changed() => {}
    }
}

/// True if there is nothing (more) to fill.
async fn once(pool: &PgPool) -> Result<bool, RebuildError> {
    let mut tx = log::begin(pool).await?;
    let found = tables::found(&mut tx).await?;
    tx.rollback().await?;
    let empty =
        |name: &str, version: i32| found.get(name).is_some_and(|(found, _)| *found == -version);
    let models: Vec<String> = MODELS
        .iter()
        .filter(|model| empty(model.name, model.version))
        .map(|model| model.name.to_owned())
        .collect();
    if models.is_empty() {
        return Ok(true);
    }
    tracing::info!(?models, "filling read models from the log");
    let plan = Plan {
        models,
        workers: 1,
        program: format!("livepay {}", env!("CARGO_PKG_VERSION")),
        // Nobody is there to ask, and empty tables are worse.
        accept_parked: true,
        replace: true,
    };
    let rebuilt = rebuild(pool, &plan, &watch::Sender::new(Progress::default())).await?;
    tracing::info!(events = rebuilt.events, "read models are filled and live");
    Ok(false)
}
