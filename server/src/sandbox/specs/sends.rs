//! What the Graph API accepts, refuses, and what becomes of it.

use serde_json::{Value, json};

use super::{Stage, entries};

pub(super) fn text(to: &Value, body: &str) -> Value {
    json!({"messaging_product": "whatsapp", "to": format!("+{}", to["phone"].as_str().unwrap()),
           "type": "text", "text": {"body": body}, "biz_opaque_callback_data": "outbox-7"})
}

fn buttons(to: &Value, titles: &[&str]) -> Value {
    let buttons: Vec<Value> = titles
        .iter()
        .enumerate()
        .map(
            |(n, title)| json!({"type": "reply", "reply": {"id": format!("b{n}"), "title": title}}),
        )
        .collect();
    json!({"messaging_product": "whatsapp", "to": format!("+{}", to["phone"].as_str().unwrap()),
           "type": "interactive", "interactive": {"type": "button", "body": {"text": "Choisis"},
           "action": {"buttons": buttons}}})
}

#[tokio::test]
async fn an_accepted_message_reaches_the_phone_and_its_statuses_come_back() {
    let stage = Stage::new().await;
    let phone = stage.writer().await;
    let (status, answer) = stage.send(buttons(&phone, &["PAYER", "ANNULER"])).await;
    assert_eq!(status, 200);
    assert_eq!(answer["contacts"][0]["wa_id"], phone["phone"]);
    let wamid = answer["messages"][0]["id"].clone();
    assert!(wamid.as_str().unwrap().starts_with("wamid."));

    let id = phone["id"].as_str().unwrap();
    let messages = stage
        .get(&format!("/api/phones/{id}/messages?after=1"))
        .await;
    assert_eq!(messages[0]["kind"], "buttons");
    assert_eq!(
        messages[0]["buttons"][1],
        json!({"id": "b1", "title": "ANNULER"})
    );

    let (_, sent) = stage.send(text(&phone, "Merci")).await;
    let wamid = sent["messages"][0]["id"].clone();
    let statuses = stage
        .wait(|received| {
            let mine = |status: &Value| status["id"] == wamid;
            let all: Vec<Value> = entries(received, "statuses")
                .into_iter()
                .filter(mine)
                .collect();
            (all.len() == 3).then_some(all)
        })
        .await;
    // The wire promises no order: each is looked for by its word.
    let of = |word: &str| statuses.iter().find(|s| s["status"] == word).unwrap();
    assert_eq!(of("sent")["biz_opaque_callback_data"], "outbox-7");
    assert_eq!(of("sent")["recipient_user_id"], phone["user_id"]);
    assert_eq!(of("delivered")["pricing"]["type"], "free_customer_service");
    assert!(of("read").get("pricing").is_none());
}

#[tokio::test]
async fn limits_are_metas_and_errors_have_its_shape() {
    let stage = Stage::new().await;
    let phone = stage.writer().await;
    let fine = "a".repeat(4096);
    assert_eq!(stage.send(text(&phone, &fine)).await.0, 200);
    let refused = [
        (text(&phone, &"a".repeat(4097)), 131_009),
        (buttons(&phone, &[]), 131_009),
        (buttons(&phone, &["A", "B", "C", "D"]), 131_009),
        (buttons(&phone, &["A", "A"]), 131_009),
        (buttons(&phone, &["une étiquette trop longue"]), 131_009),
        (
            json!({"messaging_product": "whatsapp", "type": "text", "text": {"body": "x"}}),
            131_008,
        ),
        (json!({"to": "+221770000001", "text": {"body": "x"}}), 100),
        (
            json!({"messaging_product": "whatsapp", "to": "SN.12", "text": {"body": "x"}}),
            131_009,
        ),
    ];
    for (body, code) in refused {
        let (status, answer) = stage.send(body.clone()).await;
        assert_eq!(
            (status, answer["error"]["code"].as_u64()),
            (400, Some(code)),
            "{body}"
        );
        assert_eq!(answer["error"]["type"], "OAuthException");
        assert!(answer["error"]["error_data"]["details"].is_string());
    }
    let rows: Vec<Value> = (0..11)
        .map(|n| json!({"id": format!("r{n}"), "title": "T"}))
        .collect();
    let list = |rows: &[Value]| {
        let mut body = buttons(&phone, &["x"]);
        body["interactive"] = json!({"type": "list", "body": {"text": "b"},
            "action": {"button": "Voir", "sections": [{"rows": rows}]}});
        body
    };
    assert_eq!(stage.send(list(&rows[..10])).await.0, 200);
    assert_eq!(stage.send(list(&rows)).await.1["error"]["code"], 131_009);
}

#[tokio::test]
async fn tokens_are_checked_against_the_number() {
    let stage = Stage::new().await;
    stage.sandbox.add_number(super::NumberSpec {
        phone_number_id: "n2".to_owned(),
        display_phone_number: "221780000000".to_owned(),
        waba_id: "waba2".to_owned(),
        shop_name: "Chez Moussa".to_owned(),
        token: "token2".to_owned(),
    });
    for (token, number, status, code) in [
        ("wrong", "n1", 401, 190),
        ("token2", "n1", 403, 10),
        ("token1", "nobody", 400, 100),
    ] {
        let url = stage.url(&format!("/graph/v25.0/{number}/messages"));
        let answer = stage
            .http
            .post(url)
            .bearer_auth(token)
            .json(&json!({}))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status().as_u16(), status);
        let body: Value = answer.json().await.unwrap();
        assert_eq!(body["error"]["code"], code);
    }
}

#[tokio::test]
async fn outside_the_window_the_answer_is_200_and_the_failure_comes_later() {
    let stage = Stage::new().await;
    let phone = stage.phone("Fatou", false).await;
    let old = chrono::DateTime::UNIX_EPOCH.timestamp();
    stage
        .write(
            &phone,
            json!({"to": "n1", "text": "il y a longtemps", "at": old}),
        )
        .await;
    let (status, answer) = stage.send(text(&phone, "Bonjour")).await;
    assert_eq!(status, 200);
    let wamid = answer["messages"][0]["id"].clone();
    let failed = stage
        .wait(|received| {
            entries(received, "statuses")
                .into_iter()
                .find(|s| s["id"] == wamid)
        })
        .await;
    assert_eq!(
        (&failed["status"], &failed["errors"][0]["code"]),
        (&json!("failed"), &json!(131_047))
    );
    let counters = stage.get("/api/counters").await;
    assert_eq!(counters["window_violations"], 1);
    // A template may go at any time.
    let mut template = text(&phone, "x");
    template["type"] = json!("template");
    template["template"] = json!({"name": "merci", "language": {"code": "fr"}});
    let (_, answer) = stage.send(template).await;
    let wamid = answer["messages"][0]["id"].clone();
    let first = stage
        .wait(|received| {
            entries(received, "statuses")
                .into_iter()
                .find(|s| s["id"] == wamid)
        })
        .await;
    assert_eq!(first["status"], "sent");
}

#[tokio::test]
async fn a_pair_gets_45_at_once_and_a_number_80_a_second() {
    let stage = Stage::new().await;
    let phone = stage.writer().await;
    let mut refused = Vec::new();
    for _ in 0..47 {
        refused.push(stage.send(text(&phone, "encore")).await.1["error"]["code"].clone());
    }
    assert!(refused[..45].iter().all(Value::is_null), "{refused:?}");
    assert_eq!(refused[46], json!(131_056));

    stage
        .faults(json!({"throughput_per_second": 1, "pair_burst": 1000}))
        .await;
    let mut codes = Vec::new();
    for _ in 0..3 {
        codes.push(stage.send(text(&phone, "vite")).await.1["error"]["code"].clone());
    }
    assert_eq!(codes[2], json!(130_429));
    assert!(stage.get("/api/counters").await["throughput_violations"].as_u64() >= Some(1));
}

#[tokio::test]
async fn a_hidden_phone_is_reached_by_its_user_id_only() {
    let stage = Stage::new().await;
    let phone = stage.phone("Moussa", true).await;
    stage
        .write(&phone, json!({"to": "n1", "text": "SAC2"}))
        .await;
    let body = json!({"messaging_product": "whatsapp", "recipient": phone["user_id"],
                      "type": "text", "text": {"body": "Salut"}});
    let (status, answer) = stage.send(body).await;
    assert_eq!(status, 200);
    assert!(answer["contacts"][0].get("wa_id").is_none());
    let wamid = answer["messages"][0]["id"].clone();
    let sent = stage
        .wait(|received| {
            entries(received, "statuses")
                .into_iter()
                .find(|s| s["id"] == wamid)
        })
        .await;
    assert!(sent.get("recipient_id").is_none());
    assert_eq!(sent["recipient_user_id"], phone["user_id"]);
}

#[tokio::test]
async fn reading_a_message_moves_the_buyers_ticks() {
    let stage = Stage::new().await;
    let phone = stage.phone("Awa", false).await;
    let wamid = stage
        .write(&phone, json!({"to": "n1", "text": "ROBE1"}))
        .await;
    let read = json!({"messaging_product": "whatsapp", "status": "read", "message_id": wamid,
                      "typing_indicator": {"type": "text"}});
    assert_eq!(stage.send(read).await, (200, json!({"success": true})));
    let id = phone["id"].as_str().unwrap();
    let messages = stage
        .get(&format!("/api/phones/{id}/messages?after=0"))
        .await;
    assert_eq!(messages[0]["status"], "read");
}
