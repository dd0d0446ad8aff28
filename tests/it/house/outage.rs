//! Time in which LivePay could not answer is given back: the real binary is killed, frozen, cut
//! off from its database. The hold's deadline moves by the silence before anything else is done
//! in the shop, nothing expires, and trust stays as it was.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use domain::command::{Actor, Answer, Command, Envelope};
use domain::ids::{CommandId, ShopId};
use domain::policy::Rule;
use domain::shop;
use eventstore::MasterKey;
use projections::TenantTx;
use projections::board::board;
use serde_json::{Value, json};
use server::door::NODE_SECRET;
use server::identity::{self, Identity};
use sqlx::PgPool;
use tests::cluster::{Cluster, database};
use tests::process::{Process, Start, free_port};
use tests::world::{PATIENCE, http, ring, texts};

/// Longer than the shop's least outage, 5 s.
const SILENCE: Duration = Duration::from_secs(7);

async fn node(database: &str, name: &str, lease: u64) -> Process {
    let start = Start {
        database,
        node: name,
        port: free_port(),
        // Nobody has to hear the answers here.
        sandbox: "http://127.0.0.1:9",
        crash_at: None,
        lease,
    };
    Process::start(start).await
}

/// A shop with one open hold, made by a process that runs.
struct Scene {
    pool: PgPool,
    shop: ShopId,
    /// The hold's deadline as it was promised.
    promised: DateTime<Utc>,
}

impl Scene {
    async fn set(database: &str, process: &Process) -> Self {
        let asked = http().post(format!("{}/api/dev/shops", process.url));
        let asked = asked.json(&json!({ "count": 1 })).send().await.unwrap();
        let opened: Value = asked.json().await.unwrap();
        let shop = opened[0]["shop"].as_str().unwrap().parse().unwrap();
        let mut scene = Self {
            pool: PgPool::connect(database).await.unwrap(),
            shop: ShopId(shop),
            promised: DateTime::UNIX_EPOCH,
        };
        // She is reminded 3 s after she ordered: in the silence, if that did not move too.
        for (rule, to) in [
            (Rule::OutageLeast, 5),
            (Rule::HoldLive, 1),
            (Rule::ReminderUsual, 5),
        ] {
            scene.tune(process, rule, to).await;
        }
        let number = opened[0]["phone_number_id"].as_str().unwrap();
        let said = (
            "SN.1".to_owned(),
            "wamid.1".to_owned(),
            "FOULARD".to_owned(),
        );
        let url = format!("{}/webhooks/whatsapp", process.url);
        assert_eq!(ring(&http(), &url, &texts(number, &[said])).await, 200);
        let end = Instant::now() + PATIENCE;
        while scene.promised == DateTime::UNIX_EPOCH {
            assert!(Instant::now() < end, "she never got her scarf");
            scene.promised = scene.deadline().await.unwrap_or_default();
        }
        scene
    }

    /// Changes a number of the rules, as another node of ours would bring it.
    async fn tune(&self, process: &Process, rule: Rule, to: i64) {
        let id = identity::new();
        let envelope = Envelope {
            id: CommandId(id),
            shop: self.shop,
            actor: Actor::System,
            correlation: id,
            fresh: true,
            command: Command::Shop(shop::Command::ChangePolicy { rule, to }),
        };
        let master = Arc::new(MasterKey::from_bytes(&[7; 32]).unwrap());
        let secret = Identity::new(master).token("node", "secret");
        let url = format!("{}/internal/commands", process.url);
        let asked = http().post(url).header(NODE_SECRET, secret).json(&envelope);
        let receipt: Value = asked.send().await.unwrap().json().await.unwrap();
        assert_eq!(
            receipt["answer"],
            serde_json::to_value(Answer::DONE).unwrap()
        );
    }

    /// The deadline of the one order, as the vendor's board shows it.
    async fn deadline(&self) -> Option<DateTime<Utc>> {
        let mut tx = TenantTx::begin(&self.pool, self.shop.0).await.ok()?;
        let page = board(&mut tx).await.ok()??;
        tx.end().await.ok()?;
        let order = page.orders.first()?;
        assert_eq!(order.state, "held");
        order.deadline
    }

    async fn text(&self, sql: &'static str) -> Option<String> {
        let asked = sqlx::query_scalar(sql).bind(self.shop.0);
        asked.fetch_one(&self.pool).await.ok().flatten()
    }

    /// Waits for the reminder, the first thing that falls due after the silence, and checks what
    /// happened in the shop since she ordered.
    async fn is_given_back(&self) {
        let kinds = "select string_agg(kind, ' ' order by seq) from event where shop_id = $1
            and seq > (select seq from event where shop_id = $1 and kind = 'OrderPlaced')";
        let end = Instant::now() + PATIENCE;
        let mut told = String::new();
        while !told.contains("ReminderDue") && Instant::now() < end {
            told = self.text(kinds).await.unwrap_or_default();
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(
            told, "OutageEnded HoldExtended ReminderDue",
            "no expiry, no change of trust, and told before it was swept"
        );
        let body = "select body::text from event where shop_id = $1 and kind = 'OutageEnded'";
        let body: Value = serde_json::from_str(&self.text(body).await.unwrap()).unwrap();
        let end = |name: &str| -> DateTime<Utc> {
            body["shop"]["OutageEnded"][name]
                .as_str()
                .unwrap()
                .parse()
                .unwrap()
        };
        let placed = self.promised - TimeDelta::minutes(1);
        let given = end("until") - end("from").max(placed);
        assert!(given >= TimeDelta::seconds(6), "{given}");
        let now = "select to_json(clock_timestamp())#>>'{}' from event where shop_id = $1 limit 1";
        let now: DateTime<Utc> = self.text(now).await.unwrap().parse().unwrap();
        assert!(given < now - placed, "{given}");
        assert_eq!(
            self.deadline().await,
            Some(self.promised + given),
            "on the board"
        );
    }
}

#[tokio::test]
async fn killed_and_started_again() {
    let database = database().await;
    let mut process = node(database.url(), "one", 10).await;
    let scene = Scene::set(database.url(), &process).await;
    process.kill();
    tokio::time::sleep(SILENCE).await;
    let _again = node(database.url(), "one", 10).await;
    scene.is_given_back().await;
}

#[tokio::test]
async fn killed_and_replaced_by_another() {
    let database = database().await;
    let mut process = node(database.url(), "one", 2).await;
    let scene = Scene::set(database.url(), &process).await;
    process.kill();
    tokio::time::sleep(SILENCE).await;
    let _other = node(database.url(), "two", 2).await;
    scene.is_given_back().await;
}

#[tokio::test]
async fn stopped_in_order_for_a_while() {
    let database = database().await;
    let mut process = node(database.url(), "one", 10).await;
    let scene = Scene::set(database.url(), &process).await;
    process.signal("TERM");
    process.died().await;
    tokio::time::sleep(SILENCE).await;
    let _again = node(database.url(), "one", 10).await;
    scene.is_given_back().await;
}

#[tokio::test]
async fn frozen_with_its_lanes_kept_and_with_its_lease_lapsed() {
    for lease in [60, 2] {
        let database = database().await;
        let process = node(database.url(), "one", lease).await;
        let scene = Scene::set(database.url(), &process).await;
        process.signal("STOP");
        tokio::time::sleep(SILENCE).await;
        process.signal("CONT");
        scene.is_given_back().await;
    }
}

#[tokio::test]
async fn cut_off_from_a_database_that_stops_and_starts() {
    for lease in [60, 2] {
        let mut cluster = Cluster::fresh().await;
        let database = cluster.database().await.unwrap();
        let process = node(database.url(), "one", lease).await;
        let scene = Scene::set(database.url(), &process).await;
        cluster.stop_immediate().await.unwrap();
        tokio::time::sleep(SILENCE).await;
        cluster.start().await.unwrap();
        scene.is_given_back().await;
        drop(process);
        cluster.stop().await.unwrap();
    }
}
