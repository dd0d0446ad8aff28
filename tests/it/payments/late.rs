//! Money that comes months later, when nothing of the order is left but its stub.

use serde_json::json;
use tests::world::World;

use super::bank::{self, Proof};

/// Money that came; that it went back may be seen at once.
const OBSERVED: &str = "select count(*) from event where kind = 'PaymentObserved'
    and body #>> '{payment,PaymentObserved,status}' = 'succeeded'";
const DUE: &str = "select count(*) from event where kind = 'RefundDue'";

#[tokio::test]
async fn a_webhook_months_late_finds_its_shop_and_ends_as_a_refund() {
    let database = tests::cluster::database().await;
    let world = World::on(database.url()).await;
    let mut buyer = world.phone("Aminata Diallo", false).await;
    let reference = bank::order(&mut buyer, "ROBE1").await;
    bank::call_off(&world, 1).await;
    world
        .until(
            "select count(*) from event where kind = 'OrderCancelled'",
            1,
        )
        .await;
    let id = bank::charges(&world, Some(&reference)).await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let first = world.demo.shop();
    world.stop().await;
    // Every receipt, every webhook, every kept promise and every line of that time is gone, and
    // the shop sleeps: what is left is the log.
    let pool = sqlx::PgPool::connect(database.url()).await.unwrap();
    sqlx::raw_sql(
        "delete from receipt; delete from inbox; delete from outbox where state > 1;
         delete from snapshot; delete from provider_transaction",
    )
    .execute(&pool)
    .await
    .unwrap();
    pool.close().await;
    let world = World::on(database.url()).await;
    assert_ne!(world.demo.shop(), first, "another shop is awake, not hers");
    // The provider's own clock is months behind what we receive now; it says so twice.
    let mut late = bank::body(&id, &reference, "succeeded", 15_000);
    assert_eq!(bank::ring(&world, Proof::Signed, &late).await, 200);
    world.until(DUE, 1).await;
    late["repeated"] = json!(true);
    assert_eq!(bank::ring(&world, Proof::Signed, &late).await, 200);
    world
        .until("select count(*) from inbox where state = 0", 0)
        .await;
    assert_eq!(
        world.count(OBSERVED).await,
        1,
        "once, though no receipt protects it"
    );
    assert_eq!(world.count(DUE).await, 1);
    let whose: uuid::Uuid =
        sqlx::query_scalar("select shop_id from event where kind = 'RefundDue'")
            .fetch_one(&world.db)
            .await
            .unwrap();
    assert_eq!(whose, first.0);
    world
        .until(
            "select count(*) from provider_transaction where met = 'succeeded'",
            1,
        )
        .await;
    world.stop().await;
}

#[tokio::test]
async fn an_unsigned_webhook_months_late_is_read_back_by_its_id() {
    let world = World::start().await;
    let mut buyer = world.phone("Awa Sarr", false).await;
    let reference = bank::order(&mut buyer, "SAC2").await;
    bank::call_off(&world, 1).await;
    world
        .until(
            "select count(*) from event where kind = 'OrderCancelled'",
            1,
        )
        .await;
    sqlx::query("delete from receipt")
        .execute(&world.db)
        .await
        .unwrap();
    bank::faults(&world, json!({ "psp_read_errors": 1.0 })).await;
    buyer.act(&reference, json!({ "act": "pay_silent" })).await;
    let transaction = bank::charges(&world, Some(&reference)).await[0]["transaction"].clone();
    let hint = bank::body(
        transaction.as_str().unwrap(),
        &reference,
        "succeeded",
        12_000,
    );
    assert_eq!(bank::ring(&world, Proof::Secret, &hint).await, 200);
    // The provider's API is broken at first: the question stays open until it answers.
    let again = "select count(*) from outbox where kind = 'ask' and state = 0 and attempts > 0";
    world.until(again, 1).await;
    let dead = "select count(*) from outbox where kind = 'ask' and state > 1";
    assert_eq!(
        world.count(dead).await,
        0,
        "what cannot be read is no answer"
    );
    bank::faults(&world, json!({ "psp_read_errors": 0.0 })).await;
    world.until(DUE, 1).await;
    assert_eq!(world.count(OBSERVED).await, 1);
    let answered = "select count(*) from outbox where kind = 'ask' and state = 2";
    world.until(answered, 1).await;
    world.stop().await;
}
