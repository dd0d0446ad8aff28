//! PostgreSQL is torn down under load and comes back: whatever was answered 200 is done, once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use server::check::{self, Question};
use tests::cluster::Cluster;
use tests::world::{World, ring, texts};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_immediate_stop_under_load_loses_nothing_acknowledged() {
    let mut cluster = Cluster::fresh().await;
    let database = cluster.database().await.unwrap();
    let world = World::on(database.url()).await;
    let number = world.number().await;
    let stop = Arc::new(AtomicBool::new(false));
    let mut drivers = Vec::new();
    for driver in 0..6 {
        let (stop, number) = (Arc::clone(&stop), number.clone());
        let (http, url) = (world.http.clone(), world.livepay("/webhooks/whatsapp"));
        drivers.push(tokio::spawn(async move {
            let mut acknowledged = Vec::new();
            let mut n = 0;
            while !stop.load(Ordering::Relaxed) {
                n += 1;
                let wamid = format!("wamid.{driver}.{n}");
                let said = if n % 2 == 0 { "ANNULER" } else { "FOULARD" };
                let user = format!("SN.{driver}");
                let raw = texts(&number, &[(user, wamid.clone(), said.to_owned())]);
                // Meta's rule: again until exactly 200.
                while ring(&http, &url, &raw).await != 200 {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                acknowledged.push((number.clone(), wamid));
            }
            acknowledged
        }));
    }
    for _ in 0..2 {
        tokio::time::sleep(Duration::from_secs(2)).await;
        cluster.stop_immediate().await.unwrap();
        tokio::time::sleep(Duration::from_millis(700)).await;
        cluster.start().await.unwrap();
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    stop.store(true, Ordering::Relaxed);
    let mut acknowledged = Vec::new();
    for driver in drivers {
        acknowledged.extend(driver.await.unwrap());
    }
    assert!(
        acknowledged.len() > 50,
        "there was load: {}",
        acknowledged.len()
    );
    let question = Question {
        acknowledged,
        books: None,
        shops: vec![world.demo.shop().0],
    };
    let verdict = check::run(world.demo.node(), &question).await;
    assert!(verdict.is_good(), "{verdict}");
    world.stop().await;
}
