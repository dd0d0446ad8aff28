//! The live, from the vendor's page: on air, a break, held up, over, and on air again.

use domain::catalogue::Command as Catalogue;
use domain::command::{Actor, Command};
use domain::ids::ProductId;
use serde_json::json;
use tests::world::World;

use super::Desk;

#[tokio::test]
async fn a_live_pauses_shows_and_ends_and_every_no_says_why() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    let post = async |verb: &str, body| desk.post(&format!("live/{verb}"), body).await;
    let title = || json!({ "title": "Live du dimanche" });
    let on = post("start", title()).await;
    assert_eq!(on.problem(409), "live-already-on");
    assert_eq!(on.body["refusal"], "live_already_on");
    for (verb, outcome) in [
        ("resume", "already"),
        ("pause", "done"),
        ("pause", "already"),
        ("resume", "done"),
    ] {
        let said = post(verb, json!(null)).await;
        assert_eq!(said.body["outcome"], outcome, "{verb}: {said:?}");
    }
    let held_up = post("show", json!({ "product": 3 })).await;
    assert_eq!(held_up.body["outcome"], "done");
    let product = ProductId(4);
    let archive = Catalogue::ArchiveProduct { product };
    desk.tell(Actor::System, Command::Catalogue(archive)).await;
    for gone in [4, 99] {
        let unknown = post("show", json!({ "product": gone })).await;
        assert_eq!(unknown.problem(404), "not-found");
        assert_eq!(unknown.body["refusal"], "product_unknown");
    }
    for outcome in ["done", "already"] {
        let first = post("first-paid", json!({ "on": true })).await;
        assert_eq!(first.body["outcome"], outcome);
    }
    for (verb, wrong) in [
        ("start", json!({})),
        ("start", json!({ "title": " \u{202e} " })),
        ("show", json!({})),
        ("show", json!({ "product": "SAC2" })),
        ("first-paid", json!({ "on": "oui" })),
    ] {
        assert_eq!(post(verb, wrong).await.problem(400), "malformed", "{verb}");
    }

    post("finish", json!({})).await.after();
    for (verb, body) in [
        ("finish", json!({})),
        ("pause", json!({})),
        ("resume", json!({})),
        ("show", json!({ "product": 3 })),
        ("first-paid", json!({ "on": false })),
    ] {
        let over = post(verb, body).await;
        assert_eq!(over.problem(409), "no-live", "{verb}");
    }
    let facts = "select count(*) from event
        where kind in ('LivePaused', 'LiveResumed', 'ProductShown', 'LiveFirstPaidSet',
                       'LiveClosing', 'LiveEnded')";
    assert_eq!(
        world.count(facts).await,
        6,
        "each once, and what was refused never"
    );
    world.stop().await;
}

#[tokio::test]
async fn fin_is_taken_back_for_a_moment_and_not_beside_another_live() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    let post = async |verb: &str, body| desk.post(&format!("live/{verb}"), body).await;
    let on = post("reopen", json!({})).await;
    assert_eq!(on.problem(409), "live-already-on");
    post("finish", json!({})).await.after();
    let back = post("reopen", json!({})).await;
    assert_eq!(back.body["outcome"], "done");
    let list = format!("lives?after={}", back.after());
    let live = &desk.get(&list).await.body["items"][0];
    assert_eq!((&live["id"], &live["state"]), (&json!(1), &json!("live")));

    // Nobody waits two minutes here: the shop allows none.
    let rule = domain::policy::Rule::ReopenMinutes;
    let change = domain::shop::Command::ChangePolicy { rule, to: 0 };
    desk.tell(Actor::System, Command::Shop(change)).await;
    post("finish", json!({})).await.after();
    let late = post("reopen", json!({})).await;
    assert_eq!(late.problem(409), "reopen-too-late");
    assert!(late.body["refusal"]["reopen_too_late"]["until"].is_string());
    let title = json!({ "title": "Live du dimanche" });
    post("start", title).await.after();
    assert_eq!(
        post("reopen", json!({})).await.problem(409),
        "live-already-on"
    );
    let reopened = "select count(*) from event where kind = 'LiveReopened'";
    assert_eq!(world.count(reopened).await, 1);
    world.stop().await;
}

#[tokio::test]
async fn a_tap_that_comes_twice_starts_one_live() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    let started = "select count(*) from event where kind = 'LiveStarted'";
    let finish = desk.keyed("live/finish", json!({}), "k").await;
    let body = json!({ "title": "Live du dimanche" });
    let first = desk.keyed("live/start", body.clone(), "k").await;
    assert_eq!(
        (&first.body["outcome"], first.replayed),
        (&json!("done"), false)
    );
    let second = desk.keyed("live/start", body, "k").await;
    assert_eq!((second.status, second.replayed), (200, true));
    assert_eq!(second.body, first.body);
    // FIN of the live before, sent again by a bad line, does not end this one.
    let late = desk.keyed("live/finish", json!({}), "k").await;
    assert_eq!((late.replayed, &late.body), (true, &finish.body));
    assert_eq!(world.count(started).await, 2);
    let on = "select count(*) from reading.lives where state = 'live'";
    world.until(on, 1).await;
    world.stop().await;
}

#[tokio::test]
async fn one_more_and_one_less_need_no_reason() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    for (by, units) in [(1, 11), (1, 12), (-1, 11)] {
        let moved = desk.post("variants/1/stock", json!({ "by": by })).await;
        moved.after();
        world
            .until(
                "select coalesce(max(on_hand), 0) from reading.stock where variant_id = 1",
                units,
            )
            .await;
    }
    let words = "select count(*) from event
        where kind = 'StockAdjusted' and body::text like '%\"count\"%'";
    assert_eq!(world.count(words).await, 3);
    world.stop().await;
}
