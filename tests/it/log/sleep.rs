//! Sleeping and waking: nothing is forgotten, deadlines ring, snapshots equal the full replay.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use eventstore::{Log, snapshot};
use tests::cluster::database;
use uuid::Uuid;

use super::stock::{Ask, Stock, What, check_whole, config, look, master, number, start};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn streams_leave_memory_and_come_back_whole() {
    let db = database().await;
    let mut settings = config(db.url(), "a");
    settings.memory_limit = 20_000;
    let stock = Stock {
        units: 1_000,
        promises: true,
        hold: None,
    };
    let log = Arc::new(Log::start(settings, stock, master()).await.expect("starts"));
    for round in 0..3_u128 {
        for stream in 1..=60_u128 {
            let ask = Ask::fresh(round * 100 + stream, What::Reserve);
            // Over the limit new streams are told Busy until others have left.
            loop {
                match log.submit(Uuid::from_u128(stream), ask.clone()).await {
                    Ok(answered) => {
                        assert_eq!(answered.seq, i64::try_from(round).unwrap() + 1);
                        break;
                    }
                    Err(eventstore::SubmitError::Busy) => {
                        tokio::time::sleep(Duration::from_millis(50)).await;
                    }
                    Err(error) => panic!("{error}"),
                }
            }
        }
    }
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    let pool = look(db.url()).await;
    let awake = number(&pool, "SELECT count(*) FROM deadline").await;
    assert!(awake < 30, "{awake} streams are still awake");
    check_whole(&pool).await;
    assert_eq!(number(&pool, "SELECT count(*) FROM event").await, 180);
    log.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deadline_rings_awake_asleep_and_after_a_crash() {
    let db = database().await;
    let stock = || Stock {
        units: 5,
        promises: false,
        hold: Some(TimeDelta::milliseconds(1_500)),
    };
    let stream = Uuid::from_u128(7);
    let pool = look(db.url()).await;

    // Awake: the committer's own alarm.
    let log = start(db.url(), "a", stock()).await;
    log.submit(stream, Ask::new(1, What::Reserve))
        .await
        .expect("answered");
    tokio::time::sleep(Duration::from_secs(2)).await;
    let lapsed = "SELECT count(*) FROM event WHERE kind = 'Lapsed'";
    assert_eq!(number(&pool, lapsed).await, 1);

    // Gone while awake: the next owner wakes the stream at once, nobody speaks to it.
    log.submit(stream, Ask::new(2, What::Reserve))
        .await
        .expect("answered");
    drop(log);
    tokio::time::sleep(Duration::from_millis(1_700)).await;
    assert_eq!(number(&pool, lapsed).await, 1, "nobody was there");
    // What it missed is told in silence.rs; here so short a time is none.
    let mut settings = config(db.url(), "a");
    settings.silence = Duration::from_mins(1);
    let log = Log::start(settings, stock(), master())
        .await
        .expect("starts");
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert_eq!(number(&pool, lapsed).await, 2);
    log.shutdown().await;

    // Asleep: the table's row.
    let mut settings = config(db.url(), "a");
    settings.idle = Duration::from_millis(1);
    let log = Arc::new(
        Log::start(settings, stock(), master())
            .await
            .expect("starts"),
    );
    log.submit(stream, Ask::new(3, What::Reserve))
        .await
        .expect("answered");
    tokio::time::sleep(Duration::from_millis(1_300)).await;
    let asleep = "SELECT count(*) FROM deadline WHERE due_at > '-infinity'";
    assert_eq!(
        number(&pool, asleep).await,
        1,
        "it sleeps, its deadline written"
    );
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(number(&pool, lapsed).await, 3);
    log.shutdown().await;
    check_whole(&pool).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn snapshot_and_tail_equal_the_full_replay() {
    let db = database().await;
    let stock = || Stock {
        units: 1_000,
        promises: true,
        hold: None,
    };
    let stream = Uuid::from_u128(7);
    let log = start(db.url(), "a", stock()).await;
    for id in 1..=30 {
        log.submit(stream, Ask::fresh(id, What::Reserve))
            .await
            .expect("answered");
    }
    let written = snapshot::write(log.pool(), &stock(), &master(), stream)
        .await
        .expect("written");
    assert_eq!(written, Some(30));
    for id in 31..=40 {
        let what = if id == 35 {
            What::Cancel
        } else {
            What::Reserve
        };
        log.submit(stream, Ask::fresh(id, what))
            .await
            .expect("answered");
    }
    log.shutdown().await;
    let with = start(db.url(), "a", stock()).await;
    let next = with
        .submit(stream, Ask::new(41, What::Reserve))
        .await
        .expect("answered");
    assert_eq!((next.seq, &*next.outcome), (41, r#"{"left":961}"#));
    with.shutdown().await;

    // A snapshot of another shape, or of another log, is not believed.
    let pool = look(db.url()).await;
    sqlx::raw_sql("UPDATE snapshot SET shape = 99")
        .execute(&pool)
        .await
        .expect("changed");
    let without = start(db.url(), "a", stock()).await;
    let next = without
        .submit(stream, Ask::new(42, What::Reserve))
        .await
        .expect("answered");
    assert_eq!((next.seq, &*next.outcome), (42, r#"{"left":960}"#));
    without.shutdown().await;
    check_whole(&pool).await;
    sqlx::raw_sql("UPDATE snapshot SET shape = 1, tip = sha256('x')")
        .execute(&pool)
        .await
        .expect("changed");
    let wrong = start(db.url(), "a", stock()).await;
    let answer = wrong.submit(stream, Ask::new(43, What::Reserve)).await;
    assert!(
        matches!(answer, Err(eventstore::SubmitError::Parked(_))),
        "{answer:?}"
    );
    wrong.shutdown().await;
}
