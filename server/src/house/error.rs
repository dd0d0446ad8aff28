//! Why a house does not open.

use std::net::SocketAddr;

/// Why the house does not open. The sentences say what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A setting.
    #[error(transparent)]
    Config(#[from] crate::config::ConfigError),
    /// The private PostgreSQL.
    #[error(transparent)]
    Postgres(#[from] crate::postgres::Error),
    /// The database's shape.
    #[error("the database cannot be brought up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// The log.
    #[error(transparent)]
    Log(#[from] eventstore::StartError),
    /// The readings.
    #[error(transparent)]
    Readings(#[from] projections::StartError),
    /// The database.
    #[error("the database cannot be used: {0}; is DATABASE_URL right?")]
    Database(#[from] sqlx::Error),
    /// The inbox.
    #[error(transparent)]
    Inbox(#[from] eventstore::inbox::InboxError),
    /// The registry.
    #[error(transparent)]
    Registry(#[from] eventstore::registry::RegistryError),
    /// The address.
    #[error("{listen} cannot be listened on: {reason}; choose another with --listen")]
    Listen {
        /// Which address.
        listen: SocketAddr,
        /// Why.
        reason: std::io::Error,
    },
    /// Anything that is written wrong.
    #[error("{0}")]
    Wrong(String),
}
