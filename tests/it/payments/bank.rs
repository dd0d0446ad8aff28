//! The provider's side of a test: charges nobody of us asked for, and webhooks made by hand.

use domain::command::{Actor, Answer, Command, Envelope};
use domain::ids::CommandId;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use tests::world::{Phone, World};

const SECRET: &str = "sandbox-bictorys-secret";
const PUBLIC: &str = "test_public-sandbox";

/// Whether a webhook's body is signed, or only its sender proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    Signed,
    Secret,
}

/// A webhook's body as the provider writes it.
pub(super) fn body(id: &str, reference: &str, status: &str, amount: i64) -> Value {
    json!({ "id": id, "type": "payment", "paymentReference": reference, "status": status,
        "amount": amount, "currency": "XOF", "merchantFees": 0,
        "timestamp": "2026-08-08 18:45:44.10254" })
}

/// Rings as the provider would; the status it was answered with.
pub(super) async fn ring(world: &World, proof: Proof, body: &Value) -> u16 {
    let raw = body.to_string();
    let mut request = world
        .http
        .post(world.livepay("/webhooks/psp/bictorys"))
        .header("x-secret-key", SECRET);
    if proof == Proof::Signed {
        let stamp = world.demo.node().now().timestamp_millis().to_string();
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
        mac.update(format!("{stamp}.{raw}").as_bytes());
        request = request.header("x-webhook-timestamp", stamp).header(
            "x-webhook-signature",
            hex::encode(mac.finalize().into_bytes()),
        );
    }
    request.body(raw).send().await.unwrap().status().as_u16()
}

/// A charge another system asked the same account for; its id.
pub(super) async fn charge(world: &World, reference: &str, amount: i64) -> String {
    let url = world.sandbox("/bictorys/pay/v1/charges?payment_type=wave_money");
    let body = json!({ "amount": amount, "currency": "XOF", "country": "SN",
        "paymentReference": reference });
    let answer = world
        .http
        .post(url)
        .header("x-api-key", PUBLIC)
        .header("user-agent", "another system")
        .json(&body)
        .send()
        .await
        .unwrap();
    assert!(answer.status().is_success());
    let made: Value = answer.json().await.unwrap();
    made["transactionId"].as_str().unwrap().to_owned()
}

/// Does something on a charge's page.
pub(super) async fn act(world: &World, charge: &str, act: Value) {
    let url = world.sandbox(&format!("/api/charges/{charge}/act"));
    world.post(&url, &act).await;
}

/// The sandbox's charges, of one reference or all.
pub(super) async fn charges(world: &World, reference: Option<&str>) -> Vec<Value> {
    let query = reference.map(|reference| format!("?reference={reference}"));
    let url = world.sandbox(&format!("/api/charges{}", query.unwrap_or_default()));
    world.get(&url).await.as_array().unwrap().clone()
}

/// Switches the sandbox's faults.
pub(super) async fn faults(world: &World, faults: Value) {
    let put = world.http.put(world.sandbox("/api/faults")).json(&faults);
    assert!(put.send().await.unwrap().status().is_success());
}

/// Orders one thing by Wave; the reference in her link.
pub(super) async fn order(buyer: &mut Phone<'_>, keyword: &str) -> String {
    let held = buyer.ask(keyword).await;
    let method = buyer.tap(&held, "PAYER").await;
    let link = buyer.tap(&method, "WAVE").await;
    Phone::link(&link).1
}

/// Gives a payment back on the provider's own page.
pub(super) async fn give_back(world: &World, transaction: &str) {
    let url = world.sandbox(&format!(
        "/bictorys/pay/v1/transactions/{transaction}/refund"
    ));
    let put = world
        .http
        .put(url)
        .header("x-api-key", "test_secret-sandbox")
        .header("user-agent", "the provider's page");
    assert_eq!(put.send().await.unwrap().status().as_u16(), 202);
}

/// The vendor calls an order off.
pub(super) async fn call_off(world: &World, order: u64) {
    let id = server::identity::new();
    let command = domain::order::Command::Cancel {
        order: domain::ids::OrderId(order),
        by: domain::order::event::CancelledBy::Vendor,
    };
    let envelope = Envelope {
        id: CommandId(id),
        shop: world.demo.shop(),
        actor: Actor::Vendor("board".to_owned()),
        correlation: id,
        fresh: true,
        command: Command::Order(command),
    };
    let receipt = world.demo.node().door.bring(envelope).await.unwrap();
    assert!(matches!(receipt.answer, Answer::Done { .. }), "{receipt:?}");
}
