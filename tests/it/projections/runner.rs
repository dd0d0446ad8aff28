//! The runner: gaps, other nodes, poison, versions, and reading one's own write.

use std::time::Duration;

use domain::{
    event::Event,
    ids::OrderId,
    money::Amount,
    order::event::{Event as Order, ExtendReason},
};
use projections::{MODELS, parked, prepare, retry, verify};
use tokio::time::timeout;
use uuid::Uuid;

use super::scene::{BAG, FIRST, MEDIUM, Scene, in_ten_minutes, line, now, opened, placed};

const SHOP: Uuid = Uuid::from_u128(0x61);

async fn equal_to_the_log(scene: &Scene) -> verify::Report {
    let report = verify::replay(&scene.pool, None).await.unwrap();
    assert_eq!(report.difference, None);
    report
}

#[tokio::test]
async fn a_write_is_read_back_once_its_position_is_reached() {
    let scene = Scene::new().await;
    let (lane, pos) = scene.tell(SHOP, opened()).await;
    assert!(
        scene
            .readings
            .wait_for(lane, pos, Duration::from_secs(10))
            .await
    );
    assert_eq!(scene.board(SHOP).await.unwrap().seq, 9);
    assert!(
        !scene
            .readings
            .wait_for(lane, pos + 1, Duration::from_millis(100))
            .await
    );
}

#[tokio::test]
async fn what_the_broadcast_did_not_say_is_read_from_the_log() {
    let scene = Scene::new().await;
    scene.tell(SHOP, opened()).await;
    scene.tell_silently(SHOP, vec![placed(FIRST, 1)]).await;
    // The next batch shows the gap.
    scene.tell(SHOP, vec![placed(OrderId(2), 1)]).await;
    // Nothing follows this one: only a look at the heads finds it.
    scene.tell_silently(SHOP, vec![placed(OrderId(3), 1)]).await;
    scene.settled().await;
    assert_eq!(equal_to_the_log(&scene).await.orders, 3);
}

/// Units for as many orders as a test tells.
fn plenty() -> Event {
    Event::Catalogue(domain::catalogue::Event::StockReceived {
        variant: MEDIUM,
        quantity: 1_000,
    })
}

#[tokio::test]
async fn a_listener_that_lags_loses_nothing() {
    let scene = Scene::new().await;
    scene.tell(SHOP, opened()).await;
    scene.tell(SHOP, vec![plenty()]).await;
    // More batches than the broadcast keeps (64), faster than the runner ticks.
    for number in 1..=200 {
        scene.tell(SHOP, vec![placed(OrderId(number), 1)]).await;
    }
    scene.settled().await;
    assert_eq!(equal_to_the_log(&scene).await.orders, 200);
}

#[tokio::test]
async fn two_nodes_apply_once_and_both_tell_their_pages() {
    let scene = Scene::new().await;
    let second = scene.second().await;
    let (mut here, mut there) = (scene.readings.applied(), second.applied());
    let shops: Vec<Uuid> = (0..20_u128).map(|n| Uuid::from_u128(0x6200 + n)).collect();
    for shop in &shops {
        scene.tell(*shop, opened()).await;
    }
    for number in 1..=5 {
        for shop in &shops {
            scene.tell(*shop, vec![placed(OrderId(number), 1)]).await;
        }
    }
    scene.settled().await;
    let report = equal_to_the_log(&scene).await;
    assert_eq!((report.shops, report.orders), (20, 100));
    for pages in [&mut here, &mut there] {
        let mut told = std::collections::BTreeSet::new();
        while told.len() < 100 {
            let applied = timeout(Duration::from_secs(10), pages.recv())
                .await
                .unwrap()
                .unwrap();
            told.extend(
                applied
                    .changed
                    .orders
                    .iter()
                    .map(|order| (applied.shop, *order)),
            );
        }
    }
    second.stop().await;
}

#[tokio::test]
async fn a_checkpoint_moved_by_somebody_else_is_believed() {
    let scene = Scene::new().await;
    scene.tell(SHOP, opened()).await;
    scene.settled().await;
    // As after a crash of the database: tables and checkpoint are back where they were before.
    let mut tx = scene.pool.begin().await.unwrap();
    let tables = "DO $$ BEGIN EXECUTE (
                      SELECT 'TRUNCATE ' || string_agg(format('reading.%I', tablename), ', ')
                        FROM pg_tables WHERE schemaname = 'reading' AND tablename <> 'version');
                  END $$";
    sqlx::raw_sql(tables).execute(&mut *tx).await.unwrap();
    sqlx::raw_sql("UPDATE checkpoint SET pos = 0")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let (lane, pos) = scene.tell(SHOP, vec![placed(FIRST, 2)]).await;
    assert!(
        scene
            .readings
            .wait_for(lane, pos, Duration::from_secs(10))
            .await
    );
    assert_eq!(equal_to_the_log(&scene).await.orders, 1);
}

#[tokio::test]
async fn a_cut_connection_loses_no_row_and_no_news() {
    let scene = Scene::new().await;
    let mut pages = scene.readings.applied();
    scene.tell(SHOP, opened()).await;
    scene.tell(SHOP, vec![plenty()]).await;
    for number in 1..=60 {
        scene.tell(SHOP, vec![placed(OrderId(number), 1)]).await;
        if number % 3 == 0 {
            scene.cut_the_runner().await;
        }
    }
    scene.settled().await;
    assert_eq!(equal_to_the_log(&scene).await.orders, 60);
    let mut told = std::collections::BTreeSet::<i64>::new();
    while told.len() < 60 {
        let applied = timeout(Duration::from_secs(5), pages.recv()).await;
        told.extend(
            applied
                .expect("news of every order")
                .unwrap()
                .changed
                .orders
                .iter(),
        );
    }
}

#[tokio::test]
async fn a_restart_goes_on_where_it_stopped() {
    let scene = Scene::new().await;
    scene.tell(SHOP, opened()).await;
    scene.settled().await;
    let first = scene.second().await;
    first.stop().await;
    let (lane, pos) = scene.tell_silently(SHOP, vec![placed(FIRST, 1)]).await;
    let again = scene.second().await;
    assert!(again.wait_for(lane, pos, Duration::from_secs(10)).await);
    again.stop().await;
    equal_to_the_log(&scene).await;
}

#[tokio::test]
async fn a_poisoned_shop_is_parked_and_all_others_pass() {
    let scene = Scene::new().await;
    let (unreadable, impossible, healthy) = (
        Uuid::from_u128(0x63),
        Uuid::from_u128(0x64),
        Uuid::from_u128(0x65),
    );
    for shop in [unreadable, impossible, healthy] {
        scene.tell_silently(shop, opened()).await;
    }
    let nonsense = vec![(
        "OrderTeleported",
        r#"{"order":{"OrderTeleported":{}}}"#.to_owned(),
    )];
    scene.write_raw(unreadable, now(), nonsense).await;
    scene
        .tell_silently(unreadable, vec![placed(FIRST, 1)])
        .await;
    let lost = Event::Order(Order::LineAdded {
        order: OrderId(99),
        line: line(2, BAG, 1, 9_000),
        total: Amount(9_000),
        deadline: in_ten_minutes(),
        unheld: false,
    });
    scene
        .tell_silently(impossible, vec![lost, placed(FIRST, 1)])
        .await;
    scene.tell_silently(healthy, vec![placed(FIRST, 1)]).await;
    scene.settled().await;

    let found = parked(&scene.pool).await.unwrap();
    let of = |shop| -> Vec<&str> {
        found
            .iter()
            .filter(|p| p.shop_id == shop)
            .map(|p| p.projection.as_str())
            .collect()
    };
    assert_eq!(
        of(unreadable).len(),
        MODELS.len(),
        "nobody knows what it was about: {found:?}"
    );
    let who_ask = ["orders", "summaries"];
    assert_eq!(of(impossible), who_ask, "{found:?}");
    assert!(of(healthy).is_empty(), "{found:?}");
    let why = found.iter().find(|p| p.shop_id == impossible).unwrap();
    assert!(why.error.contains("99"), "{}", why.error);

    assert_eq!(scene.board(healthy).await.unwrap().orders.len(), 1);
    let frozen = scene.board(unreadable).await.unwrap();
    assert_eq!(
        (frozen.seq, frozen.orders.len()),
        (9, 0),
        "up to the event that failed"
    );
    let half = scene.board(impossible).await.unwrap();
    assert_eq!(half.orders.len(), 0, "orders stop");
    assert_eq!(
        (half.stock[0].held, half.stock[1].held),
        (1, 1),
        "stock goes on"
    );
}

#[tokio::test]
async fn a_parked_shop_can_be_tried_again() {
    let scene = Scene::new().await;
    scene.tell(SHOP, opened()).await;
    scene.tell(SHOP, vec![placed(FIRST, 1)]).await;
    scene.settled().await;
    // Somebody broke the table; the next event of that order cannot be applied.
    let take = "CREATE TABLE kept AS SELECT * FROM reading.orders; DELETE FROM reading.orders";
    sqlx::raw_sql(take).execute(&scene.pool).await.unwrap();
    let extended = Event::Order(Order::HoldExtended {
        order: FIRST,
        deadline: in_ten_minutes(),
        reason: ExtendReason::Outage,
    });
    scene
        .tell(SHOP, vec![extended, placed(OrderId(2), 1)])
        .await;
    scene.settled().await;
    assert_eq!(parked(&scene.pool).await.unwrap().len(), 1);
    assert!(
        !retry(&scene.pool, "orders", SHOP).await.unwrap(),
        "it is still broken"
    );

    let mend = "INSERT INTO reading.orders SELECT * FROM kept";
    sqlx::raw_sql(mend).execute(&scene.pool).await.unwrap();
    assert!(retry(&scene.pool, "orders", SHOP).await.unwrap());
    assert!(parked(&scene.pool).await.unwrap().is_empty());
    scene.tell(SHOP, vec![placed(OrderId(3), 1)]).await;
    scene.settled().await;
    assert_eq!(equal_to_the_log(&scene).await.orders, 3);
}

#[tokio::test]
async fn a_new_version_is_filled_beside_while_the_others_go_on() {
    let scene = Scene::new().await;
    scene.tell(SHOP, opened()).await;
    scene.tell(SHOP, vec![placed(FIRST, 2)]).await;
    scene.settled().await;
    assert!(!prepare(&scene.pool).await.unwrap(), "nothing changed");
    let older = "UPDATE reading.version SET version = 0 WHERE model = 'stock';
                 UPDATE reading.stock SET on_hand = 77";
    sqlx::raw_sql(older).execute(&scene.pool).await.unwrap();
    // The first node is still running and follows the other models meanwhile.
    let again = scene.second().await;
    let (lane, pos) = scene.tell_silently(SHOP, vec![placed(OrderId(2), 1)]).await;
    assert!(again.wait_for(lane, pos, Duration::from_secs(10)).await);
    filled(&scene).await;
    let report = equal_to_the_log(&scene).await;
    assert_eq!((report.orders, report.variants), (2, 2));
    again.stop().await;
}

/// Waits until no model is empty any more.
async fn filled(scene: &Scene) {
    for _try in 0..400 {
        let empty = "SELECT count(*) FROM reading.version WHERE version < 0";
        let empty: i64 = sqlx::query_scalar(empty)
            .fetch_one(&scene.pool)
            .await
            .unwrap();
        if empty == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("a model stays empty");
}

#[tokio::test]
async fn whoever_knows_another_version_follows_no_more() {
    let scene = Scene::new().await;
    scene.tell(SHOP, opened()).await;
    scene.settled().await;
    let newer = "UPDATE reading.version SET version = 1000 WHERE model = 'stock'";
    sqlx::raw_sql(newer).execute(&scene.pool).await.unwrap();
    let (lane, pos) = scene.tell(SHOP, vec![placed(FIRST, 1)]).await;
    // Had it moved the checkpoint, the newer stock would lack this order for ever.
    assert!(
        !scene
            .readings
            .wait_for(lane, pos, Duration::from_secs(1))
            .await
    );
    let back = "UPDATE reading.version SET version = $1 WHERE model = 'stock'";
    let model = MODELS.iter().find(|model| model.name == "stock").unwrap();
    sqlx::query(back)
        .bind(model.version)
        .execute(&scene.pool)
        .await
        .unwrap();
    assert!(
        scene
            .readings
            .wait_for(lane, pos, Duration::from_secs(10))
            .await
    );
    equal_to_the_log(&scene).await;
}
