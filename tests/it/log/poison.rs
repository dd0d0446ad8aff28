//! One command that cannot be committed fails alone.

use std::sync::Arc;

use eventstore::SubmitError;
use tests::cluster::database;
use uuid::Uuid;

use super::stock::{Ask, Stock, What, check_whole, look, number, start};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn poison_fails_alone_and_its_neighbours_do_not_notice() {
    let db = database().await;
    let log = start(
        db.url(),
        "a",
        Stock {
            units: 1_000,
            promises: true,
            hold: None,
        },
    )
    .await;
    let mut callers = Vec::new();
    for n in 1..=200_u128 {
        let log = Arc::clone(&log);
        callers.push(tokio::spawn(async move {
            let what = match n {
                50 | 150 => What::Poison,
                100 => What::Panic,
                _ => What::Reserve,
            };
            // Neighbours in the same stream and in the same lane group.
            (
                n,
                log.submit(Uuid::from_u128(n % 5 + 1), Ask::fresh(n, what))
                    .await,
            )
        }));
    }
    for caller in callers {
        let (n, answer) = caller.await.expect("no caller failed");
        match n {
            50 | 100 | 150 => assert!(
                matches!(answer, Err(SubmitError::Parked(_))),
                "{n}: {answer:?}"
            ),
            _ => assert!(answer.is_ok(), "{n}: {answer:?}"),
        }
    }
    let pool = look(db.url()).await;
    check_whole(&pool).await;
    assert_eq!(number(&pool, "SELECT count(*) FROM event").await, 197);
    // The state was read again: what is left is what the log says.
    let left = log
        .submit(Uuid::from_u128(1), Ask::new(999, What::Reserve))
        .await
        .expect("ok");
    let reserved = number(
        &pool,
        "SELECT count(*) FROM event WHERE shop_id = '00000000-0000-0000-0000-000000000001'",
    );
    assert_eq!(
        &*left.outcome,
        format!(r#"{{"left":{}}}"#, 1_000 - reserved.await)
    );
    log.shutdown().await;
}

#[tokio::test]
async fn a_stream_that_cannot_be_read_parks_its_commands_and_no_others() {
    let db = database().await;
    let log = start(
        db.url(),
        "a",
        Stock {
            units: 5,
            promises: false,
            hold: None,
        },
    )
    .await;
    let (sick, well) = (Uuid::from_u128(1), Uuid::from_u128(2));
    log.submit(sick, Ask::new(1, What::Reserve))
        .await
        .expect("answered");
    log.shutdown().await;
    let pool = look(db.url()).await;
    sqlx::raw_sql("SET session_replication_role = replica; UPDATE event SET kind = 'Nonsense'")
        .execute(&pool)
        .await
        .expect("tampered");
    let log = start(
        db.url(),
        "a",
        Stock {
            units: 5,
            promises: false,
            hold: None,
        },
    )
    .await;
    let answer = log.submit(sick, Ask::new(2, What::Reserve)).await;
    assert!(matches!(answer, Err(SubmitError::Parked(_))), "{answer:?}");
    assert!(log.submit(well, Ask::new(3, What::Reserve)).await.is_ok());
    log.shutdown().await;
}
