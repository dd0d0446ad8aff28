//! The data folder of the private PostgreSQL: where it is, who holds it, how it is made.
//!
//! ```text
//! <base>/postgres/           the database files (0700, of the account that runs them)
//!        postgres.password   made once, 0600
//!        postgres.port       the remembered loopback port
//!        postgres.log        what PostgreSQL says
//!        livepay.lock        held while a livepay lives
//! ```

use super::account::Account;
use super::binaries::Binaries;
use super::error::Error;
use sha2::{Digest as _, Sha256};
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

/// Longest socket path every system takes, with room for `/.s.PGSQL.65535`.
const SOCKET_FOLDER_MAX: usize = 103 - 15;

/// Where the files go when root's own folder is closed to the account.
const FOR_ROOT: &str = "/var/lib/livepay";

/// An opened, locked data folder.
#[derive(Debug)]
pub(super) struct Folder {
    base: PathBuf,
    sockets: PathBuf,
    account: Account,
    /// Released by the system when we end, even by `kill -9`.
    _lock: File,
}

impl Folder {
    /// Makes the folder if needed, decides who runs the server, takes the lock.
    pub(super) fn open(data: &Path) -> Result<Self, Error> {
        make(data)?;
        let data = data.canonicalize().map_err(Error::io("opening", data))?;
        let account = Account::choose(&data.join("postgres"))?;
        let base = reachable(data, &account)?;
        // Elsewhere, files of an earlier day may belong to another account than today's choice.
        let account = Account::choose(&base.join("postgres"))?;
        let lock = lock(&base)?;
        let sockets = sockets(&base, &account)?;
        Ok(Self {
            base,
            sockets,
            account,
            _lock: lock,
        })
    }

    pub(super) fn base(&self) -> &Path {
        &self.base
    }

    pub(super) fn pgdata(&self) -> PathBuf {
        self.base.join("postgres")
    }

    pub(super) fn sockets(&self) -> &Path {
        &self.sockets
    }

    pub(super) fn account(&self) -> &Account {
        &self.account
    }

    /// The folder and the major version that made its files; `None` for a new folder.
    pub(super) fn version(&self) -> Result<Option<(PathBuf, u32)>, Error> {
        let file = self.pgdata().join("PG_VERSION");
        match std::fs::read_to_string(&file) {
            Ok(text) => Ok(text
                .trim()
                .parse()
                .ok()
                .map(|major| (self.base.clone(), major))),
            Err(missing) if missing.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(other) => Err(Error::io("reading", file)(other)),
        }
    }

    /// The password, made when there is no database yet.
    pub(super) fn password(&self) -> Result<String, Error> {
        let file = self.base.join("postgres.password");
        let kept = std::fs::read_to_string(&file)
            .unwrap_or_default()
            .trim()
            .to_owned();
        if !kept.is_empty() {
            return Ok(kept);
        }
        if self.version()?.is_some() {
            return Err(Error::PasswordLost { path: file });
        }
        let mut luck = [0_u8; 24];
        getrandom::fill(&mut luck)
            .map_err(|e| Error::io("making a password for", &file)(std::io::Error::from(e)))?;
        let password = hex::encode(luck);
        let mut out = OpenOptions::new();
        let mut out = out
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&file)
            .map_err(Error::io("creating", &file))?;
        writeln!(out, "{password}")
            .and_then(|()| out.sync_all())
            .map_err(Error::io("writing", &file))?;
        self.account.give(&file)?;
        Ok(password)
    }

    /// Makes the database files with `initdb`, beside, and moves them in place when whole.
    pub(super) async fn create(&self, binaries: &Binaries) -> Result<(), Error> {
        let new = self.base.join("postgres.new");
        let mut said = String::new();
        // C.UTF-8 sorts like C and knows letters beyond ASCII; where it is missing, plain C.
        for locale in ["C.UTF-8", "C"] {
            if new.exists() {
                std::fs::remove_dir_all(&new).map_err(Error::io("clearing", &new))?;
            }
            DirBuilder::new()
                .mode(0o700)
                .create(&new)
                .map_err(Error::io("creating", &new))?;
            self.account.give(&new)?;
            let mut initdb = self.account.command(&binaries.initdb());
            initdb
                .args([
                    "--username=livepay",
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                ])
                .args(["--data-checksums", "--locale", locale])
                .arg("--pwfile")
                .arg(self.base.join("postgres.password"))
                .arg("--pgdata")
                .arg(&new);
            let done = tokio::process::Command::from(initdb)
                .output()
                .await
                .map_err(Error::io("running", binaries.initdb()))?;
            if done.status.success() {
                let place = self.pgdata();
                return std::fs::rename(&new, &place).map_err(Error::io("creating", place));
            }
            said = String::from_utf8_lossy(&done.stderr).into_owned();
        }
        Err(Error::Initdb {
            base: self.base.clone(),
            said,
        })
    }
}

fn make(folder: &Path) -> Result<(), Error> {
    // Others may pass through, not look: root's database runs as another account.
    DirBuilder::new()
        .recursive(true)
        .mode(0o711)
        .create(folder)
        .map_err(Error::io("creating", folder))
}

/// `data`, or a folder of its own under [`FOR_ROOT`] when the account cannot get there.
fn reachable(data: PathBuf, account: &Account) -> Result<PathBuf, Error> {
    let Some(closed) = account.closed_on_the_way(&data) else {
        return Ok(data);
    };
    if data.join("postgres").exists() {
        return Err(Error::Unreachable {
            account: account.name().to_owned(),
            closed,
            base: data,
        });
    }
    let base = Path::new(FOR_ROOT).join(short(&data));
    make(&base)?;
    tracing::warn!(
        "{} is closed to the account {}: the database files are in {}",
        closed.display(),
        account.name(),
        base.display()
    );
    Ok(base)
}

fn lock(base: &Path) -> Result<File, Error> {
    let file = base.join("livepay.lock");
    let lock = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&file)
        .map_err(Error::io("opening", &file))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(Error::InUse { base: base.into() }),
        Err(TryLockError::Error(source)) => Err(Error::io("locking", file)(source)),
    }
}

/// The folder of the unix socket: in the data folder when its path is short and plain, else one
/// of ours under `/tmp`.
fn sockets(base: &Path, account: &Account) -> Result<PathBuf, Error> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let inside = base.join("socket");
    let text = inside.to_string_lossy();
    let folder = if text.len() <= SOCKET_FOLDER_MAX && text.chars().all(plain) {
        inside
    } else {
        PathBuf::from(format!("/tmp/livepay-{}-{}", account.uid, short(base)))
    };
    match DirBuilder::new().mode(0o700).create(&folder) {
        Ok(()) => account.give(&folder)?,
        Err(there) if there.kind() == std::io::ErrorKind::AlreadyExists => {}
        Err(other) => return Err(Error::io("creating", folder)(other)),
    }
    // In /tmp anybody may have made it first: only ours is good, and no link.
    let meta = std::fs::symlink_metadata(&folder).map_err(Error::io("opening", &folder))?;
    if !meta.is_dir() || meta.uid() != account.uid || meta.mode() & 0o077 != 0 {
        let owner = format!("user number {}", meta.uid());
        return Err(Error::NotOurs {
            path: folder,
            owner,
        });
    }
    Ok(folder)
}

/// Eight hexadecimal digits that stand for a path.
fn short(path: &Path) -> String {
    let hash = hex::encode(Sha256::digest(path.to_string_lossy().as_bytes()));
    hash.chars().take(8).collect()
}
