//! A time in which nothing could be committed is noticed, by whoever comes after it, and every
//! stream is told of it before anything else: a hold that fell due in it does not lapse.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use eventstore::{Log, SubmitError};
use sqlx::PgPool;
use tests::cluster::{Cluster, database};
use tests::world::PATIENCE;
use tokio::time::Instant;
use uuid::Uuid;

use super::stock::{Ask, Stock, What, check_whole, config, look, master, number};

const STREAM: Uuid = Uuid::from_u128(7);
/// Shorter than the silences below, longer than the time until they begin.
const HOLD: TimeDelta = TimeDelta::seconds(5);
const SILENCE: Duration = Duration::from_secs(6);
const LAPSED: &str = "SELECT count(*) FROM event WHERE kind = 'Lapsed'";
const GIVEN: &str = "SELECT count(*) FROM event WHERE kind = 'Given'";

async fn open(url: &str, idle: Duration) -> Arc<Log<Stock>> {
    let mut settings = config(url, "a");
    // What the tests of the log have, and the house: 3 s.
    assert!(settings.silence < SILENCE);
    settings.idle = idle;
    Arc::new(
        Log::start(settings, stock(), master())
            .await
            .expect("starts"),
    )
}

fn stock() -> Stock {
    Stock {
        units: 5,
        promises: false,
        hold: Some(HOLD),
    }
}

async fn reserve(log: &Log<Stock>, id: u128) {
    let done = log.submit(STREAM, Ask::new(id, What::Reserve)).await;
    done.expect("answered");
}

async fn until(pool: &PgPool, sql: &'static str, wanted: i64) {
    let end = Instant::now() + PATIENCE;
    while number(pool, sql).await != wanted {
        assert!(Instant::now() < end, "never {wanted}: {sql}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// The one silence that was told. The hold lapsed after it, no sooner than its whole length after
/// it was made, the silence not counted.
async fn told(pool: &PgPool) -> (DateTime<Utc>, DateTime<Utc>) {
    let sql = "SELECT body::text FROM event WHERE kind = 'Given'";
    let body: String = sqlx::query_scalar(sql).fetch_one(pool).await.expect("told");
    let (from, until) = serde_json::from_str(&body).expect("two instants");
    let at = |kind: &'static str| {
        sqlx::query_scalar("SELECT min(at) FROM event WHERE kind = $1")
            .bind(kind)
            .fetch_one(pool)
    };
    let made: DateTime<Utc> = at("Reserved").await.expect("a time");
    let lapsed: DateTime<Utc> = at("Lapsed").await.expect("a time");
    assert!(
        lapsed - made >= HOLD + (until - from),
        "{made} {lapsed}: {body}"
    );
    let order = "SELECT string_agg(kind, ' ' ORDER BY seq) FROM event";
    let order: String = sqlx::query_scalar(order)
        .fetch_one(pool)
        .await
        .expect("kinds");
    assert_eq!(order, "Reserved Given Lapsed", "told before it was swept");
    (from, until)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_goes_with_an_open_hold_leaves_it_its_time() {
    let db = database().await;
    let pool = look(db.url()).await;
    let log = open(db.url(), Duration::from_mins(1)).await;
    reserve(&log, 1).await;
    // Awake to the end: nothing of it sleeps in order. A kill is tried with the real binary.
    let gone = log.now();
    drop(log);
    tokio::time::sleep(SILENCE).await;
    assert_eq!(number(&pool, LAPSED).await, 0, "nobody was there");
    let log = open(db.url(), Duration::from_mins(1)).await;
    until(&pool, LAPSED, 1).await;
    let (from, end) = told(&pool).await;
    assert!((gone - from).abs() < TimeDelta::seconds(2), "{from} {gone}");
    assert!(end - gone >= TimeDelta::seconds(6), "{gone} {end}");
    log.shutdown().await;
    check_whole(&pool).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_leaves_in_order_and_sleeps_is_told_too() {
    let db = database().await;
    let pool = look(db.url()).await;
    let log = open(db.url(), Duration::from_millis(1)).await;
    reserve(&log, 1).await;
    let asleep = "SELECT count(*) FROM deadline WHERE due_at > '-infinity'";
    until(&pool, asleep, 1).await;
    log.shutdown().await;
    tokio::time::sleep(SILENCE).await;
    let log = open(db.url(), Duration::from_millis(1)).await;
    until(&pool, LAPSED, 1).await;
    told(&pool).await;
    log.shutdown().await;
    check_whole(&pool).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_was_away_gives_the_time_back() {
    let mut cluster = Cluster::fresh().await;
    let db = cluster.database().await.expect("a database");
    let log = open(db.url(), Duration::from_mins(1)).await;
    reserve(&log, 1).await;
    cluster.stop_immediate().await.expect("stopped");
    // The hold falls due, and somebody asks: neither may be decided now.
    let asks = Arc::clone(&log);
    let asked = tokio::spawn(async move {
        let ask = Ask::new(2, What::Cancel);
        asks.submit(STREAM, ask).await
    });
    tokio::time::sleep(SILENCE).await;
    cluster.start().await.expect("started");
    let pool = look(db.url()).await;
    until(&pool, GIVEN, 1).await;
    match asked.await.expect("an answer") {
        Ok(_) => assert_eq!(number(&pool, LAPSED).await, 0),
        Err(error) => assert_eq!(error, SubmitError::Unavailable),
    }
    until(&pool, LAPSED, 1).await;
    log.shutdown().await;
    check_whole(&pool).await;
    cluster.stop().await.expect("stopped");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_short_pause_is_no_silence() {
    let db = database().await;
    let pool = look(db.url()).await;
    let log = open(db.url(), Duration::from_mins(1)).await;
    reserve(&log, 1).await;
    log.shutdown().await;
    let mut settings = config(db.url(), "a");
    settings.silence = Duration::from_mins(1);
    let log = Log::start(settings, stock(), master()).await;
    let log = log.expect("starts");
    until(&pool, LAPSED, 1).await;
    assert_eq!(number(&pool, GIVEN).await, 0);
    assert_eq!(number(&pool, "SELECT count(*) FROM silence").await, 0);
    log.shutdown().await;
}
