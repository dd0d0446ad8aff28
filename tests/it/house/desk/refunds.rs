//! A sum that has to go back, from owed to arrived.

use serde_json::{Value, json};
use tests::world::World;

use super::{Desk, Said};

/// A paid bag that the vendor cancels: its number, and the answer.
async fn owed(desk: &Desk<'_>) -> (u64, Said) {
    desk.by_hand().await;
    let order = desk.sale("Aminata Diallo", "SAC2").await;
    assert_eq!(desk.get("desk").await.body["refunds"], 0);
    let path = format!("orders/{order}/cancel");
    (order, desk.post(&path, json!({})).await)
}

fn wave() -> Value {
    json!({ "method": "Wave", "evidence": "TX-77120" })
}

#[tokio::test]
async fn what_is_owed_is_shown_and_taken_and_nothing_happens_to_it_too_early() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    let (order, cancelled) = owed(&desk).await;
    assert_eq!(cancelled.body["outcome"], "done");
    // She reads what she has just done, by query or by header.
    let after = cancelled.after();
    let open = desk.get(&format!("refunds?after={after}")).await;
    let url = world.livepay("/api/v1/refunds");
    let same = desk
        .send(world.http.get(url).header("livepay-after", after))
        .await;
    assert_eq!(open.body, same.body);
    let [row] = open.items() else {
        panic!("{open:?}")
    };
    assert_eq!(
        (&row["state"], &row["order"]),
        (&json!("due"), &json!(order))
    );
    assert_eq!(
        (&row["reason"], &row["amount"]),
        (&json!("vendor_cancelled"), &json!(12_000))
    );
    assert_eq!(row["client"], "Aminata D.", "opened for her page only");
    let waiting = desk.get("desk").await.body;
    assert_eq!(
        waiting,
        json!({ "refunds": 1, "refunds_amount": 12_000, "overdue": 0, "cancellations": 0 })
    );

    for (verb, body) in [("confirm", json!({})), ("fail", json!({ "reason": "?" }))] {
        let early = desk.post(&format!("refunds/1/{verb}"), body).await;
        assert_eq!(early.problem(409), "refund-elsewhere");
        assert_eq!(early.body["refusal"], "refund_elsewhere");
    }
    let taken = desk.post("refunds/1/take", json!({})).await;
    assert_eq!(taken.body["outcome"], "done");
    let again = desk.post("refunds/1/take", json!({})).await;
    assert_eq!(again.body["outcome"], "already");
    for wrong in [
        json!({}),
        json!({ "method": "Wave" }),
        json!({ "method": "Wave", "evidence": " \u{202e} " }),
        json!({ "method": 7, "evidence": "TX" }),
        json!([]),
    ] {
        let refused = desk.post("refunds/1/send", wrong).await;
        assert_eq!(refused.problem(400), "malformed");
    }
    world.stop().await;
}

#[tokio::test]
async fn the_same_key_is_the_same_effect_and_the_same_answer() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    owed(&desk).await;
    let first = desk.keyed("refunds/1/send", wave(), "k1").await;
    assert!(!first.replayed);
    let same = desk.keyed("refunds/1/send", wave(), "k1").await;
    assert!(same.replayed);
    assert_eq!((same.status, &same.body), (200, &first.body));
    let other = desk.keyed("refunds/1/send", wave(), "k2").await;
    assert_eq!(other.problem(409), "refund-elsewhere");
    // A "no" is kept as well.
    let no = desk.keyed("refunds/1/send", wave(), "k2").await;
    assert_eq!((no.problem(409), no.replayed), ("refund-elsewhere", true));
    let facts = "select count(*) from event where kind = 'RefundSent'";
    assert_eq!(world.count(facts).await, 1);
    // The same key at another address is another command.
    let arrived = desk.keyed("refunds/1/confirm", json!({}), "k1").await;
    assert_eq!(
        (&arrived.body["outcome"], arrived.replayed),
        (&json!("done"), false)
    );
    world.stop().await;
}

#[tokio::test]
async fn a_refund_is_sent_fails_is_sent_again_and_arrives() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    let (order, _) = owed(&desk).await;
    let sent = desk.post("refunds/1/send", wave()).await;
    let moved = format!("refunds?state=sent&after={}", sent.after());
    assert_eq!(desk.get(&moved).await.items()[0]["evidence"], "TX-77120");
    let failed = json!({ "reason": "le numéro n’existe pas" });
    let failed = desk.post("refunds/1/fail", failed).await;
    let row = format!("refunds?state=failed&after={}", failed.after());
    let row = desk.get(&row).await;
    assert_eq!(row.items()[0]["failure"], "le numéro n’existe pas");
    desk.post("refunds/1/send", wave()).await.after();
    let arrived = desk.post("refunds/1/confirm", json!({})).await;
    let open = format!("refunds?after={}", arrived.after());
    assert!(desk.get(&open).await.items().is_empty());
    for (state, rows) in [("confirmed", 1), ("all", 1), ("due", 0)] {
        let listed = desk.get(&format!("refunds?state={state}")).await;
        assert_eq!(listed.items().len(), rows, "{state}");
    }
    // What is back is no work item any more.
    let gone = desk.post("refunds/1/confirm", json!({})).await;
    assert_eq!(gone.problem(404), "not-found");

    let page = desk.get(&format!("orders/{order}")).await.body;
    assert_eq!(page["state"], "cancelled");
    assert_eq!(page["payments"][0]["got"], 12_000);
    assert_eq!(page["refunds"][0]["state"], "confirmed");
    let facts = page["events"].as_array().unwrap().iter();
    let facts: Vec<&str> = facts.map(|fact| fact["kind"].as_str().unwrap()).collect();
    for kind in [
        "OrderPlaced",
        "OrderConfirmed",
        "OrderCancelled",
        "RefundConfirmed",
    ] {
        assert!(facts.contains(&kind), "{kind} in {facts:?}");
    }
    world.stop().await;
}

#[tokio::test]
async fn a_long_list_comes_in_pages() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    desk.by_hand().await;
    let mut after = String::new();
    for (name, keyword) in [
        ("Awa Sarr", "SAC2"),
        ("Binta Sow", "ROBE1"),
        ("Coumba", "BIJOU1"),
    ] {
        let order = desk.sale(name, keyword).await;
        let done = desk
            .post(&format!("orders/{order}/cancel"), json!({}))
            .await;
        done.after().clone_into(&mut after);
    }
    let mut seen = Vec::new();
    let mut path = format!("refunds?limit=2&after={after}");
    loop {
        let page = desk.get(&path).await;
        seen.extend(
            page.items()
                .iter()
                .map(|row| row["refund"].as_u64().unwrap()),
        );
        let Some(next) = page.body["next"].as_str() else {
            break;
        };
        path = format!("refunds?limit=2&cursor={next}");
    }
    assert_eq!(seen, [1, 2, 3], "the oldest debt is the most urgent");
    let payments = desk.get("payments?limit=2").await;
    let attempts: Vec<u64> = payments
        .items()
        .iter()
        .map(|row| row["attempt"].as_u64().unwrap())
        .collect();
    assert_eq!(attempts, [3, 2], "newest first");
    let next = payments.body["next"].as_str().unwrap();
    let rest = desk.get(&format!("payments?limit=2&cursor={next}")).await;
    assert_eq!(rest.items()[0]["attempt"], 1);
    let money = (&rest.items()[0]["got"], &rest.items()[0]["due_back"]);
    assert_eq!(money, (&json!(12_000), &json!(12_000)));
    for wrong in [
        "refunds?limit=0",
        "refunds?limit=101",
        "refunds?limit=x",
        "refunds?cursor=x",
        "refunds?state=lost",
        "refunds?after=x",
        "refunds?after=999.1",
        "payments?since=yesterday",
    ] {
        assert_eq!(desk.get(wrong).await.problem(400), "malformed", "{wrong}");
    }
    world.stop().await;
}
