//! A small crowd, then the same check `livepay simulate` prints.

use server::check;
use server::simulate::{self, Arrivals, Moment, SimulateConfig};
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

/// Half an hour in six seconds: things are held up, there is a break, and FIN.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_live_is_played_with_its_vendors_to_the_end() {
    let world = World::start().await;
    let config = SimulateConfig {
        livepay_url: world.demo.livepay_url(),
        sandbox_url: world.demo.phones_url(),
        buyers: 50,
        shops: 2,
        seconds: 6,
        seed: 5,
        progress: false,
        patience: std::time::Duration::from_secs(5),
        arrivals: Arrivals::Live,
        minutes: Some(30),
        finish: true,
        ..SimulateConfig::default()
    };
    let journal = simulate::run(&config).await.unwrap();
    let (report, figures) = (&journal.report, &journal.figures);
    assert_eq!(report.vendor_refused, 0, "{report}");
    let shown = |shop: &simulate::ShopFigures| {
        let is = |mark: &&simulate::Mark| matches!(mark.what, Moment::Shown { .. });
        shop.marks.iter().filter(is).count()
    };
    // One in six minutes, a break and its end, FIN.
    for shop in &figures.shops {
        assert_eq!((shown(shop), shop.marks.len()), (5, 8), "{:?}", shop.marks);
        assert_eq!(shop.marks.last().unwrap().what, Moment::Fin);
    }
    let facts = "select count(*) from event where kind in
        ('ProductShown', 'LivePaused', 'LiveResumed', 'LiveClosing')";
    assert_eq!(
        world.count(facts).await,
        16,
        "the log has what the figures say"
    );
    let whole = &figures.whole.sums;
    let counted = (u64::from(whole.arrivals), u64::from(whole.payments));
    assert_eq!(counted, (report.purchases, report.payments));
    assert!(
        whole.payments > 0 && whole.orders >= whole.payments,
        "{whole:?}"
    );
    let minutes = figures.shops.iter().flat_map(|shop| &shop.minutes);
    let arrivals: u32 = minutes.map(|bin| bin.sums.arrivals).sum();
    assert_eq!(
        arrivals, whole.arrivals,
        "every arrival is in a minute of a shop"
    );
    let verdict = check::ask(&world.demo.livepay_url(), &journal)
        .await
        .unwrap();
    assert!(verdict.is_good(), "{verdict}\n{report}");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_line_plays_a_crowd_and_prints_the_check() {
    let world = World::start().await;
    let folder = tests::world::folder();
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
        ])
        .arg("--report")
        .arg(&folder);
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
        "arrivées · arrivals",
        "montré · shown",
    ] {
        assert!(said.contains(line), "{line} is missing: {said}");
    }
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let json: serde_json::Value = serde_json::from_str(&read("report.json")).unwrap();
    assert_eq!(
        (&json["passed"], &json["arrivals"]),
        (&true.into(), &"live".into())
    );
    assert_eq!(json["shops"].as_array().unwrap().len(), 2);
    assert!(
        json["totals"]["messages_written"].as_u64() >= Some(12),
        "{json}"
    );
    let plot = read("plot.svg");
    assert!(plot.starts_with("<svg") && read("report.html").contains(&plot));
    std::fs::remove_dir_all(&folder).unwrap();
    world.stop().await;
}
