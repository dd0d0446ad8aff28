//! What the vendor hears of her live on her own phone, on the real wire: payments that come fast,
//! and what the live came to.

use std::time::{Duration, Instant};

use domain::command::{Actor, Command, Envelope};
use domain::ids::CommandId;
use domain::policy::Rule;
use serde_json::json;
use tests::world::{Phone, World};

const PATIENCE: Duration = Duration::from_mins(1);

async fn tell(world: &World, command: Command) {
    let id = server::identity::new();
    let envelope = Envelope {
        id: CommandId(id),
        shop: world.demo.shop(),
        actor: Actor::System,
        correlation: id,
        fresh: true,
        command,
    };
    world.demo.node().door.bring(envelope).await.unwrap();
}

/// Everything the shop wrote to the vendor, as soon as `enough` is in it.
async fn vendor(world: &World, enough: impl Fn(&str) -> bool) -> String {
    let phones = world.get(&world.sandbox("/api/world")).await;
    let phones = phones["phones"].as_array().unwrap();
    let is_hers = |phone: &&serde_json::Value| {
        let name = phone["name"].as_str().unwrap();
        name.contains("vendeuse")
    };
    let id = phones.iter().find(is_hers).unwrap()["id"].as_str().unwrap();
    let url = world.sandbox(&format!("/api/phones/{id}/messages?after=0"));
    let end = Instant::now() + PATIENCE;
    loop {
        let messages = world.get(&url).await;
        let texts = messages.as_array().unwrap().iter();
        let texts: Vec<&str> = texts.filter_map(|one| one["text"].as_str()).collect();
        let told = texts.join("\n\n").replace(['\u{202f}', '\u{a0}'], " ");
        if enough(&told) {
            return told;
        }
        assert!(Instant::now() < end, "the vendor heard only: {told}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn she_hears_of_each_payment_once_and_what_her_live_came_to() {
    let world = World::start().await;
    let (rule, to) = (Rule::NoticeSeconds, 10);
    let change = domain::shop::Command::ChangePolicy { rule, to };
    tell(&world, Command::Shop(change)).await;
    let names = ["Aminata Diallo", "Fatou Sow", "Khady Fall"];
    let mut buyers = Vec::new();
    for name in names {
        let mut buyer = world.phone(name, false).await;
        let held = buyer.ask("FOULARD").await;
        let method = buyer.tap(&held, "PAYER").await;
        let (_, reference) = Phone::link(&buyer.tap(&method, "WAVE").await);
        buyers.push((buyer, reference));
    }
    for (buyer, reference) in &buyers {
        buyer.act(reference, json!({ "act": "pay" })).await;
    }
    let shown = ["Aminata D.", "Fatou S.", "Khady F."];
    let all = |told: &str| shown.iter().all(|name| told.contains(name));
    let told = vendor(&world, all).await;
    for name in shown {
        assert_eq!(told.matches(name).count(), 1, "{name}: {told}");
    }
    tell(&world, Command::Live(domain::live::Command::Finish)).await;
    let told = vendor(&world, |told| told.contains("RÉSUMÉ DE TON LIVE")).await;
    assert!(told.contains("Commandes : 3 (3 payées)"), "{told}");
    assert!(
        told.contains("Meilleure vente : FOULARD (3 ventes)"),
        "{told}"
    );
    assert!(told.contains("Conversion : 100 %"), "{told}");
    assert!(told.contains("/board#live/1"), "{told}");
    world.stop().await;
}
