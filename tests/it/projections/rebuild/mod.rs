//! Read models built anew while the old ones answer: see `projections/src/rebuild/`.

mod beside;
mod killed;
mod poison;
mod refuses;

use projections::MODELS;
use projections::rebuild::{Plan, Progress, RebuildError, Rebuilt, rebuild};
use projections::verify;
use sqlx::PgPool;
use tokio::sync::watch;

use super::scene::Scene;

fn plan(models: &[&str]) -> Plan {
    Plan {
        models: models.iter().map(|name| (*name).to_owned()).collect(),
        workers: 2,
        program: "test".to_owned(),
        accept_parked: false,
        replace: false,
    }
}

fn all() -> Vec<&'static str> {
    MODELS.iter().map(|model| model.name).collect()
}

async fn run(pool: &PgPool, plan: &Plan) -> Result<Rebuilt, RebuildError> {
    rebuild(pool, plan, &watch::Sender::new(Progress::default())).await
}

/// Where a table is now: another number after every swap.
async fn place(pool: &PgPool, table: &str) -> i64 {
    sqlx::query_scalar("SELECT to_regclass('reading.' || $1)::oid::bigint")
        .bind(table)
        .fetch_one(pool)
        .await
        .unwrap()
}

/// The live tables are those of the log, and nothing of a rebuild is left.
async fn whole(scene: &Scene) -> verify::Report {
    scene.settled().await;
    let report = verify::replay(&scene.pool, None).await.unwrap();
    assert_eq!(report.difference, None);
    assert_eq!(leftovers(&scene.pool).await, Vec::<String>::new());
    report
}

async fn leftovers(pool: &PgPool) -> Vec<String> {
    let left = "SELECT schemaname || '.' || tablename FROM pg_tables
                 WHERE schemaname IN ('reading_next', 'reading_old')";
    sqlx::query_scalar(left).fetch_all(pool).await.unwrap()
}
