//! The private PostgreSQL: livepay's own database when no `DATABASE_URL` is given.
//!
//! Shape: one folder ([`folder`]), run by the installed binaries ([`binaries`]) as an unprivileged
//! account ([`account`]), listening on a socket and on 127.0.0.1 only ([`port`]), watched by a
//! shell of twenty lines that stops it when livepay ends, even by `kill -9` ([`process`]). What a
//! crash left behind is stopped or cleared before a new start ([`leftover`]).
//!
//! Limits: unix only; one livepay per data folder (a lock says so). Durability settings stay at
//! PostgreSQL's safe defaults, in tests too.

mod account;
mod binaries;
mod config;
mod database;
mod error;
mod folder;
mod leftover;
mod port;
mod process;
#[cfg(test)]
mod spec;

pub use config::PrivateConfig;
pub use database::create_database;
pub use error::Error;

use binaries::Binaries;
use folder::Folder;
use process::Process;
use std::path::Path;

/// A running private PostgreSQL.
///
/// Dropping it asks the server to stop and returns at once; [`Private::stop`] waits.
#[derive(Debug)]
pub struct Private {
    config: PrivateConfig,
    folder: Folder,
    binaries: Binaries,
    password: String,
    port: u16,
    process: Option<Process>,
}

impl Private {
    /// Starts the server of `config.data`; creates the folder the first time (a second or two).
    ///
    /// Returns when the server answers. After a crash that may take as long as its recovery.
    pub async fn start(config: PrivateConfig) -> Result<Self, Error> {
        let folder = Folder::open(&config.data)?;
        let binaries = Binaries::choose(&config.binaries, folder.version()?)?;
        leftover::settle(&folder.pgdata()).await?;
        let password = folder.password()?;
        if folder.version()?.is_none() {
            folder.create(&binaries).await?;
        }
        let mut private = Self {
            config,
            folder,
            binaries,
            password,
            port: 0,
            process: None,
        };
        private.restart().await?;
        Ok(private)
    }

    /// The connection URL of one of its databases, through the unix socket (the fastest way).
    pub fn url(&self, database: &str) -> String {
        let socket = self.folder.sockets().display();
        let (password, port) = (&self.password, self.port);
        format!(
            "postgres://livepay:{password}@localhost:{port}/{database}?host={socket}&sslmode=disable"
        )
    }

    /// The same through 127.0.0.1, for tools and proxies that do not speak unix sockets.
    pub fn tcp_url(&self, database: &str) -> String {
        let (password, port) = (&self.password, self.port);
        format!("postgres://livepay:{password}@127.0.0.1:{port}/{database}?sslmode=disable")
    }

    /// Makes sure a database exists and gives its [`Private::url`].
    pub async fn database(&self, name: &str) -> Result<String, Error> {
        create_database(&self.url("postgres"), name).await?;
        Ok(self.url(name))
    }

    /// Where its files are: usually `<data>`, elsewhere when root's folder is closed to others.
    pub fn folder(&self) -> &Path {
        self.folder.base()
    }

    /// The loopback port, remembered in the folder and kept from start to start while it is free.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Stops it cleanly: clients are cut, what was committed is kept. Twice is harmless.
    pub async fn stop(&mut self) -> Result<(), Error> {
        match self.process.take() {
            Some(process) => process.stop().await,
            None => Ok(()),
        }
    }

    /// Stops it as a power cut would (no checkpoint); the next start recovers from the WAL.
    pub async fn stop_immediate(&mut self) -> Result<(), Error> {
        match self.process.take() {
            Some(process) => process.stop_immediate().await,
            None => Ok(()),
        }
    }

    /// Starts it again, on the same port when that is still free; stops it first if it runs.
    pub async fn restart(&mut self) -> Result<(), Error> {
        self.stop().await?;
        let wanted = self.config.port;
        for last in [false, false, true] {
            self.port = port::choose(&self.folder, wanted)?;
            let started =
                Process::start(&self.folder, &self.binaries, &self.config, self.port).await;
            match started {
                // Somebody took the port between our look and PostgreSQL's: look again.
                Err(Error::PortTaken { .. }) if wanted.is_none() && !last => {}
                // Sessions of a killed server are still leaving: PostgreSQL waits for them.
                Err(Error::SessionsLeft { .. }) if !last => process::pause(3_000).await,
                other => {
                    self.process = Some(other?);
                    break;
                }
            }
        }
        self.answers().await
    }

    /// One query, so that a wrong password or a foreign server is told here and not later.
    async fn answers(&self) -> Result<(), Error> {
        database::ping(&self.url("postgres"))
            .await
            .map_err(|source| Error::Refused {
                base: self.folder.base().into(),
                source,
            })
    }
}
