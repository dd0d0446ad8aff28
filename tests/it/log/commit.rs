//! Gapless over many lanes, never oversold, refusals move the batch.

use std::sync::Arc;

use eventstore::Lane;
use tests::cluster::database;
use uuid::Uuid;

use super::stock::{Ask, Stock, What, check_whole, look, number, start};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn positions_have_no_gaps_over_many_lanes() {
    let db = database().await;
    let log = start(
        db.url(),
        "a",
        Stock {
            units: 100,
            promises: true,
            hold: None,
        },
    )
    .await;
    let mut callers = Vec::new();
    for caller in 0..40_u128 {
        let log = Arc::clone(&log);
        callers.push(tokio::spawn(async move {
            for n in 0..25_u128 {
                let stream = Uuid::from_u128(n % 20 + 1);
                let ask = Ask::new(caller * 1_000 + n + 1, What::Reserve);
                let answered = log.submit(stream, ask).await.expect("answered");
                assert_eq!(answered.lane, Lane::of(stream));
                assert!(answered.pos > 0);
            }
        }));
    }
    for caller in callers {
        caller.await.expect("no caller failed");
    }
    let pool = look(db.url()).await;
    check_whole(&pool).await;
    assert_eq!(number(&pool, "SELECT count(*) FROM event").await, 1_000);
    assert_eq!(number(&pool, "SELECT count(*) FROM outbox").await, 1_000);
    assert_eq!(number(&pool, "SELECT count(*) FROM client_key").await, 20);
    log.shutdown().await;
    assert_eq!(number(&pool, "SELECT count(*) FROM node").await, 0);
    assert_eq!(number(&pool, "SELECT count(node) FROM lane_head").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hot_stream_is_never_oversold() {
    let db = database().await;
    let log = start(
        db.url(),
        "a",
        Stock {
            units: 500,
            promises: false,
            hold: None,
        },
    )
    .await;
    let stream = Uuid::from_u128(7);
    let mut callers = Vec::new();
    for caller in 0..64_u128 {
        let log = Arc::clone(&log);
        callers.push(tokio::spawn(async move {
            let mut got = 0;
            for n in 0..20_u128 {
                let ask = Ask::fresh(caller * 1_000 + n + 1, What::Reserve);
                let answered = log.submit(stream, ask).await.expect("answered");
                got += i64::from(!answered.outcome.contains("refused"));
            }
            got
        }));
    }
    let mut sold = 0;
    for caller in callers {
        sold += caller.await.expect("no caller failed");
    }
    assert_eq!(sold, 500);
    let pool = look(db.url()).await;
    check_whole(&pool).await;
    assert_eq!(number(&pool, "SELECT count(*) FROM event").await, 500);
    assert_eq!(
        number(&pool, "SELECT count(*) FROM receipt").await,
        64 * 20,
        "refusals too"
    );
    // Batches of refusals only moved `batch`, not `pos`.
    let (pos, batch): (i64, i64) =
        sqlx::query_as("SELECT pos, batch FROM lane_head WHERE lane = $1")
            .bind(Lane::of(stream).number())
            .fetch_one(&pool)
            .await
            .expect("a head");
    assert_eq!(pos, 500);
    assert!(batch > 0);
    log.shutdown().await;
}

#[tokio::test]
async fn a_refusal_alone_moves_the_batch_and_its_answer_is_kept() {
    let db = database().await;
    let log = start(db.url(), "a", Stock::default()).await;
    let stream = Uuid::from_u128(7);
    let first = log
        .submit(stream, Ask::new(1, What::Reserve))
        .await
        .expect("answered");
    assert!(first.outcome.contains("nothing left"));
    assert_eq!((first.pos, first.seq), (0, 0));
    let pool = look(db.url()).await;
    assert_eq!(
        number(&pool, "SELECT sum(batch)::bigint FROM lane_head").await,
        1
    );
    assert_eq!(
        number(&pool, "SELECT sum(pos)::bigint FROM lane_head").await,
        0
    );
    log.shutdown().await;
}
