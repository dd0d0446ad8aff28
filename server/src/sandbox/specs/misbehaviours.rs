//! Calls that meet trouble, on both sides, and the interface that orders it.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use super::charges::{PUBLIC, SECRET, call, create, read, request};
use super::sends::text;
use super::{Stage, entries, list};

#[tokio::test]
async fn a_charge_is_made_though_its_answer_is_500_or_late() {
    let stage = Stage::new().await;
    stage.order("create_500", Some("shop-1"), None).await;
    let (status, body) = create(&stage, "?payment_type=wave_money").await;
    assert_eq!((status, &body["status"]), (500, &json!("500")));
    let made = stage.get("/api/charges?reference=shop-1").await[0].clone();
    let path = format!("/api/charges/{}/act", made["id"].as_str().unwrap());
    stage.api(&path, json!({"act": "pay"})).await;
    let (_, listed) = read(&stage, "/transactions?payment_reference=shop-1", SECRET).await;
    assert_eq!(listed[0]["status"], "succeeded");

    stage.order("create_slow", None, Some(600)).await;
    let begun = Instant::now();
    let slow = create(&stage, "");
    let early = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        stage.get("/api/charges?reference=shop-1").await
    };
    let ((status, _), early) = tokio::join!(slow, early);
    assert_eq!(status, 202);
    assert!(begun.elapsed() >= Duration::from_millis(600));
    assert_eq!(list(&early).len(), 2, "it is made long before the answer");
}

#[tokio::test]
async fn the_firewall_stops_the_call_it_was_ordered_for() {
    let stage = Stage::new().await;
    stage.order("waf_403", Some("shop-1"), None).await;
    assert_eq!(read(&stage, "/transactions", SECRET).await.0, 200);
    let path = "/charges?payment_type=wave_money";
    let answer = call(&stage, Method::POST, path, PUBLIC, request()).await;
    assert_eq!(answer.status().as_u16(), 403);
    assert!(answer.text().await.unwrap().starts_with("<html>"));
    assert_eq!(stage.get("/api/charges").await, json!([]));
    assert_eq!(create(&stage, "").await.0, 202);
}

#[tokio::test]
async fn the_routes_that_read_answer_500_on_demand() {
    let stage = Stage::new().await;
    let (_, charge) = create(&stage, "?payment_type=wave_money").await;
    let id = charge["transactionId"].as_str().unwrap();
    for (name, path) in [
        ("status_500", format!("/transactions/{id}/status")),
        ("detail_500", format!("/transactions/{id}")),
        (
            "list_500",
            "/transactions?payment_reference=shop-1".to_owned(),
        ),
    ] {
        stage.order(name, Some("shop-1"), None).await;
        assert_eq!(read(&stage, &path, SECRET).await.0, 500, "{name}");
        assert_eq!(read(&stage, &path, SECRET).await.0, 200, "{name}");
    }
}

#[tokio::test]
async fn a_provider_that_is_down_refuses_all_and_comes_back() {
    let stage = Stage::new().await;
    stage.order("provider_outage", None, Some(1_500)).await;
    for _ in 0..2 {
        let answer = call(&stage, Method::GET, "/transactions", SECRET, json!(null)).await;
        assert_eq!(answer.status().as_u16(), 503);
    }
    assert!(stage.get("/api/misbehaviours").await["down"]["bictorys"]["left_ms"].is_u64());
    tokio::time::sleep(Duration::from_millis(1_600)).await;
    assert_eq!(read(&stage, "/transactions", SECRET).await.0, 200);
    assert_eq!(stage.misbehaviour("provider_outage").await["happened"], 2);

    stage.order("provider_silence", None, Some(60_000)).await;
    let url = stage.url("/bictorys/pay/v1/transactions");
    let patience = Duration::from_millis(300);
    let waited = stage
        .http
        .get(url)
        .header("X-Api-Key", SECRET)
        .timeout(patience);
    assert!(waited.send().await.unwrap_err().is_timeout());
    let gone = json!({"name": "provider_unreachable", "seconds": 60});
    stage.api("/api/misbehaviours/now", gone).await;
    let url = stage.url("/bictorys/pay/v1/transactions");
    let cut = stage
        .http
        .get(url)
        .header("X-Api-Key", SECRET)
        .send()
        .await
        .unwrap_err();
    assert!(cut.is_request() && !cut.is_timeout(), "{cut}");
    let back = json!({"name": "provider_silence", "seconds": 0});
    stage.api("/api/misbehaviours/now", back).await;
    assert_eq!(read(&stage, "/transactions", SECRET).await.0, 200);
}

#[tokio::test]
async fn whatsapp_throttles_goes_down_and_loses_answers_for_one_person_only() {
    let stage = Stage::new().await;
    let (awa, moussa) = (stage.writer().await, stage.phone("Moussa", false).await);
    stage
        .write(&moussa, json!({"to": "n1", "text": "SAC2"}))
        .await;
    let id = awa["id"].as_str().unwrap();
    let plus = format!("+{}", awa["phone"].as_str().unwrap());
    stage.order("number_throttled", Some(id), None).await;
    stage.order("pair_throttled", Some(&plus), None).await;
    stage
        .order("send_refused", awa["user_id"].as_str(), None)
        .await;
    stage.order("send_reply_lost", Some(id), None).await;
    assert_eq!(stage.send(text(&moussa, "Bonjour")).await.0, 200);
    for (status, code) in [(400, 130_429), (400, 131_056), (500, 131_000)] {
        let (answered, body) = stage.send(text(&awa, "Réservée")).await;
        assert_eq!((answered, &body["error"]["code"]), (status, &json!(code)));
    }
    stage.send_in_vain(text(&awa, "Réservée")).await;
    // Only the last one left: it is on the phone, and its statuses come.
    let shown = stage
        .get(&format!("/api/phones/{id}/messages?after=1"))
        .await;
    assert_eq!(list(&shown).len(), 1);
    let lost = shown[0]["wamid"].clone();
    stage
        .wait(|r| {
            entries(r, "statuses")
                .into_iter()
                .find(|s| s["id"] == lost && s["status"] == "sent")
        })
        .await;

    stage
        .api(
            "/api/misbehaviours/now",
            json!({"name": "meta_outage", "seconds": 60}),
        )
        .await;
    assert_eq!(stage.send(text(&moussa, "Bonjour")).await.0, 503);
    stage
        .api(
            "/api/misbehaviours/now",
            json!({"name": "meta_unreachable", "seconds": 60}),
        )
        .await;
    stage.send_in_vain(text(&moussa, "Bonjour")).await;
    let request = stage.http.delete(stage.url("/api/misbehaviours"));
    assert!(request.send().await.unwrap().status().is_success());
    assert_eq!(stage.send(text(&moussa, "Bonjour")).await.0, 200);
}

#[tokio::test]
async fn a_closed_window_is_told_late_after_a_200() {
    let stage = Stage::new().await;
    let phone = stage.writer().await;
    stage
        .order("window_missed", phone["id"].as_str(), Some(300))
        .await;
    let begun = Instant::now();
    let (status, answer) = stage.send(text(&phone, "Merci")).await;
    assert_eq!(status, 200);
    let wamid = answer["messages"][0]["id"].clone();
    let failed = stage
        .wait(|r| {
            entries(r, "statuses")
                .into_iter()
                .find(|status| status["id"] == wamid)
        })
        .await;
    assert!(begun.elapsed() >= Duration::from_millis(300));
    assert_eq!(
        (&failed["status"], &failed["errors"][0]["code"]),
        (&json!("failed"), &json!(131_047))
    );
}

#[tokio::test]
async fn updates_come_twice_statuses_get_lost_and_posts_are_repeated() {
    let stage = Stage::new().await;
    let phone = stage.phone("Fatou", false).await;
    let id = phone["id"].as_str();
    stage.order("update_doubled", id, None).await;
    let wamid = stage
        .write(&phone, json!({"to": "n1", "text": "ROBE1"}))
        .await;
    let copies = |name: &str, wamid: &Value, received: &[super::Received]| {
        entries(received, name)
            .iter()
            .filter(|entry| entry["id"] == *wamid)
            .count()
    };
    stage
        .wait(|r| (copies("messages", &json!(wamid), r) == 2).then_some(()))
        .await;
    let lost = json!({"name": "status_lost", "for": id, "times": 2});
    stage.api("/api/misbehaviours/queue", lost).await;
    let (_, sent) = stage.send(text(&phone, "Merci")).await;
    let wamid = sent["messages"][0]["id"].clone();
    let last = stage
        .wait(|r| {
            entries(r, "statuses")
                .into_iter()
                .find(|status| status["id"] == wamid)
        })
        .await;
    assert_eq!(last["status"], "read", "the first two were lost");
    stage.order("post_doubled", id, None).await;
    stage.order("update_reordered", id, None).await;
    let wamid = json!(
        stage
            .write(&phone, json!({"to": "n1", "text": "PAYER"}))
            .await
    );
    stage
        .wait(|r| (copies("messages", &wamid, r) == 2).then_some(()))
        .await;
    assert_eq!(stage.misbehaviour("update_reordered").await["happened"], 1);
}

#[tokio::test]
async fn rates_and_orders_are_shown_changed_and_taken_back() {
    let stage = Stage::new().await;
    stage
        .rates(json!({"webhook_lost": 250, "status_500": 1000}))
        .await;
    stage.rates(json!({"status_500": 0})).await;
    assert_eq!(stage.misbehaviour("webhook_lost").await["rate"], 250);
    assert_eq!(stage.misbehaviour("status_500").await["rate"], 0);
    let path = "/api/misbehaviours/queue";
    let first = json!({"name": "webhook_late", "for": "shop-1", "times": 3, "value": 900});
    let order = stage.api(path, first).await;
    stage.order("create_500", None, None).await;
    let queue = stage.get("/api/misbehaviours").await["queue"].clone();
    assert_eq!((&queue[0], list(&queue).len()), (&order, 2));
    let id = order["id"].as_u64().unwrap();
    for status in [200, 404] {
        let request = stage.http.delete(stage.url(&format!("{path}/{id}")));
        assert_eq!(request.send().await.unwrap().status().as_u16(), status);
    }
    for wrong in [
        json!({"name": "nothing"}),
        json!({"name": "webhook_lost", "value": 5}),
        json!({"name": "pays_less", "value": 0}),
        json!({"name": "webhook_lost", "times": 0}),
        json!({"name": "webhook_late", "value": -1}),
    ] {
        let request = stage.http.post(stage.url(path)).json(&wrong);
        assert_eq!(
            request.send().await.unwrap().status().as_u16(),
            400,
            "{wrong}"
        );
    }
    for wrong in [json!({"nothing": 1}), json!({"webhook_lost": 1001})] {
        let request = stage.http.put(stage.url("/api/misbehaviours")).json(&wrong);
        assert_eq!(
            request.send().await.unwrap().status().as_u16(),
            400,
            "{wrong}"
        );
    }
    let request = stage.http.delete(stage.url(path));
    let left: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(left["queue"], json!([]));
}
