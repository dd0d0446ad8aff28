//! Who runs PostgreSQL: ourselves, or an unprivileged account when root started livepay.

use super::error::Error;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The account PostgreSQL runs as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) uid: u32,
    gid: u32,
    name: String,
    /// We are root and lend the process to this account.
    lent: bool,
}

impl Account {
    /// `pgdata` are the database files, if they exist already: their owner runs them.
    pub(super) fn choose(pgdata: &Path) -> Result<Self, Error> {
        let me = rustix::process::geteuid().as_raw();
        let owner = std::fs::metadata(pgdata)
            .ok()
            .map(|meta| (meta.uid(), meta.gid()));
        match (me, owner) {
            (0, Some((uid, gid))) if uid != 0 => Ok(Self {
                uid,
                gid,
                name: name_of(uid),
                lent: true,
            }),
            (0, _) => unprivileged().ok_or(Error::NoAccount),
            (me, Some((uid, _))) if uid != me => Err(Error::NotOurs {
                path: pgdata.into(),
                owner: name_of(uid),
            }),
            (me, _) => {
                let gid = rustix::process::getegid().as_raw();
                Ok(Self {
                    uid: me,
                    gid,
                    name: name_of(me),
                    lent: false,
                })
            }
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The first folder from `/` down to `folder` that this account may not enter.
    ///
    /// An ordinary user is not asked: the system will tell.
    pub(super) fn closed_on_the_way(&self, folder: &Path) -> Option<PathBuf> {
        if !self.lent {
            return None;
        }
        let mut way: Vec<&Path> = folder.ancestors().collect();
        way.reverse();
        way.into_iter()
            .find(|step| !self.may_enter(step))
            .map(Path::to_path_buf)
    }

    fn may_enter(&self, folder: &Path) -> bool {
        let Ok(meta) = std::fs::metadata(folder) else {
            return false;
        };
        let enter = if meta.uid() == self.uid {
            0o100
        } else if meta.gid() == self.gid {
            0o010
        } else {
            0o001
        };
        meta.mode() & enter != 0
    }

    /// Hands a file or folder of ours to the account.
    pub(super) fn give(&self, path: &Path) -> Result<(), Error> {
        if !self.lent {
            return Ok(());
        }
        std::os::unix::fs::chown(path, Some(self.uid), Some(self.gid))
            .map_err(Error::io("giving to the database's account", path))
    }

    /// A command run by the account, from `/`, in the C locale, without PostgreSQL's variables:
    /// neither the caller's locale nor her `PGDATA` changes what we make.
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir("/").env("LC_ALL", "C").env("TZ", "UTC");
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PG") {
                command.env_remove(name);
            }
        }
        if self.lent {
            command.uid(self.uid).gid(self.gid).env("HOME", "/");
        }
        command
    }
}

fn unprivileged() -> Option<Account> {
    let passwd = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    ["postgres", "nobody"]
        .iter()
        .find_map(|name| find(&passwd, |n, _| n == *name))
}

fn find(passwd: &str, wanted: impl Fn(&str, u32) -> bool) -> Option<Account> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        let uid = fields.nth(1)?.parse().ok()?;
        let gid = fields.next()?.parse().ok()?;
        (uid != 0 && wanted(name, uid)).then(|| Account {
            uid,
            gid,
            name: name.into(),
            lent: true,
        })
    })
}

fn name_of(uid: u32) -> String {
    let passwd = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    find(&passwd, |_, u| u == uid)
        .map_or_else(|| format!("user number {uid}"), |account| account.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWD: &str = "root:x:0:0:root:/root:/bin/sh\npostgres:x:0:0::/:/bin/sh\n\
                          nobody:x:65534:65534:nobody:/:/bin/false\n";

    #[test]
    fn finds_an_account_by_name() {
        let nobody = find(PASSWD, |name, _| name == "nobody").unwrap();
        assert_eq!((nobody.uid, nobody.gid), (65534, 65534));
    }

    #[test]
    fn never_lends_to_a_second_root() {
        assert_eq!(find(PASSWD, |name, _| name == "postgres"), None);
    }

    #[test]
    fn sees_the_closed_folder() {
        let stranger = Account {
            uid: 4_000_000,
            gid: 4_000_000,
            name: "x".into(),
            lent: true,
        };
        let base = std::env::temp_dir().join(format!("livepay-closed-{}", std::process::id()));
        let inside = base.join("inside");
        std::fs::create_dir_all(&inside).unwrap();
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        std::fs::set_permissions(&base, mode).unwrap();
        let closed = stranger.closed_on_the_way(&inside);
        std::fs::remove_dir_all(&base).unwrap();
        assert_eq!(closed, Some(base));
    }
}
