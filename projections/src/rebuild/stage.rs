//! The stage of a rebuild: the schema `reading_next`, set, furnished with indexes, and cleared.

use sqlx::{AssertSqlSafe, PgConnection, PgPool};

use crate::{
    ApplyError, Model,
    runner::log,
    tables::{self, SET, quoted},
};

use super::{RebuildError, lease::Lease};

/// Secondary indexes by which an `apply` finds its rows: they are there from the beginning. All
/// others are made when the tables are full, which is cheaper.
const FROM_THE_START: &[&str] = &[
    "attempts_order",
    "waitlists_variant",
    "waitlists_client",
    "waitlists_offer",
    "summaries_on_air",
    "summary_orders_live",
    "summary_orders_client",
];

/// The next generation's own: the same as the live ones in `public` and `reading`, and what is
/// left for later.
const OWN: &str = "
CREATE TABLE reading_next.version (
    model text PRIMARY KEY, version integer NOT NULL, tables text[]);
CREATE TABLE reading_next.checkpoint (
    projection text NOT NULL, lane smallint NOT NULL, pos bigint NOT NULL,
    PRIMARY KEY (projection, lane)) WITH (fillfactor = 20);
CREATE TABLE reading_next.park (
    projection text NOT NULL, lane smallint NOT NULL, shop_id uuid NOT NULL, pos bigint NOT NULL,
    error text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (projection, shop_id));
CREATE TABLE reading_next.later (index text PRIMARY KEY, definition text NOT NULL)";

/// Names of the tables in [`OWN`].
pub(super) const OWN_TABLES: [&str; 4] = ["version", "checkpoint", "park", "later"];

/// Drops whatever an earlier rebuild left.
pub(super) async fn clear(pool: &PgPool, lease: Lease) -> Result<(), RebuildError> {
    sweep(pool).await?;
    // A window of the one before us may still hold its tables: no longer than it takes.
    let mut tries = 0;
    loop {
        match drop_next(pool, lease).await {
            Err(error) if error.is_in_the_way() && tries < 20 => tries += 1,
            done => return done,
        }
    }
}

async fn drop_next(pool: &PgPool, lease: Lease) -> Result<(), RebuildError> {
    let mut tx = lease.generation().begin(pool).await?;
    drop_tables(&mut tx, "reading_next").await?;
    lease.generation().fence(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

/// Drops what a swap moved away.
pub(super) async fn sweep(pool: &PgPool) -> Result<(), RebuildError> {
    let mut tx = log::begin(pool).await?;
    drop_tables(&mut tx, "reading_old").await?;
    tx.commit().await?;
    Ok(())
}

async fn drop_tables(conn: &mut PgConnection, schema: &str) -> Result<(), sqlx::Error> {
    sqlx::query("SET LOCAL lock_timeout = '2s'")
        .execute(&mut *conn)
        .await?;
    let names: Vec<String> =
        sqlx::query_scalar("SELECT tablename::text FROM pg_tables WHERE schemaname = $1")
            .bind(schema)
            .fetch_all(&mut *conn)
            .await?;
    for name in names {
        let drop = format!("DROP TABLE IF EXISTS {schema}.{} CASCADE", quoted(&name));
        sqlx::raw_sql(AssertSqlSafe(drop))
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// Empty tables of these models, walls and all, at the first position of every lane.
pub(super) async fn set(
    pool: &PgPool,
    lease: Lease,
    models: &[&Model],
) -> Result<(), RebuildError> {
    let mut tx = lease.generation().begin(pool).await?;
    sqlx::raw_sql(OWN).execute(&mut *tx).await?;
    for model in models {
        tables::make(&mut tx, model, model.version).await?;
    }
    tables::wall(&mut tx).await?;
    sqlx::query(
        "INSERT INTO checkpoint (projection, lane, pos)
         SELECT $1, lane, 0 FROM generate_series(0, 255) lane",
    )
    .bind(SET)
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "INSERT INTO later
         SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
           FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
          WHERE c.relnamespace = 'reading_next'::regnamespace AND NOT i.indisunique
            AND c.relname <> ALL($1)",
    )
    .bind(FROM_THE_START)
    .execute(&mut *tx)
    .await?;
    let later: Vec<String> = sqlx::query_scalar("SELECT index FROM later")
        .fetch_all(&mut *tx)
        .await?;
    for index in later {
        let drop = format!("DROP INDEX {index}");
        sqlx::raw_sql(AssertSqlSafe(drop)).execute(&mut *tx).await?;
    }
    lease.generation().fence(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

/// The indexes left for later, one transaction each, and the planner's figures.
pub(super) async fn index(
    pool: &PgPool,
    lease: Lease,
    models: &[&Model],
) -> Result<(), RebuildError> {
    loop {
        let mut tx = patient(pool, lease).await?;
        let next: Option<(String, String)> =
            sqlx::query_as("SELECT index, definition FROM later ORDER BY index LIMIT 1")
                .fetch_optional(&mut *tx)
                .await?;
        let Some((index, definition)) = next else {
            break;
        };
        sqlx::raw_sql(AssertSqlSafe(definition))
            .execute(&mut *tx)
            .await?;
        sqlx::query("DELETE FROM later WHERE index = $1")
            .bind(index)
            .execute(&mut *tx)
            .await?;
        lease.generation().fence(&mut tx).await?;
        tx.commit().await?;
    }
    for model in models {
        let mut tx = patient(pool, lease).await?;
        for table in of(&mut tx, model).await? {
            let analyse = format!("ANALYZE reading_next.{}", quoted(&table));
            sqlx::raw_sql(AssertSqlSafe(analyse))
                .execute(&mut *tx)
                .await?;
        }
        lease.generation().fence(&mut tx).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// An index of a large table takes longer than a statement may.
async fn patient(
    pool: &PgPool,
    lease: Lease,
) -> Result<sqlx::Transaction<'static, sqlx::Postgres>, ApplyError> {
    let mut tx = lease.generation().begin(pool).await?;
    sqlx::raw_sql("SET LOCAL statement_timeout = 0; SET LOCAL maintenance_work_mem = '128MB'")
        .execute(&mut *tx)
        .await?;
    Ok(tx)
}

/// A model's tables in the generation the search path names.
pub(super) async fn of(conn: &mut PgConnection, model: &Model) -> Result<Vec<String>, sqlx::Error> {
    let found: Option<Option<Vec<String>>> =
        sqlx::query_scalar("SELECT tables FROM version WHERE model = $1")
            .bind(model.name)
            .fetch_optional(conn)
            .await?;
    Ok(found.flatten().unwrap_or_default())
}
