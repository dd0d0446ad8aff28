//! The sandbox's control interface, as the crowd uses it.

use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::error::SimulateError;
use super::journal::BookLine;
use super::profile::{Profile, Rates};
use crate::sandbox::{Acknowledged, Msg, Random};

const FIRST_NAMES: [&str; 16] = [
    "Aminata",
    "Moussa",
    "Fatou",
    "Ibrahima",
    "Awa",
    "Cheikh",
    "Mariama",
    "Ousmane",
    "Aïssatou",
    "Mamadou",
    "Khady",
    "Abdoulaye",
    "Ndèye",
    "Modou",
    "Binta",
    "Seydou",
];

/// One client for all buyers: connections are kept and shared.
#[derive(Debug)]
pub(super) struct Control {
    http: reqwest::Client,
    sandbox_url: String,
}

#[derive(Debug, Deserialize)]
struct Phone {
    id: String,
}

#[derive(Debug, Deserialize)]
struct Written {
    wamid: String,
}

#[derive(Debug, Deserialize)]
struct World {
    numbers: Vec<Number>,
}

#[derive(Debug, Deserialize)]
struct Number {
    phone_number_id: String,
}

#[derive(Debug, Deserialize)]
struct Charge {
    id: String,
    amount: i64,
}

/// A misbehaviour as the sandbox lists it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Misbehaving {
    pub(super) name: String,
    /// It stops a whole neighbour for a while.
    pub(super) outage: bool,
    /// Per mille.
    pub(super) rate: u32,
    /// Times since the sandbox started.
    pub(super) happened: u64,
}

#[derive(Debug, Deserialize)]
struct Misbehaviours {
    list: Vec<Misbehaving>,
}

#[derive(Debug, Deserialize)]
struct Page {
    entries: Vec<Acknowledged>,
}

impl Control {
    /// The shared client. It follows no redirection.
    pub(super) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// Where the sandbox is.
    pub(super) fn sandbox(&self) -> String {
        self.sandbox_url.clone()
    }

    pub(super) fn new(sandbox_url: &str) -> Result<Self, SimulateError> {
        if rustls::crypto::ring::default_provider()
            .install_default()
            .is_err()
        {
            tracing::trace!("a cryptography provider was already there");
        }
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(30))
            .redirect(reqwest::redirect::Policy::none())
            .user_agent("WhatsApp/2.25 A")
            .build()
            .map_err(|source| SimulateError::Call {
                what: "the HTTP client".to_owned(),
                source,
            })?;
        Ok(Self {
            http,
            sandbox_url: sandbox_url.trim_end_matches('/').to_owned(),
        })
    }

    /// Adds the `n`th phone. One in seven hides the number, one in seven speaks English.
    pub(super) async fn phone(
        &self,
        n: usize,
        random: &mut Random,
    ) -> Result<String, SimulateError> {
        let name = random.pick(&FIRST_NAMES).copied().unwrap_or("Awa");
        let hidden = random.chance(1.0 / 7.0);
        let language = if random.chance(1.0 / 7.0) { "en" } else { "fr" };
        let new =
            json!({"name": format!("{name} {n}"), "hidden_phone": hidden, "language": language});
        let phone: Phone = self.post("/api/phones", &new).await?;
        Ok(phone.id)
    }

    /// Writes from a phone; the answer is the message's id.
    pub(super) async fn write(&self, phone: &str, input: &Value) -> Result<String, SimulateError> {
        let written: Written = self
            .post(&format!("/api/phones/{phone}/messages"), input)
            .await?;
        Ok(written.wamid)
    }

    /// What a phone shows after its `n`th message.
    pub(super) async fn messages(&self, phone: &str, n: u64) -> Result<Vec<Msg>, SimulateError> {
        self.get(&format!("/api/phones/{phone}/messages?after={n}"))
            .await
    }

    pub(super) async fn numbers(&self) -> Result<Vec<String>, SimulateError> {
        let world: World = self.get("/api/world").await?;
        Ok(world
            .numbers
            .into_iter()
            .map(|number| number.phone_number_id)
            .collect())
    }

    pub(super) async fn add_number(&self, number: &Value) -> Result<(), SimulateError> {
        let url = format!("{}/api/numbers", self.sandbox_url);
        let sent = self.http.post(&url).json(number).send().await;
        let answer = sent.map_err(|source| SimulateError::Call {
            what: url.clone(),
            source,
        })?;
        accepted(&url, answer).await.map(drop)
    }

    /// Opens a payment link as a person does: a look, then the button. The provider's charge is
    /// found in the redirection, or else by the reference that ends the link.
    pub(super) async fn open_link(
        &self,
        link: &str,
    ) -> Result<Option<(String, i64)>, SimulateError> {
        let call = |source| SimulateError::Call {
            what: link.to_owned(),
            source,
        };
        self.http.get(link).send().await.map_err(call)?;
        let answer = self.http.post(link).send().await.map_err(call)?;
        let there = answer
            .headers()
            .get("location")
            .and_then(|value| value.to_str().ok());
        let id = there
            .and_then(|url| url.split_once("/checkout/"))
            .map(|(_, rest)| {
                rest.split(['?', '#', '/'])
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            });
        let reference = link
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or_default();
        let reference = reference.split(['?', '#']).next().unwrap_or_default();
        let path = format!("/api/charges?reference={reference}");
        let charges: Vec<Charge> = self.get(&path).await?;
        let found = match id {
            Some(id) => charges.into_iter().find(|charge| charge.id == id),
            None => charges.into_iter().next_back(),
        };
        Ok(found.map(|charge| (charge.id, charge.amount)))
    }

    /// Does something on a charge; false when it is paid already.
    pub(super) async fn act(&self, charge: &str, act: &Value) -> Result<bool, SimulateError> {
        match self
            .post::<Value>(&format!("/api/charges/{charge}/act"), act)
            .await
        {
            Ok(_) => Ok(true),
            Err(SimulateError::Refused { status: 409, .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    pub(super) async fn books(&self) -> Result<Vec<BookLine>, SimulateError> {
        self.get("/api/books").await
    }

    pub(super) async fn acknowledged(
        &self,
        after: usize,
    ) -> Result<Vec<Acknowledged>, SimulateError> {
        let page: Page = self
            .get(&format!("/api/acknowledged?after={after}"))
            .await?;
        Ok(page.entries)
    }

    pub(super) async fn counters(&self) -> Result<Value, SimulateError> {
        self.get("/api/counters").await
    }

    /// What may misbehave, at which rate, and how often it did.
    pub(super) async fn misbehaviours(&self) -> Result<Vec<Misbehaving>, SimulateError> {
        let all: Misbehaviours = self.get("/api/misbehaviours").await?;
        Ok(all.list)
    }

    /// Sets the rates of a profile, with luck from this seed; the answer is the rates there were
    /// before, to set them again.
    pub(super) async fn misbehave(
        &self,
        profile: Profile,
        seed: u64,
    ) -> Result<Rates, SimulateError> {
        let known = self.misbehaviours().await?;
        let rates = profile.rates(&known);
        if !rates.is_empty() {
            let luck = json!({"seed": seed});
            self.post::<Value>("/api/misbehaviours/seed", &luck).await?;
        }
        self.set_rates(&rates).await?;
        let before = known.into_iter().map(|one| (one.name, one.rate));
        Ok(before
            .filter(|(name, _)| rates.contains_key(name))
            .collect())
    }

    /// Sets these rates, per mille, and no others.
    pub(super) async fn set_rates(&self, rates: &Rates) -> Result<(), SimulateError> {
        if rates.is_empty() {
            return Ok(());
        }
        let url = format!("{}/api/misbehaviours", self.sandbox_url);
        let sent = self.http.put(&url).json(rates).send().await;
        let answer = sent.map_err(|source| SimulateError::Call {
            what: url.clone(),
            source,
        })?;
        accepted(&url, answer).await.map(drop)
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, SimulateError> {
        let url = format!("{}{path}", self.sandbox_url);
        let sent = self.http.get(&url).send().await;
        read(&url, sent).await
    }

    async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &Value,
    ) -> Result<T, SimulateError> {
        self.post_to(&format!("{}{path}", self.sandbox_url), body)
            .await
    }

    /// A POST to any address, with a JSON answer.
    pub(super) async fn post_to<T: DeserializeOwned>(
        &self,
        url: &str,
        body: &Value,
    ) -> Result<T, SimulateError> {
        let sent = self.http.post(url).json(body).send().await;
        read(url, sent).await
    }
}

/// The JSON of an answer that is not a refusal.
pub(super) async fn read<T: DeserializeOwned>(
    url: &str,
    sent: Result<reqwest::Response, reqwest::Error>,
) -> Result<T, SimulateError> {
    let call = |source| SimulateError::Call {
        what: url.to_owned(),
        source,
    };
    accepted(url, sent.map_err(call)?)
        .await?
        .json()
        .await
        .map_err(call)
}

/// The answer, unless it is a refusal.
pub(super) async fn accepted(
    url: &str,
    answer: reqwest::Response,
) -> Result<reqwest::Response, SimulateError> {
    let status = answer.status();
    if status.is_success() {
        return Ok(answer);
    }
    let body = answer
        .text()
        .await
        .unwrap_or_default()
        .chars()
        .take(300)
        .collect();
    Err(SimulateError::Refused {
        what: url.to_owned(),
        status: status.as_u16(),
        body,
    })
}
