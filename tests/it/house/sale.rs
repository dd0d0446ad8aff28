//! A sale from keyword to confirmation, on the real wire, and what can go otherwise.

use serde_json::json;
use tests::world::{Phone, World};

fn words(message: &serde_json::Value) -> String {
    message["text"].as_str().unwrap().replace('\u{202f}', " ")
}

#[tokio::test]
async fn a_dress_is_bought_in_three_messages_and_the_vendor_hears_of_it() {
    let world = World::start().await;
    let mut buyer = world.phone("Aminata Diallo", false).await;
    let held = buyer.ask("ROBE1").await;
    assert!(
        words(&held).contains("15 000 F") && words(&held).contains("Aminata"),
        "{held}"
    );
    let method = buyer.tap(&held, "PAYER").await;
    let link = buyer.tap(&method, "WAVE").await;
    let (address, reference) = Phone::link(&link);
    // Links are crawled: looking has no effect, however often.
    for _ in 0..3 {
        let page = world.http.get(&address).send().await.unwrap();
        assert!(page.status().is_success());
        let page = page.text().await.unwrap();
        assert!(
            page.contains("Chez Awa") && page.contains("Robe Wax Ankara"),
            "{page}"
        );
    }
    assert_eq!(
        world
            .count("select count(*) from event where kind = 'PaymentObserved'")
            .await,
        0
    );
    buyer.act(&reference, json!({ "act": "pay" })).await;
    let paid = buyer.hear().await;
    assert!(words(&paid).contains("CONFIRMÉ"), "{paid}");
    assert!(words(&paid).contains("LP-"), "{paid}");
    // The vendor's phone: her own AIDE was answered first, then the payment.
    let phones = world.get(&world.sandbox("/api/world")).await;
    let vendor = phones["phones"]
        .as_array()
        .unwrap()
        .iter()
        .find(|phone| phone["name"].as_str().unwrap().contains("vendeuse"))
        .unwrap()
        .clone();
    let url = world.sandbox(&format!(
        "/api/phones/{}/messages?after=0",
        vendor["id"].as_str().unwrap()
    ));
    let mut told = String::new();
    for _ in 0..100 {
        let messages = world.get(&url).await;
        told = messages.as_array().unwrap().iter().map(words).collect();
        if told.contains("15 000 F") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert!(
        told.contains("Aminata D.") && told.contains("15 000 F"),
        "{told}"
    );
    let stock = "select committed from reading.stock order by variant_id limit 1";
    world.until(stock, 1).await;
    world.stop().await;
}

#[tokio::test]
async fn someone_without_a_phone_number_buys_all_the_same() {
    let world = World::start().await;
    let mut buyer = world.phone("Moussa Keita", true).await;
    let held = buyer.ask("2 foulard").await;
    let method = buyer.tap(&held, "PAYER").await;
    let link = buyer.tap(&method, "CARTE").await;
    let (_, reference) = Phone::link(&link);
    buyer.act(&reference, json!({ "act": "pay" })).await;
    assert!(words(&buyer.hear().await).contains("8 000 F"));
    let clear = "select count(*) from event where body::text ilike '%moussa%'
        or body::text like '%SN.%'";
    assert_eq!(world.count(clear).await, 0, "no personal data in clear");
    let clear = "select count(*) from outbox where body::text ilike '%moussa%'";
    assert_eq!(world.count(clear).await, 0, "nor in promises");
    world.stop().await;
}

#[tokio::test]
async fn money_is_found_though_its_webhook_is_lost() {
    let world = World::start().await;
    let faults = json!({ "lose_psp_webhooks": 1.0 });
    world
        .http
        .put(world.sandbox("/api/faults"))
        .json(&faults)
        .send()
        .await
        .unwrap();
    let mut buyer = world.phone("Awa Sarr", false).await;
    let held = buyer.ask("BIJOU1").await;
    let method = buyer.tap(&held, "PAYER").await;
    let link = buyer.tap(&method, "WAVE").await;
    let (_, reference) = Phone::link(&link);
    buyer.act(&reference, json!({ "act": "pay" })).await;
    assert!(
        words(&buyer.hear().await).contains("CONFIRMÉ"),
        "the sweep of the list finds it"
    );
    world.stop().await;
}

#[tokio::test]
async fn less_than_asked_is_recorded_and_the_rest_is_asked_for_never_confirmed() {
    let world = World::start().await;
    let mut buyer = world.phone("Binta Sow", false).await;
    let held = buyer.ask("SAC2").await;
    let method = buyer.tap(&held, "PAYER").await;
    let link = buyer.tap(&method, "ORANGE").await;
    let (_, reference) = Phone::link(&link);
    buyer
        .act(&reference, json!({ "act": "pay_amount", "amount": 500 }))
        .await;
    assert!(words(&buyer.hear().await).contains("500 F"));
    world
        .until(
            "select count(*) from event where kind = 'PaymentUnderpaid'",
            1,
        )
        .await;
    assert_eq!(
        world
            .count("select count(*) from event where kind = 'OrderConfirmed'")
            .await,
        0
    );
    world.stop().await;
}
