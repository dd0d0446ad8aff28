//! What an earlier life left: a PostgreSQL still running on our folder, or its stale pid file.
//!
//! The folder's lock is ours by now, so no living livepay uses that server: it is stopped.

use super::error::Error;
use super::process::pause;
use rustix::process::{Pid, Signal, kill_process};
use std::path::Path;

/// No process has this number: it is above every system's limit.
const NOBODY: i32 = i32::MAX - 1;

/// Stops a left-over server of this folder and makes a stale pid file harmless.
pub(super) async fn settle(pgdata: &Path) -> Result<(), Error> {
    let Some(pid) = postmaster(pgdata) else {
        return Ok(());
    };
    if runs_on(pid, pgdata) {
        tracing::info!(
            pid = pid.as_raw_pid(),
            "stopping the PostgreSQL an earlier livepay left"
        );
        return stop(pid, pgdata).await;
    }
    if rustix::process::test_kill_process(pid).is_ok() {
        disown(pgdata)?;
    }
    Ok(())
}

/// The process id in the folder's `postmaster.pid`.
pub(super) fn postmaster(pgdata: &Path) -> Option<Pid> {
    let text = std::fs::read_to_string(pgdata.join("postmaster.pid")).ok()?;
    Pid::from_raw(text.lines().next()?.trim().parse().ok()?)
}

/// Fast shutdown, then immediate: 30 s and 10 s.
async fn stop(pid: Pid, pgdata: &Path) -> Result<(), Error> {
    for (signal, tenths) in [(Signal::INT, 300), (Signal::QUIT, 100)] {
        if let Err(refused) = kill_process(pid, signal) {
            tracing::debug!(%refused, "the left-over server was already gone");
        }
        for _ in 0..tenths {
            if !runs_on(pid, pgdata) {
                return Ok(());
            }
            pause(100).await;
        }
    }
    Err(Error::WillNotStop {
        pid: pid.as_raw_pid(),
        pgdata: pgdata.into(),
    })
}

/// Whether `pid` is a PostgreSQL started on this folder (we always start it with `-D <folder>`).
#[cfg(target_os = "linux")]
fn runs_on(pid: Pid, pgdata: &Path) -> bool {
    use std::os::unix::ffi::OsStrExt;
    // A zombie's command line is empty, which is right: it runs on nothing any more.
    let line = std::fs::read(format!("/proc/{}/cmdline", pid.as_raw_pid())).unwrap_or_default();
    line.split(|byte| *byte == 0)
        .any(|word| word == pgdata.as_os_str().as_bytes())
}

#[cfg(not(target_os = "linux"))]
fn runs_on(pid: Pid, pgdata: &Path) -> bool {
    let asked = std::process::Command::new("ps")
        .args(["-ww", "-o", "command=", "-p", &pid.as_raw_pid().to_string()])
        .output();
    asked.is_ok_and(|said| {
        String::from_utf8_lossy(&said.stdout).contains(&*pgdata.to_string_lossy())
    })
}

/// The pid file names a living process that is not a PostgreSQL of ours (numbers are used again,
/// soonest in containers), and PostgreSQL would refuse to start beside it.
///
/// Only the number is replaced: the rest lets PostgreSQL check that the old server's shared
/// memory is really out of use.
fn disown(pgdata: &Path) -> Result<(), Error> {
    let file = pgdata.join("postmaster.pid");
    let text = std::fs::read_to_string(&file).map_err(Error::io("reading", &file))?;
    let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
    std::fs::write(&file, format!("{NOBODY}\n{rest}")).map_err(Error::io("writing", &file))
}
