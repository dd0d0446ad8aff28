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

/// Both trust policies, holds of a minute, and everything that can go wrong at the neighbours.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_under_every_misfortune_leaves_equal_books() {
    let world = World::start().await;
    let config = SimulateConfig {
        livepay_url: world.demo.livepay_url(),
        sandbox_url: world.demo.phones_url(),
        buyers: 80,
        shops: 3,
        seconds: 10,
        seed: 11,
        progress: false,
        faults: simulate::Profile::All,
        ..SimulateConfig::default()
    };
    let journal = simulate::run(&config).await.unwrap();
    assert!(!journal.books.is_empty(), "somebody paid");
    assert!(!journal.report.misbehaved.is_empty(), "{}", journal.report);
    let verdict = check::ask(&world.demo.livepay_url(), &journal)
        .await
        .unwrap();
    assert!(verdict.is_good(), "{verdict}\n{}", journal.report);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_line_plays_a_crowd_and_prints_the_check() {
    let world = World::start().await;
    let mut command = std::process::Command::new(tests::process::binary());
    command
        .args([
            "simulate",
            "--buyers",
            "12",
            "--shops",
            "2",
            "--seconds",
            "3",
        ])
        .args([
            "--livepay",
            &world.demo.livepay_url(),
            "--sandbox",
            &world.demo.phones_url(),
        ]);
    let done = tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    let error = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{said}\n{error}");
    for line in [
        "zero oversold",
        "have their receipt",
        "= replay",
        "chain",
        "CHECK PASSED",
    ] {
        assert!(said.contains(line), "{line} is missing: {said}");
    }
    world.stop().await;
}
