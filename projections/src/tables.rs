//! The tables of the schema `reading`: made, and made again when a model's version moved.

use std::collections::BTreeMap;

use sqlx::{PgConnection, PgPool};

use crate::MODELS;

/// The checkpoint's name: the models move together, so they share one row per lane.
pub(crate) const SET: &str = "live";

/// Takes the projector's role until the transaction ends. Losing the last moments of a read model
/// costs nothing: tables and checkpoint go back together, and the log is read again.
///
/// Models name their tables without a schema: the live ones are in `reading`.
pub(crate) const AS_PROJECTOR: &str = "SELECT set_config('role', 'livepay_projector', true), \
     set_config('synchronous_commit', 'off', true), \
     set_config('search_path', 'reading, public', true)";

const VERSIONS: &str = "CREATE TABLE IF NOT EXISTS reading.version (
    model text PRIMARY KEY, version integer NOT NULL)";

const DROP_ALL: &str = "
DO $$
DECLARE old text;
BEGIN
    FOR old IN SELECT tablename FROM pg_tables
                WHERE schemaname = 'reading' AND tablename <> 'version' LOOP
        EXECUTE format('DROP TABLE reading.%I CASCADE', old);
    END LOOP;
END
$$";

/// Every table holds shops, so every table gets the wall between them: nobody has to think of it.
const WALLS: &str = "
DO $$
DECLARE per_shop text;
BEGIN
    FOR per_shop IN SELECT tablename FROM pg_tables
                     WHERE schemaname = 'reading' AND tablename <> 'version' LOOP
        EXECUTE format('ALTER TABLE reading.%I ENABLE ROW LEVEL SECURITY', per_shop);
        EXECUTE format('ALTER TABLE reading.%I FORCE ROW LEVEL SECURITY', per_shop);
        EXECUTE format('CREATE POLICY staff ON reading.%I TO livepay_projector '
            'USING (true) WITH CHECK (true)', per_shop);
        EXECUTE format('CREATE POLICY one_shop ON reading.%I FOR SELECT TO livepay_reader '
            'USING (shop_id = nullif(current_setting(''livepay.shop'', true), '''')::uuid)',
            per_shop);
        EXECUTE format('GRANT SELECT ON reading.%I TO livepay_reader', per_shop);
    END LOOP;
END
$$";

/// Makes the tables where they are missing or of another version, and then starts over from the
/// first position of the log. Several processes may call it at once. Returns whether it did.
pub async fn prepare(pool: &PgPool) -> Result<bool, sqlx::Error> {
    let mut tx = pool.begin().await?;
    sqlx::query(AS_PROJECTOR).execute(&mut *tx).await?;
    // Two processes starting together: the second waits here and then finds the work done.
    sqlx::query("SELECT pg_advisory_xact_lock(hashtext('livepay reading'))")
        .execute(&mut *tx)
        .await?;
    sqlx::raw_sql(VERSIONS).execute(&mut *tx).await?;
    let wanted: BTreeMap<String, i32> = MODELS
        .iter()
        .map(|model| (model.name.to_owned(), model.version))
        .collect();
    let found: Vec<(String, i32)> = sqlx::query_as("SELECT model, version FROM reading.version")
        .fetch_all(&mut *tx)
        .await?;
    let stale = found.into_iter().collect::<BTreeMap<_, _>>() != wanted;
    if stale {
        rebuild(&mut tx).await?;
    }
    sqlx::query(
        "INSERT INTO checkpoint (projection, lane, pos)
         SELECT $1, lane, 0 FROM generate_series(0, 255) lane ON CONFLICT DO NOTHING",
    )
    .bind(SET)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(stale)
}

async fn rebuild(conn: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(DROP_ALL).execute(&mut *conn).await?;
    for model in MODELS {
        sqlx::raw_sql(model.table).execute(&mut *conn).await?;
    }
    sqlx::raw_sql(WALLS).execute(&mut *conn).await?;
    sqlx::query("DELETE FROM checkpoint WHERE projection = $1")
        .bind(SET)
        .execute(&mut *conn)
        .await?;
    let names: Vec<&str> = MODELS.iter().map(|model| model.name).collect();
    sqlx::query("DELETE FROM park WHERE projection = ANY($1)")
        .bind(&names)
        .execute(&mut *conn)
        .await?;
    sqlx::raw_sql("DELETE FROM reading.version")
        .execute(&mut *conn)
        .await?;
    sqlx::query("INSERT INTO reading.version SELECT * FROM unnest($1::text[], $2::integer[])")
        .bind(&names)
        .bind(MODELS.iter().map(|model| model.version).collect::<Vec<_>>())
        .execute(conn)
        .await?;
    Ok(())
}
