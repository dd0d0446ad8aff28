//! Databases inside a server: made when missing.

use super::error::Error;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

/// "That database exists already": someone was faster, which is as good.
const DUPLICATE_DATABASE: &str = "42P04";

/// Creates the database `name` (`[a-z0-9_]`, at most 63) on the server of `url`, if missing.
pub async fn create_database(url: &str, name: &str) -> Result<(), Error> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if name.is_empty() || name.len() > 63 || !name.chars().all(plain) {
        return Err(Error::BadName(name.to_owned()));
    }
    let mut connection = PgConnection::connect(url).await?;
    let exists: bool =
        sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)")
            .bind(name)
            .fetch_one(&mut connection)
            .await?;
    if !exists {
        let create = AssertSqlSafe(format!("CREATE DATABASE \"{name}\""));
        match sqlx::raw_sql(create).execute(&mut connection).await {
            Err(sqlx::Error::Database(refused))
                if refused.code().as_deref() == Some(DUPLICATE_DATABASE) => {}
            other => {
                other?;
            }
        }
    }
    connection.close().await?;
    Ok(())
}

/// Connects, asks one question, leaves.
pub(super) async fn ping(url: &str) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect(url).await?;
    connection.ping().await?;
    connection.close().await
}
