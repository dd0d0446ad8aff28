//! Finding the installed PostgreSQL: the PATH, then Debian's, Red Hat's and Homebrew's places.

use super::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The oldest major version the log is tested on.
const OLDEST: u32 = 15;

/// Folders that hold one folder per version; `(parent, prefix of the child, tail)`.
const USUAL: [(&str, &str, &str); 4] = [
    ("/usr/lib/postgresql", "", "bin"),
    ("/usr", "pgsql-", "bin"),
    ("/opt/homebrew/opt", "postgresql", "bin"),
    ("/usr/local/opt", "postgresql", "bin"),
];

/// One installed PostgreSQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Binaries {
    /// The folder of `postgres` and `initdb`.
    bin: PathBuf,
    /// Its major version.
    major: u32,
}

impl Binaries {
    /// The version that made the folder, or the newest installed for a new folder.
    ///
    /// `made_by` is the folder and its major version.
    pub(super) fn choose(path: &[PathBuf], made_by: Option<(PathBuf, u32)>) -> Result<Self, Error> {
        let installed: Vec<Self> = path
            .iter()
            .cloned()
            .chain(usual())
            .filter_map(look)
            .collect();
        pick(installed, made_by)
    }

    pub(super) fn postgres(&self) -> PathBuf {
        self.bin.join("postgres")
    }

    pub(super) fn initdb(&self) -> PathBuf {
        self.bin.join("initdb")
    }
}

fn pick(mut installed: Vec<Binaries>, made_by: Option<(PathBuf, u32)>) -> Result<Binaries, Error> {
    // Stable: among equals, what comes first on the PATH wins.
    installed.sort_by_key(|one| std::cmp::Reverse(one.major));
    installed.dedup();
    let versions = installed
        .iter()
        .map(|one| one.major.to_string())
        .collect::<Vec<_>>()
        .join(", ");
    let wanted = made_by.as_ref().map(|(_, major)| *major);
    let fits = |one: &Binaries| one.major >= OLDEST && wanted.is_none_or(|w| w == one.major);
    match (installed.into_iter().find(fits), made_by) {
        (Some(one), _) => Ok(one),
        (None, Some((base, made_by))) if !versions.is_empty() => Err(Error::OtherVersion {
            base,
            made_by,
            installed: versions,
        }),
        (None, _) => {
            let found = if versions.is_empty() {
                versions
            } else {
                format!(" (found: {versions})")
            };
            Err(Error::NotInstalled { found })
        }
    }
}

fn usual() -> impl Iterator<Item = PathBuf> {
    USUAL.into_iter().flat_map(|(parent, prefix, tail)| {
        let children = std::fs::read_dir(parent).into_iter().flatten().flatten();
        children
            .filter(move |child| child.file_name().to_string_lossy().starts_with(prefix))
            .map(move |child| child.path().join(tail))
    })
}

fn look(bin: PathBuf) -> Option<Binaries> {
    let postgres = bin.join("postgres");
    if !bin.is_absolute() || !postgres.is_file() || !bin.join("initdb").is_file() {
        return None;
    }
    Some(Binaries {
        major: major_of(&postgres)?,
        bin,
    })
}

fn major_of(postgres: &Path) -> Option<u32> {
    let said = Command::new(postgres).arg("--version").output().ok()?;
    parse_version(&String::from_utf8_lossy(&said.stdout))
}

/// `postgres (PostgreSQL) 15.18 (Debian …)` → 15; also `17beta1`.
fn parse_version(said: &str) -> Option<u32> {
    let version = said.split(") ").nth(1)?;
    let digits: String = version.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn installed(majors: &[u32]) -> Vec<Binaries> {
        majors
            .iter()
            .map(|m| Binaries {
                bin: format!("/pg/{m}/bin").into(),
                major: *m,
            })
            .collect()
    }

    #[test]
    fn reads_the_major_version() {
        assert_eq!(
            parse_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"),
            Some(15)
        );
        assert_eq!(parse_version("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(parse_version("something else"), None);
    }

    #[test]
    fn a_new_folder_takes_the_newest() {
        assert_eq!(pick(installed(&[15, 17, 13]), None).unwrap().major, 17);
    }

    #[test]
    fn an_old_folder_takes_its_own_version() {
        let made_by = Some(("/data".into(), 15));
        assert_eq!(pick(installed(&[17, 15]), made_by).unwrap().major, 15);
    }

    #[test]
    fn another_version_is_explained() {
        let refused = pick(installed(&[17]), Some(("/data".into(), 15))).unwrap_err();
        let text = refused.to_string();
        assert!(
            text.contains("made by PostgreSQL 15, but only 17"),
            "{text}"
        );
        assert!(text.contains("postgresql-15"), "{text}");
    }

    #[test]
    fn too_old_says_what_was_found() {
        let text = pick(installed(&[13]), None).unwrap_err().to_string();
        assert!(text.contains("(found: 13)"), "{text}");
    }
}
