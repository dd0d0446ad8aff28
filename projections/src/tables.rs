//! The tables of the schema `reading`: made where they are missing, and made anew when a model's
//! version moved.

use std::collections::BTreeMap;

use sqlx::{AssertSqlSafe, PgConnection, PgPool};

use crate::{MODELS, Model};

/// The checkpoint's name: the models move together, so they share one row per lane.
pub(crate) const SET: &str = "live";

/// Takes the projector's role until the transaction ends. Losing the last moments of a read model
/// costs nothing: tables and checkpoint go back together, and the log is read again.
///
/// Models name their tables without a schema: the live ones are in `reading`.
pub(crate) const AS_PROJECTOR: &str = "SELECT set_config('role', 'livepay_projector', true), \
     set_config('synchronous_commit', 'off', true), \
     set_config('search_path', 'reading, public', true)";

/// `version`: a model's, as it is filled; below zero its tables are empty and are being filled
/// beside, by a rebuild. `tables`: the model's own; NULL before anybody wrote them down.
const VERSIONS: &str = "CREATE TABLE IF NOT EXISTS reading.version (
    model text PRIMARY KEY, version integer NOT NULL, tables text[])";

/// Databases from before rebuilds have the table without the column.
const WITH_TABLES: &str = "
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'reading.version'::regclass
                      AND attname = 'tables') THEN
        ALTER TABLE reading.version ADD COLUMN tables text[];
    END IF;
END
$$";

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
/// `current_schema` is the first of the search path. Tables that have their wall are left alone.
const WALLS: &str = "
DO $$
DECLARE per_shop regclass;
BEGIN
    FOR per_shop IN SELECT oid FROM pg_class
                     WHERE relnamespace = current_schema::regnamespace AND relkind = 'r'
                       AND relname NOT IN ('version', 'checkpoint', 'park', 'later')
                       AND NOT relrowsecurity LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', per_shop);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', per_shop);
        EXECUTE format('CREATE POLICY staff ON %s TO livepay_projector '
            'USING (true) WITH CHECK (true)', per_shop);
        EXECUTE format('CREATE POLICY one_shop ON %s FOR SELECT TO livepay_reader '
            'USING (shop_id = nullif(current_setting(''livepay.shop'', true), '''')::uuid)',
            per_shop);
        EXECUTE format('GRANT SELECT ON %s TO livepay_reader', per_shop);
    END LOOP;
END
$$";

/// What [`make_ready`] found and did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Made {
    /// Everything was there.
    Nothing,
    /// All tables are new, and the log is read from its start.
    All,
    /// Some models' tables are empty until a rebuild filled them beside; the others go on.
    Some,
}

/// Makes the tables where they are missing or of another version. Several processes may call it
/// at once. Returns whether anything was made.
///
/// A model of another version loses its tables and gets empty new ones; the runner leaves it out,
/// and a running server fills it from the log beside the others. Where all are new, everything
/// starts over from the first position of the log.
pub async fn prepare(pool: &PgPool) -> Result<bool, sqlx::Error> {
    Ok(make_ready(pool).await? != Made::Nothing)
}

/// See [`prepare`].
pub(crate) async fn make_ready(pool: &PgPool) -> Result<Made, sqlx::Error> {
    let mut tx = pool.begin().await?;
    sqlx::query(AS_PROJECTOR).execute(&mut *tx).await?;
    // Two processes starting together: the second waits here and then finds the work done.
    sqlx::query("SELECT pg_advisory_xact_lock(hashtext('livepay reading'))")
        .execute(&mut *tx)
        .await?;
    sqlx::raw_sql(VERSIONS).execute(&mut *tx).await?;
    sqlx::raw_sql(WITH_TABLES).execute(&mut *tx).await?;
    sqlx::query(
        "INSERT INTO checkpoint (projection, lane, pos)
         SELECT $1, lane, 0 FROM generate_series(0, 255) lane ON CONFLICT DO NOTHING",
    )
    .bind(SET)
    .execute(&mut *tx)
    .await?;
    let found = found(&mut tx).await?;
    let stale: Vec<&Model> = MODELS.iter().filter(|model| !fits(&found, model)).collect();
    let gone: Vec<&str> = found
        .keys()
        .map(String::as_str)
        .filter(|name| !known(name))
        .collect();
    let unwritten = found.values().any(|(_, tables)| tables.is_none());
    let made = if stale.len() == MODELS.len() || unwritten {
        start_over(&mut tx).await?;
        Made::All
    } else if stale.is_empty() && gone.is_empty() {
        Made::Nothing
    } else {
        leave_to_a_rebuild(&mut tx, &stale, &gone).await?;
        Made::Some
    };
    tx.commit().await?;
    Ok(made)
}

/// What a database has: model → (version, its tables).
type Found = BTreeMap<String, (i32, Option<Vec<String>>)>;

/// The models of the generation the search path names.
pub(crate) async fn found(conn: &mut PgConnection) -> Result<Found, sqlx::Error> {
    let rows: Vec<(String, i32, Option<Vec<String>>)> =
        sqlx::query_as("SELECT model, version, tables FROM version")
            .fetch_all(conn)
            .await?;
    Ok(rows
        .into_iter()
        .map(|(model, version, tables)| (model, (version, tables)))
        .collect())
}

/// Whether the model's tables are of its shape, filled or not.
fn fits(found: &Found, model: &Model) -> bool {
    found
        .get(model.name)
        .is_some_and(|(version, _)| version.abs() == model.version)
}

fn known(name: &str) -> bool {
    MODELS.iter().any(|model| model.name == name)
}

async fn start_over(conn: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(DROP_ALL).execute(&mut *conn).await?;
    sqlx::raw_sql("DELETE FROM reading.version")
        .execute(&mut *conn)
        .await?;
    for model in MODELS {
        make(conn, model, model.version).await?;
    }
    sqlx::raw_sql(WALLS).execute(&mut *conn).await?;
    sqlx::query("UPDATE checkpoint SET pos = 0 WHERE projection = $1")
        .bind(SET)
        .execute(&mut *conn)
        .await?;
    sqlx::raw_sql("DELETE FROM park")
        .execute(&mut *conn)
        .await?;
    call_off(conn).await
}

/// The tables of these models become empty ones of today's shape, which nothing fills but a
/// rebuild. Where nothing was read yet, there is nothing to rebuild either.
async fn leave_to_a_rebuild(
    conn: &mut PgConnection,
    stale: &[&Model],
    gone: &[&str],
) -> Result<(), sqlx::Error> {
    let found = found(conn).await?;
    let begun: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT FROM checkpoint WHERE projection = $1 AND pos > 0)",
    )
    .bind(SET)
    .fetch_one(&mut *conn)
    .await?;
    let names = stale
        .iter()
        .map(|model| model.name)
        .chain(gone.iter().copied());
    for name in names {
        if let Some((_, Some(tables))) = found.get(name) {
            for table in tables {
                let drop = format!("DROP TABLE reading.{}", quoted(table));
                sqlx::raw_sql(AssertSqlSafe(drop))
                    .execute(&mut *conn)
                    .await?;
            }
        }
        for forget in [
            "DELETE FROM reading.version WHERE model = $1",
            "DELETE FROM park WHERE projection = $1",
        ] {
            sqlx::query(forget).bind(name).execute(&mut *conn).await?;
        }
    }
    for model in stale {
        let version = if begun { -model.version } else { model.version };
        make(conn, model, version).await?;
    }
    sqlx::raw_sql(WALLS).execute(&mut *conn).await?;
    call_off(conn).await
}

/// A rebuild under way compares with tables that are no more.
async fn call_off(conn: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE rebuild SET phase = 'aborted', holder = NULL, lease_until = '-infinity',
                note = 'the live tables were made anew', changed_at = clock_timestamp()
          WHERE phase NOT IN ('done', 'aborted')",
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Makes a model's tables in the first schema of the search path, and writes them down there.
pub(crate) async fn make(
    conn: &mut PgConnection,
    model: &Model,
    version: i32,
) -> Result<(), sqlx::Error> {
    let before = tables(conn).await?;
    sqlx::raw_sql(model.table).execute(&mut *conn).await?;
    let mut own = tables(conn).await?;
    own.retain(|table| !before.contains(table));
    sqlx::query("INSERT INTO version (model, version, tables) VALUES ($1, $2, $3)")
        .bind(model.name)
        .bind(version)
        .bind(own)
        .execute(conn)
        .await?;
    Ok(())
}

/// Puts the walls between shops around the tables in the first schema of the search path.
pub(crate) async fn wall(conn: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(WALLS).execute(conn).await?;
    Ok(())
}

async fn tables(conn: &mut PgConnection) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar("SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema")
        .fetch_all(conn)
        .await
}

/// A name as SQL wants it.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
