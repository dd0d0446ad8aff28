//! The provider: charges, pages, reads, webhooks, refunds, firewall.

use reqwest::{Method, Response};
use serde_json::{Value, json};

use super::{Received, Stage};
use crate::sandbox::seal;

pub(super) const PUBLIC: &str = "test_public-sandbox";
pub(super) const SECRET: &str = "test_secret-sandbox";

pub(super) async fn call(
    stage: &Stage,
    method: Method,
    path: &str,
    key: &str,
    body: Value,
) -> Response {
    let url = stage.url(&format!("/bictorys/pay/v1{path}"));
    let request = stage.http.request(method, url).header("X-Api-Key", key);
    request.json(&body).send().await.unwrap()
}

pub(super) async fn read(stage: &Stage, path: &str, key: &str) -> (u16, Value) {
    let answer = call(stage, Method::GET, path, key, json!(null)).await;
    (answer.status().as_u16(), answer.json().await.unwrap())
}

pub(super) fn request() -> Value {
    json!({"amount": 15000, "currency": "XOF", "country": "SN", "paymentReference": "shop-1",
           "merchantReference": "shop-1", "successRedirectUrl": "https://example.com/ok",
           "errorRedirectUrl": "https://example.com/no"})
}

pub(super) async fn create(stage: &Stage, query: &str) -> (u16, Value) {
    let path = format!("/charges{query}");
    let answer = call(stage, Method::POST, &path, PUBLIC, request()).await;
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// Webhooks of the provider so far, of this status.
pub(super) fn webhooks(received: &[Received], status: &str) -> Vec<Received> {
    let mine =
        |post: &&Received| post.path == "/webhooks/psp/bictorys" && post.json()["status"] == status;
    received.iter().filter(mine).cloned().collect()
}

#[tokio::test]
async fn a_hosted_charge_is_paid_on_its_page_and_told_by_a_signed_webhook() {
    let stage = Stage::new().await;
    let (status, charge) = create(&stage, "").await;
    assert_eq!(
        (status, &charge["type"]),
        (202, &json!("CheckoutLinkObject"))
    );
    let id = charge["chargeId"].as_str().unwrap().to_owned();
    assert_eq!(
        read(&stage, &format!("/transactions/{id}/status"), PUBLIC).await,
        (200, json!({"id": null, "status": "pending"}))
    );
    let (_, unpaid) = read(&stage, "/transactions?payment_reference=shop-1", SECRET).await;
    assert_eq!(unpaid, json!([]));

    let link = charge["link"].as_str().unwrap();
    let page = stage
        .http
        .get(link)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(
        page.contains("15\u{202f}000") && page.contains("LivePay"),
        "{page}"
    );
    let form = "act=pay&method=orange_money&amount=7500&after_s=960";
    let request = stage
        .http
        .post(link)
        .header("content-type", "application/x-www-form-urlencoded");
    let paid = request.body(form).send().await.unwrap();
    assert_eq!(paid.status().as_u16(), 303);
    assert_eq!(paid.headers()["location"], "https://example.com/ok");

    let post = stage
        .wait(|received| webhooks(received, "succeeded").pop())
        .await;
    assert_eq!(post.header("x-secret-key"), "sandbox-bictorys-secret");
    let timestamp = post.header("x-webhook-timestamp");
    let parts = [timestamp.as_bytes(), b".", &post.body[..]];
    assert_eq!(
        post.header("x-webhook-signature"),
        seal::hmac_hex("sandbox-bictorys-secret", &parts)
    );
    assert!(
        timestamp.parse::<i64>().unwrap() > 1_700_000_000_000,
        "milliseconds"
    );
    let body = post.json();
    assert_eq!(
        (&body["amount"], &body["pspName"]),
        (&json!(15000), &json!("orange_money"))
    );
    // The transaction of a hosted charge has an id of its own.
    assert_ne!(body["id"], json!(id));

    let (_, paid) = read(&stage, "/transactions?payment_reference=shop-1", SECRET).await;
    assert_eq!(paid[0]["amount"].to_string(), "15000.0");
    let transaction = body["id"].as_str().unwrap();
    let (_, detail) = read(&stage, &format!("/transactions/{transaction}"), SECRET).await;
    assert_eq!(
        (&detail["amount"], &detail["merchantFees"]),
        (&json!(14775.0), &json!(225.0))
    );
    let time = detail["timestamp"].as_str().unwrap();
    assert!(!time.contains('T') && time.len() == 25, "{time}");
    assert_eq!(stage.get("/api/books").await[0]["reference"], "shop-1");
}

#[tokio::test]
async fn a_direct_charge_answers_201_and_cannot_be_paid_twice() {
    let stage = Stage::new().await;
    let (status, charge) = create(&stage, "?payment_type=wave_money").await;
    assert_eq!(
        (status, &charge["type"]),
        (201, &json!("MobilePaymentObject"))
    );
    let id = charge["transactionId"].as_str().unwrap();
    let path = format!("/api/charges/{id}/act");
    stage.api(&path, json!({"act": "fail"})).await;
    stage
        .wait(|received| webhooks(received, "failed").pop())
        .await;
    let paid = stage
        .api(&path, json!({"act": "pay_amount", "amount": 5000}))
        .await;
    assert_eq!(
        (&paid["status"], &paid["paid"]),
        (&json!("succeeded"), &json!(5000))
    );
    let body = json!({"act": "pay"});
    let again = stage
        .http
        .post(stage.url(&path))
        .json(&body)
        .send()
        .await
        .unwrap();
    assert_eq!(again.status().as_u16(), 409);
    let books = stage.get("/api/books").await;
    assert_eq!(
        (books.as_array().unwrap().len(), &books[0]["amount"]),
        (1, &json!(5000))
    );
}

#[tokio::test]
async fn late_is_pending_first_silent_says_nothing_and_a_lie_is_never_signed() {
    let stage = Stage::new().await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        let (_, charge) = create(&stage, "?payment_type=wave_money").await;
        ids.push(charge["transactionId"].as_str().unwrap().to_owned());
    }
    let act = |n: usize| format!("/api/charges/{}/act", ids[n]);
    stage.api(&act(0), json!({"act": "pay_silent"})).await;
    stage
        .api(&act(1), json!({"act": "pay_late", "after_ms": 300}))
        .await;
    let (_, late) = read(&stage, &format!("/transactions/{}/status", ids[1]), SECRET).await;
    assert_eq!(late["status"], "pending");
    let post = stage
        .wait(|received| webhooks(received, "succeeded").pop())
        .await;
    assert_eq!(post.json()["id"], json!(ids[1]));
    assert_eq!(stage.get("/api/books").await.as_array().unwrap().len(), 2);

    stage.api(&act(2), json!({"act": "lie"})).await;
    let lie = stage.wait(|r| {
        webhooks(r, "succeeded")
            .into_iter()
            .find(|p| p.json()["id"] == json!(ids[2]))
    });
    let lie = lie.await;
    assert_eq!(lie.header("x-secret-key"), "sandbox-bictorys-secret");
    assert_eq!(lie.header("x-webhook-signature"), "");
    let (_, truth) = read(&stage, &format!("/transactions/{}/status", ids[2]), SECRET).await;
    assert_eq!(truth["status"], "pending");
    let told = webhooks(&stage.received.lock().unwrap(), "succeeded");
    assert!(
        told.iter().all(|post| post.json()["id"] != json!(ids[0])),
        "silence was broken"
    );
}

#[tokio::test]
async fn bad_requests_get_the_providers_codes() {
    let stage = Stage::new().await;
    let with = |key: &str, value: Value| {
        let mut body = request();
        body[key] = value;
        body
    };
    let cases = [
        ("", with("amount", json!(null)), "E400-6"),
        ("", with("amount", json!(10.5)), "E400-0"),
        ("", with("currency", json!("EUR")), "E400-24"),
        ("", with("paymentReference", json!("é")), "E400-46"),
        (
            "",
            with("paymentReference", json!("a".repeat(65))),
            "E400-46",
        ),
        ("", with("merchantReference", json!("a:b")), "E400-46"),
        ("", with("successRedirectUrl", json!("ftp://x")), "E400-0"),
        ("?payment_type=wave", request(), "E400-33"),
        ("?payment_type=card", request(), "E400-33"),
    ];
    for (query, body, code) in cases {
        let path = format!("/charges{query}");
        let answer = call(&stage, Method::POST, &path, PUBLIC, body.clone()).await;
        assert_eq!(answer.status().as_u16(), 400, "{body}");
        let said: Value = answer.json().await.unwrap();
        assert!(
            said["details"]
                .as_str()
                .unwrap()
                .starts_with(&format!("{code}:")),
            "{said}"
        );
    }
    let strict = Stage::with(|config| config.allow_http_redirects = false).await;
    let body = with("successRedirectUrl", json!("http://127.0.0.1/ok"));
    let answer = call(&strict, Method::POST, "/charges", PUBLIC, body).await;
    assert_eq!(answer.status().as_u16(), 400);
    assert_eq!(read(&stage, "/transactions", "nobody").await.0, 401);
    let (status, said) = read(&stage, "/transactions", PUBLIC).await;
    assert_eq!(status, 403);
    assert!(said["details"].as_str().unwrap().starts_with("E403-1"));
}

#[tokio::test]
async fn the_firewall_answers_html_and_needs_a_user_agent() {
    let stage = Stage::new().await;
    stage.faults(json!({"waf_per_second": 2})).await;
    let mut statuses = Vec::new();
    for _ in 0..8 {
        let answer = call(&stage, Method::GET, "/transactions", SECRET, json!(null)).await;
        let html = answer.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/html");
        statuses.push((answer.status().as_u16(), html));
    }
    assert_eq!(statuses[0], (200, false));
    assert_eq!(statuses[7], (403, true));
    let anonymous = reqwest::Client::builder().build().unwrap();
    stage.faults(json!({"waf_per_second": 1000})).await;
    let url = stage.url("/bictorys/pay/v1/transactions");
    let answer = anonymous
        .get(url)
        .header("X-Api-Key", SECRET)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status().as_u16(), 403);
}

#[tokio::test]
async fn a_refund_is_202_without_a_body_and_a_webhook_of_its_own() {
    let stage = Stage::new().await;
    let (_, charge) = create(&stage, "?payment_type=wave_money").await;
    let id = charge["transactionId"].as_str().unwrap();
    let path = format!("/transactions/{id}/refund");
    let early = call(&stage, Method::PUT, &path, SECRET, json!({})).await;
    assert_eq!(early.status().as_u16(), 400);
    stage
        .api(&format!("/api/charges/{id}/act"), json!({"act": "pay"}))
        .await;
    let denied = call(&stage, Method::PUT, &path, PUBLIC, json!({})).await;
    assert_eq!(denied.status().as_u16(), 403);
    let done = call(&stage, Method::PUT, &path, SECRET, json!({})).await;
    assert_eq!(
        (done.status().as_u16(), done.text().await.unwrap().len()),
        (202, 0)
    );
    let post = stage
        .wait(|received| webhooks(received, "reversed").pop())
        .await;
    assert_eq!(post.json()["type"], "refund");
    assert_eq!(stage.get("/api/books").await[0]["status"], "reversed");
}
