//! Events that a model cannot take: parked, tried again, skipped; and what a rebuild does then.

use domain::event::Event;
use domain::ids::OrderId;
use domain::money::Amount;
use domain::order::event::Event as Order;
use projections::rebuild::{RebuildError, status};
use projections::{Parked, parked, skip, verify};
use uuid::Uuid;

use super::super::scene::{BAG, FIRST, Scene, in_ten_minutes, line, opened, placed};
use super::{plan, run, whole};

const SHOP: Uuid = Uuid::from_u128(0x93);

/// Speaks of an order that never was.
fn impossible() -> Event {
    Event::Order(Order::LineAdded {
        order: OrderId(99),
        line: line(2, BAG, 1, 9_000),
        total: Amount(9_000),
        deadline: in_ten_minutes(),
        unheld: true,
    })
}

async fn poisoned() -> Scene {
    let scene = Scene::new().await;
    scene.tell(SHOP, opened()).await;
    scene.tell(SHOP, vec![placed(FIRST, 1)]).await;
    scene
        .tell(SHOP, vec![impossible(), placed(OrderId(2), 1)])
        .await;
    scene.tell(SHOP, vec![placed(OrderId(3), 1)]).await;
    scene.settled().await;
    scene
}

/// Where the model `orders` is parked; others may stumble over the same event.
async fn parked_orders(scene: &Scene) -> Vec<Parked> {
    let mut found = parked(&scene.pool).await.unwrap();
    found.retain(|one| one.projection == "orders");
    found
}

async fn orders(scene: &Scene) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM reading.orders")
        .fetch_one(&scene.pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn one_event_is_skipped_and_who_said_so_is_written_down() {
    let scene = poisoned().await;
    let found = parked_orders(&scene).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].pos, orders(&scene).await), (11, 1));
    assert_eq!(skip(&scene.pool, "stock", SHOP, "awa").await.unwrap(), None);
    assert_eq!(
        skip(&scene.pool, "orders", SHOP, "awa").await.unwrap(),
        Some(true)
    );
    assert_eq!(parked_orders(&scene).await, []);
    assert_eq!(orders(&scene).await, 3, "all but what was skipped");
    scene.tell(SHOP, vec![placed(OrderId(4), 1)]).await;
    scene.settled().await;
    assert_eq!(orders(&scene).await, 4, "and it goes on");
    let found = status(&scene.pool).await.unwrap();
    let model = found
        .models
        .iter()
        .find(|model| model.name == "orders")
        .unwrap();
    let skipped = &model.skipped[0];
    assert_eq!((skipped.pos, skipped.by.as_str()), (11, "awa"));
    assert!(skipped.error.contains("99"), "{}", skipped.error);
    // A second poison after the skip parks again, and says so.
    scene.tell(SHOP, vec![impossible(), impossible()]).await;
    scene.settled().await;
    assert_eq!(
        skip(&scene.pool, "orders", SHOP, "awa").await.unwrap(),
        Some(false)
    );
    assert_eq!(
        skip(&scene.pool, "orders", SHOP, "awa").await.unwrap(),
        Some(true)
    );
}

#[tokio::test]
async fn a_rebuild_keeps_parked_and_skipped_as_they_are() {
    let scene = poisoned().await;
    let done = run(&scene.pool, &plan(&["orders", "stock"])).await.unwrap();
    assert_eq!(done.parked.len(), 1, "parked as before: {done:?}");
    assert_eq!(parked_orders(&scene).await[0].pos, 11);
    assert_eq!(
        skip(&scene.pool, "orders", SHOP, "awa").await.unwrap(),
        Some(true)
    );
    let done = run(&scene.pool, &plan(&["orders"])).await.unwrap();
    assert!(
        done.parked.is_empty() && done.differing.is_empty(),
        "{done:?}"
    );
    assert_eq!(orders(&scene).await, 3);
    assert_eq!(whole_but_the_domain(&scene).await, None);
}

/// The domain itself would not know what to do with such an event, and is not asked.
async fn whole_but_the_domain(scene: &Scene) -> Option<verify::Difference> {
    verify::replay(&scene.pool, None).await.unwrap().difference
}

#[tokio::test]
async fn a_shop_that_was_not_parked_is_not_parked_by_a_rebuild() {
    let scene = poisoned().await;
    // The old tables got past it by a hand that nobody wrote down.
    sqlx::raw_sql("DELETE FROM park; DELETE FROM reading.orders WHERE order_id > 1")
        .execute(&scene.pool)
        .await
        .unwrap();
    let refused = run(&scene.pool, &plan(&["orders"])).await;
    assert!(
        matches!(&refused, Err(RebuildError::Parked(shops)) if shops.len() == 1),
        "{refused:?}"
    );
    let found = status(&scene.pool).await.unwrap().rebuild.unwrap();
    assert_eq!((found.phase.as_str(), found.alive), ("refused", false));
    let mut accepting = plan(&["orders"]);
    accepting.accept_parked = true;
    let done = run(&scene.pool, &accepting).await.unwrap();
    assert_eq!(done.parked.len(), 1);
    assert_eq!(parked_orders(&scene).await.len(), 1);
    assert_eq!(
        skip(&scene.pool, "orders", SHOP, "awa").await.unwrap(),
        Some(true)
    );
    assert_eq!(orders(&scene).await, 3);
}

#[tokio::test]
async fn where_the_cause_is_mended_a_rebuild_lets_everybody_in_again() {
    let scene = Scene::new().await;
    scene.tell(SHOP, opened()).await;
    scene.tell(SHOP, vec![placed(FIRST, 1)]).await;
    scene.settled().await;
    // As a program with a mistake would have left it.
    sqlx::query(
        "INSERT INTO park (projection, lane, shop_id, pos, error)
         SELECT 'orders', lane, shop_id, 10, 'a mistake' FROM reading.shops",
    )
    .execute(&scene.pool)
    .await
    .unwrap();
    scene.tell(SHOP, vec![placed(OrderId(2), 1)]).await;
    scene.settled().await;
    assert_eq!(orders(&scene).await, 1);
    let done = run(&scene.pool, &plan(&["orders"])).await.unwrap();
    assert!(done.parked.is_empty(), "{done:?}");
    assert_eq!(orders(&scene).await, 2);
    whole(&scene).await;
}
