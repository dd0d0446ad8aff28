//! Two nodes, one log: a lapsed node is fenced out, whatever it believes.

use std::sync::Arc;
use std::time::Duration;

use eventstore::{LANES, Log, StartError, SubmitError};
use tests::cluster::database;
use tokio::time::Instant;
use uuid::Uuid;

use super::stock::{Ask, Stock, What, check_whole, config, look, master, start};

fn plenty() -> Stock {
    Stock {
        units: 1_000_000,
        promises: false,
        hold: None,
    }
}

async fn short(url: &str, node: &str) -> Arc<Log<Stock>> {
    let mut settings = config(url, node);
    settings.lease = Duration::from_millis(1_200);
    Arc::new(
        Log::start(settings, plenty(), master())
            .await
            .expect("the log starts"),
    )
}

fn all() -> usize {
    usize::try_from(LANES).expect("small")
}

async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(15);
    while !holds() {
        assert!(Instant::now() < end, "never: {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Speaks to a node until it refuses; how many commands it acknowledged.
async fn load(node: Arc<Log<Stock>>) -> i64 {
    let mut acknowledged = 0;
    for n in 0.. {
        let stream = Uuid::from_u128(n % 50 + 1);
        match node
            .submit(stream, Ask::fresh(1_000 + n, What::Reserve))
            .await
        {
            Ok(_) => acknowledged += 1,
            Err(SubmitError::NotOwner { .. }) => break,
            Err(error) => panic!("{error}"),
        }
    }
    acknowledged
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_holds_its_breath_is_taken_over_fenced_and_stands_by() {
    let db = database().await;
    let (first, second) = (
        short(db.url(), "first").await,
        short(db.url(), "second").await,
    );
    assert_eq!(
        (first.owned_lanes().len(), second.owned_lanes().len()),
        (all(), 0)
    );
    let stream = Uuid::from_u128(1);
    // The second knows where to send people.
    let refused = second.submit(stream, Ask::new(1, What::Reserve)).await;
    assert_eq!(
        refused,
        Err(SubmitError::NotOwner {
            url: Some("http://first".to_owned())
        })
    );

    // Load on the first while it is taken over.
    let loader = tokio::spawn(load(Arc::clone(&first)));
    first.hold_breath(true);
    until("the second takes over", || {
        second.owned_lanes().len() == all()
    })
    .await;
    let acknowledged = loader.await.expect("the loader was refused in the end");
    for n in 0..100 {
        let stream = Uuid::from_u128(n % 50 + 1);
        second
            .submit(stream, Ask::new(900_000 + n, What::Reserve))
            .await
            .expect("answered");
        let fenced = first
            .submit(stream, Ask::new(950_000 + n, What::Reserve))
            .await;
        assert!(
            matches!(fenced, Err(SubmitError::NotOwner { .. })),
            "{fenced:?}"
        );
    }
    let pool = look(db.url()).await;
    check_whole(&pool).await;
    let events: i64 = sqlx::query_scalar("SELECT count(*) FROM event")
        .fetch_one(&pool)
        .await
        .expect("a number");
    assert!(events >= acknowledged + 100, "lost: {events}");

    // It breathes again: it finds itself deposed, stands by, and takes over in its turn.
    first.hold_breath(false);
    until("the first knows", || {
        first.owner(eventstore::Lane::of(stream)).as_deref() == Some("http://second")
    })
    .await;
    assert_eq!(first.owned_lanes().len(), 0);
    second.shutdown().await;
    until("the first takes the lanes given back", || {
        first.owned_lanes().len() == all()
    })
    .await;
    first
        .submit(stream, Ask::new(2, What::Reserve))
        .await
        .expect("answered");
    first.shutdown().await;
    check_whole(&pool).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_under_the_same_name_takes_its_lanes_back_at_once() {
    let db = database().await;
    let log = start(db.url(), "a", plenty()).await;
    log.submit(Uuid::from_u128(1), Ask::new(1, What::Reserve))
        .await
        .expect("answered");
    // As after kill -9: nothing was released, the lease still runs.
    log.hold_breath(true);
    let again = start(db.url(), "a", plenty()).await;
    assert_eq!(again.owned_lanes().len(), all());
    let answered = again
        .submit(Uuid::from_u128(1), Ask::new(1, What::Reserve))
        .await;
    assert!(answered.expect("answered").repeated);
    again.shutdown().await;
}

#[tokio::test]
async fn an_unsafe_database_is_refused() {
    let db = database().await;
    let pool = look(db.url()).await;
    let off = format!("ALTER DATABASE {} SET synchronous_commit = off", db.name());
    sqlx::raw_sql(sqlx::AssertSqlSafe(off))
        .execute(&pool)
        .await
        .expect("set");
    let refused = Log::start(config(db.url(), "a"), plenty(), master()).await;
    assert!(
        matches!(refused, Err(StartError::Unsafe(reason)) if reason.contains("synchronous_commit"))
    );
}
