//! Every way a private PostgreSQL can fail to run, each saying what to do next.

use std::path::PathBuf;

/// Why the private PostgreSQL does not run. The texts are for the person at the terminal.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No `postgres` with its `initdb` of version 15 or later.
    #[error(
        "no PostgreSQL 15 or later is installed{found}. Run scripts/setup, or install it \
         (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql@17), or set \
         DATABASE_URL to a database of yours"
    )]
    NotInstalled {
        /// `" (found: 13)"`, or nothing.
        found: String,
    },
    /// The files were made by a major version that is not installed.
    #[error(
        "the database in {base} was made by PostgreSQL {made_by}, but only {installed} is \
         installed. Install postgresql-{made_by}, or start with another --data folder, or move \
         the data with pg_upgrade"
    )]
    OtherVersion {
        /// The folder.
        base: PathBuf,
        /// Its major version.
        made_by: u32,
        /// What is installed, as a list.
        installed: String,
    },
    /// Another livepay holds the folder.
    #[error(
        "another livepay is running on {base}. Stop it first, or start this one with another \
         --data folder, or let both share a database with DATABASE_URL"
    )]
    InUse {
        /// The folder.
        base: PathBuf,
    },
    /// The files belong to another account.
    #[error(
        "{path} belongs to another account ({owner}). Start livepay as that account or as root, \
         or choose another --data folder"
    )]
    NotOurs {
        /// The file or folder.
        path: PathBuf,
        /// Its owner, a name or a number.
        owner: String,
    },
    /// Root started us, and the unprivileged account cannot reach the existing database.
    #[error(
        "PostgreSQL refuses to run as root, so it runs as {account}; but {closed} is closed to \
         that account, so it cannot reach {base}. Move the data folder to /var/lib/livepay, or \
         run: chmod o+x {closed}"
    )]
    Unreachable {
        /// The account.
        account: String,
        /// The first folder on the way that it may not enter.
        closed: PathBuf,
        /// The data folder.
        base: PathBuf,
    },
    /// Root started us and there is no `postgres` and no `nobody`.
    #[error(
        "PostgreSQL refuses to run as root and this machine has neither a user postgres nor a \
         user nobody. Start livepay as an ordinary user"
    )]
    NoAccount,
    /// The password of the database is gone.
    #[error(
        "{path} is missing or empty: it holds the password of the database beside it. Put it \
         back from a backup, or start with another --data folder"
    )]
    PasswordLost {
        /// The file.
        path: PathBuf,
    },
    /// The port asked for is taken.
    #[error(
        "port {port} on 127.0.0.1 is taken by another program. Choose another port, or give none \
         and a free one is found"
    )]
    PortTaken {
        /// The port.
        port: u16,
    },
    /// Sessions of a killed server still use its memory.
    #[error(
        "sessions of an earlier PostgreSQL still use {pgdata}. Wait a few seconds and start \
         again; if that does not help, end the postgres processes of that folder"
    )]
    SessionsLeft {
        /// The database files.
        pgdata: PathBuf,
    },
    /// An earlier PostgreSQL of this folder does not stop.
    #[error(
        "an earlier PostgreSQL (process {pid}) still runs on {pgdata} and does not stop. End it \
         with: kill -QUIT {pid}"
    )]
    WillNotStop {
        /// Its process id.
        pid: i32,
        /// The database files.
        pgdata: PathBuf,
    },
    /// `initdb` failed.
    #[error("initdb could not create the database in {base}. It said:\n{said}")]
    Initdb {
        /// The folder.
        base: PathBuf,
        /// Its output.
        said: String,
    },
    /// The server ended while starting, or did not become ready.
    #[error("PostgreSQL did not start. The end of {log} says:\n{said}")]
    DidNotStart {
        /// The log file.
        log: PathBuf,
        /// Its last lines.
        said: String,
    },
    /// The server runs and refuses us.
    #[error(
        "the PostgreSQL of {base} runs but refused the connection ({source}). Its password is in \
         postgres.password of that folder: was that file or the database replaced?"
    )]
    Refused {
        /// The folder.
        base: PathBuf,
        /// What the driver said.
        source: sqlx::Error,
    },
    /// A database name outside `[a-z0-9_]{1,63}`.
    #[error("'{0}' is no database name: use 1 to 63 of a-z, 0-9 and _")]
    BadName(String),
    /// A database statement failed.
    #[error("the database answered: {0}")]
    Sql(#[from] sqlx::Error),
    /// A file operation failed.
    #[error("{doing} {path}: {source}. Check that the folder exists, is writable and has room")]
    Io {
        /// What was tried.
        doing: &'static str,
        /// On what.
        path: PathBuf,
        /// The system's answer.
        source: std::io::Error,
    },
}

impl Error {
    /// Wraps an I/O failure with what was being done, for `map_err`.
    pub(super) fn io(
        doing: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io {
            doing,
            path,
            source,
        }
    }
}
