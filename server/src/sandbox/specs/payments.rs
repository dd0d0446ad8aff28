//! A provider that misbehaves: payments, webhooks, books, refunds.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::charges::{SECRET, call, create, read, webhooks};
use super::{Received, Stage, list};

/// A direct charge: its id is the one of its transaction.
async fn charge(stage: &Stage) -> String {
    let (_, charge) = create(stage, "?payment_type=wave_money").await;
    charge["transactionId"].as_str().unwrap().to_owned()
}

async fn pay(stage: &Stage, id: &str) -> Value {
    let path = format!("/api/charges/{id}/act");
    stage.api(&path, json!({"act": "pay"})).await
}

async fn detail(stage: &Stage, id: &str) -> Value {
    read(stage, &format!("/transactions/{id}"), SECRET).await.1
}

/// Statuses of the webhooks so far, in order of arrival.
fn told(received: &[Received]) -> Vec<String> {
    let mine = |post: &&Received| post.path == "/webhooks/psp/bictorys";
    let status = |post: &Received| post.json()["status"].as_str().unwrap().to_owned();
    received.iter().filter(mine).map(status).collect()
}

#[tokio::test]
async fn a_payer_pays_less_or_more_and_the_books_tell_the_truth() {
    let stage = Stage::new().await;
    for (name, value, paid) in [
        ("pays_less", None, 7_500),
        ("pays_less", Some(500), 500),
        ("pays_more", None, 22_501),
    ] {
        let id = charge(&stage).await;
        stage.order(name, Some(&id), value).await;
        assert_eq!(pay(&stage, &id).await["paid"], paid);
        let post = stage
            .wait(|r| {
                webhooks(r, "succeeded")
                    .into_iter()
                    .find(|p| p.json()["id"] == json!(id))
            })
            .await;
        assert_eq!(post.json()["amount"], paid);
    }
    let books = stage.get("/api/books").await;
    let sums: Vec<_> = list(&books)
        .iter()
        .map(|line| (line["amount"].clone(), line["fees"].clone()))
        .collect();
    assert_eq!(json!(sums), json!([[7500, 112], [500, 7], [22501, 337]]));
}

#[tokio::test]
async fn one_order_is_paid_twice_under_one_charge_or_under_two() {
    let stage = Stage::new().await;
    let id = charge(&stage).await;
    stage.order("pays_twice", Some("shop-1"), None).await;
    pay(&stage, &id).await;
    stage
        .wait(|r| (webhooks(r, "succeeded").len() == 2).then_some(()))
        .await;
    let other = charge(&stage).await;
    stage.order("second_charge", None, None).await;
    pay(&stage, &other).await;
    stage
        .wait(|r| (webhooks(r, "succeeded").len() == 4).then_some(()))
        .await;
    let (_, listed) = read(&stage, "/transactions?payment_reference=shop-1", SECRET).await;
    assert_eq!(listed.as_array().unwrap().len(), 4);
    let books = list(&stage.get("/api/books").await);
    let charges = |mine: &str| books.iter().filter(|line| line["charge"] == mine).count();
    assert_eq!((charges(&id), charges(&other)), (2, 1));
    let mut ids: Vec<_> = books
        .iter()
        .map(|line| line["transaction"].to_string())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 4);
}

#[tokio::test]
async fn authorized_is_told_and_is_no_money_until_it_succeeds_or_never() {
    let stage = Stage::new().await;
    let (soon, never) = (charge(&stage).await, charge(&stage).await);
    stage.order("authorized", Some(&soon), Some(1_500)).await;
    stage.order("authorized_never", Some(&never), None).await;
    pay(&stage, &never).await;
    assert_eq!(pay(&stage, &soon).await["status"], "authorized");
    assert_eq!(stage.get("/api/books").await, json!([]));
    assert_eq!(detail(&stage, &soon).await["status"], "authorized");
    stage.wait(|r| webhooks(r, "succeeded").pop()).await;
    assert_eq!(
        webhooks(&stage.received.lock().unwrap(), "authorized").len(),
        2
    );
    assert_eq!(detail(&stage, &soon).await["status"], "succeeded");
    assert_eq!(detail(&stage, &never).await["status"], "authorized");
    assert_eq!(list(&stage.get("/api/books").await).len(), 1);
}

#[tokio::test]
async fn the_operator_takes_money_back_under_the_same_id() {
    let stage = Stage::new().await;
    let id = charge(&stage).await;
    stage.order("reversed", Some(&id), Some(200)).await;
    pay(&stage, &id).await;
    let post = stage.wait(|r| webhooks(r, "reversed").pop()).await.json();
    assert_eq!(
        (&post["id"], &post["type"]),
        (&json!(id), &json!("payment"))
    );
    let line = stage.get("/api/books").await[0].clone();
    assert_eq!(
        (&line["amount"], &line["reversed"], &line["refunded"]),
        (&json!(15_000), &json!(15_000), &json!(0))
    );
}

#[tokio::test]
async fn net_amounts_are_told_by_list_and_detail_and_not_by_the_webhook() {
    let stage = Stage::new().await;
    stage.rates(json!({"net_amounts": 1000})).await;
    let id = charge(&stage).await;
    pay(&stage, &id).await;
    let post = stage.wait(|r| webhooks(r, "succeeded").pop()).await.json();
    assert_eq!(
        (&post["amount"], &post["merchantFees"]),
        (&json!(15_000), &json!(225))
    );
    let (_, listed) = read(&stage, "/transactions", SECRET).await;
    assert_eq!(listed[0]["amount"], 14_775.0);
    assert_eq!(detail(&stage, &id).await["amount"], 14_775.0);
    assert_eq!(stage.get("/api/books").await[0]["amount"], 15_000);
}

#[tokio::test]
async fn webhooks_are_lost_doubled_late_and_overtaken() {
    let stage = Stage::new().await;
    // One charge and its four tries, each told in another way.
    let id = charge(&stage).await;
    let path = format!("/api/charges/{id}/act");
    stage.order("webhook_lost", Some(&id), None).await;
    stage
        .order("webhook_reordered", Some(&id), Some(60_000))
        .await;
    stage.order("webhook_late", Some(&id), Some(1_500)).await;
    for act in ["cancel", "fail"] {
        stage.api(&path, json!({"act": act})).await;
    }
    // The failure waits for the success that overtakes it, and that one is late.
    pay(&stage, &id).await;
    tokio::time::sleep(Duration::from_millis(150)).await;
    assert_eq!(told(&stage.received.lock().unwrap()), Vec::<String>::new());
    let order = stage
        .wait(|r| Some(told(r)).filter(|told| told.len() == 2))
        .await;
    assert_eq!(order, ["succeeded", "failed"]);
    assert_eq!(stage.misbehaviour("webhook_lost").await["happened"], 1);

    stage.rates(json!({"webhook_doubled": 1000})).await;
    let twice = charge(&stage).await;
    pay(&stage, &twice).await;
    let copies = stage
        .wait(|r| Some(webhooks(r, "succeeded")).filter(|told| told.len() == 3))
        .await;
    assert_eq!(copies[1].body, copies[2].body);
}

#[tokio::test]
async fn an_altered_webhook_has_the_right_secret_no_signature_and_only_a_read_tells() {
    let stage = Stage::new().await;
    let (rich, poor) = (charge(&stage).await, charge(&stage).await);
    stage
        .order("webhook_amount_altered", Some(&rich), None)
        .await;
    stage
        .order("webhook_status_altered", Some(&poor), None)
        .await;
    pay(&stage, &rich).await;
    stage
        .api(&format!("/api/charges/{poor}/act"), json!({"act": "fail"}))
        .await;
    let posts = stage
        .wait(|r| Some(webhooks(r, "succeeded")).filter(|told| told.len() == 2))
        .await;
    for post in &posts {
        assert_eq!(post.header("x-secret-key"), "sandbox-bictorys-secret");
        assert_eq!(post.header("x-webhook-signature"), "");
    }
    let of = |id: &str| {
        posts
            .iter()
            .find(|post| post.json()["id"] == id)
            .unwrap()
            .json()
    };
    assert_eq!(of(&rich)["amount"], 150_000);
    assert_eq!(of(&poor)["amount"], 15_000);
    assert_eq!(detail(&stage, &rich).await["merchantFees"], 225.0);
    assert_eq!(detail(&stage, &poor).await["status"], "failed");
}

#[tokio::test]
async fn a_refund_is_refused_or_made_in_silence_or_told_in_one_of_three_ways() {
    let stage = Stage::new().await;
    let refund = async |id: &str| {
        let path = format!("/transactions/{id}/refund");
        let answer = call(&stage, Method::PUT, &path, SECRET, json!({})).await;
        answer.status().as_u16()
    };
    let id = charge(&stage).await;
    pay(&stage, &id).await;
    stage.order("refund_refused", Some(&id), None).await;
    stage.order("refund_lost", Some(&id), None).await;
    assert_eq!(refund(&id).await, 400);
    assert_eq!(detail(&stage, &id).await["status"], "succeeded");
    assert_eq!(refund(&id).await, 202);
    let line = stage.get("/api/books").await[0].clone();
    assert_eq!(
        (&line["refunded"], &line["reversed"]),
        (&json!(15_000), &json!(0))
    );
    assert_eq!(refund(&id).await, 400, "there is nothing left to give back");

    for (way, kind, status, own) in [
        ("reversed", "payment", "reversed", false),
        ("separate", "refund", "succeeded", true),
    ] {
        stage.faults(json!({"refund_webhook": way})).await;
        let id = charge(&stage).await;
        pay(&stage, &id).await;
        assert_eq!(refund(&id).await, 202);
        let post = stage
            .wait(|r| {
                webhooks(r, status)
                    .into_iter()
                    .find(|post| post.json()["type"] == kind)
            })
            .await;
        assert_eq!(post.json()["id"] != json!(id), own, "{way}");
    }
    // The first one was never told.
    assert!(
        told(&stage.received.lock().unwrap())
            .iter()
            .filter(|s| *s == "reversed")
            .count()
            == 1
    );
    let (_, refunds) = read(&stage, "/transactions?type=refund", SECRET).await;
    assert_eq!(refunds.as_array().unwrap().len(), 3);
    assert_eq!(refunds[0]["status"], "succeeded");
}

#[tokio::test]
async fn a_stray_payment_is_in_the_books_in_the_list_and_told() {
    let stage = Stage::new().await;
    stage
        .api(
            "/api/payments/stray",
            json!({"reference": "caisse 7", "amount": 2_500}),
        )
        .await;
    stage.api("/api/payments/stray", json!({})).await;
    let posts = stage
        .wait(|r| Some(webhooks(r, "succeeded")).filter(|told| told.len() == 2))
        .await;
    let references: Vec<Value> = posts
        .iter()
        .map(|p| p.json()["paymentReference"].clone())
        .collect();
    assert!(references.contains(&json!("caisse 7")) && references.contains(&Value::Null));
    let (_, listed) = read(&stage, "/transactions?payment_reference=caisse%207", SECRET).await;
    assert_eq!(listed[0]["amount"], 2_500.0);
    assert_eq!(list(&stage.get("/api/books").await).len(), 2);
    let none = stage
        .http
        .post(stage.url("/api/payments/stray"))
        .json(&json!({"amount": 0}));
    assert_eq!(none.send().await.unwrap().status().as_u16(), 400);
}
