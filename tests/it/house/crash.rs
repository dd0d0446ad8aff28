//! The real binary dies at the worst moments, as by `kill -9`, and comes back under its name:
//! the sale goes on, everything is done once, and nothing that was promised is forgotten.

use std::sync::Arc;

use eventstore::registry::Registry;
use eventstore::{MasterKey, Role};
use serde_json::{Value, json};
use server::identity::Identity;
use server::sandbox::{Sandbox, SandboxConfig};
use server::senders::AccountConfig;
use tests::cluster::{Database, database};
use tests::process::{Process, Start, free_port};
use tests::world::http;

/// A sandbox, a database, and one shop that was opened by a process that is gone again.
struct Scene {
    database: Database,
    sandbox: Sandbox,
    port: u16,
    number: String,
    http: reqwest::Client,
    phone: String,
}

impl Scene {
    async fn set() -> Self {
        let (database, port) = (database().await, free_port());
        let sandbox = Sandbox::start(SandboxConfig::local(&format!("http://127.0.0.1:{port}")));
        let sandbox = sandbox.await.unwrap();
        account(&database, &sandbox).await;
        let http = http();
        let mut scene = Self {
            database,
            sandbox,
            port,
            number: String::new(),
            http,
            phone: String::new(),
        };
        let process = scene.start(None).await;
        let dev = format!("{}/api/dev/shops", process.url);
        let shop = scene.post(&dev, json!({ "count": 1 })).await[0].clone();
        scene.number = shop["phone_number_id"].as_str().unwrap().to_owned();
        let number = json!({ "phone_number_id": scene.number,
            "display_phone_number": "221780000001",
            "waba_id": "1", "shop_name": "Boutique", "token": shop["token"] });
        scene
            .post(&format!("{}/api/numbers", scene.sandbox.url()), number)
            .await;
        process.signal("TERM");
        let mut process = process;
        process.died().await;
        let phones = format!("{}/api/phones", scene.sandbox.url());
        let phone = scene
            .post(&phones, json!({ "name": "Aminata Diallo" }))
            .await;
        phone["id"].as_str().unwrap().clone_into(&mut scene.phone);
        scene
    }

    async fn start(&self, crash_at: Option<&str>) -> Process {
        Process::start(Start {
            database: self.database.url(),
            node: "n1",
            port: self.port,
            sandbox: &self.sandbox.url(),
            crash_at,
            lease: 10,
        })
        .await
    }

    async fn post(&self, url: &str, body: Value) -> Value {
        let answer = self.http.post(url).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{url}: {}", answer.status());
        answer.json().await.unwrap_or(Value::Null)
    }

    async fn write(&self, mut body: Value) {
        body["to"] = json!(self.number);
        let url = format!("{}/api/phones/{}/messages", self.sandbox.url(), self.phone);
        self.post(&url, body).await;
    }

    /// All the shop said so far.
    async fn heard(&self) -> Vec<Value> {
        let url = format!(
            "{}/api/phones/{}/messages?after=0",
            self.sandbox.url(),
            self.phone
        );
        let said: Value = self
            .http
            .get(url)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        let said = said.as_array().unwrap().iter();
        said.filter(|message| message["from"] == "shop")
            .cloned()
            .collect()
    }

    /// Waits for a message with such a button (or such words) and gives it.
    async fn hear(&self, word: &str) -> Value {
        let end = std::time::Instant::now() + std::time::Duration::from_mins(1);
        loop {
            let heard = self.heard().await;
            if let Some(found) = heard
                .iter()
                .rev()
                .find(|said| said.to_string().contains(word))
            {
                return found.clone();
            }
            assert!(
                std::time::Instant::now() < end,
                "never heard {word}: {heard:#?}"
            );
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    }

    /// A sender may have taken the promise up just before its process died. Whether it was sent is
    /// not known then; words that are not about money are not said twice, so she writes again.
    async fn writes_again_unless_told(&self) {
        let end = std::time::Instant::now() + std::time::Duration::from_mins(1);
        while self.heard().await.is_empty() {
            if self.doubted().await > 0 {
                return self.write(json!({ "text": "SAC2" })).await;
            }
            assert!(std::time::Instant::now() < end, "neither told nor doubted");
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    }

    /// How many promises are marked as perhaps sent.
    async fn doubted(&self) -> i64 {
        let pool = sqlx::PgPool::connect(self.database.url()).await.unwrap();
        let sql = "select count(*) from outbox where state = 5";
        let count = sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap();
        pool.close().await;
        count
    }

    async fn tap(&self, message: &Value, word: &str) {
        let buttons = message["buttons"].as_array().unwrap().iter();
        let button = buttons
            .clone()
            .find(|b| b["title"].as_str().unwrap().contains(word));
        let button = button.unwrap_or_else(|| panic!("no {word} in {message}"));
        let (id, title) = (&button["id"], &button["title"]);
        self.write(json!({ "button": { "id": id, "title": title, "context": message["wamid"] } }))
            .await;
    }

    async fn pay(&self, link: &Value) {
        let (_, reference) = tests::world::Phone::link(link);
        let url = format!("{}/api/charges?reference={reference}", self.sandbox.url());
        let charges: Value = self
            .http
            .get(url)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        let id = charges[0]["id"].as_str().unwrap();
        let url = format!("{}/api/charges/{id}/act", self.sandbox.url());
        self.post(&url, json!({ "act": "pay" })).await;
    }

    async fn count(&self, kind: &str) -> i64 {
        let pool = sqlx::PgPool::connect(self.database.url()).await.unwrap();
        let sql = "select count(*) from event where kind = $1";
        let count = sqlx::query_scalar(sql)
            .bind(kind)
            .fetch_one(&pool)
            .await
            .unwrap();
        pool.close().await;
        count
    }
}

/// The sandbox's provider account, as `livepay demo` would register it.
async fn account(database: &Database, sandbox: &Sandbox) {
    let master = Arc::new(MasterKey::from_bytes(&[7; 32]).unwrap());
    let config = SandboxConfig::local("");
    let account = AccountConfig {
        name: "bictorys".to_owned(),
        base: format!("{}/bictorys", sandbox.url()),
        public_key: config.bictorys_public_key,
        secret_key: config.bictorys_secret_key,
        webhook_secrets: vec![config.bictorys_secret],
        per_second: 50.0,
        burst: 50,
    };
    let options = database.url().parse().unwrap();
    let pool = eventstore::pool(&options, "setting", Role::Writer, 1);
    let identity = Identity::new(Arc::clone(&master));
    let id = server::house::account_id(&identity, "bictorys", "bictorys");
    let registry = Registry::new(pool.clone(), "setting", master);
    let secret = serde_json::to_vec(&account).unwrap();
    registry
        .put_account(&id, "bictorys", &secret)
        .await
        .unwrap();
    pool.close().await;
}

/// Buys a bag; the process dies at `point` on the way and is started again.
async fn buys_though_it_dies_at(point: &str) -> Scene {
    let scene = Scene::set().await;
    let mut dying = scene.start(Some(point)).await;
    let mut alive = None;
    scene.write(json!({ "text": "SAC2" })).await;
    for step in ["PAYER", "WAVE", "CHANGER"] {
        if alive.is_none() && matches!((point, step), ("charged", "CHANGER"))
            || alive.is_none() && point != "charged" && step == "PAYER"
        {
            dying.died().await;
            alive = Some(scene.start(None).await);
            scene.writes_again_unless_told().await;
        }
        // A charge nobody can be sure of is not asked again: she is offered another try.
        let message = scene.hear(step).await;
        if step == "CHANGER" {
            scene.pay(&message).await;
        } else {
            scene.tap(&message, step).await;
        }
    }
    scene.hear("CONFIRMÉ").await;
    assert!(alive.is_some(), "the point {point} was passed");
    for (kind, times) in [
        ("OrderPlaced", 1),
        ("OrderConfirmed", 1),
        ("PaymentConfirmed", 1),
    ] {
        assert_eq!(
            scene.count(kind).await,
            times,
            "{kind} after dying at {point}"
        );
    }
    scene
}

#[tokio::test]
async fn killed_after_the_webhook_was_stored_and_before_200() {
    buys_though_it_dies_at("stored").await;
}

#[tokio::test]
async fn killed_between_commit_and_reply() {
    buys_though_it_dies_at("committed").await;
}

#[tokio::test]
async fn killed_between_send_and_its_mark() {
    let scene = buys_though_it_dies_at("sent").await;
    // A doubtful send is not repeated unless it is about money: the hold was told once.
    let told = scene.heard().await;
    let holds = told
        .iter()
        .filter(|said| said.to_string().contains("ANNULER"))
        .count();
    assert_eq!(holds, 1, "{told:#?}");
}

#[tokio::test]
async fn killed_between_the_charge_and_its_record() {
    let scene = Scene::set().await;
    let mut dying = scene.start(Some("charged")).await;
    scene.write(json!({ "text": "SAC2" })).await;
    let held = scene.hear("PAYER").await;
    scene.tap(&held, "PAYER").await;
    let method = scene.hear("WAVE").await;
    scene.tap(&method, "WAVE").await;
    dying.died().await;
    let _alive = scene.start(None).await;
    // The first charge may exist: it is watched, never asked for again under its reference.
    let url = format!("{}/api/charges", scene.sandbox.url());
    let end = std::time::Instant::now() + std::time::Duration::from_mins(1);
    while scene.count("ChargeFailed").await == 0 {
        assert!(
            std::time::Instant::now() < end,
            "the shop never learned of the doubt"
        );
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let charges: Value = scene
        .http
        .get(&url)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let references: Vec<&Value> = charges
        .as_array()
        .unwrap()
        .iter()
        .map(|charge| &charge["reference"])
        .collect();
    let mut unique = references.clone();
    unique.sort_by_key(ToString::to_string);
    unique.dedup();
    assert_eq!(
        references.len(),
        unique.len(),
        "no reference was charged twice"
    );
    // She pays on the page of the charge that did exist: the money is found and counts.
    let first = charges[0]["id"].as_str().unwrap();
    let act = format!("{}/api/charges/{first}/act", scene.sandbox.url());
    scene.post(&act, json!({ "act": "pay" })).await;
    scene.hear("CONFIRMÉ").await;
    assert_eq!(scene.count("OrderConfirmed").await, 1);
}
