//! One command id has effects once, however and whenever it comes again.

use std::sync::Arc;

use tests::cluster::database;
use uuid::Uuid;

use super::stock::{Ask, Stock, What, check_whole, look, number, start};

fn ten() -> Stock {
    Stock {
        units: 10,
        promises: true,
        hold: None,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twice_is_once_in_memory_after_restart_and_at_the_same_moment() {
    let db = database().await;
    let stream = Uuid::from_u128(7);
    let log = start(db.url(), "a", ten()).await;
    let first = log
        .submit(stream, Ask::new(1, What::Reserve))
        .await
        .expect("answered");
    let again = log
        .submit(stream, Ask::new(1, What::Reserve))
        .await
        .expect("answered");
    assert!(!first.repeated && again.repeated);
    assert_eq!(
        (&first.outcome, first.pos, first.seq),
        (&again.outcome, again.pos, again.seq)
    );
    log.shutdown().await;

    let log = start(db.url(), "a", ten()).await;
    let later = log
        .submit(stream, Ask::new(1, What::Reserve))
        .await
        .expect("answered");
    assert!(later.repeated);
    assert_eq!(
        (&first.outcome, first.pos, first.seq),
        (&later.outcome, later.pos, later.seq)
    );

    // A caller that swears its id is new and is wrong: the receipt's key is the last guard.
    let liar = log
        .submit(stream, Ask::fresh(1, What::Reserve))
        .await
        .expect("answered");
    assert!(liar.repeated);

    let mut callers = Vec::new();
    for _ in 0..32 {
        let log = Arc::clone(&log);
        callers.push(tokio::spawn(async move {
            log.submit(stream, Ask::new(2, What::Reserve))
                .await
                .expect("answered")
        }));
    }
    let mut firsts = 0;
    let mut places = Vec::new();
    for caller in callers {
        let answered = caller.await.expect("no caller failed");
        firsts += i32::from(!answered.repeated);
        places.push((answered.outcome, answered.pos, answered.seq));
    }
    assert_eq!(firsts, 1);
    places.dedup();
    assert_eq!(places.len(), 1, "all got the same answer");
    log.shutdown().await;

    let pool = look(db.url()).await;
    check_whole(&pool).await;
    assert_eq!(number(&pool, "SELECT count(*) FROM event").await, 2);
    assert_eq!(number(&pool, "SELECT count(*) FROM outbox").await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lying_fresh_id_among_many_fails_nobody() {
    let db = database().await;
    let stream = Uuid::from_u128(7);
    let log = start(db.url(), "a", ten()).await;
    log.submit(stream, Ask::new(1, What::Reserve))
        .await
        .expect("answered");
    log.shutdown().await;
    let log = start(db.url(), "a", ten()).await;
    let mut callers = Vec::new();
    for id in 1..=9_u128 {
        let log = Arc::clone(&log);
        callers.push(tokio::spawn(async move {
            log.submit(stream, Ask::fresh(id, What::Reserve))
                .await
                .expect("answered")
        }));
    }
    let mut repeated = 0;
    for caller in callers {
        repeated += i32::from(caller.await.expect("no caller failed").repeated);
    }
    assert_eq!(repeated, 1);
    let pool = look(db.url()).await;
    check_whole(&pool).await;
    assert_eq!(number(&pool, "SELECT count(*) FROM event").await, 9);
    log.shutdown().await;
}
