//! A small crowd, then the same check `livepay simulate` prints.

use server::check;
use server::simulate::{self, SimulateConfig};
use tests::world::World;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_leaves_everything_in_order() {
    let world = World::start().await;
    let faults = serde_json::json!({ "duplicate_webhooks": 0.2, "reorder": 0.2 });
    let faults = world
        .http
        .put(world.sandbox("/api/faults"))
        .json(&faults)
        .send()
        .await;
    assert!(faults.unwrap().status().is_success());
    let config = SimulateConfig {
        livepay_url: world.demo.livepay_url(),
        sandbox_url: world.demo.phones_url(),
        buyers: 120,
        shops: 4,
        seconds: 12,
        seed: 7,
        progress: false,
        ..SimulateConfig::default()
    };
    let journal = simulate::run(&config).await.unwrap();
    assert!(
        journal.acknowledged.len() > 120,
        "they wrote: {}",
        journal.acknowledged.len()
    );
    assert!(!journal.books.is_empty(), "somebody paid");
    let verdict = check::ask(&world.demo.livepay_url(), &journal)
        .await
        .unwrap();
    assert!(verdict.is_good(), "{verdict}");
    world.stop().await;
}
