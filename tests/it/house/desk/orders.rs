//! What a vendor decides about orders, and whether the provider agrees about their money.

use domain::command::{Actor, Command};
use domain::ids::OrderId;
use domain::order::{Command as Order, event::CancelledBy};
use serde_json::json;
use tests::world::World;

use super::Desk;

#[tokio::test]
async fn a_client_asks_to_cancel_and_the_vendor_decides() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    desk.by_hand().await;
    let order = desk.sale("Fatou Ndiaye", "ROBE1").await;
    let asks = || {
        let by = CancelledBy::Client;
        let order = OrderId(order);
        desk.tell(Actor::Client, Command::Order(Order::Cancel { order, by }))
    };
    let decide = format!("orders/{order}/cancellation");
    let early = desk.post(&decide, json!({ "granted": true })).await;
    assert_eq!(early.problem(409), "no-request");

    asks().await;
    let open = "select count(*) from reading.cancellations where state = 'asked'";
    world.until(open, 1).await;
    let asked = desk.get("cancellations").await;
    let [row] = asked.items() else {
        panic!("{asked:?}")
    };
    assert_eq!(
        (&row["order"], &row["client"], &row["paid"]),
        (&json!(order), &json!("Fatou N."), &json!(15_000))
    );
    assert_eq!(desk.get("desk").await.body["cancellations"], 1);
    let refused = desk.post(&decide, json!({ "granted": false })).await;
    let list = format!("cancellations?after={}", refused.after());
    assert!(desk.get(&list).await.items().is_empty());
    let page = desk.get(&format!("orders/{order}")).await.body;
    assert_eq!(page["state"], "confirmed", "it stands");

    // She may ask again.
    asks().await;
    world.until(open, 1).await;
    assert_eq!(
        desk.post(&decide, json!({})).await.problem(400),
        "malformed"
    );
    let granted = desk.post(&decide, json!({ "granted": true })).await;
    assert_eq!(granted.body["order"], order);
    let refunds = desk
        .get(&format!("refunds?after={}", granted.after()))
        .await;
    assert_eq!(refunds.items()[0]["amount"], 15_000);
    assert_eq!(world.count(open).await, 0);
    world.stop().await;
}

#[tokio::test]
async fn what_is_paid_is_handed_over_once_and_then_stands() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    let order = desk.sale("Moussa Keita", "FOULARD").await;
    let done = desk
        .post(&format!("orders/{order}/hand-over"), json!({}))
        .await;
    assert_eq!(
        (&done.body["outcome"], &done.body["order"]),
        (&json!("done"), &json!(order))
    );
    let late = desk
        .post(&format!("orders/{order}/cancel"), json!({}))
        .await;
    assert_eq!(late.problem(409), "order-handed-over");

    let mut buyer = world.phone("Ndeye Fall", false).await;
    buyer.ask("ROBE1").await;
    world
        .until(
            "select count(*) from reading.orders where state = 'held'",
            1,
        )
        .await;
    let held = order + 1;
    let unpaid = desk
        .post(&format!("orders/{held}/hand-over"), json!({}))
        .await;
    assert_eq!(unpaid.problem(409), "order-not-paid");
    let over = desk.post(&format!("orders/{held}/cancel"), json!({})).await;
    assert_eq!(over.status, 200);
    let twice = desk.post(&format!("orders/{held}/cancel"), json!({})).await;
    assert_eq!(twice.problem(409), "order-over");

    // Both sides know of one payment, and agree.
    world
        .until(
            "select count(*) from provider_transaction where status = 'succeeded'",
            1,
        )
        .await;
    let money = desk.get("payments/reconciliation").await.body;
    assert_eq!(money["findings"], json!([]), "{money}");
    assert_eq!(money["groups"][0]["matched"]["amount"], 4_000, "{money}");
    // A payment of hers that no order took in is shown on her page.
    let stranger = "insert into provider_transaction
            (account, transaction_id, kind, reference, shop_id, attempt, status, amount, currency,
             source, believed)
        select account, 'stranger', kind, reference || '9', shop_id, attempt + 900, status, 9500,
               currency, source, believed
          from provider_transaction where status = 'succeeded' limit 1";
    sqlx::query(stranger).execute(&world.db).await.unwrap();
    let money = desk.get("payments/reconciliation").await.body;
    assert_eq!(money["findings"][0]["verdict"], "theirs_only", "{money}");
    assert_eq!(money["findings"][0]["amount"], 9_500);
    world.stop().await;
}
