//! The sandbox seen from outside: a started one, a receiver in the place of the server, reqwest.

mod charges;
mod control;
mod deliveries;
mod misbehaviours;
mod payments;
mod sends;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, Uri};
use serde_json::{Value, json};

use super::{NumberSpec, Sandbox, SandboxConfig};

/// One POST the receiver got.
#[derive(Debug, Clone)]
struct Received {
    path: String,
    headers: HeaderMap,
    body: Bytes,
}

impl Received {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

/// A sandbox with one number, and the server it posts to.
struct Stage {
    sandbox: Sandbox,
    http: reqwest::Client,
    received: Arc<Mutex<Vec<Received>>>,
    answer: Arc<Mutex<StatusCode>>,
}

impl Stage {
    async fn new() -> Self {
        Self::with(|_| {}).await
    }

    async fn with(change: impl FnOnce(&mut SandboxConfig)) -> Self {
        let received: Arc<Mutex<Vec<Received>>> = Arc::default();
        let answer = Arc::new(Mutex::new(StatusCode::OK));
        let (log, says) = (Arc::clone(&received), Arc::clone(&answer));
        let receiver = Router::new().fallback(move |uri: Uri, headers: HeaderMap, body: Bytes| {
            let says = *says.lock().unwrap();
            log.lock().unwrap().push(Received {
                path: uri.path().to_owned(),
                headers,
                body,
            });
            async move { says }
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut config =
            SandboxConfig::local(&format!("http://{}", listener.local_addr().unwrap()));
        tokio::spawn(async move { axum::serve(listener, receiver).await.unwrap() });
        config.numbers.push(NumberSpec {
            phone_number_id: "n1".to_owned(),
            display_phone_number: "221770000000".to_owned(),
            waba_id: "waba1".to_owned(),
            shop_name: "Chez Awa".to_owned(),
            token: "token1".to_owned(),
        });
        change(&mut config);
        let sandbox = Sandbox::start(config).await.unwrap();
        let http = reqwest::Client::builder()
            .user_agent("specs")
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            sandbox,
            http,
            received,
            answer,
        }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.url())
    }

    async fn get(&self, path: &str) -> Value {
        self.http
            .get(self.url(path))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }

    /// A control call that must succeed.
    async fn api(&self, path: &str, body: Value) -> Value {
        let answer = self
            .http
            .post(self.url(path))
            .json(&body)
            .send()
            .await
            .unwrap();
        assert!(
            answer.status().is_success(),
            "{path}: {}",
            answer.text().await.unwrap()
        );
        answer.json().await.unwrap()
    }

    async fn faults(&self, changes: Value) {
        let request = self.http.put(self.url("/api/faults")).json(&changes);
        assert!(request.send().await.unwrap().status().is_success());
    }

    /// Sets rates, per mille.
    async fn rates(&self, rates: Value) {
        let request = self.http.put(self.url("/api/misbehaviours")).json(&rates);
        assert!(request.send().await.unwrap().status().is_success());
    }

    /// Orders a misbehaviour once, for a name or for whatever comes next.
    async fn order(&self, name: &str, target: Option<&str>, value: Option<i64>) {
        let order = json!({"name": name, "for": target, "value": value});
        self.api("/api/misbehaviours/queue", order).await;
    }

    /// A line of the list of misbehaviours.
    async fn misbehaviour(&self, name: &str) -> Value {
        let all = self.get("/api/misbehaviours").await;
        let mut lines = list(&all["list"]).into_iter();
        lines.find(|line| line["name"] == name).unwrap()
    }

    async fn phone(&self, name: &str, hidden: bool) -> Value {
        self.api("/api/phones", json!({"name": name, "hidden_phone": hidden}))
            .await
    }

    /// A phone that has just written, so that the window is open.
    async fn writer(&self) -> Value {
        let phone = self.phone("Aminata", false).await;
        self.write(&phone, json!({"to": "n1", "text": "ROBE1"}))
            .await;
        phone
    }

    async fn write(&self, phone: &Value, input: Value) -> String {
        let id = phone["id"].as_str().unwrap();
        let answer = self.api(&format!("/api/phones/{id}/messages"), input).await;
        answer["wamid"].as_str().unwrap().to_owned()
    }

    /// A send to the Graph API: HTTP status and body.
    async fn send(&self, body: Value) -> (u16, Value) {
        let url = self.url("/graph/v25.0/n1/messages");
        let request = self.http.post(url).bearer_auth("token1").json(&body);
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// A send whose line is cut before its answer.
    async fn send_in_vain(&self, body: Value) {
        let url = self.url("/graph/v25.0/n1/messages");
        let request = self.http.post(url).bearer_auth("token1").json(&body);
        let error = request.send().await.unwrap_err();
        assert!(error.is_request() && error.status().is_none(), "{error}");
    }

    /// Waits until the receiver has something that fits, at most five seconds.
    async fn wait<T>(&self, fits: impl Fn(&[Received]) -> Option<T>) -> T {
        for _ in 0..500 {
            if let Some(found) = fits(&self.received.lock().unwrap()) {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("not received: {:?}", self.received.lock().unwrap());
    }

    fn say(&self, status: StatusCode) {
        *self.answer.lock().unwrap() = status;
    }
}

/// Every `messages[]` or `statuses[]` entry in what was received, in order of arrival.
fn entries(received: &[Received], kind: &str) -> Vec<Value> {
    values(received)
        .iter()
        .flat_map(|value| list(&value[kind]))
        .collect()
}

/// Every `value` of every change.
fn values(received: &[Received]) -> Vec<Value> {
    let posts = received
        .iter()
        .filter(|post| post.path == "/webhooks/whatsapp");
    posts
        .flat_map(|post| list(&post.json()["entry"]))
        .flat_map(|entry| list(&entry["changes"]))
        .map(|change| change["value"].clone())
        .collect()
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}
