//! Connections and servers that die in the middle of a COMMIT: nothing acknowledged is lost,
//! nothing happens twice, nobody is left without an answer.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use eventstore::{Log, SubmitError};
use tests::cluster::database;
use tokio::time::Instant;
use uuid::Uuid;

use super::stock::{Ask, Stock, What, check_whole, look, start};

/// Callers that repeat an unanswered command under the same id, as a real one does.
pub(super) async fn call(log: Arc<Log<Stock>>, caller: u128, until: Instant) -> Vec<(Uuid, i64)> {
    let mut answered = Vec::new();
    let mut n = 0;
    while Instant::now() < until {
        n += 1;
        let ask = Ask::new(caller * 1_000_000 + n, What::Reserve);
        let stream = Uuid::from_u128(n % 4 + 1);
        loop {
            match log.submit(stream, ask.clone()).await {
                Ok(answer) => break answered.push((ask.id, answer.pos)),
                Err(SubmitError::Unavailable | SubmitError::Busy) => {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                // The lease may lapse while the server is down; it is taken again.
                Err(SubmitError::NotOwner { .. }) => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                Err(error) => panic!("{error}"),
            }
        }
    }
    answered
}

pub(super) async fn check(pool: &sqlx::PgPool, answered: Vec<(Uuid, i64)>) {
    check_whole(pool).await;
    let rows: Vec<(Uuid, i64)> = sqlx::query_as("SELECT command_id, pos FROM event")
        .fetch_all(pool)
        .await
        .expect("rows");
    let mut stored = HashMap::new();
    for (id, pos) in rows {
        assert!(stored.insert(id, pos).is_none(), "{id} happened twice");
    }
    assert!(answered.len() > 50, "only {} answers", answered.len());
    for (id, pos) in &answered {
        assert_eq!(
            stored.get(id),
            Some(pos),
            "an acknowledged command was lost or moved"
        );
    }
    assert_eq!(
        stored.len(),
        answered.len(),
        "every command was answered in the end"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_cut_during_commit_lose_and_repeat_nothing() {
    let db = database().await;
    let log = start(
        db.url(),
        "a",
        Stock {
            units: 1_000_000,
            promises: true,
            hold: None,
        },
    )
    .await;
    let until = Instant::now() + Duration::from_secs(4);
    let callers: Vec<_> = (1..=16)
        .map(|n| tokio::spawn(call(Arc::clone(&log), n, until)))
        .collect();
    let pool = look(db.url()).await;
    let mut cut = 0_i64;
    while Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(37)).await;
        // The committers' sessions: those that last ran the batch statement.
        let ended: i64 = sqlx::query_scalar(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE \
             datname = current_database() AND query LIKE '-- One batch, one statement%'",
        )
        .fetch_one(&pool)
        .await
        .expect("terminated");
        cut += ended;
    }
    assert!(cut > 10, "only {cut} connections were cut");
    let mut answered = Vec::new();
    for caller in callers {
        answered.extend(caller.await.expect("no caller failed"));
    }
    check(&pool, answered).await;
    log.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgres_that_crashes_under_load_loses_nothing() {
    let mut cluster = tests::cluster::Cluster::fresh().await;
    let db = cluster.database().await.expect("a database");
    let log = start(
        db.url(),
        "a",
        Stock {
            units: 1_000_000,
            promises: true,
            hold: None,
        },
    )
    .await;
    let until = Instant::now() + Duration::from_secs(7);
    let callers: Vec<_> = (1..=16)
        .map(|n| tokio::spawn(call(Arc::clone(&log), n, until)))
        .collect();
    for _ in 0..2 {
        tokio::time::sleep(Duration::from_millis(1_200)).await;
        cluster.stop_immediate().await.expect("crashed");
        tokio::time::sleep(Duration::from_millis(300)).await;
        cluster.start().await.expect("started again");
    }
    let mut answered = Vec::new();
    for caller in callers {
        answered.extend(caller.await.expect("no caller failed"));
    }
    let pool = look(db.url()).await;
    check(&pool, answered).await;
    log.shutdown().await;
}
