//! Money that goes back by itself: asked of the provider once, whatever becomes of the answer.

use serde_json::json;
use tests::world::World;

use super::bank;

const SENT: &str = "select count(*) from event where kind = 'RefundSent'";
const CONFIRMED: &str = "select count(*) from event where kind = 'RefundConfirmed'";
const FAILED: &str = "select count(*) from event where kind = 'RefundFailed'";
const TOLD: &str = "select count(*) from outbox where kind = 'refund' and state = 2";

/// A dress is ordered and paid; her reference.
async fn paid(world: &World) -> String {
    let mut buyer = world.phone("Aminata Diallo", false).await;
    let reference = bank::order(&mut buyer, "ROBE1").await;
    buyer.act(&reference, json!({ "act": "pay" })).await;
    world
        .until(
            "select count(*) from event where kind = 'OrderConfirmed'",
            1,
        )
        .await;
    reference
}

/// How often the provider was asked to give something back, and did.
async fn given_back(world: &World) -> u64 {
    let counters = world.get(&world.sandbox("/api/counters")).await;
    counters["refunds"].as_u64().unwrap()
}

async fn transaction(world: &World, reference: &str) -> String {
    let charge = &bank::charges(world, Some(reference)).await[0];
    charge["transaction"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_whole_payment_goes_back_once_and_its_arrival_is_a_fact() {
    let world = World::start().await;
    let reference = paid(&world).await;
    bank::call_off(&world, 1).await;
    // The news of the reversal, not our asking, says that it arrived.
    world.until(CONFIRMED, 1).await;
    world.until(TOLD, 1).await;
    let charge = &bank::charges(&world, Some(&reference)).await[0];
    assert_eq!(charge["status"], "reversed");
    let kept = "select count(*) from provider_transaction
        where kind = 'payment' and status = 'reversed' and met = 'reversed'";
    world.until(kept, 1).await;
    // The webhook may overtake the answer to the question; then nothing is left to be sent.
    assert!(world.count(SENT).await <= 1);
    assert_eq!(world.count(FAILED).await, 0);
    assert_eq!(given_back(&world).await, 1);
    world.stop().await;
}

#[tokio::test]
async fn a_refund_whose_webhook_is_lost_is_sent_and_found_in_the_list() {
    let world = World::set(|settings| settings.sweep_seconds = 1).await;
    paid(&world).await;
    bank::faults(&world, json!({ "lose_psp_webhooks": 1.0 })).await;
    bank::call_off(&world, 1).await;
    world.until(SENT, 1).await;
    world.until(CONFIRMED, 1).await;
    assert_eq!(given_back(&world).await, 1);
    world.stop().await;
}

#[tokio::test]
async fn money_that_went_back_before_is_not_sent_again() {
    let world = World::start().await;
    let reference = paid(&world).await;
    bank::faults(&world, json!({ "lose_psp_webhooks": 1.0 })).await;
    bank::give_back(&world, &transaction(&world, &reference).await).await;
    bank::call_off(&world, 1).await;
    // The provider refuses, for it is back already; that is found out, and is no failure.
    world.until(TOLD, 1).await;
    world.until(CONFIRMED, 1).await;
    assert_eq!(world.count(FAILED).await, 0);
    assert_eq!(given_back(&world).await, 1, "once, and not by us");
    world.stop().await;
}

#[tokio::test]
async fn what_the_provider_does_not_know_is_refused_and_the_vendor_is_told_why() {
    let world = World::start().await;
    paid(&world).await;
    // Another sum than the refund's: a machine may not send it.
    sqlx::query("update provider_transaction set amount = 99, fees = 0")
        .execute(&world.db)
        .await
        .unwrap();
    bank::call_off(&world, 1).await;
    world.until(FAILED, 1).await;
    let why = "select count(*) from event where kind = 'RefundFailed'
        and body #>> '{payment,RefundFailed,reason}' like '%another sum%'";
    assert_eq!(world.count(why).await, 1);
    assert_eq!(given_back(&world).await, 0);
    world.stop().await;
}

#[tokio::test]
async fn a_refund_that_was_interrupted_is_looked_for_and_never_sent_blindly() {
    let world = World::start().await;
    let reference = paid(&world).await;
    // As if this process had died in the middle of the call: a lease that lapsed.
    let broken = json!({ "psp_read_errors": 1.0, "lose_psp_webhooks": 1.0 });
    bank::faults(&world, broken).await;
    sqlx::raw_sql(
        "create function interrupt() returns trigger language plpgsql as $$ begin
             new.state := 1; new.lease_node := 'gone';
             new.lease_until := clock_timestamp() - interval '1 minute';
             return new; end $$;
         create trigger interrupt before insert on outbox for each row
             when (new.kind = 'refund') execute function interrupt()",
    )
    .execute(&world.db)
    .await
    .unwrap();
    bank::call_off(&world, 1).await;
    let again = "select count(*) from outbox where kind = 'refund' and attempts > 1
        and error like 'unclear: %'";
    world.until(again, 1).await;
    assert_eq!(
        given_back(&world).await,
        0,
        "nobody knows, so nothing is sent"
    );
    // It had gone out after all: the provider says so, and the shop is told that it is sent.
    bank::give_back(&world, &transaction(&world, &reference).await).await;
    bank::faults(&world, json!({ "psp_read_errors": 0.0 })).await;
    world.until(TOLD, 1).await;
    world.until(CONFIRMED, 1).await;
    assert_eq!(
        given_back(&world).await,
        1,
        "only the one that was under way"
    );
    assert_eq!(world.count(FAILED).await, 0);
    world.stop().await;
}

#[tokio::test]
async fn a_refund_told_under_an_id_of_its_own_is_the_payment_it_took_back() {
    let world = World::start().await;
    let reference = paid(&world).await;
    bank::faults(&world, json!({ "lose_psp_webhooks": 1.0 })).await;
    bank::call_off(&world, 1).await;
    world.until(SENT, 1).await;
    let mut refund = bank::body("r-1", &reference, "succeeded", 15_000);
    refund["type"] = json!("refund");
    assert_eq!(bank::ring(&world, bank::Proof::Signed, &refund).await, 200);
    world.until(CONFIRMED, 1).await;
    // The payment itself is reported as well: once more, and nothing new.
    let id = transaction(&world, &reference).await;
    let reversal = bank::body(&id, &reference, "reversed", 15_000);
    assert_eq!(
        bank::ring(&world, bank::Proof::Signed, &reversal).await,
        200
    );
    world
        .until(
            "select count(*) from provider_transaction where met = 'reversed'",
            1,
        )
        .await;
    assert_eq!(world.count(CONFIRMED).await, 1);
    let taken = "select count(*) from event where kind = 'PaymentReversed'";
    assert_eq!(
        world.count(taken).await,
        0,
        "it is the refund, not a chargeback"
    );
    world.stop().await;
}
