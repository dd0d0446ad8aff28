//! Doors that exist in a demo only: opening shops for a crowd, and the check after it.

use axum::extract::{DefaultBodyLimit, State};
use axum::routing::post;
use axum::{Json, Router};
use domain::command::{Actor, Command, Envelope};
use domain::ids::{CommandId, ContactId, ShopId};
use domain::policy::Rule;
use domain::segment::Language;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::pictures;
use super::seed::{self, Opening, PLAIN};
use crate::check::{self, Question, Verdict};
use crate::http::Problem;
use crate::node::{Node, NumberConfig};
use crate::session::{self, Use};

/// A shop that was opened, as the sandbox and the crowd need it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Opened {
    /// Which.
    pub shop: ShopId,
    /// Its name.
    pub name: String,
    /// The link its vendor signs in with.
    pub sign_in: String,
    /// The platform's id of its number.
    pub phone_number_id: String,
    /// Digits.
    pub display_phone_number: String,
    /// The account its number belongs to.
    pub waba_id: String,
    /// What speaks for its number.
    pub token: String,
    /// What can be ordered there.
    pub keywords: Vec<&'static str>,
}

/// How many shops.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    count: usize,
}

/// The doors.
pub fn routes() -> Router<Node> {
    Router::new()
        .route("/api/dev/shops", post(shops))
        .route("/api/dev/check", post(examine))
        // A crowd's list of acknowledged messages is long.
        .layer(DefaultBodyLimit::max(64 << 20))
}

async fn shops(
    State(node): State<Node>,
    Json(wanted): Json<Wanted>,
) -> Result<Json<Vec<Opened>>, Problem> {
    let mut opened = Vec::new();
    for n in 1..=wanted.count.min(1_000) {
        let display = format!("22178{:07}", n % 10_000_000);
        match open(
            &node,
            &format!("Boutique {n}"),
            &display,
            (None, rules(n)),
            false,
        )
        .await
        {
            Ok(shop) => opened.push(shop),
            Err(error) => {
                tracing::error!(error, "a shop for the crowd could not be opened");
                return Err(Problem::Unavailable);
            }
        }
    }
    if node.senders.renew(&node.registry).await.is_err() {
        return Err(Problem::Unavailable);
    }
    Ok(Json(opened))
}

/// Every kind of shop is in a crowd: both trust policies, holds of a minute, first paid first
/// served, refunds by hand.
fn rules(n: usize) -> Vec<(Rule, i64)> {
    let kinds = [
        (2, Rule::TrustPolicy, 2),
        (3, Rule::HoldLive, 1),
        (5, Rule::FirstPaid, 1),
        (7, Rule::AutoRefund, 0),
    ];
    let of = |(every, rule, to): (usize, Rule, i64)| n.is_multiple_of(every).then_some((rule, to));
    kinds.into_iter().filter_map(of).collect()
}

async fn examine(State(node): State<Node>, Json(question): Json<Question>) -> Json<Verdict> {
    Json(check::run(&node, &question).await)
}

/// Opens a shop with a number of its own, and lets this node speak for it.
pub(super) async fn open(
    node: &Node,
    name: &str,
    display: &str,
    (stock, rules): (Option<u32>, Vec<(Rule, i64)>),
    pictured: bool,
) -> Result<Opened, String> {
    let text = |error: &dyn std::fmt::Display| error.to_string();
    let luck = crate::identity::new();
    let phone_number_id = format!("{}", luck.as_u128() % 1_000_000_000_000_000);
    let shop = ShopId(crate::identity::new());
    let token = session::issue(&node.identity, shop, Use::Link, node.now());
    let opened = Opened {
        shop,
        sign_in: format!("{}/sign-in/{token}", node.public_url),
        name: name.to_owned(),
        display_phone_number: display.to_owned(),
        waba_id: "100000000000001".to_owned(),
        token: format!("sandbox-{}", luck.simple()),
        keywords: PLAIN.to_vec(),
        phone_number_id,
    };
    let id = node.identity.sender(&opened.phone_number_id);
    let config = NumberConfig {
        phone_number_id: opened.phone_number_id.clone(),
        token: opened.token.clone(),
        per_second: 80,
    };
    let config = serde_json::to_vec(&config).map_err(|error| text(&error))?;
    let shop = Some(opened.shop.0);
    node.registry
        .put_number(&id, shop, &config)
        .await
        .map_err(|error| text(&error))?;
    node.numbers.read().await.map_err(|error| text(&error))?;
    node.senders
        .renew(&node.registry)
        .await
        .map_err(|error| text(&error))?;
    let account = crate::house::account_id(&node.identity, super::ACCOUNT, super::ACCOUNT);
    let opening = Opening {
        shop: opened.shop,
        name: name.to_owned(),
        number: id,
        account,
        stock,
        rules,
        pictured,
    };
    if pictured {
        pictures::keep(&node.pool, opened.shop)
            .await
            .map_err(|error| text(&error))?;
    }
    seed::open(&node.door, &opening)
        .await
        .map_err(|error| text(&error))?;
    Ok(opened)
}

/// What the sandbox says of a phone.
#[derive(Debug, Deserialize)]
pub(super) struct Phone {
    id: String,
    user_id: String,
}

/// Gives somebody a phone in the sandbox.
pub(super) async fn phone(sandbox: &str, name: &str) -> Result<Phone, String> {
    let text = |error: reqwest::Error| error.to_string();
    let http = reqwest::Client::builder()
        .no_proxy()
        .build()
        .map_err(text)?;
    let asked = http
        .post(format!("{sandbox}/api/phones"))
        .json(&json!({ "name": name }));
    asked.send().await.map_err(text)?.json().await.map_err(text)
}

/// Gives the vendor a phone of her own; she says hello, which opens her window.
pub(super) async fn vendor(
    node: &Node,
    sandbox: &str,
    opened: &Opened,
) -> Result<ContactId, String> {
    let text = |error: reqwest::Error| error.to_string();
    let phone = phone(sandbox, "Awa (vendeuse)").await?;
    let http = reqwest::Client::builder()
        .no_proxy()
        .build()
        .map_err(text)?;
    http.post(format!("{sandbox}/api/phones/{}/messages", phone.id))
        .json(&json!({ "to": opened.phone_number_id, "text": "AIDE" }))
        .send()
        .await
        .map_err(text)?;
    let number = node.identity.sender(&opened.phone_number_id);
    Ok(node.identity.contact(&number, &phone.user_id))
}

/// Binds a vendor's phone to the shop.
pub(super) async fn bind(node: &Node, opened: &Opened, contact: ContactId) -> Result<(), String> {
    let id = crate::identity::new();
    let envelope = Envelope {
        id: CommandId(id),
        shop: opened.shop,
        actor: Actor::System,
        correlation: id,
        fresh: true,
        command: Command::Shop(domain::shop::Command::BindVendor {
            contact,
            language: Language::Fr,
        }),
    };
    node.door
        .bring(envelope)
        .await
        .map(|_receipt| ())
        .map_err(|error| error.to_string())
}
