//! While a rebuild runs, shops go on and pages are read.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use domain::catalogue::Event as Catalogue;
use domain::event::Event;
use domain::ids::OrderId;
use projections::board::board;
use projections::{MODELS, TenantTx};
use uuid::Uuid;

use super::super::history::histories;
use super::super::scene::{MEDIUM, Scene, opened, placed};
use super::{all, place, plan, run, whole};

const SHOP: Uuid = Uuid::from_u128(0x91);

/// Reads the board over and over. It must never fail, and never forget an order it has shown.
async fn read(scene: Arc<Scene>, stop: Arc<AtomicBool>, reads: Arc<AtomicU64>) {
    let mut most = 0;
    while !stop.load(Ordering::Relaxed) {
        let mut tx = TenantTx::begin(&scene.pool, SHOP).await.unwrap();
        let page = board(&mut tx).await.unwrap().expect("the shop is there");
        tx.end().await.unwrap();
        // Whichever model is swapped: the rows are at the sequence the shop says.
        let held: i64 = page.stock.iter().map(|bar| bar.held).sum();
        assert_eq!(page.seq - 10, held, "one unit held by each order");
        assert!(held >= most, "{held} after {most}");
        most = held;
        reads.fetch_add(1, Ordering::Relaxed);
    }
}

/// One order after the other, with a moment between.
async fn tell(scene: Arc<Scene>, stop: Arc<AtomicBool>) -> u64 {
    let mut number = 0;
    while !stop.load(Ordering::Relaxed) {
        number += 1;
        scene.tell(SHOP, vec![placed(OrderId(number), 1)]).await;
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    number
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_model_is_rebuilt_while_orders_come_and_pages_are_read() {
    let scene = Arc::new(Scene::new().await);
    histories(&scene, 3, 150).await;
    scene.tell(SHOP, opened()).await;
    let plenty = Event::Catalogue(Catalogue::StockReceived {
        variant: MEDIUM,
        quantity: 1_000_000,
    });
    scene.tell(SHOP, vec![plenty]).await;
    scene.settled().await;
    let (stop, reads) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicU64::new(0)),
    );
    let telling = tokio::spawn(tell(Arc::clone(&scene), Arc::clone(&stop)));
    let reading = tokio::spawn(read(
        Arc::clone(&scene),
        Arc::clone(&stop),
        Arc::clone(&reads),
    ));
    for model in MODELS {
        let first: String =
            sqlx::query_scalar("SELECT tables[1] FROM reading.version WHERE model = $1")
                .bind(model.name)
                .fetch_one(&scene.pool)
                .await
                .unwrap();
        let before = place(&scene.pool, &first).await;
        let done = run(&scene.pool, &plan(&[model.name])).await.unwrap();
        assert!(
            done.events > 0 && done.compared > 0,
            "{}: {done:?}",
            model.name
        );
        assert!(
            done.differing.is_empty() && done.parked.is_empty(),
            "{done:?}"
        );
        assert_ne!(
            place(&scene.pool, &first).await,
            before,
            "{} is new",
            model.name
        );
    }
    run(&scene.pool, &plan(&all())).await.unwrap();
    stop.store(true, Ordering::Relaxed);
    let told = telling.await.unwrap();
    reading.await.unwrap();
    assert!(
        reads.load(Ordering::Relaxed) > 20,
        "pages were read meanwhile"
    );
    let report = whole(&scene).await;
    assert_eq!(report.shops, 4);
    let orders = i64::try_from(told).unwrap();
    let found: i64 = sqlx::query_scalar("SELECT count(*) FROM reading.orders WHERE shop_id = $1")
        .bind(SHOP)
        .fetch_one(&scene.pool)
        .await
        .unwrap();
    assert_eq!(found, orders);
    // The walls came along.
    let mut tx = TenantTx::begin(&scene.pool, Uuid::from_u128(0x92))
        .await
        .unwrap();
    let seen: i64 = sqlx::query_scalar("SELECT count(*) FROM orders")
        .fetch_one(tx.conn())
        .await
        .unwrap();
    assert_eq!(seen, 0, "another shop's orders");
}

#[tokio::test]
async fn a_rebuild_has_every_index_the_tables_had() {
    let scene = Scene::new().await;
    scene.tell(SHOP, opened()).await;
    scene.settled().await;
    let indexes = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'reading' ORDER BY 1";
    let before: Vec<String> = sqlx::query_scalar(indexes)
        .fetch_all(&scene.pool)
        .await
        .unwrap();
    run(&scene.pool, &plan(&all())).await.unwrap();
    let after: Vec<String> = sqlx::query_scalar(indexes)
        .fetch_all(&scene.pool)
        .await
        .unwrap();
    assert_eq!(before, after);
    whole(&scene).await;
}
