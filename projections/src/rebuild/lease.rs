//! One rebuild per database: a row, leased by the database's clock.

use std::time::Duration;

use sqlx::PgPool;
use tokio::{task::JoinSet, time::sleep};
use uuid::Uuid;

use crate::{ApplyError, Model, generation::Generation, runner::log};

use super::{Phase, RebuildError, stage};

/// Whoever is silent this long may be succeeded.
const LEASE: &str = "10 seconds";
const RENEW: Duration = Duration::from_secs(2);

/// The right to fill and swap the next generation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lease {
    pub(super) holder: Uuid,
}

impl Lease {
    /// Takes it, if nobody has it. True: an earlier rebuild of the same models by the same program
    /// was killed, and is gone on with.
    pub(super) async fn take(
        pool: &PgPool,
        models: &[&Model],
        program: &str,
    ) -> Result<(Self, bool), RebuildError> {
        let names: Vec<&str> = models.iter().map(|model| model.name).collect();
        let versions: Vec<i32> = models.iter().map(|model| model.version).collect();
        let mut tx = log::begin(pool).await?;
        sqlx::query(
            "INSERT INTO rebuild (lease_until, phase, models, versions, program)
             VALUES ('-infinity', 'aborted', '{}', '{}', '') ON CONFLICT DO NOTHING",
        )
        .execute(&mut *tx)
        .await?;
        let (free, until, same): (bool, _, bool) = sqlx::query_as(
            "SELECT lease_until < clock_timestamp(), greatest(lease_until, 'epoch'),
                    phase IN ('replay', 'index', 'catchup', 'golive')
                    AND models = $1 AND versions = $2 AND program = $3
               FROM rebuild FOR UPDATE",
        )
        .bind(&names)
        .bind(&versions)
        .bind(program)
        .fetch_one(&mut *tx)
        .await?;
        if !free {
            return Err(RebuildError::Busy(until));
        }
        let holder: Uuid = sqlx::query_scalar(
            "UPDATE rebuild SET holder = gen_random_uuid(), models = $1, versions = $2,
                    program = $3, lease_until = clock_timestamp() + $4::interval,
                    phase = CASE WHEN $5 THEN phase ELSE 'prepare' END,
                    total = CASE WHEN $5 THEN total ELSE 0 END, note = NULL,
                    started_at = CASE WHEN $5 THEN started_at ELSE clock_timestamp() END,
                    changed_at = clock_timestamp()
             RETURNING holder",
        )
        .bind(&names)
        .bind(&versions)
        .bind(program)
        .bind(LEASE)
        .bind(same)
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok((Self { holder }, same))
    }

    pub(super) fn generation(self) -> Generation {
        Generation::Next(self.holder)
    }

    /// Renews it until the result is dropped.
    pub(super) fn keep(self, pool: PgPool) -> JoinSet<()> {
        let mut keeper = JoinSet::new();
        keeper.spawn(async move {
            loop {
                sleep(RENEW).await;
                match self.renew(&pool).await {
                    Ok(true) => {}
                    // The next window finds out at its fence.
                    Ok(false) => return,
                    Err(error) => tracing::warn!(%error, "the rebuild's lease was not renewed"),
                }
            }
        });
        keeper
    }

    /// Makes it last again; false where somebody else has it.
    pub(super) async fn renew(self, pool: &PgPool) -> Result<bool, sqlx::Error> {
        let mut tx = log::begin(pool).await?;
        let done = sqlx::query(
            "UPDATE rebuild SET lease_until = clock_timestamp() + $2::interval WHERE holder = $1",
        )
        .bind(self.holder)
        .bind(LEASE)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    pub(super) async fn phase(self, pool: &PgPool, phase: Phase) -> Result<(), RebuildError> {
        let mut tx = log::begin(pool).await?;
        let done = sqlx::query(
            "UPDATE rebuild SET phase = $2, changed_at = clock_timestamp() WHERE holder = $1",
        )
        .bind(self.holder)
        .bind(phase.word())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        if done.rows_affected() == 0 {
            return Err(ApplyError::LeaseLost.into());
        }
        Ok(())
    }

    /// The end of a rebuild that failed: another may begin at once. Best effort; a lease that
    /// stays lapses.
    pub(super) async fn let_go(self, pool: &PgPool, error: &RebuildError) {
        let done = async {
            let mut tx = log::begin(pool).await?;
            sqlx::query(
                "UPDATE rebuild SET holder = NULL, lease_until = '-infinity', note = $2,
                        phase = CASE WHEN $3 THEN 'refused' ELSE phase END,
                        changed_at = clock_timestamp() WHERE holder = $1",
            )
            .bind(self.holder)
            .bind(error.to_string())
            .bind(error.is_refusal())
            .execute(&mut *tx)
            .await?;
            tx.commit().await
        };
        let done: Result<(), sqlx::Error> = done.await;
        if let Err(error) = done {
            tracing::warn!(%error, "the rebuild's lease lapses by itself");
        }
    }
}

/// Stops whatever rebuild is under way, in whichever process, and drops its tables. Returns false
/// where none was. What went live before stays live.
pub async fn abort(pool: &PgPool) -> Result<bool, RebuildError> {
    let mut tx = log::begin(pool).await?;
    let holder: Option<Uuid> = sqlx::query_scalar(
        "UPDATE rebuild SET holder = gen_random_uuid(), phase = 'aborted',
                lease_until = clock_timestamp() + $1::interval, changed_at = clock_timestamp()
          WHERE phase NOT IN ('done', 'aborted') RETURNING holder",
    )
    .bind(LEASE)
    .fetch_optional(&mut *tx)
    .await?;
    tx.commit().await?;
    let Some(holder) = holder else {
        stage::sweep(pool).await?;
        return Ok(false);
    };
    let lease = Lease { holder };
    stage::clear(pool, lease).await?;
    let mut tx = log::begin(pool).await?;
    sqlx::query("UPDATE rebuild SET holder = NULL, lease_until = '-infinity' WHERE holder = $1")
        .bind(holder)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(true)
}
