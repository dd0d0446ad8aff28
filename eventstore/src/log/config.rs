//! How a log is started.

use std::time::Duration;

use sqlx::postgres::PgConnectOptions;

/// Settings of one node's log. [`LogConfig::new`] has the defaults written beside the fields.
#[derive(Clone, Debug)]
pub struct LogConfig {
    /// The database that holds the log (one login; roles are taken by SET ROLE).
    pub database: PgConnectOptions,
    /// This process's name: unique among live processes. A restart under the same name takes its
    /// lanes back at once; a second process under a live name would fence the first out.
    pub node: String,
    /// Where other nodes forward to; `None` for a node nobody should forward to.
    pub url: Option<String>,
    /// Tasks (and connections) that commit: 2.
    pub committers: usize,
    /// How long a node may be silent before another takes its lanes: 10 s.
    pub lease: Duration,
    /// Silence beyond which a committer does not trust itself: it decides nothing until the
    /// database has answered again, and then tells its streams ([`crate::Decider::silence`]): 3 s.
    pub silence: Duration,
    /// Commands waiting per stream before callers are told Busy: 4 096.
    pub queue_limit: usize,
    /// Commands per batch: 1 000.
    pub batch_limit: usize,
    /// Bytes of awake streams (by [`crate::Decider::weight`]) over all committers: 512 MiB.
    pub memory_limit: usize,
    /// A stream nobody spoke to for this long goes to sleep: 15 min.
    pub idle: Duration,
    /// How long an awake stream remembers answered command ids: 10 min…
    pub commands_kept: Duration,
    /// …and at most how many per stream: 4 096. Older ones are looked up in the receipts.
    pub commands_kept_max: usize,
    /// Least events between two snapshots of an awake stream: 20 000; more for a large state.
    pub snapshot_every: i64,
    /// Connections for waking, looking up and reading: 6.
    pub readers: u32,
    /// Batches kept for a slow subscriber before it must read the log: 4 096.
    pub broadcast: usize,
}

impl LogConfig {
    /// The defaults.
    pub fn new(database: PgConnectOptions, node: impl Into<String>) -> Self {
        Self {
            database,
            node: node.into(),
            url: None,
            committers: 2,
            lease: Duration::from_secs(10),
            silence: Duration::from_secs(3),
            queue_limit: 4_096,
            batch_limit: 1_000,
            memory_limit: 512 << 20,
            idle: Duration::from_mins(15),
            commands_kept: Duration::from_mins(10),
            commands_kept_max: 4_096,
            snapshot_every: 20_000,
            readers: 6,
            broadcast: 4_096,
        }
    }
}
