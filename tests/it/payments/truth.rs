//! What counts as money: only what the provider's API or a signed body says.

use serde_json::json;
use tests::world::World;

use super::bank::{self, Proof};

const CONFIRMED: &str = "select count(*) from event where kind = 'OrderConfirmed'";
const OBSERVED: &str = "select count(*) from event where kind = 'PaymentObserved'";
const ASKED: &str = "select count(*) from outbox where kind = 'ask' and state >= 2";

#[tokio::test]
async fn an_unsigned_webhook_is_read_back_and_a_lie_confirms_nothing() {
    let world = World::start().await;
    let mut buyer = world.phone("Aminata Diallo", false).await;
    let reference = bank::order(&mut buyer, "ROBE1").await;
    let paid = bank::charges(&world, Some(&reference)).await;
    let id = paid[0]["id"].as_str().unwrap();
    // Whoever knows the secret says she paid. The provider, asked several times, does not.
    let lie = bank::body(id, &reference, "succeeded", 15_000);
    assert_eq!(bank::ring(&world, Proof::Secret, &lie).await, 200);
    world.until(ASKED, 1).await;
    assert_eq!(world.count(OBSERVED).await, 0);
    let believed = "select count(*) from provider_transaction
        where believed and status = 'succeeded'";
    assert_eq!(world.count(believed).await, 0);
    assert_eq!(world.count("select count(*) from unmatched_money").await, 0);
    // She pays, and the webhook says another sum than the provider's own books.
    buyer.act(&reference, json!({ "act": "pay_silent" })).await;
    let transaction = bank::charges(&world, Some(&reference)).await;
    let transaction = transaction[0]["transaction"].as_str().unwrap();
    let mut altered = bank::body(transaction, &reference, "succeeded", 1_000_000);
    altered["originIp"] = json!("203.0.113.9");
    assert_eq!(bank::ring(&world, Proof::Secret, &altered).await, 200);
    assert!(
        buyer.hear().await["text"]
            .as_str()
            .unwrap()
            .contains("CONFIRMÉ")
    );
    let counted = "select sum((body #>> '{payment,PaymentConfirmed,amount}')::bigint)::bigint
        from event where kind = 'PaymentConfirmed'";
    assert_eq!(world.count(counted).await, 15_000);
    world.stop().await;
}

#[tokio::test]
async fn a_net_amount_and_its_fees_are_what_was_asked_and_both_are_recorded() {
    let world = World::start().await;
    let mut buyer = world.phone("Awa Sarr", false).await;
    let reference = bank::order(&mut buyer, "ROBE1").await;
    buyer.act(&reference, json!({ "act": "pay_silent" })).await;
    let charge = bank::charges(&world, Some(&reference)).await;
    let transaction = charge[0]["transaction"].as_str().unwrap();
    // The detail that answers this hint is net of the fees, 1.5 %.
    let hint = bank::body(transaction, &reference, "succeeded", 15_000);
    bank::ring(&world, Proof::Secret, &hint).await;
    assert!(
        buyer.hear().await["text"]
            .as_str()
            .unwrap()
            .contains("CONFIRMÉ")
    );
    let net = "select count(*) from event where kind = 'PaymentObserved'
        and body #>> '{payment,PaymentObserved,source}' = 'detail'
        and body #>> '{payment,PaymentObserved,amount}' = '14775'
        and body #>> '{payment,PaymentObserved,fees}' = '225'";
    assert_eq!(world.count(net).await, 1);
    let kept = "select count(*) from provider_transaction where met = 'succeeded' and believed";
    world.until(kept, 1).await;
    world.stop().await;
}

#[tokio::test]
async fn part_of_the_money_is_counted_as_she_paid_it_though_the_detail_is_net() {
    let world = World::start().await;
    // Whoever alters a body cannot sign it: it is a hint, and the detail is asked.
    let altered = json!({ "webhook_amount_altered": 1_000 });
    let rates = world.http.put(world.sandbox("/api/misbehaviours"));
    let set = rates.json(&altered).send().await.unwrap();
    assert!(set.status().is_success(), "{}", set.status());
    let mut buyer = world.phone("Fatou Ndiaye", false).await;
    let reference = bank::order(&mut buyer, "ROBE1").await;
    let part = json!({ "act": "pay_amount", "amount": 6_000 });
    buyer.act(&reference, part).await;
    world.until(OBSERVED, 1).await;
    // Of 6 000 the detail tells 5 910: neither what was asked nor that without its fees.
    let sums = "select sum((body #>> '{payment,PaymentObserved,amount}')::bigint)::bigint
        from event where kind = 'PaymentObserved'";
    assert_eq!(world.count(sums).await, 6_000);
    world.stop().await;
}

#[tokio::test]
async fn a_create_that_times_out_is_never_repeated_and_its_money_counts() {
    let world = World::start().await;
    bank::faults(&world, json!({ "charge_lost_answers": 1.0 })).await;
    let mut buyer = world.phone("Khady Fall", false).await;
    let held = buyer.ask("SAC2").await;
    let method = buyer.tap(&held, "PAYER").await;
    buyer.press(&method, "WAVE").await;
    let unknown = "select count(*) from event where kind = 'ChargeFailed'
        and (body #>> '{payment,ChargeFailed,unknown}')::boolean";
    world.until(unknown, 3).await;
    let charges = bank::charges(&world, None).await;
    let mut references: Vec<String> = charges
        .iter()
        .map(|charge| charge["reference"].as_str().unwrap().to_owned())
        .collect();
    references.dedup();
    assert_eq!(
        references.len(),
        3,
        "each attempt has its own reference: {charges:?}"
    );
    // She had seen the first page after all, and pays there; no webhook ever says so.
    bank::act(
        &world,
        charges[0]["id"].as_str().unwrap(),
        json!({ "act": "pay_silent" }),
    )
    .await;
    world.until(CONFIRMED, 1).await;
    world.stop().await;
}

#[tokio::test]
async fn another_accounts_word_is_not_believed() {
    use domain::ids::{AttemptId, Reference, ShopId};
    let world = World::start().await;
    let mut buyer = world.phone("Binta Sow", false).await;
    bank::order(&mut buyer, "ROBE1").await;
    // The same shop, were it paid through another account.
    let node = world.demo.node();
    let shop = world.demo.shop();
    let another = "somebody else's account";
    assert!(!node.payees.is(&node.pool, shop, another).await.unwrap());
    let nobody = ShopId(server::identity::new());
    let own = node.accounts.values().next().unwrap();
    assert!(node.payees.is(&node.pool, shop, &own.id).await.unwrap());
    assert!(!node.payees.is(&node.pool, nobody, &own.id).await.unwrap());
    let mut stranger = own.clone();
    another.clone_into(&mut stranger.id);
    let reference = Reference::new(shop, AttemptId(1));
    let raw = bank::body("t-9", reference.as_str(), "succeeded", 15_000).to_string();
    let seen = own
        .client
        .provider()
        .decode_webhook(raw.as_bytes(), domain::payment::observation::Trusted::Fully)
        .unwrap();
    for one in seen {
        server::workers::observed::apply(node, &stranger, one)
            .await
            .unwrap();
    }
    assert_eq!(world.count(OBSERVED).await, 0);
    world.stop().await;
}

#[tokio::test]
async fn money_for_an_attempt_that_failed_is_found_by_the_sweep_of_the_week() {
    let world = World::set(|settings| settings.sweep_seconds = 1).await;
    let mut buyer = world.phone("Fatou Ba", false).await;
    let reference = bank::order(&mut buyer, "BIJOU1").await;
    buyer.act(&reference, json!({ "act": "fail" })).await;
    buyer.hear().await;
    let open = "select count(*) from reading.attempts
        where state in ('requested', 'created', 'unknown')";
    world.until(open, 0).await;
    // Nothing is open, so nothing is polled. She tries again on the same page, in silence.
    buyer.act(&reference, json!({ "act": "pay_silent" })).await;
    world
        .until(
            "select count(*) from event where kind = 'PaymentConfirmed'",
            1,
        )
        .await;
    world.stop().await;
}
