//! What the server receives: signatures, batches, retries, duplicates.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Stage, entries, values};
use crate::sandbox::seal;

#[tokio::test]
async fn a_message_arrives_signed_with_its_accents_escaped() {
    let stage = Stage::new().await;
    let phone = stage.phone("Aïcha", false).await;
    let wamid = stage
        .write(&phone, json!({"to": "n1", "text": "Réservée 👗"}))
        .await;
    let post = stage.wait(|received| received.first().cloned()).await;
    assert_eq!(post.path, "/webhooks/whatsapp");
    let expected = seal::hmac_hex("sandbox-app-secret", &[&post.body]);
    assert_eq!(
        post.header("x-hub-signature-256"),
        format!("sha256={expected}")
    );
    assert!(post.body.is_ascii());
    assert!(
        post.body
            .windows(12)
            .any(|window| window == b"\\ud83d\\udc57")
    );

    let value = &values(std::slice::from_ref(&post))[0];
    assert_eq!(value["metadata"]["phone_number_id"], "n1");
    assert_eq!(value["contacts"][0]["profile"]["name"], "Aïcha");
    assert_eq!(value["contacts"][0]["wa_id"], phone["phone"]);
    let message = &value["messages"][0];
    assert_eq!(message["id"], json!(wamid));
    assert_eq!(message["text"]["body"], "Réservée 👗");
    assert_eq!(message["from_user_id"], phone["user_id"]);
    assert!(
        message["timestamp"]
            .as_str()
            .unwrap()
            .parse::<i64>()
            .unwrap()
            > 1_700_000_000
    );
}

#[tokio::test]
async fn taps_carry_their_context_and_a_hidden_phone_carries_no_number() {
    let stage = Stage::new().await;
    let phone = stage.phone("Moussa", true).await;
    let tap = json!({"id": "pay:1", "title": "PAYER", "context": "wamid.ours"});
    stage
        .write(&phone, json!({"to": "n1", "button": tap}))
        .await;
    stage
        .write(
            &phone,
            json!({"to": "n1", "row": {"id": "v2", "title": "M"}}),
        )
        .await;
    stage
        .write(&phone, json!({"to": "n1", "kind": "audio"}))
        .await;
    stage
        .write(
            &phone,
            json!({"to": "n1", "reaction": {"message_id": "wamid.ours"}}),
        )
        .await;
    stage
        .write(
            &phone,
            json!({"to": "n1", "raw": {"type": "order", "order": {"a": 1}}}),
        )
        .await;
    let mut messages = stage
        .wait(|received| {
            let messages = entries(received, "messages");
            (messages.len() == 5).then_some(messages)
        })
        .await;
    assert!(messages.iter().all(|message| message.get("from").is_none()));
    messages.sort_by_key(|message| message["type"].to_string());
    let find = |fits: &dyn Fn(&Value) -> bool| messages.iter().find(|m| fits(m)).unwrap().clone();
    let button = find(&|m| m["interactive"]["type"] == "button_reply");
    assert_eq!(
        button["interactive"]["button_reply"],
        json!({"id": "pay:1", "title": "PAYER"})
    );
    assert_eq!(
        button["context"],
        json!({"from": "221770000000", "id": "wamid.ours"})
    );
    let row = find(&|m| m["interactive"]["type"] == "list_reply");
    assert!(
        row["interactive"]["list_reply"]
            .get("description")
            .is_none()
    );
    assert_eq!(find(&|m| m["type"] == "audio")["audio"]["voice"], true);
    assert!(
        find(&|m| m["type"] == "reaction")["reaction"]
            .get("emoji")
            .is_none()
    );
    assert_eq!(find(&|m| m["type"] == "order")["order"]["a"], 1);
}

#[tokio::test]
async fn anything_but_200_is_posted_again_with_the_same_bytes() {
    let stage = Stage::new().await;
    stage.say(StatusCode::NO_CONTENT);
    let phone = stage.phone("Awa", false).await;
    let wamid = stage
        .write(&phone, json!({"to": "n1", "text": "ROBE1"}))
        .await;
    stage
        .wait(|received| (received.len() >= 2).then_some(()))
        .await;
    assert_eq!(stage.get("/api/acknowledged").await["total"], 0);
    stage.say(StatusCode::OK);
    let bodies = stage
        .wait(|received| {
            (received.len() >= 3)
                .then(|| received.iter().map(|r| r.body.clone()).collect::<Vec<_>>())
        })
        .await;
    assert!(bodies.iter().all(|body| body == &bodies[0]));
    for _ in 0..100 {
        let journal = stage.get("/api/acknowledged").await;
        if journal["total"] == 1 {
            assert_eq!(
                journal["entries"][0],
                json!({"phone_number_id": "n1", "wamid": wamid})
            );
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("never acknowledged");
}

#[tokio::test]
async fn a_flushed_batch_is_one_post_of_up_to_a_thousand() {
    let stage = Stage::new().await;
    let one = stage.phone("Awa", false).await;
    let two = stage.phone("Binta", false).await;
    for n in 0..500 {
        for phone in [&one, &two] {
            let input = json!({"to": "n1", "text": format!("{n}"), "batch": true});
            stage.write(phone, input).await;
        }
    }
    assert!(stage.received.lock().unwrap().is_empty());
    let flushed = stage.api("/api/flush", json!({})).await;
    assert_eq!(flushed, json!({"updates": 1000, "posts": 1}));
    let post = stage.wait(|received| received.first().cloned()).await;
    assert_eq!(entries(&[post], "messages").len(), 1000);
}

#[tokio::test]
async fn duplicates_repeat_an_update_and_a_batch_window_gathers() {
    let stage = Stage::new().await;
    stage.faults(json!({"duplicate_webhooks": 1.0})).await;
    let phone = stage.phone("Awa", false).await;
    let wamid = stage
        .write(&phone, json!({"to": "n1", "text": "ROBE1"}))
        .await;
    let copies = |received: &[super::Received]| {
        entries(received, "messages")
            .iter()
            .filter(|m| m["id"] == json!(wamid))
            .count()
    };
    stage
        .wait(|received| (copies(received) >= 3).then_some(()))
        .await;
    assert_eq!(stage.get("/api/acknowledged").await["total"], 1);

    stage
        .faults(json!({"duplicate_webhooks": 0.0, "batch_window_ms": 200}))
        .await;
    for n in 0..10 {
        stage
            .write(&phone, json!({"to": "n1", "text": format!("lot {n}")}))
            .await;
    }
    stage
        .wait(|received| {
            let sizes = received
                .iter()
                .map(|post| entries(std::slice::from_ref(post), "messages"));
            sizes.map(|messages| messages.len()).find(|size| *size >= 8)
        })
        .await;
}
