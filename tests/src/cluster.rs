//! PostgreSQL for tests: one private cluster per test process, one database per test.
//!
//! The first [`database`] starts the cluster (about two seconds) and migrates a template once;
//! each further one is a copy of it (about a tenth of a second). Everything stops and disappears
//! when the process ends, even killed: the same watcher as the server's own PostgreSQL sees to it.

use server::postgres::{Error, Private, PrivateConfig};
use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Sender, channel};
use tokio::sync::{Mutex, OnceCell};

const TEMPLATE: &str = "livepay_template";

/// The migrations, read when the tests run: a new file needs no rebuild.
const MIGRATIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../migrations");

/// A database of this process's cluster, migrated and empty; dropped, best effort, with this.
#[derive(Debug)]
pub struct Database {
    url: String,
    tcp_url: String,
    name: String,
}

impl Database {
    /// Its URL through the unix socket; the login is a superuser.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its URL through 127.0.0.1, for tests that put a proxy between.
    pub fn tcp_url(&self) -> &str {
        &self.tcp_url
    }

    /// Its name, unique in the cluster.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some(dropper) = DROPPER.get() {
            // The thread ends with the process; what it did not reach goes with the cluster.
            if dropper.send(self.name.clone()).is_err() {}
        }
    }
}

/// A new migrated database in this process's cluster.
///
/// # Panics
/// When PostgreSQL cannot start or the migrations fail: no test can go on then.
pub async fn database() -> Database {
    match try_database().await {
        Ok(database) => database,
        #[expect(clippy::panic, reason = "a test without its database cannot go on")]
        Err(refused) => panic!("no database for this test: {refused}"),
    }
}

async fn try_database() -> Result<Database, Error> {
    static SHARED: OnceCell<Cluster> = OnceCell::const_new();
    let shared = SHARED.get_or_try_init(start_shared).await?;
    shared.database().await
}

async fn start_shared() -> Result<Cluster, Error> {
    let cluster = Cluster::try_fresh().await?;
    let admin = cluster.private.url("postgres");
    DROPPER.get_or_init(|| dropper(admin));
    Ok(cluster)
}

/// A private PostgreSQL with the migrated template.
#[derive(Debug)]
pub struct Cluster {
    private: Private,
    folder: Folder,
    /// A copy needs the template to itself.
    copying: Mutex<()>,
}

impl Cluster {
    /// A cluster of one's own, for tests that crash PostgreSQL.
    ///
    /// # Panics
    /// When PostgreSQL cannot start or the migrations fail.
    pub async fn fresh() -> Self {
        match Self::try_fresh().await {
            Ok(cluster) => cluster,
            #[expect(clippy::panic, reason = "a test without its cluster cannot go on")]
            Err(refused) => panic!("no cluster for this test: {refused}"),
        }
    }

    async fn try_fresh() -> Result<Self, Error> {
        let folder = Folder::new();
        // As durable as in production; more connections, for many tests at once.
        let config = PrivateConfig {
            discard: true,
            max_connections: 400,
            ..PrivateConfig::new(&folder.0)
        };
        let private = Private::start(config).await?;
        let url = private.database(TEMPLATE).await?;
        migrate(&url).await?;
        Ok(Self {
            private,
            folder,
            copying: Mutex::new(()),
        })
    }

    /// A new migrated database in this cluster.
    ///
    /// Unlike [`database`]'s, it is dropped with the cluster only.
    pub async fn database(&self) -> Result<Database, Error> {
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let copy = format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}");
        let one_at_a_time = self.copying.lock().await;
        run(&self.private.url("postgres"), copy).await?;
        drop(one_at_a_time);
        let (url, tcp_url) = (self.private.url(&name), self.private.tcp_url(&name));
        Ok(Database { url, tcp_url, name })
    }

    /// Stops PostgreSQL as a power cut would.
    pub async fn stop_immediate(&mut self) -> Result<(), Error> {
        self.private.stop_immediate().await
    }

    /// Stops PostgreSQL cleanly; sessions are cut.
    pub async fn stop(&mut self) -> Result<(), Error> {
        self.private.stop().await
    }

    /// Starts it again on the same port, so that URLs stay good; stops it first if it runs.
    pub async fn start(&mut self) -> Result<(), Error> {
        self.private.restart().await
    }

    /// Where its files are, while it lives.
    pub fn folder(&self) -> &Path {
        &self.folder.0
    }
}

/// A folder under the system's temporary one; removed when dropped, or by a later run.
#[derive(Debug)]
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        static SWEPT: OnceLock<()> = OnceLock::new();
        SWEPT.get_or_init(sweep);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        Self(std::env::temp_dir().join(format!("{PREFIX}{}-{number}", std::process::id())))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // PostgreSQL may still be writing its last files: then a later run removes the rest.
        if std::fs::remove_dir_all(&self.0).is_err() {}
    }
}

const PREFIX: &str = "livepay-tests-";

/// Removes the folders of test processes that ended without cleaning: nobody holds their lock.
fn sweep() {
    for entry in std::fs::read_dir(std::env::temp_dir())
        .into_iter()
        .flatten()
        .flatten()
    {
        let ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        let lock = std::fs::File::options()
            .write(true)
            .open(entry.path().join("livepay.lock"));
        if ours
            && let Ok(lock) = lock
            && lock.try_lock().is_ok()
            && lock
                .metadata()
                .and_then(|meta| meta.modified())
                .is_ok_and(is_old)
            && !entry.path().join("postgres/postmaster.pid").exists()
            && std::fs::remove_dir_all(entry.path()).is_err()
        {
            // Another account's: it sweeps its own.
        }
    }
}

/// Older than a minute: not one that another test process is taking this very moment.
fn is_old(modified: std::time::SystemTime) -> bool {
    modified.elapsed().is_ok_and(|age| age.as_secs() > 60)
}

async fn migrate(url: &str) -> Result<(), Error> {
    let failed = |refused| Error::Sql(sqlx::Error::from(refused));
    let migrations = Migrator::new(Path::new(MIGRATIONS)).await.map_err(failed)?;
    let mut connection = PgConnection::connect(url).await?;
    migrations.run(&mut connection).await.map_err(failed)?;
    connection.close().await?;
    Ok(())
}

async fn run(url: &str, statement: String) -> Result<(), Error> {
    let mut connection = PgConnection::connect(url).await?;
    sqlx::raw_sql(AssertSqlSafe(statement))
        .execute(&mut connection)
        .await?;
    connection.close().await?;
    Ok(())
}

static DROPPER: OnceLock<Sender<String>> = OnceLock::new();

/// A thread that drops databases one by one: `Drop` cannot wait, and a test's runtime ends with
/// the test.
fn dropper(admin: String) -> Sender<String> {
    let (sender, names) = channel::<String>();
    std::thread::spawn(move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
        else {
            return;
        };
        for name in names {
            let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            // Best effort: what stays goes with the cluster.
            if runtime.block_on(run(&admin, statement)).is_err() {}
        }
    });
    sender
}
