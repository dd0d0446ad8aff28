//! Money nobody asked for: kept, looked for again, told to people, never dropped.

use domain::ids::{AttemptId, Reference, ShopId};
use serde_json::json;
use tests::world::World;

use super::bank::{self, Proof};

const UNMATCHED: &str = "select count(*) from unmatched_money";
const TOLD: &str = "select count(*) from provider_transaction where alarmed_at is not null";
const DEAD: &str = "select count(*) from inbox where state = 2";

#[tokio::test]
async fn a_payment_of_another_system_is_kept_and_told_to_people() {
    let world = World::start().await;
    let ready = world
        .http
        .get(world.livepay("/readyz"))
        .send()
        .await
        .unwrap();
    assert_eq!(ready.text().await.unwrap(), "ready\n");
    let charge = bank::charge(&world, "their-order-9", 5_000).await;
    bank::act(&world, &charge, json!({ "act": "pay" })).await;
    world.until(UNMATCHED, 1).await;
    world.until(TOLD, 1).await;
    let kept: (Option<String>, i64, String) =
        sqlx::query_as("select reference, amount, status from provider_transaction")
            .fetch_one(&world.db)
            .await
            .unwrap();
    let whole = (
        Some("their-order-9".to_owned()),
        5_000,
        "succeeded".to_owned(),
    );
    assert_eq!(kept, whole);
    let ready = world
        .http
        .get(world.livepay("/readyz"))
        .send()
        .await
        .unwrap();
    assert!(ready.status().is_success(), "we are ready all the same");
    assert!(
        ready
            .text()
            .await
            .unwrap()
            .contains("payments without an order: 1")
    );
    let figures = world
        .http
        .get(world.livepay("/metrics"))
        .send()
        .await
        .unwrap();
    let figures = figures.text().await.unwrap();
    assert!(
        figures.contains("livepay_payments_unmatched 1"),
        "{figures}"
    );
    assert_eq!(world.count(DEAD).await, 0, "it is kept, and no dead letter");
    world.stop().await;
}

#[tokio::test]
async fn money_that_is_quicker_than_our_own_commit_waits_for_it() {
    let world = World::start().await;
    // The next attempt of the shop, paid before anybody asked for it.
    let reference = Reference::new(world.demo.shop(), AttemptId(1));
    let charge = bank::charge(&world, reference.as_str(), 15_000).await;
    bank::act(&world, &charge, json!({ "act": "pay" })).await;
    let tried = "select count(*) from provider_transaction where tries > 0 and met is null";
    world.until(tried, 1).await;
    assert_eq!(world.count(UNMATCHED).await, 0, "it may be a race");
    let mut buyer = world.phone("Aminata Diallo", false).await;
    let held = buyer.ask("ROBE1").await;
    let method = buyer.tap(&held, "PAYER").await;
    buyer.press(&method, "WAVE").await;
    world
        .until(
            "select count(*) from event where kind = 'OrderConfirmed'",
            1,
        )
        .await;
    world
        .until(
            "select count(*) from provider_transaction where met = 'succeeded'",
            1,
        )
        .await;
    world.stop().await;
}

#[tokio::test]
async fn a_reference_no_shop_knows_is_asked_about_again_and_then_alarmed() {
    let world = World::start().await;
    let unknown = Reference::new(world.demo.shop(), AttemptId(999));
    let nowhere = Reference::new(ShopId(server::identity::new()), AttemptId(1));
    for reference in [unknown, nowhere] {
        let charge = bank::charge(&world, reference.as_str(), 7_500).await;
        bank::act(&world, &charge, json!({ "act": "pay" })).await;
    }
    // What would take forty seconds is made to be due at once, each time.
    let end = std::time::Instant::now() + tests::world::PATIENCE;
    while world.count(UNMATCHED).await < 2 {
        assert!(std::time::Instant::now() < end, "never given up");
        sqlx::query("update provider_transaction set next_try = now() where tries < 4")
            .execute(&world.db)
            .await
            .unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    world.until(TOLD, 2).await;
    let observed = "select count(*) from event where kind = 'PaymentObserved'";
    assert_eq!(world.count(observed).await, 0);
    world.stop().await;
}

#[tokio::test]
async fn a_hint_about_somebody_elses_money_is_read_back_before_it_counts() {
    let world = World::start().await;
    // A lie: the provider has no such transaction.
    let lie = bank::body("no-such-transaction", "their-order-1", "succeeded", 9_000);
    assert_eq!(bank::ring(&world, Proof::Secret, &lie).await, 200);
    let denied = "select count(*) from provider_transaction where next_try = 'infinity'";
    world.until(denied, 1).await;
    assert_eq!(world.count(UNMATCHED).await, 0);
    // The truth, said by the same weak proof.
    let charge = bank::charge(&world, "their-order-2", 9_000).await;
    bank::act(&world, &charge, json!({ "act": "pay_silent" })).await;
    let hint = bank::body(&charge, "their-order-2", "succeeded", 1);
    assert_eq!(bank::ring(&world, Proof::Secret, &hint).await, 200);
    world.until(UNMATCHED, 1).await;
    let sum = "select (amount + fees) from unmatched_money";
    assert_eq!(world.count(sum).await, 9_000, "the provider's own figures");
    world.stop().await;
}

#[tokio::test]
async fn what_is_no_payment_is_kept_and_alarms_nobody() {
    let world = World::start().await;
    let mut payout = bank::body("p-1", "salary-3", "succeeded", 40_000);
    payout["type"] = json!("payout");
    assert_eq!(bank::ring(&world, Proof::Signed, &payout).await, 200);
    let kept = "select count(*) from provider_transaction where kind = 'payout'";
    world.until(kept, 1).await;
    assert_eq!(world.count(UNMATCHED).await, 0);
    // Half a franc cannot be read: kept, shown as a dead letter, and alarmed, never guessed.
    let reference = Reference::new(world.demo.shop(), AttemptId(1));
    let mut odd = bank::body("t-5", reference.as_str(), "succeeded", 0);
    odd["amount"] = json!(14_999.5);
    assert_eq!(bank::ring(&world, Proof::Signed, &odd).await, 200);
    world.until(DEAD, 1).await;
    world.until(UNMATCHED, 1).await;
    world.stop().await;
}
