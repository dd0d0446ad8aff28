//! "J'ai payé", or a screenshot: the provider is asked, and only its answer counts.

use serde_json::{Value, json};
use tests::world::{PATIENCE, Phone, World};

use super::bank;

const CONFIRMED: &str = "select count(*) from event where kind = 'OrderConfirmed'";
const ANSWERED: &str = "select count(*) from outbox where kind = 'ask' and state = 2
    and body like '%\"claim\":true%'";

/// Reads until a message holds these words.
async fn hear(buyer: &mut Phone<'_>, words: &str) -> Value {
    let end = std::time::Instant::now() + PATIENCE;
    loop {
        let message = buyer.hear().await;
        if message.to_string().contains(words) {
            return message;
        }
        assert!(std::time::Instant::now() < end, "never heard {words}");
    }
}

#[tokio::test]
async fn saying_so_asks_and_confirms_nothing() {
    let world = World::start().await;
    let mut buyer = world.phone("Aminata Diallo", false).await;
    bank::order(&mut buyer, "ROBE1").await;
    buyer.ask("j'ai payé").await;
    world.until(ANSWERED, 1).await;
    // A picture of a receipt says as much.
    let number = world.number().await;
    buyer.send(json!({ "to": number, "kind": "image" })).await;
    world
        .until("select count(*) from inbox where state = 0", 0)
        .await;
    assert_eq!(world.count(CONFIRMED).await, 0);
    world.stop().await;
}

#[tokio::test]
async fn a_claim_that_is_true_is_found_though_no_webhook_came() {
    let world = World::start().await;
    let mut buyer = world.phone("Awa Sarr", false).await;
    let reference = bank::order(&mut buyer, "SAC2").await;
    buyer.act(&reference, json!({ "act": "pay_silent" })).await;
    buyer.write("j'ai payé").await;
    hear(&mut buyer, "CONFIRMÉ").await;
    assert_eq!(world.count(CONFIRMED).await, 1);
    let by_us = "select count(*) from event where kind = 'PaymentObserved'
        and body #>> '{payment,PaymentObserved,source}' in ('detail', 'list')";
    assert_eq!(world.count(by_us).await, 1);
    world.stop().await;
}
