//! The private PostgreSQL against the installed binaries: started, killed, found again.

use super::{Error, Private, PrivateConfig, leftover};
use rustix::process::{Signal, kill_process, test_kill_process};
use std::path::{Path, PathBuf};

/// A folder of our own, removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(format!("/tmp/livepay-spec-{name}-{}", std::process::id()));
        Self(folder)
    }

    fn config(&self) -> PrivateConfig {
        PrivateConfig::new(&self.0)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if std::fs::remove_dir_all(&self.0).is_err() {
            // Something still writes in it: left to the system's cleaning of /tmp.
        }
    }
}

async fn ask(url: &str, question: &'static str) -> String {
    use sqlx::Connection as _;
    let mut connection = sqlx::PgConnection::connect(url).await.unwrap();
    sqlx::query_scalar(question)
        .fetch_one(&mut connection)
        .await
        .unwrap()
}

async fn gone(pgdata: &Path) {
    for _ in 0..200 {
        if !pgdata.join("postmaster.pid").exists() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the server did not stop");
}

#[tokio::test]
async fn it_starts_durable_in_utf8_and_on_loopback_only_and_keeps_its_data() {
    let scratch = Scratch::new("life");
    let mut server = Private::start(scratch.config()).await.unwrap();
    let url = server.database("shop").await.unwrap();
    assert_eq!(ask(&url, "SHOW server_encoding").await, "UTF8");
    assert_eq!(ask(&url, "SHOW fsync").await, "on");
    assert_eq!(ask(&url, "SHOW synchronous_commit").await, "on");
    assert_eq!(ask(&url, "SHOW listen_addresses").await, "127.0.0.1");
    assert_eq!(
        ask(&server.tcp_url("shop"), "SELECT current_user::text").await,
        "livepay"
    );
    let letters = "SELECT length('é€')::text";
    assert_eq!(ask(&url, letters).await, "2");
    let port = server.port();
    server.stop_immediate().await.unwrap();
    server.restart().await.unwrap();
    assert_eq!(server.port(), port);
    assert_eq!(server.database("shop").await.unwrap(), url);
    assert_eq!(ask(&url, "SELECT current_database()::text").await, "shop");
    server.stop().await.unwrap();
    server.stop().await.unwrap();
    assert!(!scratch.0.join("postgres/postmaster.pid").exists());
}

#[tokio::test]
async fn a_second_livepay_on_the_folder_is_told() {
    let scratch = Scratch::new("second");
    let mut first = Private::start(scratch.config()).await.unwrap();
    let refused = Private::start(scratch.config()).await.unwrap_err();
    assert!(matches!(refused, Error::InUse { .. }), "{refused}");
    first.stop().await.unwrap();
}

#[tokio::test]
async fn dropping_it_stops_the_server_and_discard_clears_the_files() {
    let scratch = Scratch::new("drop");
    let config = PrivateConfig {
        discard: true,
        ..scratch.config()
    };
    let server = Private::start(config).await.unwrap();
    let pgdata = scratch.0.join("postgres");
    drop(server);
    gone(&pgdata).await;
    for _ in 0..100 {
        // Root lends the files only: the empty folder stays.
        if !pgdata.join("PG_VERSION").exists() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the files were not deleted");
}

#[tokio::test]
async fn a_killed_server_and_a_number_used_again_do_not_hinder_the_next_start() {
    let scratch = Scratch::new("stale");
    let mut server = Private::start(scratch.config()).await.unwrap();
    let pgdata = scratch.0.join("postgres");
    let pid = leftover::postmaster(&pgdata).unwrap();
    kill_process(pid, Signal::KILL).unwrap();
    server.stop().await.unwrap();
    drop(server);
    // The pid file stays after a kill; let its number be one of a living stranger: us.
    let file = pgdata.join("postmaster.pid");
    let text = std::fs::read_to_string(&file).unwrap();
    let (_, rest) = text.split_once('\n').unwrap();
    std::fs::write(&file, format!("{}\n{rest}", std::process::id())).unwrap();
    let mut again = Private::start(scratch.config()).await.unwrap();
    again.stop().await.unwrap();
}

#[tokio::test]
async fn a_server_left_running_is_stopped_and_replaced() {
    let scratch = Scratch::new("left");
    let mut server = Private::start(scratch.config()).await.unwrap();
    let pgdata = scratch.0.join("postgres");
    let old = leftover::postmaster(&pgdata).unwrap();
    // As if both livepay and its watcher had been killed: nobody stops the server.
    let process = server.process.take().unwrap();
    std::mem::forget(process);
    drop(server);
    let mut next = Private::start(scratch.config()).await.unwrap();
    let new = leftover::postmaster(&pgdata).unwrap();
    assert_ne!(old, new);
    assert!(test_kill_process(new).is_ok());
    next.stop().await.unwrap();
}

#[tokio::test]
async fn a_taken_port_is_left_when_free_to_choose_and_explained_when_not() {
    let scratch = Scratch::new("port");
    let mut server = Private::start(scratch.config()).await.unwrap();
    let port = server.port();
    server.stop().await.unwrap();
    let taken = std::net::TcpListener::bind(("127.0.0.1", port)).unwrap();
    server.restart().await.unwrap();
    assert_ne!(server.port(), port);
    server.stop().await.unwrap();
    drop(server);
    let config = PrivateConfig {
        port: Some(port),
        ..scratch.config()
    };
    let refused = Private::start(config).await.unwrap_err();
    assert!(
        refused
            .to_string()
            .contains(&format!("port {port} on 127.0.0.1 is taken"))
    );
    drop(taken);
}

#[tokio::test]
async fn a_long_and_strange_path_works() {
    let scratch = Scratch::new("long");
    let deep = scratch
        .0
        .join("données d'Aïssatou, été")
        .join("x".repeat(120));
    let mut server = Private::start(PrivateConfig::new(&deep)).await.unwrap();
    let url = server.database("shop").await.unwrap();
    assert_eq!(ask(&url, "SELECT current_database()::text").await, "shop");
    server.stop().await.unwrap();
    std::fs::remove_dir(server.folder.sockets()).unwrap();
}

#[tokio::test]
async fn a_folder_of_another_version_and_a_lost_password_are_explained() {
    let scratch = Scratch::new("version");
    let pgdata = scratch.0.join("postgres");
    std::fs::create_dir_all(&pgdata).unwrap();
    std::fs::write(pgdata.join("PG_VERSION"), "9\n").unwrap();
    let refused = Private::start(scratch.config()).await.unwrap_err();
    assert!(
        matches!(refused, Error::OtherVersion { made_by: 9, .. }),
        "{refused}"
    );
    std::fs::remove_dir_all(&pgdata).unwrap();

    let mut server = Private::start(scratch.config()).await.unwrap();
    server.stop().await.unwrap();
    drop(server);
    std::fs::remove_file(scratch.0.join("postgres.password")).unwrap();
    let refused = Private::start(scratch.config()).await.unwrap_err();
    assert!(matches!(refused, Error::PasswordLost { .. }), "{refused}");
}

#[tokio::test]
async fn database_names_are_checked() {
    let url = "postgres://nobody@127.0.0.1:1/none";
    let refused = super::create_database(url, "x\"; DROP").await.unwrap_err();
    assert!(matches!(refused, Error::BadName(_)), "{refused}");
}
