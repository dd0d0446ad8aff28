//! A whole house for tests: server, sandbox and a shop that is live, on a database of its own.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use server::config::Settings;
use server::demo::Demo;
use sqlx::PgPool;

use crate::cluster::{self, Database};

/// What the sandbox signs webhooks with.
pub const APP_SECRET: &str = "sandbox-app-secret";
/// The master key of every test.
pub const MASTER: &str = "0707070707070707070707070707070707070707070707070707070707070707";
/// Nothing a test waits for takes longer on a busy machine.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// A running demo and the hands to play with it.
#[derive(Debug)]
pub struct World {
    /// Server, sandbox and shop.
    pub demo: Demo,
    /// A client for everything on loopback.
    pub http: reqwest::Client,
    /// The database, as the login.
    pub db: PgPool,
    database: Option<Database>,
    folder: PathBuf,
}

/// A folder of this test's own.
pub fn folder() -> PathBuf {
    std::env::temp_dir().join(format!(
        "livepay-world-{}",
        server::identity::new().simple()
    ))
}

/// Settings on a database.
pub fn settings(url: &str, folder: &std::path::Path) -> Settings {
    Settings {
        database_url: Some(url.to_owned()),
        master_key: Some(MASTER.to_owned()),
        node: Some(format!("t{}", server::identity::new().simple())),
        ..Settings::local(folder)
    }
}

/// A client that goes nowhere but where it is told.
pub fn http() -> reqwest::Client {
    // The first one of the process installs the cryptography; later ones find it there.
    let _transport = adapters::transport::Transport::new().is_ok();
    reqwest::Client::builder()
        .no_proxy()
        .timeout(Duration::from_secs(30))
        .build()
        .unwrap()
}

impl World {
    /// On a database of the shared cluster.
    pub async fn start() -> Self {
        Self::set(|_usual| {}).await
    }

    /// The same, with other settings than the usual ones.
    pub async fn set(change: impl FnOnce(&mut Settings)) -> Self {
        let database = cluster::database().await;
        let url = database.url().to_owned();
        let mut world = Self::with(&url, change).await;
        world.database = Some(database);
        world
    }

    /// On a database somewhere.
    pub async fn on(url: &str) -> Self {
        Self::with(url, |_usual| {}).await
    }

    async fn with(url: &str, change: impl FnOnce(&mut Settings)) -> Self {
        let folder = folder();
        let http = http();
        let mut settings = settings(url, &folder);
        change(&mut settings);
        let demo = server::demo::start(settings, ([127, 0, 0, 1], 0).into())
            .await
            .unwrap();
        let db = PgPool::connect_lazy(url).unwrap();
        Self {
            demo,
            http,
            db,
            database: None,
            folder,
        }
    }

    /// Ends it.
    pub async fn stop(self) {
        self.demo.stop().await.unwrap();
        self.db.close().await;
        drop(self.database);
        drop(std::fs::remove_dir_all(&self.folder));
    }

    /// An address of the server.
    pub fn livepay(&self, path: &str) -> String {
        format!("{}{path}", self.demo.livepay_url())
    }

    /// An address of the sandbox.
    pub fn sandbox(&self, path: &str) -> String {
        format!("{}{path}", self.demo.phones_url())
    }

    /// The platform's id of the demo shop's number.
    pub async fn number(&self) -> String {
        let world = self.get(&self.sandbox("/api/world")).await;
        world["numbers"][0]["phone_number_id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Reads JSON.
    pub async fn get(&self, url: &str) -> Value {
        self.http
            .get(url)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }

    /// Posts JSON and reads the answer.
    pub async fn post(&self, url: &str, body: &Value) -> Value {
        let answer = self.http.post(url).json(body).send().await.unwrap();
        assert!(answer.status().is_success(), "{url}: {}", answer.status());
        answer.json().await.unwrap_or(Value::Null)
    }

    /// Posts a signed webhook; the status it was answered with.
    pub async fn ring(&self, raw: &[u8]) -> u16 {
        ring(&self.http, &self.livepay("/webhooks/whatsapp"), raw).await
    }

    /// Asks the database for one number.
    pub async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.db).await.unwrap()
    }

    /// Waits until the database says this number.
    pub async fn until(&self, sql: &'static str, wanted: i64) {
        let end = Instant::now() + PATIENCE;
        let mut found = self.count(sql).await;
        while found != wanted && Instant::now() < end {
            tokio::time::sleep(Duration::from_millis(50)).await;
            found = self.count(sql).await;
        }
        assert_eq!(found, wanted, "{sql}");
    }

    /// A person with a phone.
    pub async fn phone(&self, name: &str, hidden: bool) -> Phone<'_> {
        let body = json!({ "name": name, "hidden_phone": hidden });
        let phone = self.post(&self.sandbox("/api/phones"), &body).await;
        let id = phone["id"].as_str().unwrap().to_owned();
        Phone {
            world: self,
            id,
            number: self.number().await,
            read: 0,
        }
    }
}

/// A person with a phone in the sandbox.
#[derive(Debug)]
pub struct Phone<'a> {
    world: &'a World,
    /// The sandbox's id of it.
    pub id: String,
    number: String,
    read: u64,
}

impl Phone<'_> {
    /// Writes something.
    pub async fn write(&self, text: &str) {
        self.send(json!({ "to": self.number, "text": text })).await;
    }

    /// Sends anything a phone can.
    pub async fn send(&self, body: Value) {
        let url = self
            .world
            .sandbox(&format!("/api/phones/{}/messages", self.id));
        self.world.post(&url, &body).await;
    }

    /// Writes something and reads the answer.
    pub async fn ask(&mut self, text: &str) -> Value {
        self.write(text).await;
        self.hear().await
    }

    /// Taps the button whose title holds this word and reads the answer.
    pub async fn tap(&mut self, message: &Value, word: &str) -> Value {
        self.press(message, word).await;
        self.hear().await
    }

    /// Taps the button whose title holds this word.
    pub async fn press(&self, message: &Value, word: &str) {
        let buttons = message["buttons"].as_array().unwrap();
        let button = buttons
            .iter()
            .find(|button| button["title"].as_str().unwrap().contains(word))
            .unwrap_or_else(|| panic!("no button {word} in {message}"));
        self.send(json!({ "to": self.number, "button": {
            "id": button["id"], "title": button["title"], "context": message["wamid"] } }))
            .await;
    }

    /// The shop's next message.
    pub async fn hear(&mut self) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            let url = self.world.sandbox(&format!(
                "/api/phones/{}/messages?after={}",
                self.id, self.read
            ));
            let messages = self.world.get(&url).await;
            let messages = messages.as_array().cloned().unwrap_or_default();
            for message in messages {
                self.read = message["n"].as_u64().unwrap();
                if message["from"] == "shop" {
                    return message;
                }
            }
            assert!(Instant::now() < end, "the shop never answered {}", self.id);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The link in a message, and the reference at its end.
    pub fn link(message: &Value) -> (String, String) {
        let text = message["text"].as_str().unwrap();
        let start = text
            .find("http")
            .unwrap_or_else(|| panic!("no link in {text}"));
        let link: String = text[start..]
            .chars()
            .take_while(|c| !c.is_whitespace())
            .collect();
        let reference = link.rsplit('/').next().unwrap().to_owned();
        (link, reference)
    }

    /// Does something on the provider's payment page of a reference.
    pub async fn act(&self, reference: &str, act: Value) {
        let url = self
            .world
            .sandbox(&format!("/api/charges?reference={reference}"));
        let charges = self.world.get(&url).await;
        let id = charges[0]["id"].as_str().unwrap();
        self.world
            .post(&self.world.sandbox(&format!("/api/charges/{id}/act")), &act)
            .await;
    }
}

/// The header Meta would send.
pub fn signature(raw: &[u8], secret: &str) -> String {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(raw);
    format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
}

/// Posts a signed webhook anywhere; 0 when nobody answered.
pub async fn ring(http: &reqwest::Client, url: &str, raw: &[u8]) -> u16 {
    let sent = http
        .post(url)
        .header("x-hub-signature-256", signature(raw, APP_SECRET))
        .header("content-type", "application/json")
        .body(raw.to_vec())
        .send()
        .await;
    sent.map_or(0, |answer| answer.status().as_u16())
}

/// A webhook of text messages: (user, wamid, text) each.
pub fn texts(number: &str, messages: &[(String, String, String)]) -> Vec<u8> {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    let now = now.as_secs().to_string();
    let contact = |user: &str| json!({ "profile": { "name": "Fatou Ndiaye" }, "user_id": user });
    let messages: Vec<Value> = messages
        .iter()
        .map(|(user, wamid, text)| {
            json!({ "from_user_id": user, "id": wamid, "timestamp": now, "type": "text",
                    "text": { "body": text } })
        })
        .collect();
    let contacts: Vec<Value> = messages
        .iter()
        .map(|message| contact(message["from_user_id"].as_str().unwrap()))
        .collect();
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": [{
        "field": "messages", "value": { "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": "221770000100", "phone_number_id": number },
            "contacts": contacts, "messages": messages } }] }] })
    .to_string()
    .into_bytes()
}
