//! A browser gives money back at the desk, and runs a live from its page.

use std::path::Path;
use std::process::Command;

use serde_json::json;
use tests::world::World;

use super::Desk;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_sends_a_refund_and_it_leaves_the_list() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    desk.by_hand().await;
    let order = desk.sale("Aminata Diallo", "SAC2").await;
    let path = format!("orders/{order}/cancel");
    desk.post(&path, json!({})).await.after();
    play("e2e:desk", &world).await;
    let facts = "select count(*) from event
        where kind in ('RefundTaken', 'RefundSent', 'RefundConfirmed')";
    assert_eq!(world.count(facts).await, 3);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_runs_a_live_from_its_page_and_reads_what_it_came_to() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    desk.sale("Aminata Diallo", "SAC2").await;
    play("e2e:live", &world).await;
    let ends = "select count(*) from event where kind in ('LiveClosing', 'LiveReopened')";
    assert_eq!(world.count(ends).await, 3);
    let shown = "select count(*) from event where kind = 'ProductShown'";
    assert_eq!(world.count(shown).await, 1);
    world.stop().await;
}

/// Runs a script of the pages against this world; its pictures go to `target/screenshots`.
async fn play(script: &'static str, world: &World) {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/dashboard");
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots");
    std::fs::create_dir_all(&out).unwrap();
    let mut command = Command::new("npm");
    command
        .arg("--prefix")
        .arg(pages)
        .args(["run", "--silent", script, "--", "--board"])
        .arg(world.demo.sign_in_url())
        .arg("--out")
        .arg(out);
    let run = tokio::task::spawn_blocking(move || command.output().unwrap());
    let done = run.await.unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    let error = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}\n{error}");
}
