//! The tables as a replay of the log makes them, through the very `apply` that fills the live ones:
//! temporary tables of one connection, one shop at a time, forgotten after it.
//!
//! It knows nothing of what a model means, so every new model is compared from its first day. What
//! it cannot see is an `apply` that is wrong: that is what the comparison with the domain is for.

use std::collections::BTreeSet;

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use uuid::Uuid;

use crate::{
    ApplyError, MODELS, Model, Told,
    runner::{standing::Standing, tick},
    tables::{SET, quoted},
};

/// Temporary tables come first wherever they are not named: so they are, at the end.
const LIVE: &str = "SELECT set_config('search_path', 'reading, public, pg_temp', true)";
const SCRATCH: &str = "SELECT set_config('search_path', 'pg_temp, public', true)";

/// From here on, names mean the live tables.
pub(super) async fn look_at_the_live(conn: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query(LIVE).execute(conn).await?;
    Ok(())
}

/// Empty temporary tables of every model, on one connection.
pub(super) struct Scratch {
    tables: Vec<(&'static str, Vec<String>)>,
}

impl Scratch {
    pub(super) async fn set(conn: &mut PgConnection) -> Result<Self, sqlx::Error> {
        let mut tx = conn.begin().await?;
        sqlx::raw_sql("SET LOCAL ROLE livepay_projector; SET LOCAL search_path = pg_temp, public")
            .execute(&mut *tx)
            .await?;
        let mut tables = Vec::new();
        let mut all = BTreeSet::new();
        for model in MODELS {
            sqlx::raw_sql(model.table).execute(&mut *tx).await?;
            let now: Vec<String> = sqlx::query_scalar(
                "SELECT relname::text FROM pg_class
                  WHERE relnamespace = pg_my_temp_schema() AND relkind = 'r'",
            )
            .fetch_all(&mut *tx)
            .await?;
            let own = now.into_iter().filter(|table| all.insert(table.clone()));
            tables.push((model.name, own.collect()));
        }
        tx.commit().await?;
        Ok(Self { tables })
    }

    pub(super) fn tables(&self) -> usize {
        self.tables.iter().map(|(_, tables)| tables.len()).sum()
    }

    /// A replay of one shop up to its lane's checkpoint; names mean the temporary tables then.
    pub(super) async fn begin(
        &self,
        conn: &mut PgConnection,
        (lane, shop): (i16, Uuid),
    ) -> Result<Again<'_>, sqlx::Error> {
        let upto: Option<i64> =
            sqlx::query_scalar("SELECT pos FROM checkpoint WHERE projection = $1 AND lane = $2")
                .bind(SET)
                .bind(lane)
                .fetch_optional(&mut *conn)
                .await?;
        let standing = Standing::read(conn, &BTreeSet::from([lane])).await?;
        sqlx::query(SCRATCH).execute(conn).await?;
        Ok(Again {
            scratch: self,
            place: (lane, shop),
            upto: upto.unwrap_or(0),
            // What another version filled cannot be compared.
            models: standing.filled(),
            standing,
        })
    }
}

/// One shop, told again.
pub(super) struct Again<'a> {
    scratch: &'a Scratch,
    place: (i16, Uuid),
    upto: i64,
    models: Vec<&'static Model>,
    standing: Standing,
}

impl Again<'_> {
    /// Every model of ours is live and has taken in all of the shop.
    pub(super) fn is_whole(&self) -> bool {
        self.models.len() == MODELS.len() && !self.standing.concerns(self.place.1)
    }

    /// Applies some events. Returns which event a model refuses that the live one took, in words.
    pub(super) async fn take(
        &mut self,
        conn: &mut PgConnection,
        page: &[Told],
    ) -> Result<Option<String>, sqlx::Error> {
        for model in &self.models {
            let takes = |told: &&Told| told.pos <= self.upto && self.standing.takes(model, told);
            let events: Vec<&Told> = page.iter().filter(takes).collect();
            for slice in tick::slices(&events) {
                match tick::apply(conn, model, slice).await {
                    Ok(()) => {}
                    Err(error) if error.is_poison() => {
                        return Ok(Some(format!("{} told again: {error}", model.name)));
                    }
                    Err(ApplyError::Database(error)) => return Err(error),
                    Err(error) => return Err(sqlx::Error::Protocol(error.to_string())),
                }
            }
        }
        Ok(None)
    }

    /// The first row that is in one of both and not in the other, in words.
    pub(super) async fn difference(
        &self,
        conn: &mut PgConnection,
    ) -> Result<Option<String>, sqlx::Error> {
        let (lane, shop) = self.place;
        for (model, tables) in &self.scratch.tables {
            if !self.models.iter().any(|filled| filled.name == *model) {
                continue;
            }
            for table in tables {
                let name = quoted(table);
                let only = |one: &str, other: &str| {
                    format!(
                        "SELECT left(line, 400) FROM (
                             SELECT t::text AS line FROM {one}.{name} t
                              WHERE lane = $1 AND shop_id = $2
                             EXCEPT ALL
                             SELECT t::text FROM {other}.{name} t
                              WHERE lane = $1 AND shop_id = $2) one_sided LIMIT 1"
                    )
                };
                let mut found = Vec::new();
                for sql in [only("reading", "pg_temp"), only("pg_temp", "reading")] {
                    let row: Option<String> = sqlx::query_scalar(AssertSqlSafe(sql))
                        .bind(lane)
                        .bind(shop)
                        .fetch_optional(&mut *conn)
                        .await?;
                    found.push(row);
                }
                if let [table_says, log_says] = found.as_slice()
                    && (table_says.is_some() || log_says.is_some())
                {
                    return Ok(Some(format!(
                        "{table}: the table says {table_says:?}, the log told again {log_says:?}"
                    )));
                }
            }
        }
        Ok(None)
    }
}
