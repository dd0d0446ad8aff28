//! What a private PostgreSQL is told.

use std::path::PathBuf;

/// Settings of one private PostgreSQL; [`PrivateConfig::new`] has the defaults.
#[derive(Debug, Clone)]
pub struct PrivateConfig {
    /// The data folder of livepay (`--data`, `LIVEPAY_DATA`); made when missing.
    pub data: PathBuf,
    /// A fixed loopback port. `None`: a free one is chosen and remembered.
    pub port: Option<u16>,
    /// Folders searched for `postgres` and `initdb`, before the usual places.
    pub binaries: Vec<PathBuf>,
    /// PostgreSQL's `max_connections`.
    pub max_connections: u16,
    /// Delete the database files when livepay ends (test clusters).
    pub discard: bool,
}

impl PrivateConfig {
    /// The defaults for a data folder: free port, binaries of the PATH, 100 connections, kept.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "PATH is where programs are, not a setting"
        )]
        let path = std::env::var_os("PATH").unwrap_or_default();
        Self {
            data: data.into(),
            port: None,
            binaries: std::env::split_paths(&path).collect(),
            max_connections: 100,
            discard: false,
        }
    }
}
