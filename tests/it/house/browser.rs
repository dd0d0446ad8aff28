//! A browser buys a dress in the phones' page and sees the vendor's page change.

use std::path::Path;
use std::process::Command;

use tests::world::World;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_buys_a_dress_and_the_vendors_page_changes() {
    let world = World::start().await;
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/dashboard");
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots");
    std::fs::create_dir_all(&out).unwrap();
    let (phones, board) = (world.demo.phones_url(), world.demo.sign_in_url());
    let run = tokio::task::spawn_blocking(move || {
        Command::new("npm")
            .args([
                "--prefix",
                pages.to_str().unwrap(),
                "run",
                "--silent",
                "e2e:buy",
                "--",
            ])
            .args([
                "--phones",
                &phones,
                "--board",
                &board,
                "--out",
                out.to_str().unwrap(),
            ])
            .output()
            .unwrap()
    });
    let done = run.await.unwrap();
    let (said, error) = (
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr),
    );
    assert!(done.status.success(), "{said}\n{error}");
    world
        .until(
            "select count(*) from event where kind = 'OrderConfirmed'",
            1,
        )
        .await;
    world.stop().await;
}
