//! The real binary as a process, to be killed, stopped and woken.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::world::{APP_SECRET, MASTER, PATIENCE};

/// A `livepay serve` of its own process; killed when dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
    /// Where it listens.
    pub url: String,
}

/// What a process is started with.
#[derive(Debug, Clone)]
pub struct Start<'a> {
    /// Its database.
    pub database: &'a str,
    /// Its name.
    pub node: &'a str,
    /// Where it listens.
    pub port: u16,
    /// The sandbox it speaks to.
    pub sandbox: &'a str,
    /// Where it dies, if it shall.
    pub crash_at: Option<&'a str>,
    /// Seconds it may be silent before its lanes are taken.
    pub lease: u64,
}

/// A port nobody uses now.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

/// The binary beside this test.
pub fn binary() -> PathBuf {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    path.push("livepay");
    assert!(
        path.exists(),
        "build the binary first: cargo build --bin livepay (scripts/test does)"
    );
    path
}

impl Process {
    /// Starts it and waits until it is ready.
    pub async fn start(start: Start<'_>) -> Self {
        let process = Self::spawn(&start);
        let http = crate::world::http();
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            let ready = http.get(format!("{}/readyz", process.url)).send().await;
            if ready.is_ok_and(|answer| answer.status().is_success()) {
                return process;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{} never became ready", start.node);
    }

    fn spawn(start: &Start<'_>) -> Self {
        let url = format!("http://127.0.0.1:{}", start.port);
        let mut command = Command::new(binary());
        command
            .arg("serve")
            .env("DATABASE_URL", start.database)
            .env("LIVEPAY_LISTEN", format!("127.0.0.1:{}", start.port))
            .env("LIVEPAY_NODE", start.node)
            .env("LIVEPAY_NODE_URL", &url)
            .env("LIVEPAY_MASTER_KEY", MASTER)
            .env("LIVEPAY_LEASE_SECONDS", start.lease.to_string())
            .env("LIVEPAY_WHATSAPP_URL", format!("{}/graph", start.sandbox))
            .env("LIVEPAY_WHATSAPP_APP_SECRET", APP_SECRET)
            .env("LIVEPAY_DEV", "true")
            .env("LIVEPAY_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        if let Some(point) = start.crash_at {
            command.env("LIVEPAY_CRASH_AT", point);
        }
        Self {
            child: command.spawn().unwrap(),
            url,
        }
    }

    /// Waits until it died by itself.
    pub async fn died(&mut self) {
        let end = Instant::now() + PATIENCE;
        while self.child.try_wait().unwrap().is_none() {
            assert!(Instant::now() < end, "it was to die and did not");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Kills it at once.
    pub fn kill(&mut self) {
        // An error says that it is dead already.
        drop(self.child.kill());
        drop(self.child.wait());
    }

    /// Sends a signal by name: STOP, CONT, TERM.
    pub fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &pid])
            .status()
            .unwrap();
        assert!(sent.success());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}
