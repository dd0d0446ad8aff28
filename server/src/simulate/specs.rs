//! A small crowd in front of a sandbox and a toy shop that speaks only the wire.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Json;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};

use super::control::Control;
use super::profile::{Rates, WEEK};
use super::{Profile, SimulateConfig, run};
use crate::sandbox::{NumberSpec, Sandbox, SandboxConfig};

/// A shop without memory or rules: enough to walk every buyer to the end.
#[derive(Default)]
struct Toy {
    /// Where the sandbox is, and where this toy is.
    addresses: Mutex<(String, String)>,
    /// The provider's link of each reference, and who pays it.
    links: Mutex<BTreeMap<String, (String, Value)>>,
    /// Makes every reference another one.
    charges: AtomicUsize,
    http: reqwest::Client,
}

impl Toy {
    fn addresses(&self) -> (String, String) {
        self.addresses.lock().unwrap().clone()
    }

    async fn say(&self, to: &Value, words: &str, titles: &[&str]) {
        let button =
            |title: &&str| json!({"type": "reply", "reply": {"id": title, "title": title}});
        let content = if titles.is_empty() {
            json!({"type": "text", "text": {"body": words}})
        } else {
            let buttons: Vec<Value> = titles.iter().map(button).collect();
            json!({"type": "interactive", "interactive": {"type": "button",
                   "body": {"text": words}, "action": {"buttons": buttons}}})
        };
        let mut body = json!({"messaging_product": "whatsapp", "recipient": to});
        body.as_object_mut()
            .unwrap()
            .extend(content.as_object().unwrap().clone());
        let url = format!("{}/graph/v25.0/n1/messages", self.addresses().0);
        let answer = self
            .http
            .post(url)
            .bearer_auth("t1")
            .json(&body)
            .send()
            .await
            .unwrap();
        assert_eq!(
            answer.status().as_u16(),
            200,
            "{}",
            answer.text().await.unwrap()
        );
    }

    async fn charge(&self, to: &Value) -> String {
        let (sandbox, own) = self.addresses();
        let reference = format!("r-{}", self.charges.fetch_add(1, Ordering::Relaxed));
        let body = json!({"amount": 1000, "currency": "XOF", "paymentReference": reference});
        let charge: Value = self
            .http
            .post(format!(
                "{sandbox}/bictorys/pay/v1/charges?payment_type=wave_money"
            ))
            .header("x-api-key", "test_public-sandbox")
            .header("user-agent", "toy")
            .json(&body)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        let link = charge["link"].as_str().unwrap().to_owned();
        self.links
            .lock()
            .unwrap()
            .insert(reference.clone(), (link, to.clone()));
        format!("{own}/pay/{reference}")
    }
}

async fn whatsapp(State(toy): State<Arc<Toy>>, Json(body): Json<Value>) -> StatusCode {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    for change in list(&body["entry"])
        .iter()
        .flat_map(|entry| list(&entry["changes"]))
    {
        for message in list(&change["value"]["messages"]) {
            let toy = Arc::clone(&toy);
            tokio::spawn(async move {
                let from = &message["from_user_id"];
                let tapped = message["interactive"]["button_reply"]["id"].as_str();
                match (tapped, message["text"]["body"].as_str()) {
                    (Some("PAYER"), _) => toy.say(from, "Comment ?", &["🔵 WAVE", "🟠 OM"]).await,
                    (Some("ANNULER"), _) => toy.say(from, "Annulé.", &[]).await,
                    (Some(_), _) => {
                        let link = toy.charge(from).await;
                        toy.say(from, &format!("Paie ici : {link}"), &["CHANGER"])
                            .await;
                    }
                    (None, Some(words)) if words.to_uppercase().starts_with("ROBE1") => {
                        toy.say(from, "Réservée", &["✅ PAYER", "❌ ANNULER"]).await;
                    }
                    _ => toy.say(from, "Je ne connais pas.", &[]).await,
                }
            });
        }
    }
    StatusCode::OK
}

async fn paid(State(toy): State<Arc<Toy>>, Json(body): Json<Value>) -> StatusCode {
    let reference = body["paymentReference"].as_str().unwrap_or_default();
    let buyer = toy
        .links
        .lock()
        .unwrap()
        .get(reference)
        .map(|(_, buyer)| buyer.clone());
    if let Some(buyer) = buyer {
        tokio::spawn(async move { toy.say(&buyer, "Confirmé !", &[]).await });
    }
    StatusCode::OK
}

async fn pay(State(toy): State<Arc<Toy>>, Path(reference): Path<String>) -> Response {
    let link = toy
        .links
        .lock()
        .unwrap()
        .get(&reference)
        .map(|(link, _)| link.clone());
    link.map_or_else(
        || StatusCode::NOT_FOUND.into_response(),
        |l| Redirect::to(&l).into_response(),
    )
}

#[tokio::test]
async fn a_crowd_buys_cancels_and_pays_and_leaves_a_complete_journal() {
    drop(rustls::crypto::ring::default_provider().install_default());
    let toy = Arc::new(Toy::default());
    let shops = json!([{"shop": "s1", "phone_number_id": "n1", "keywords": ["ROBE1"]}]);
    let router = Router::new()
        .route("/webhooks/whatsapp", post(whatsapp))
        .route("/webhooks/psp/bictorys", post(paid))
        .route("/pay/{reference}", get(|| async { "look" }).post(pay))
        .route("/api/dev/shops", post(|| async { Json(shops) }))
        .with_state(Arc::clone(&toy));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let livepay_url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let mut config = SandboxConfig::local(&livepay_url);
    config.numbers.push(NumberSpec {
        phone_number_id: "n1".to_owned(),
        display_phone_number: "221770000000".to_owned(),
        waba_id: "w1".to_owned(),
        shop_name: "Chez Awa".to_owned(),
        token: "t1".to_owned(),
    });
    let sandbox = Sandbox::start(config).await.unwrap();
    *toy.addresses.lock().unwrap() = (sandbox.url(), livepay_url.clone());

    // Somebody's earlier money is in the books already: it is not this crowd's.
    let stray = toy
        .http
        .post(format!("{}/api/payments/stray", sandbox.url()))
        .json(&json!({"amount": 700}));
    assert_eq!(stray.send().await.unwrap().status().as_u16(), 201);
    let config = SimulateConfig {
        livepay_url,
        sandbox_url: sandbox.url(),
        buyers: 40,
        shops: 1,
        seconds: 4,
        seed: 11,
        progress: false,
        patience: Duration::from_secs(2),
        ..SimulateConfig::default()
    };
    let journal = run(&config).await.unwrap();
    let report = &journal.report;
    assert_eq!(report.unacknowledged, 0, "{report}");
    assert_eq!(
        (report.failed_calls, report.unanswered, report.dead_links),
        (0, 0, 0),
        "{report}"
    );
    assert!(
        report.purchases >= 40 && report.cancelled > 0 && report.left > 0,
        "{report}"
    );
    assert!(report.payments >= 15, "{report}");
    assert_eq!(report.payments, report.books, "{report}");
    assert!(journal.books.iter().all(|line| line.status == "succeeded"));
    // Silent payments (two habits have them) are heard of by nobody here; the others are.
    assert!(report.confirmed + 8 >= report.payments, "{report}");
    let acknowledged = u64::try_from(journal.acknowledged.len()).unwrap();
    assert_eq!(acknowledged, report.messages_written);
    assert!(report.first_answer_ms.1 < 2_000, "{report}");
    sandbox.stop().await;
}

#[tokio::test]
async fn a_profile_sets_rates_and_the_sandbox_is_left_as_it_was_found() {
    let sandbox = Sandbox::start(SandboxConfig::local("http://127.0.0.1:9"))
        .await
        .unwrap();
    let control = Control::new(&sandbox.url()).unwrap();
    let rates = async || {
        let all = control.misbehaviours().await.unwrap();
        all.into_iter()
            .map(|one| (one.name, one.rate))
            .collect::<Rates>()
    };
    let mine = Rates::from([("webhook_lost".to_owned(), 900)]);
    control.set_rates(&mine).await.unwrap();
    let found = rates().await;
    assert_eq!(
        control.misbehave(Profile::None, 1).await.unwrap(),
        Rates::new()
    );
    assert_eq!(rates().await, found);
    let before = control.misbehave(Profile::Some, 1).await.unwrap();
    // Every name of the profile is one of the sandbox's.
    assert_eq!(before.len(), WEEK.len());
    assert_eq!(rates().await["webhook_lost"], 50);
    control.set_rates(&before).await.unwrap();
    assert_eq!(rates().await, found);
    control.misbehave(Profile::All, 1).await.unwrap();
    assert!(rates().await.values().all(|rate| *rate > 0));
    sandbox.stop().await;
}
