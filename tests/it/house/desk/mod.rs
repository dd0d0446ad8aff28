//! The vendor's desk over real HTTP: what waits for her hand, and what her hand does.

mod browser;
mod clients;
mod doors;
mod live;
mod lives;
mod orders;
mod photos;
mod refunds;

use domain::command::{Actor, Answer, Command, Envelope};
use domain::ids::{ClientId, CommandId, ShopId};
use serde_json::{Value, json};
use server::session::{self, Use};
use tests::world::{Phone, World};

/// What the server said.
#[derive(Debug, Clone, PartialEq)]
struct Said {
    status: u16,
    body: Value,
    replayed: bool,
    kind: String,
}

impl Said {
    /// The word for `?after=`.
    fn after(&self) -> &str {
        assert_eq!(self.status, 200, "{self:?}");
        self.body["after"].as_str().unwrap()
    }

    /// The code of a problem with this status.
    fn problem(&self, status: u16) -> &str {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.kind, "application/problem+json", "{self:?}");
        assert_eq!(self.body["status"], status);
        assert!(!self.body["title"].as_str().unwrap().is_empty());
        assert!(!self.body["title_en"].as_str().unwrap().is_empty());
        self.body["code"].as_str().unwrap()
    }

    fn items(&self) -> &[Value] {
        assert_eq!(self.status, 200, "{self:?}");
        self.body["items"].as_array().unwrap()
    }
}

/// A signed-in vendor.
struct Desk<'a> {
    world: &'a World,
    cookie: String,
}

impl<'a> Desk<'a> {
    /// Of the demo's shop.
    fn open(world: &'a World) -> Self {
        Self::of(world, world.demo.shop())
    }

    /// Of any shop.
    fn of(world: &'a World, shop: ShopId) -> Self {
        let node = world.demo.node();
        let token = session::issue(&node.identity, shop, Use::Cookie, node.now());
        let cookie = format!("livepay={token}");
        Self { world, cookie }
    }

    async fn get(&self, path: &str) -> Said {
        let url = self.world.livepay(&format!("/api/v1/{path}"));
        self.send(self.world.http.get(url)).await
    }

    /// A command with a key of its own.
    async fn post(&self, path: &str, body: Value) -> Said {
        let key = server::identity::new().simple().to_string();
        self.keyed(path, body, &key).await
    }

    async fn keyed(&self, path: &str, body: Value, key: &str) -> Said {
        let url = self.world.livepay(&format!("/api/v1/{path}"));
        let asked = self.world.http.post(url).header("idempotency-key", key);
        self.send(asked.json(&body)).await
    }

    async fn send(&self, asked: reqwest::RequestBuilder) -> Said {
        let answer = asked.header("cookie", &self.cookie).send().await.unwrap();
        let text = |name: &str| {
            let value = answer.headers().get(name);
            value.map_or("", |value| value.to_str().unwrap()).to_owned()
        };
        Said {
            status: answer.status().as_u16(),
            replayed: text("idempotency-replayed") == "true",
            kind: text("content-type"),
            body: answer.json().await.unwrap_or(Value::Null),
        }
    }

    /// Brings a command past the desk, as others do.
    async fn tell(&self, actor: Actor, command: Command) {
        let id = server::identity::new();
        let envelope = Envelope {
            id: CommandId(id),
            shop: self.world.demo.shop(),
            actor,
            correlation: id,
            fresh: true,
            command,
        };
        let receipt = self.world.demo.node().door.bring(envelope).await.unwrap();
        assert!(!matches!(receipt.answer, Answer::Refused(_)), "{receipt:?}");
    }

    /// Money goes back by hand from now on.
    async fn by_hand(&self) {
        let rule = domain::policy::Rule::AutoRefund;
        let change = domain::shop::Command::ChangePolicy { rule, to: 0 };
        self.tell(Actor::System, Command::Shop(change)).await;
    }

    /// Somebody buys and pays; her order's number.
    async fn sale(&self, name: &str, keyword: &str) -> u64 {
        let paid = "select count(*) from reading.attempts where got > 0";
        let before = self.world.count(paid).await;
        let mut buyer = self.world.phone(name, false).await;
        let held = buyer.ask(keyword).await;
        let method = buyer.tap(&held, "PAYER").await;
        let link = buyer.tap(&method, "WAVE").await;
        let (_, reference) = Phone::link(&link);
        buyer.act(&reference, json!({ "act": "pay" })).await;
        let told = buyer.hear().await;
        assert!(
            told["text"].as_str().unwrap().contains("CONFIRMÉ"),
            "{told}"
        );
        self.world.until(paid, before + 1).await;
        let last = "select max(order_id) from reading.attempts where got > 0";
        u64::try_from(self.world.count(last).await).unwrap()
    }

    /// Who placed an order.
    async fn client(&self, order: u64) -> ClientId {
        let page = self.get(&format!("orders/{order}")).await;
        assert_eq!(page.status, 200, "{page:?}");
        ClientId(page.body["client_id"].as_str().unwrap().parse().unwrap())
    }
}
