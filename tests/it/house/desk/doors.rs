//! Who may ask at all: strangers, other sites, other shops, and bodies that are none.

use domain::ids::ShopId;
use serde_json::{Value, json};
use tests::world::World;

use super::Desk;

const READS: [&str; 10] = [
    "desk",
    "refunds",
    "cancellations",
    "orders/1",
    "payments",
    "payments/reconciliation",
    "waitlists",
    "lives",
    "lives/1/summary",
    "lives/1/curve",
];

const WISHES: [(&str, &str); 8] = [
    ("refunds/1/take", "{}"),
    ("refunds/1/send", r#"{"method":"Wave","evidence":"T"}"#),
    ("refunds/1/confirm", "{}"),
    ("refunds/1/fail", r#"{"reason":"?"}"#),
    ("orders/1/cancel", "{}"),
    ("orders/1/hand-over", "{}"),
    ("orders/1/cancellation", r#"{"granted":true}"#),
    ("variants/99/stock", r#"{"by":1,"reason":"count"}"#),
];

/// What every shop has; so it is never not found.
const LIVE: [(&str, &str); 7] = [
    ("live/start", r#"{"title":"Soldes"}"#),
    ("live/pause", "{}"),
    ("live/resume", "{}"),
    ("live/finish", "{}"),
    ("live/reopen", "{}"),
    ("live/show", r#"{"product":1}"#),
    ("live/first-paid", r#"{"on":true}"#),
];

fn body(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[tokio::test]
async fn strangers_and_other_sites_are_turned_away() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    let stranger = Desk {
        world: &world,
        cookie: "livepay=00000000000000000000000000000000.9999999999.00".to_owned(),
    };
    for path in READS {
        assert_eq!(
            stranger.get(path).await.problem(401),
            "signed-out",
            "{path}"
        );
    }
    for (path, text) in WISHES.into_iter().chain(LIVE) {
        let said = stranger.post(path, body(text)).await;
        assert_eq!(said.problem(401), "signed-out", "{path}");
        // A browser sends the cookie with another site's form too.
        for origin in ["https://evil.example", "null", &world.demo.phones_url()] {
            let url = world.livepay(&format!("/api/v1/{path}"));
            let asked = world.http.post(url).header("origin", origin);
            let said = desk.send(asked.json(&body(text))).await;
            assert_eq!(said.problem(403), "forbidden", "{path} from {origin}");
        }
    }
    let url = world.livepay("/api/v1/refunds/1/take");
    let own = world
        .http
        .post(url)
        .header("origin", world.demo.livepay_url());
    assert_eq!(
        desk.send(own).await.problem(404),
        "not-found",
        "our own page may ask"
    );
    world.stop().await;
}

#[tokio::test]
async fn another_shops_numbers_are_not_found() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    desk.by_hand().await;
    let order = desk.sale("Aminata Diallo", "ROBE1").await;
    let client = desk.client(order).await;
    desk.post(&format!("orders/{order}/cancel"), json!({}))
        .await
        .after();
    let shops = world
        .post(&world.livepay("/api/dev/shops"), &json!({ "count": 1 }))
        .await;
    let shop = ShopId(shops[0]["shop"].as_str().unwrap().parse().unwrap());
    let other = Desk::of(&world, shop);
    for path in [format!("orders/{order}"), format!("clients/{client}")] {
        assert_eq!(desk.get(&path).await.status, 200, "{path}");
        assert_eq!(other.get(&path).await.problem(404), "not-found", "{path}");
    }
    for (path, text) in WISHES {
        let said = other.post(path, body(text)).await;
        assert_eq!(said.problem(404), "not-found", "{path}");
    }
    for verb in ["block", "unblock", "override", "first-paid"] {
        let path = format!("clients/{client}/{verb}");
        let said = other
            .post(&path, json!({ "reason": "x", "score": 1, "on": true }))
            .await;
        assert_eq!(said.problem(404), "not-found", "{verb}");
    }
    for list in [
        "refunds?state=all",
        "payments",
        "cancellations",
        "waitlists",
    ] {
        assert!(other.get(list).await.items().is_empty(), "{list}");
    }
    let money = other.get("payments/reconciliation").await.body;
    assert_eq!(money["groups"], json!([]));
    // A name that can be nobody's.
    for path in ["orders/0", "orders/x", "orders/-1", "clients/x", "nowhere"] {
        assert_eq!(desk.get(path).await.problem(404), "not-found", "{path}");
    }
    world.stop().await;
}

#[tokio::test]
async fn what_cannot_be_read_or_is_too_long_is_refused() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    let url = world.livepay("/api/v1/refunds/1/send");
    let raw = |body: Vec<u8>| desk.send(world.http.post(&url).body(body));
    for text in [
        "",
        "{",
        "nul",
        "\u{0}",
        r#"{"method":"a","evidence":"b"} x"#,
    ] {
        let said = raw(text.as_bytes().to_vec()).await;
        assert_eq!(said.problem(400), "malformed", "{text:?}");
    }
    assert_eq!(raw(vec![0xff, 0xfe, 0xfd]).await.problem(400), "malformed");
    let long = format!(r#"{{"method":"a","evidence":"{}"}}"#, "b".repeat(256 << 10));
    assert_eq!(raw(long.into_bytes()).await.problem(413), "too-large");
    let fits = format!(r#"{{"method":"a","evidence":"{}"}}"#, "b".repeat(200 << 10));
    assert_eq!(raw(fits.into_bytes()).await.problem(404), "not-found");
    for key in ["", " ", &"k".repeat(201)] {
        let said = desk.keyed("refunds/1/take", json!({}), key).await;
        assert_eq!(said.problem(400), "malformed", "{key:?}");
    }
    let facts = "select count(*) from event where kind like 'Refund%'";
    assert_eq!(world.count(facts).await, 0);
    world.stop().await;
}
