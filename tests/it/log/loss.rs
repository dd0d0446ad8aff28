//! delivered == committed, in order, through pauses, rollbacks, lag and a moved checkpoint.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use eventstore::subscription::{Checkpoints, Tail};
use eventstore::{Lane, Log};
use tests::cluster::database;
use uuid::Uuid;

use super::stock::{Ask, Stock, What, check_whole, config, look, master, number};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_event_is_delivered_once_and_in_order() {
    let db = database().await;
    let mut settings = config(db.url(), "a");
    // So small that the reader lags and must read the log.
    settings.broadcast = 4;
    let stock = Stock {
        units: 1_000_000,
        promises: false,
        hold: None,
    };
    let log = Arc::new(Log::start(settings, stock, master()).await.expect("starts"));
    let mut writers = Vec::new();
    for writer in 1..=6_u128 {
        let log = Arc::clone(&log);
        writers.push(tokio::spawn(async move {
            for n in 0..150_u128 {
                // Some batches are refused by the database and rolled back.
                let what = if n % 40 == 7 {
                    What::Poison
                } else {
                    What::Reserve
                };
                let ask = Ask::fresh(writer * 10_000 + n, what);
                drop(log.submit(Uuid::from_u128(n % 30 + 1), ask).await);
                if n % 16 == 0 {
                    tokio::time::sleep(Duration::from_millis(u64::try_from(writer).unwrap() * 3))
                        .await;
                }
            }
        }));
    }
    let reader = {
        let (pool, live) = (log.pool().clone(), log.subscribe());
        tokio::spawn(async move {
            let mut tail = Tail::new(pool, live, HashMap::new(), Duration::from_millis(25));
            let mut delivered: HashMap<Lane, i64> = HashMap::new();
            let mut total = 0_usize;
            while let Ok(Ok(batch)) =
                tokio::time::timeout(Duration::from_secs(2), tail.next()).await
            {
                let last = delivered.entry(batch.lane()).or_default();
                assert_eq!(batch.from, *last, "a hole or a repeat");
                for event in &batch.committed.events {
                    *last += 1;
                    assert_eq!((event.pos, event.lane), (*last, batch.lane()));
                }
                total += batch.committed.events.len();
                if total.is_multiple_of(7) {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            }
            total
        })
    };
    for writer in writers {
        writer.await.expect("no writer failed");
    }
    let delivered = reader.await.expect("the reader was content");
    let pool = look(db.url()).await;
    check_whole(&pool).await;
    let committed = number(&pool, "SELECT count(*) FROM event").await;
    assert_eq!(i64::try_from(delivered).unwrap(), committed);
    assert_eq!(committed, 6 * 150 - 6 * 4);
    log.shutdown().await;
}

#[tokio::test]
async fn a_checkpoint_moves_only_from_where_it_is() {
    let db = database().await;
    let pool = look(db.url()).await;
    let stocks = Checkpoints::new("stocks");
    let mut lanes = Lane::all();
    let (one, two) = (lanes.next().unwrap(), lanes.next().unwrap());
    let mut transaction = pool.begin().await.expect("begun");
    assert!(
        stocks
            .advance(&mut transaction, &[(one, 0, 5), (two, 0, 3)])
            .await
            .expect("asked")
    );
    assert!(
        stocks
            .advance(&mut transaction, &[(one, 5, 6)])
            .await
            .expect("asked")
    );
    assert!(
        !stocks
            .advance(&mut transaction, &[(one, 5, 9), (two, 3, 4)])
            .await
            .expect("asked")
    );
    transaction.rollback().await.expect("rolled back");
    assert_eq!(stocks.load(&pool).await.expect("loaded"), HashMap::new());

    let mut transaction = pool.begin().await.expect("begun");
    assert!(
        stocks
            .advance(&mut transaction, &[(one, 0, 5)])
            .await
            .expect("asked")
    );
    transaction.commit().await.expect("committed");
    let mut transaction = pool.begin().await.expect("begun");
    assert!(
        !stocks
            .advance(&mut transaction, &[(one, 0, 5)])
            .await
            .expect("asked")
    );
    transaction.rollback().await.expect("rolled back");
    assert_eq!(
        stocks.load(&pool).await.expect("loaded"),
        HashMap::from([(one, 5)])
    );

    let stream = Uuid::from_u128(1);
    stocks
        .park(&pool, stream, 4, "poison")
        .await
        .expect("parked");
    stocks
        .park(&pool, stream, 9, "again")
        .await
        .expect("parked");
    let parked = stocks.parked(&pool).await.expect("listed");
    assert_eq!(
        (parked.len(), parked[0].pos, parked[0].error.as_str()),
        (1, 4, "poison")
    );
    assert!(stocks.unpark(&pool, stream).await.expect("asked"));
}
