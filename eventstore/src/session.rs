//! Connections: who we are to PostgreSQL, and what we refuse to run on.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::{
    ConnectOptions, PgConnection, PgPool, Row,
    postgres::{PgConnectOptions, PgPoolOptions},
};

const SAFETY: &str = include_str!("../sql/safety.sql");
const BACKEND: &str = include_str!("../sql/backend.sql");
const TERMINATE: &str = include_str!("../sql/backend_terminate.sql");
const ALIVE: &str = include_str!("../sql/backend_alive.sql");

/// The role a connection takes after the login (see `migrations/0001_roles.sql`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The login itself: node leases, ending another session.
    Login,
    Writer,
    Projector,
    /// One shop only, named in the setting `livepay.shop`.
    Reader,
}

impl Role {
    /// 5 s per statement and 1 s idle in a transaction: a long snapshot would stop the pruning
    /// of the hot heads (law 12).
    fn settings(self) -> &'static str {
        match self {
            Self::Login => {
                "RESET ROLE; SET statement_timeout = '5s'; \
                 SET idle_in_transaction_session_timeout = '1s'"
            }
            Self::Writer => {
                "SET ROLE livepay_writer; SET statement_timeout = '5s'; SET jit = off; \
                 SET idle_in_transaction_session_timeout = '1s'"
            }
            Self::Projector => {
                "SET ROLE livepay_projector; SET statement_timeout = '5s'; SET jit = off; \
                 SET idle_in_transaction_session_timeout = '1s'"
            }
            Self::Reader => {
                "SET ROLE livepay_reader; SET statement_timeout = '5s'; \
                 SET idle_in_transaction_session_timeout = '1s'"
            }
        }
    }
}

/// Options for running migrations: the login, no role, no time limits.
pub fn migrate_options(options: &PgConnectOptions) -> PgConnectOptions {
    options.clone().application_name("livepay-migrate")
}

/// A pool whose every connection has taken `role`; `node` makes it findable by a takeover.
pub fn pool(options: &PgConnectOptions, node: &str, role: Role, max: u32) -> PgPool {
    PgPoolOptions::new()
        .max_connections(max)
        .acquire_timeout(Duration::from_secs(10))
        .after_connect(move |connection, _meta| {
            Box::pin(async move {
                sqlx::raw_sql(role.settings()).execute(connection).await?;
                Ok(())
            })
        })
        .connect_lazy_with(named(options, node))
}

pub(crate) async fn connect(
    options: &PgConnectOptions,
    node: &str,
    role: Role,
) -> Result<PgConnection, sqlx::Error> {
    let mut connection = named(options, node).connect().await?;
    take_role(&mut connection, role).await?;
    Ok(connection)
}

/// Takes a role, with its limits; [`Role::Login`] gives the role back.
pub(crate) async fn take_role(
    connection: &mut PgConnection,
    role: Role,
) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(role.settings())
        .execute(connection)
        .await
        .map(|_done| ())
}

fn named(options: &PgConnectOptions, node: &str) -> PgConnectOptions {
    options
        .clone()
        .application_name(&application(node))
        .disable_statement_logging()
}

/// How sessions of a node are found: cut where PostgreSQL cuts (63 bytes).
pub(crate) fn application(node: &str) -> String {
    let mut name = format!("livepay/{node}");
    name.truncate(name.floor_char_boundary(63));
    name
}

/// A session of ours, exactly: the start time tells it from a later one with the same pid.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Backend {
    pid: i32,
    start: DateTime<Utc>,
}

impl Backend {
    pub(crate) async fn of(connection: &mut PgConnection) -> Result<Self, sqlx::Error> {
        let row = sqlx::query(BACKEND).fetch_one(connection).await?;
        Ok(Self {
            pid: row.try_get("pid")?,
            start: row.try_get("backend_start")?,
        })
    }

    /// Ends the session and waits until it is gone: only then is its last commit decided.
    pub(crate) async fn end(self, login: &mut PgConnection) -> Result<(), sqlx::Error> {
        sqlx::query(TERMINATE)
            .bind(self.pid)
            .bind(self.start)
            .fetch_all(&mut *login)
            .await?;
        loop {
            let alive: bool = sqlx::query_scalar(ALIVE)
                .bind(self.pid)
                .bind(self.start)
                .fetch_one(&mut *login)
                .await?;
            if !alive {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

/// Why this database is refused, in words that say what to change; `None` if it is safe.
pub(crate) async fn unsafe_setting(
    connection: &mut PgConnection,
) -> Result<Option<String>, sqlx::Error> {
    let row = sqlx::query(SAFETY).fetch_one(connection).await?;
    let version: i32 = row.try_get("version")?;
    if version < 150_000 {
        return Ok(Some(format!(
            "PostgreSQL 15 or newer is needed, this is {version}"
        )));
    }
    let encoding: String = row.try_get("encoding")?;
    if encoding != "UTF8" {
        return Ok(Some(format!("the database must be UTF8, it is {encoding}")));
    }
    for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
        let value: String = row.try_get(setting)?;
        if value == "off" {
            return Ok(Some(format!(
                "{setting} is off: acknowledged orders could be lost"
            )));
        }
    }
    Ok(None)
}

/// The database's clock.
pub(crate) async fn database_now(
    connection: &mut PgConnection,
) -> Result<DateTime<Utc>, sqlx::Error> {
    sqlx::query_scalar("SELECT clock_timestamp()")
        .fetch_one(connection)
        .await
}

/// Refuses a database on which acknowledged commands could be lost; says which setting it is.
pub async fn check(options: &PgConnectOptions) -> Result<(), String> {
    let text = |error: sqlx::Error| error.to_string();
    let mut connection = options.connect().await.map_err(text)?;
    match unsafe_setting(&mut connection).await.map_err(text)? {
        None => Ok(()),
        Some(setting) => Err(setting),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_node_name_is_cut_like_the_database_cuts_it() {
        assert_eq!(application("a"), "livepay/a");
        assert_eq!(application(&"é".repeat(60)).len(), 62);
    }
}
