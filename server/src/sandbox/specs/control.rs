//! The control interface: the world, the stream, faults, the handshake, stopping.

use futures_util::StreamExt as _;
use serde_json::{Value, json};

use super::Stage;

#[tokio::test]
async fn the_stream_tells_messages_ticks_phones_and_charges() {
    let stage = Stage::new().await;
    let address = stage.url("/api/events").replacen("http", "ws", 1);
    let (mut socket, _) = tokio_tungstenite::connect_async(address).await.unwrap();
    let phone = stage.writer().await;
    let act = json!({"amount": 500, "currency": "XOF"});
    let url = stage.url("/bictorys/pay/v1/charges");
    let request = stage
        .http
        .post(url)
        .header("X-Api-Key", "test_public-sandbox")
        .json(&act);
    assert_eq!(request.send().await.unwrap().status().as_u16(), 202);
    let mut kinds = std::collections::BTreeSet::new();
    while kinds.len() < 4 {
        let frame = socket.next().await.unwrap().unwrap().into_text().unwrap();
        let event: Value = serde_json::from_str(&frame).unwrap();
        match event["type"].as_str().unwrap() {
            "message" => assert_eq!(event["message"]["text"], "ROBE1"),
            "status" => assert_eq!(event["status"], "delivered"),
            "phone" => assert_eq!(event["phone"]["id"], phone["id"]),
            "charge" => assert_eq!(event["charge"]["amount"], 500),
            other => panic!("{other}"),
        }
        kinds.insert(event["type"].to_string());
    }
    // Stopping closes the stream instead of leaving it hanging.
    stage.sandbox.stop().await;
    assert!(!matches!(socket.next().await, Some(Ok(frame)) if frame.is_text()));
}

#[tokio::test]
async fn the_world_lists_numbers_and_phones_with_their_messages() {
    let stage = Stage::new().await;
    stage.writer().await;
    let world = stage.get("/api/world").await;
    let number =
        json!({"phone_number_id": "n1", "display": "221770000000", "shop_name": "Chez Awa"});
    assert_eq!(world["numbers"], json!([number]));
    let phone = &world["phones"][0];
    assert!(phone["user_id"].as_str().unwrap().starts_with("SN."));
    assert_eq!(
        (&phone["name"], &phone["hidden_phone"]),
        (&json!("Aminata"), &json!(false))
    );
    let message = &phone["messages"][0];
    assert_eq!(
        (&message["n"], &message["from"], &message["kind"]),
        (&json!(1), &json!("buyer"), &json!("text"))
    );
}

#[tokio::test]
async fn faults_change_one_by_one_and_a_wrong_name_is_refused() {
    let stage = Stage::new().await;
    stage.faults(json!({"delay_ms": 5})).await;
    stage
        .faults(json!({"reorder": 0.5, "psp_delay_ms": 7}))
        .await;
    let faults = stage.get("/api/faults").await;
    assert_eq!(
        (&faults["delay_ms"], &faults["psp_delay_ms"]),
        (&json!(5), &json!(7))
    );
    // An older name sets the rate of what it is called now.
    assert_eq!(stage.misbehaviour("update_reordered").await["rate"], 500);
    for wrong in [json!({"dealy_ms": 5}), json!({"reorder": 2})] {
        let request = stage.http.put(stage.url("/api/faults")).json(&wrong);
        assert_eq!(request.send().await.unwrap().status().as_u16(), 400);
    }
}

#[tokio::test]
async fn the_handshake_fails_when_the_challenge_does_not_come_back() {
    // The stage's receiver answers 200 with nothing: that is not a verification.
    let stage = Stage::new().await;
    let said = stage.api("/api/verify", json!({})).await;
    assert_eq!(said, json!({"status": 200, "verified": false}));
    assert_eq!(stage.received.lock().unwrap()[0].path, "/webhooks/whatsapp");
}

#[tokio::test]
async fn the_page_of_misbehaviours_is_whole_without_a_build() {
    let stage = Stage::new().await;
    let page = stage.http.get(stage.url("/faults")).send().await.unwrap();
    let policy = page.headers()["content-security-policy"].clone();
    assert!(policy.to_str().unwrap().contains("script-src 'self'"));
    let page = page.text().await.unwrap();
    for (file, kind) in [
        ("/faults.mjs", "text/javascript"),
        ("/faults.css", "text/css"),
    ] {
        assert!(page.contains(file));
        let answer = stage.http.get(stage.url(file)).send().await.unwrap();
        let header = answer.headers()["content-type"]
            .to_str()
            .unwrap()
            .to_owned();
        assert!(header.starts_with(kind), "{header}");
    }
    // Every part of the page the script reaches for is there.
    let script = stage
        .http
        .get(stage.url("/faults.mjs"))
        .send()
        .await
        .unwrap();
    let script = script.text().await.unwrap();
    for part in script.split("by('").skip(1) {
        let id = part.split('\'').next().unwrap();
        assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
    }
}

#[tokio::test]
async fn the_phones_page_is_served_under_a_strict_policy_or_says_how_to_build_it() {
    let stage = Stage::new().await;
    let page = stage.http.get(stage.url("/")).send().await.unwrap();
    let policy = page.headers().get("content-security-policy").cloned();
    let text = page.text().await.unwrap();
    match policy {
        Some(policy) => assert!(policy.to_str().unwrap().contains("script-src 'self'")),
        None => assert!(text.contains("scripts/run"), "{text}"),
    }
    let missing = stage
        .http
        .get(stage.url("/nothing.js"))
        .send()
        .await
        .unwrap();
    assert_eq!(missing.status().as_u16(), 404);
}
