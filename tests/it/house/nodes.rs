//! Two processes on one log: the wrong one forwards, a silent one is replaced, a woken one finds
//! itself deposed and goes on as the second.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::cluster::{Database, database};
use tests::process::{Process, Start, free_port};
use tests::world::{http, ring, texts};

async fn node(database: &Database, name: &str, sandbox: &str) -> Process {
    let start = Start {
        database: database.url(),
        node: name,
        port: free_port(),
        sandbox,
        crash_at: None,
        lease: 2,
    };
    Process::start(start).await
}

async fn owner(pool: &sqlx::PgPool) -> String {
    let sql = "select coalesce(min(node), '') from lane_head where node is not null";
    sqlx::query_scalar(sql).fetch_one(pool).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_first_process_is_replaced_and_fenced_when_it_wakes() {
    let database = database().await;
    let pool = sqlx::PgPool::connect(database.url()).await.unwrap();
    // Nobody has to hear the answers here.
    let nowhere = "http://127.0.0.1:9";
    let first = node(&database, "first", nowhere).await;
    let second = node(&database, "second", nowhere).await;
    assert_eq!(owner(&pool).await, "first");
    let http = http();
    let shops = http.post(format!("{}/api/dev/shops", first.url)).json(&json!({ "count": 3 }));
    let shops: Value = shops.send().await.unwrap().json().await.unwrap();
    let numbers: Vec<String> = shops
        .as_array()
        .unwrap()
        .iter()
        .map(|shop| shop["phone_number_id"].as_str().unwrap().to_owned())
        .collect();

    // Buyers keep writing to the second process, which owns nothing and forwards.
    let stop = Arc::new(AtomicBool::new(false));
    let (url, stopping) = (format!("{}/webhooks/whatsapp", second.url), Arc::clone(&stop));
    let (client, to) = (http.clone(), numbers.clone());
    let load = tokio::spawn(async move {
        let mut sent = 0_usize;
        while !stopping.load(Ordering::Relaxed) {
            let number = &to[sent % to.len()];
            let user = format!("SN.{}", sent % 7);
            let said = if (sent / 21) % 2 == 0 { "FOULARD" } else { "ANNULER" };
            let raw = texts(number, &[(user, format!("wamid.{sent}"), said.to_owned())]);
            while ring(&client, &url, &raw).await != 200 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            sent += 1;
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        sent
    });
    tokio::time::sleep(Duration::from_secs(2)).await;
    let by_first: i64 =
        sqlx::query_scalar("select count(*) from receipt").fetch_one(&pool).await.unwrap();
    assert!(by_first > 30, "forwarded to the owner: {by_first}");

    first.signal("STOP");
    let end = Instant::now() + Duration::from_secs(30);
    while owner(&pool).await != "second" {
        assert!(Instant::now() < end, "nobody took over");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    first.signal("CONT");
    tokio::time::sleep(Duration::from_secs(2)).await;

    // The woken one is only the second now: what reaches it is forwarded the other way.
    let woken = format!("{}/webhooks/whatsapp", first.url);
    let raw = texts(
        &numbers[0],
        &[("SN.woken".to_owned(), "wamid.woken".to_owned(), "SAC2".to_owned())],
    );
    while ring(&http, &woken, &raw).await != 200 {
        assert!(Instant::now() < end + Duration::from_secs(30), "the woken one never answers");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    stop.store(true, Ordering::Relaxed);
    let sent = load.await.unwrap();
    let open = "select count(*) from inbox where state = 0";
    loop {
        let left: i64 = sqlx::query_scalar(open).fetch_one(&pool).await.unwrap();
        if left == 0 {
            break;
        }
        assert!(Instant::now() < end + Duration::from_secs(60), "{left} webhooks stay open");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(owner(&pool).await, "second", "it stays with the one that took over");
    checks(&pool, sent).await;
    drop((first, second));
    pool.close().await;
}

async fn checks(pool: &sqlx::PgPool, sent: usize) {
    let clients = "select count(distinct command_id) from event where actor = 'client'";
    let clients: i64 = sqlx::query_scalar(clients).fetch_one(pool).await.unwrap();
    assert!(clients > 0, "somebody bought");
    let holes = "select count(*) from (select lane, pos, row_number() over
        (partition by lane order by pos) as n from event) as e where pos <> n";
    let holes: i64 = sqlx::query_scalar(holes).fetch_one(pool).await.unwrap();
    assert_eq!(holes, 0, "positions have no holes");
    let stored: i64 = sqlx::query_scalar("select count(*) from inbox where state = 1")
        .fetch_one(pool)
        .await
        .unwrap();
    assert_eq!(usize::try_from(stored).unwrap(), sent + 1, "every webhook was worked on");
    let report = eventstore::chain::verify_all(pool, 2, |_| {}).await.unwrap();
    assert!(report.is_whole(), "{report:?}");
}
