//! The running server: one supervised process, started, waited for, stopped.
//!
//! `std::process` and polling, not tokio's child: a test cluster outlives the runtime of the test
//! that started it.

use super::binaries::Binaries;
use super::config::PrivateConfig;
use super::error::Error;
use super::folder::Folder;
use super::{leftover, port};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::Duration;

/// The watcher; see its own comments.
const SUPERVISE: &str = include_str!("supervise.sh");
/// A start may include the recovery of a crash: ten minutes.
const START_TENTHS: u32 = 6_000;
/// Patience with a clean stop, then with an immediate one.
const STOP_TENTHS: u32 = 300;
/// A log larger than this is set aside at start.
const LOG_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// A supervised PostgreSQL. Dropping it closes the pipe, and the watcher stops the server.
#[derive(Debug)]
pub(super) struct Process {
    supervisor: Child,
    pgdata: PathBuf,
    log: PathBuf,
}

impl Process {
    /// Starts the server and waits until it accepts connections.
    pub(super) async fn start(
        folder: &Folder,
        binaries: &Binaries,
        config: &PrivateConfig,
        port: u16,
    ) -> Result<Self, Error> {
        let (pgdata, log) = (folder.pgdata(), folder.base().join("postgres.log"));
        let (out, from) = open_log(&log)?;
        let discard = if config.discard {
            pgdata.as_os_str()
        } else {
            "".as_ref()
        };
        let mut command = folder.account().command(Path::new("/bin/sh"));
        command
            .args(["-c", SUPERVISE, "livepay-postgres"])
            .arg(discard)
            .arg(binaries.postgres())
            .arg("-D")
            .arg(&pgdata);
        for setting in settings(folder, config, port) {
            command.arg("-c").arg(setting);
        }
        let supervisor = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(out)
            // Ctrl-C at the terminal is for livepay, which then stops the database in order.
            .process_group(0)
            .spawn()
            .map_err(Error::io("running", binaries.postgres()))?;
        let mut process = Self {
            supervisor,
            pgdata,
            log,
        };
        process.ready(port, from).await?;
        Ok(process)
    }

    /// Clean stop; after 30 s an immediate one.
    pub(super) async fn stop(self) -> Result<(), Error> {
        self.end(&[Signal::INT, Signal::QUIT]).await
    }

    /// Stop without a checkpoint, as a power cut.
    pub(super) async fn stop_immediate(self) -> Result<(), Error> {
        self.end(&[Signal::QUIT]).await
    }

    async fn end(mut self, signals: &[Signal]) -> Result<(), Error> {
        for signal in signals {
            if let Some(pid) = leftover::postmaster(&self.pgdata)
                && let Err(refused) = kill_process(pid, *signal)
            {
                tracing::debug!(%refused, "the server was already gone");
            }
            for _ in 0..STOP_TENTHS {
                if self.ended()? {
                    return Ok(());
                }
                pause(50).await;
            }
        }
        let pid = leftover::postmaster(&self.pgdata).map_or(0, Pid::as_raw_pid);
        Err(Error::WillNotStop {
            pid,
            pgdata: self.pgdata,
        })
    }

    fn ended(&mut self) -> Result<bool, Error> {
        let state = self.supervisor.try_wait();
        Ok(state
            .map_err(Error::io("watching", &self.pgdata))?
            .is_some())
    }

    /// Waits for the word `ready` that PostgreSQL writes in its pid file. `from`: where this
    /// start's lines begin in the log.
    async fn ready(&mut self, port: u16, from: usize) -> Result<(), Error> {
        for tenth in 0..START_TENTHS {
            if self.ended()? {
                return Err(self.why(port, from));
            }
            if is_ready(&self.pgdata, port) {
                return Ok(());
            }
            if tenth == 100 {
                tracing::info!("PostgreSQL is recovering what a crash interrupted; waiting");
            }
            pause(100).await;
        }
        Err(self.why(port, from))
    }

    /// Reads in the log why the start failed.
    fn why(&self, port: u16, from: usize) -> Error {
        let log = std::fs::read(&self.log).unwrap_or_default();
        let said = String::from_utf8_lossy(log.get(from..).unwrap_or_default()).into_owned();
        if said.contains("shared memory block") && said.contains("still in use") {
            return Error::SessionsLeft {
                pgdata: self.pgdata.clone(),
            };
        }
        if said.contains("Address already in use") || !port::is_free(port) {
            return Error::PortTaken { port };
        }
        let lines: Vec<&str> = said.lines().collect();
        let tail = lines
            .get(lines.len().saturating_sub(12)..)
            .unwrap_or_default()
            .join("\n");
        Error::DidNotStart {
            log: self.log.clone(),
            said: tail,
        }
    }
}

/// Waits without a runtime of its own.
pub(super) async fn pause(ms: u64) {
    tokio::time::sleep(Duration::from_millis(ms)).await;
}

/// Line 4 of the pid file is the port, line 8 the state; both belong to this start: an earlier
/// server's file would name a dead process, which PostgreSQL replaces before it writes `ready`.
fn is_ready(pgdata: &Path, port: u16) -> bool {
    let text = std::fs::read_to_string(pgdata.join("postmaster.pid")).unwrap_or_default();
    let mut lines = text.lines();
    let alive = lines
        .next()
        .and_then(|pid| pid.trim().parse().ok())
        .and_then(Pid::from_raw)
        .is_some_and(|pid| test_kill_process(pid).is_ok());
    let on_port = lines
        .nth(2)
        .is_some_and(|line| line.trim() == port.to_string());
    let ready = lines.nth(3).is_some_and(|line| line.trim() == "ready");
    alive && on_port && ready
}

/// Safe defaults are left alone (`fsync`, `synchronous_commit`, `full_page_writes`).
fn settings(folder: &Folder, config: &PrivateConfig, port: u16) -> Vec<String> {
    vec![
        "listen_addresses=127.0.0.1".to_owned(),
        format!("port={port}"),
        format!("unix_socket_directories={}", folder.sockets().display()),
        "unix_socket_permissions=0700".to_owned(),
        format!("max_connections={}", config.max_connections),
        "shared_buffers=128MB".to_owned(),
        // Compiling a query costs more than the short ones we ask.
        "jit=off".to_owned(),
        "timezone=UTC".to_owned(),
        "log_timezone=UTC".to_owned(),
        // Read by `why` above.
        "lc_messages=C".to_owned(),
        "logging_collector=off".to_owned(),
        "log_destination=stderr".to_owned(),
    ]
}

/// The log, opened at its end, and its length now.
fn open_log(log: &Path) -> Result<(File, usize), Error> {
    let mut length = std::fs::metadata(log).map_or(0, |meta| meta.len());
    if length > LOG_BYTES_MAX {
        std::fs::rename(log, log.with_extension("log.old")).map_err(Error::io("moving", log))?;
        length = 0;
    }
    let out = OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(log)
        .map_err(Error::io("opening", log))?;
    Ok((out, usize::try_from(length).unwrap_or(0)))
}
