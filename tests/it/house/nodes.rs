//! Two processes on one log: the wrong one forwards, a silent one is replaced, a woken one finds
//! itself deposed and goes on as the second.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sqlx::PgPool;
use tests::cluster::{Database, database};
use tests::process::{Process, Start, free_port};
use tests::world::{PATIENCE, http, ring, texts};

async fn node(database: &Database, name: &str) -> Process {
    let start = Start {
        database: database.url(),
        node: name,
        port: free_port(),
        // Nobody has to hear the answers here.
        sandbox: "http://127.0.0.1:9",
        crash_at: None,
        lease: 2,
    };
    Process::start(start).await
}

/// Waits until a question has this answer.
async fn until(pool: &PgPool, sql: &'static str, wanted: &str) {
    let end = Instant::now() + PATIENCE;
    loop {
        let found: String = sqlx::query_scalar(sql).fetch_one(pool).await.unwrap();
        if found == wanted {
            return;
        }
        assert!(Instant::now() < end, "{sql}: {found}, not {wanted}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

const OWNER: &str = "select coalesce(min(node), '') from lane_head where node is not null";
const OPEN: &str = "select count(*)::text from inbox where state = 0";

async fn count(pool: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(pool).await.unwrap()
}

/// Opens shops at a node; the platform's ids of their numbers.
async fn shops(node: &Process) -> Vec<String> {
    let asked = http()
        .post(format!("{}/api/dev/shops", node.url))
        .json(&json!({ "count": 3 }));
    let shops: Value = asked.send().await.unwrap().json().await.unwrap();
    let number = |shop: &Value| shop["phone_number_id"].as_str().unwrap().to_owned();
    shops.as_array().unwrap().iter().map(number).collect()
}

/// Posts one buyer's message until it is answered 200.
async fn post(node: &str, number: &str, user: &str, wamid: &str, said: &str) {
    let url = format!("{node}/webhooks/whatsapp");
    let raw = texts(
        number,
        &[(user.to_owned(), wamid.to_owned(), said.to_owned())],
    );
    let (http, end) = (http(), Instant::now() + PATIENCE);
    while ring(&http, &url, &raw).await != 200 {
        assert!(Instant::now() < end, "{node} never takes {wamid}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Buyers who hold and give up scarves until told to stop; how many messages they wrote.
async fn load(node: String, numbers: Vec<String>, stop: Arc<AtomicBool>) -> usize {
    let mut sent = 0_usize;
    while !stop.load(Ordering::Relaxed) {
        let number = &numbers[sent % numbers.len()];
        let said = if (sent / 21).is_multiple_of(2) {
            "FOULARD"
        } else {
            "ANNULER"
        };
        let (user, wamid) = (format!("SN.{}", sent % 7), format!("wamid.{sent}"));
        post(&node, number, &user, &wamid, said).await;
        sent += 1;
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    sent
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_first_process_is_replaced_and_fenced_when_it_wakes() {
    let database = database().await;
    let pool = PgPool::connect(database.url()).await.unwrap();
    let first = node(&database, "first").await;
    let second = node(&database, "second").await;
    until(&pool, OWNER, "first").await;
    let numbers = shops(&first).await;

    // Buyers write to the second process, which owns nothing and forwards.
    let stop = Arc::new(AtomicBool::new(false));
    let load = tokio::spawn(load(second.url.clone(), numbers.clone(), Arc::clone(&stop)));
    tokio::time::sleep(Duration::from_secs(2)).await;
    let forwarded = count(&pool, "select count(*) from event where actor = 'client'").await;
    assert!(forwarded > 20, "forwarded to the owner: {forwarded}");

    first.signal("STOP");
    until(&pool, OWNER, "second").await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    first.signal("CONT");
    tokio::time::sleep(Duration::from_secs(2)).await;

    // The woken one is only the second now: what reaches it is forwarded the other way.
    post(&first.url, &numbers[0], "SN.woken", "wamid.woken", "SAC2").await;
    stop.store(true, Ordering::Relaxed);
    let sent = load.await.unwrap();
    until(&pool, OPEN, "0").await;
    until(&pool, OWNER, "second").await;

    let done = count(&pool, "select count(*) from inbox where state = 1").await;
    assert_eq!(
        usize::try_from(done).unwrap(),
        sent + 1,
        "every webhook was worked on"
    );
    let woken = "select count(*) from reading.orders where lines::text like '%12000%'";
    assert_eq!(
        count(&pool, woken).await,
        1,
        "the bag asked of the woken one is held"
    );
    let holes = "select count(*) from (select lane, pos, row_number() over
        (partition by lane order by pos) as n from event) as e where pos <> n";
    assert_eq!(count(&pool, holes).await, 0, "positions have no holes");
    let oversold = "select count(*) from reading.stock where held + committed + blocked > on_hand";
    assert_eq!(count(&pool, oversold).await, 0, "nothing is oversold");
    let report = eventstore::chain::verify_all(&pool, 2, |_| {})
        .await
        .unwrap();
    assert!(report.is_whole(), "{report:?}");
    drop((first, second));
    pool.close().await;
}
