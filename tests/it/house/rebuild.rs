//! Read models rebuilt by the command line while the house is open: pages never notice.

use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use projections::{MODELS, verify};
use serde_json::{Value, json};
use server::check;
use server::session::{self, Use};
use server::simulate::{self, SimulateConfig};
use sqlx::PgPool;
use tests::cluster::{Cluster, database};
use tests::process::binary;
use tests::world::{PATIENCE, World, http, ring, texts};
use tokio::task::JoinHandle;

/// `livepay projections …` on a database.
fn projections(database: &str, words: &[&str]) -> Command {
    let mut command = Command::new(binary());
    command
        .arg("projections")
        .args(words)
        .env("DATABASE_URL", database)
        .env("LIVEPAY_LOG", "warn")
        .stdin(Stdio::null());
    command
}

async fn done(mut command: Command) -> Output {
    tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap()
}

/// Runs it to its end; what it said, if it succeeded.
async fn said(database: &str, words: &[&str]) -> String {
    let output = done(projections(database, words)).await;
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{words:?}: {out}\n{error}");
    out
}

/// Asks for the vendor's page and for the house's health until told to stop; counts the answers.
fn look(world: &World, stop: &Arc<AtomicBool>) -> JoinHandle<usize> {
    let node = world.demo.node();
    let token = session::issue(&node.identity, world.demo.shop(), Use::Cookie, node.now());
    let cookie = format!("livepay={token}");
    let urls = [world.livepay("/api/v1/board"), world.livepay("/readyz")];
    let (http, stop) = (http(), Arc::clone(stop));
    tokio::spawn(async move {
        let mut answers = 0;
        while !stop.load(Ordering::Relaxed) {
            for url in &urls {
                let answer = http
                    .get(url)
                    .header("cookie", &cookie)
                    .send()
                    .await
                    .unwrap();
                assert_eq!(answer.status().as_u16(), 200, "{url}");
                answers += 1;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        answers
    })
}

fn kills() -> u64 {
    if tests::all() { 10 } else { 3 }
}

async fn oids(pool: &PgPool) -> Vec<i64> {
    let oids = "SELECT oid::bigint FROM pg_class WHERE relnamespace = 'reading'::regnamespace
                   AND relkind = 'r' AND relname <> 'version' ORDER BY relname";
    sqlx::query_scalar(oids).fetch_all(pool).await.unwrap()
}

/// How fast the log can be read in windows, decoded, and nothing else: events per second.
async fn read(pool: &PgPool) -> f64 {
    let started = Instant::now();
    let mut events = 0_u32;
    for lane in 0..256_i16 {
        let mut after = 0_i64;
        loop {
            let rows: Vec<(i64, String)> = sqlx::query_as(
                "SELECT pos, body::text FROM event WHERE lane = $1 AND pos > $2
                  ORDER BY pos LIMIT 50000",
            )
            .bind(lane)
            .bind(after)
            .fetch_all(pool)
            .await
            .unwrap();
            let Some((last, _)) = rows.last() else { break };
            after = *last;
            for (_, body) in &rows {
                let event: Result<domain::event::Event, _> = serde_json::from_str(body);
                assert!(event.is_ok(), "{body}");
                events += 1;
            }
        }
    }
    f64::from(events) / started.elapsed().as_secs_f64()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_buys_while_every_model_is_rebuilt_and_rebuilds_are_killed() {
    let database = database().await;
    let url = database.url();
    let world = World::on(url).await;
    let stop = Arc::new(AtomicBool::new(false));
    let looking = look(&world, &stop);
    let config = SimulateConfig {
        livepay_url: world.demo.livepay_url(),
        sandbox_url: world.demo.phones_url(),
        buyers: 60,
        shops: 3,
        seconds: 15,
        seed: 21,
        progress: false,
        ..SimulateConfig::default()
    };
    let crowd = tokio::spawn(async move { simulate::run(&config).await.unwrap() });
    tokio::time::sleep(Duration::from_secs(3)).await;

    for number in 1..=kills() {
        let mut command = projections(url, &["rebuild", "--all"]);
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Somewhere: before it asks, while it reads, while it swaps, or afterwards.
        tokio::time::sleep(Duration::from_millis(number * 7_919 % 1_400)).await;
        drop(child.kill());
        child.wait().unwrap();
        assert!(
            !oids(&world.db).await.is_empty(),
            "the old tables are there"
        );
    }
    for model in MODELS {
        let before = oids(&world.db).await;
        let out = said(url, &["rebuild", model.name]).await;
        assert!(out.contains("compared, equal"), "{out}");
        assert_ne!(oids(&world.db).await, before, "{} was swapped", model.name);
    }
    let journal = crowd.await.unwrap();
    let out = said(url, &["rebuild", "--all"]).await;
    stop.store(true, Ordering::Relaxed);
    let answers = looking.await.unwrap();
    assert!(answers > 100, "only {answers} looks at the page");

    let verdict = check::ask(&world.demo.livepay_url(), &journal)
        .await
        .unwrap();
    assert!(verdict.is_good(), "{verdict}");
    let status: Value = serde_json::from_str(&said(url, &["status", "--json"]).await).unwrap();
    assert_eq!(status["rebuild"], Value::Null, "{status}");
    for model in status["models"].as_array().unwrap() {
        assert_eq!(model["state"], "live", "{model}");
        assert_eq!(model["events_behind"], 0, "{model}");
        assert_eq!(model["parked"], json!([]), "{model}");
    }
    let speed = read(&world.db).await;
    let rebuilt = out
        .split_once("events, ")
        .and_then(|(_, rest)| rest.split_once("/s"))
        .map_or(0.0, |(number, _)| number.parse::<f64>().unwrap());
    tests::figure(&format!(
        "rebuild --all: {rebuilt:.0} events/s, {:.2} of a windowed read ({speed:.0}/s, debug)",
        rebuilt / speed
    ));
    world.stop().await;
}

/// Messages of new buyers, one order each; those the house did not take are forgotten.
async fn order(livepay: &str, number: &str, from: u32, count: u32) {
    for n in from..from + count {
        let said = (
            format!("SN.{n}"),
            format!("wamid.{n}"),
            "FOULARD".to_owned(),
        );
        let url = format!("{livepay}/webhooks/whatsapp");
        ring(&http(), &url, &texts(number, &[said])).await;
    }
}

/// Waits until the read models know all of the log.
async fn caught_up(pool: &PgPool) {
    let behind = "SELECT count(*) FROM lane_head h JOIN checkpoint c USING (lane)
                   WHERE c.projection = 'live' AND c.pos < h.pos";
    let end = Instant::now() + PATIENCE;
    loop {
        let left: Result<i64, _> = sqlx::query_scalar(behind).fetch_one(pool).await;
        if matches!(left, Ok(0)) {
            return;
        }
        assert!(Instant::now() < end, "{left:?} lanes are behind");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgres_that_crashes_under_the_house_loses_no_row() {
    let mut cluster = Cluster::fresh().await;
    let database = cluster.database().await.unwrap();
    let url = database.url();
    let world = World::on(url).await;
    let asked = json!({ "count": 2 });
    let opened = world.post(&world.livepay("/api/dev/shops"), &asked).await;
    let number = opened[0]["phone_number_id"].as_str().unwrap().to_owned();
    let livepay = world.demo.livepay_url();
    order(&livepay, &number, 0, 30).await;
    for crash in 1..=2_u32 {
        let writing = tokio::spawn({
            let (livepay, number) = (livepay.clone(), number.clone());
            async move { order(&livepay, &number, crash * 1_000, 60).await }
        });
        let mut command = projections(url, &["rebuild", "--all"]);
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        tokio::time::sleep(Duration::from_millis(400 + 300 * u64::from(crash))).await;
        cluster.stop_immediate().await.unwrap();
        tokio::time::sleep(Duration::from_millis(300)).await;
        cluster.start().await.unwrap();
        writing.await.unwrap();
        tokio::task::spawn_blocking(move || child.wait().unwrap())
            .await
            .unwrap();
    }
    order(&livepay, &number, 9_000, 20).await;
    let inbox = "SELECT count(*) FROM inbox WHERE state = 0";
    world.until(inbox, 0).await;
    caught_up(&world.db).await;
    let report = verify::replay(&world.db, None).await.unwrap();
    assert_eq!(report.difference, None);
    // Most of those who wrote while the database was there, whatever was left for them.
    assert!(report.clients > 60, "{report:?}");
    said(url, &["rebuild", "--all"]).await;
    caught_up(&world.db).await;
    let report = verify::replay(&world.db, None).await.unwrap();
    assert_eq!(report.difference, None);
    world.stop().await;
    cluster.stop().await.unwrap();
}
