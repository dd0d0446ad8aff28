//! What a live came to, read from the vendor's page after it.

use domain::ids::ShopId;
use serde_json::{Value, json};
use tests::world::World;

use super::Desk;

fn sum(rows: &Value, of: &str) -> i64 {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| row[of].as_i64().unwrap()).sum()
}

#[tokio::test]
async fn a_live_that_is_over_has_its_figures_and_its_curve() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    desk.post("live/show", json!({ "product": 3 }))
        .await
        .after();
    desk.sale("Aminata Diallo", "SAC2").await;
    desk.sale("Binta Sow", "FOULARD").await;
    desk.sale("Coumba Fall", "SAC2").await;
    let on = desk.get("lives/1/summary").await.body;
    let nothing = json!({ "hot": null, "settled": null, "adjustments": [] });
    assert_eq!(on, nothing, "it is on");

    let over = desk.post("live/finish", json!({})).await;
    let path = format!("lives/1/summary?after={}", over.after());
    let figures = desk.get(&path).await.body;
    assert_eq!(figures["settled"], Value::Null);
    let hot = &figures["hot"];
    assert_eq!(
        (&hot["live"], &hot["placed"], &hot["paid"], &hot["settled"]),
        (&json!(1), &json!(3), &json!(3), &json!(false)),
        "{hot}"
    );
    assert_eq!(
        (&hot["gross"], &hot["net"]),
        (&json!(28_000), &json!(28_000))
    );
    let best = &hot["best"];
    assert_eq!(
        (&best["keyword"], &best["units"]),
        (&json!("SAC2"), &json!(2))
    );
    let photo = best["photo"].as_str().unwrap().to_owned();
    let seen = desk.get(photo.trim_start_matches("/api/v1/")).await;
    assert_eq!((seen.status, seen.kind.as_str()), (200, "image/webp"));
    let products = hot["products"].as_array().unwrap();
    assert_eq!(products[0]["photo"], photo.as_str());
    assert!(
        products.iter().all(|product| product["photo"].is_string()),
        "{hot}"
    );

    let curve = desk.get("lives/1/curve").await.body;
    assert_eq!(sum(&curve["minutes"], "orders"), 3, "{curve}");
    assert_eq!(sum(&curve["minutes"], "payments"), 3, "{curve}");
    assert_eq!(sum(&curve["minutes"], "amount"), 28_000, "{curve}");
    let [shown] = &curve["showings"].as_array().unwrap()[..] else {
        panic!("{curve}")
    };
    assert_eq!(
        (&shown["product"], &shown["keyword"]),
        (&json!(3), &json!("SAC2"))
    );
    world.stop().await;
}

#[tokio::test]
async fn lives_are_listed_newest_first_and_only_ones_own() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    let mut after = String::new();
    for title in ["Le deuxième", "Le troisième"] {
        desk.post("live/finish", json!({})).await.after();
        let started = desk.post("live/start", json!({ "title": title })).await;
        started.after().clone_into(&mut after);
    }
    let mut seen = Vec::new();
    let mut path = format!("lives?limit=2&after={after}");
    loop {
        let page = desk.get(&path).await;
        seen.extend(page.items().iter().cloned());
        let Some(next) = page.body["next"].as_str() else {
            break;
        };
        path = format!("lives?limit=2&cursor={next}");
    }
    let told: Vec<_> = seen
        .iter()
        .map(|live| {
            (
                live["id"].as_i64().unwrap(),
                live["state"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(told, [(3, "live"), (2, "ended"), (1, "ended")]);
    assert_eq!(seen[0]["title"], "Le troisième");
    assert!(seen[0]["started_at"].is_string() && seen[0]["finished_at"].is_null());
    assert!(seen[1]["finished_at"].is_string() && seen[1]["ended_at"].is_string());

    let shops = world
        .post(&world.livepay("/api/dev/shops"), &json!({ "count": 1 }))
        .await;
    let shop = ShopId(shops[0]["shop"].as_str().unwrap().parse().unwrap());
    let other = Desk::of(&world, shop);
    world.until("select count(*) from reading.lives", 4).await;
    assert_eq!(other.get("lives").await.items().len(), 1);
    for part in ["summary", "curve"] {
        let path = format!("lives/3/{part}");
        assert_eq!(desk.get(&path).await.status, 200);
        assert_eq!(other.get(&path).await.problem(404), "not-found");
        for wrong in ["0", "9", "x", "-1", "99999999999"] {
            let said = desk.get(&format!("lives/{wrong}/{part}")).await;
            assert_eq!(said.problem(404), "not-found", "{wrong}");
        }
    }
    for wrong in ["lives?limit=0", "lives?cursor=x", "lives?limit=101"] {
        assert_eq!(desk.get(wrong).await.problem(400), "malformed", "{wrong}");
    }
    world.stop().await;
}
