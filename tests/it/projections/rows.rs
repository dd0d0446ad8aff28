//! Given these events, these rows.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    catalogue::Event as Catalogue,
    client::Event as Client,
    event::Event,
    ids::{AttemptId, OrderId, ProductId, Reference, RefundId, ShopId},
    live::Event as Live,
    money::Amount,
    order::event::{CancelledBy, Event as Order},
    payment::event::{Event as Payment, RefundReason},
    segment::Method,
};
use projections::{TenantTx, clients};
use serde_json::{Value, json};
use uuid::Uuid;

use super::scene::{
    AMINATA, BAG, FIRST, MEDIUM, Scene, confirmed, in_ten_minutes, line, now, opened, placed, units,
};

const SHOP: Uuid = Uuid::from_u128(0x51);

/// Given these events after the opening: the board, in the page's own words.
async fn given(events: Vec<Event>) -> (Scene, Value) {
    let scene = Scene::new().await;
    scene.tell(SHOP, opened()).await;
    scene.tell(SHOP, events).await;
    scene.settled().await;
    let board = scene.board(SHOP).await.unwrap();
    let json = serde_json::to_value(&board).unwrap();
    (scene, json)
}

fn paid(order: OrderId, amount: i64) -> Event {
    Event::Payment(Payment::PaymentConfirmed {
        order,
        attempt: AttemptId(1),
        amount: Amount(amount),
        paid_at: now(),
        parts: Vec::new(),
    })
}

/// A charge was asked for it, as before any money.
fn charged(order: OrderId, amount: i64) -> Event {
    let attempt = AttemptId(1);
    Event::Payment(Payment::ChargeRequested {
        order,
        attempt,
        reference: Reference::new(ShopId(SHOP), attempt),
        method: Method::Wave,
        amount: Amount(amount),
    })
}

fn refund_due(order: OrderId, amount: i64, reason: RefundReason) -> Event {
    let attempt = AttemptId(1);
    Event::Payment(Payment::RefundDue {
        order,
        attempt,
        amount: Amount(amount),
        reason,
        refund: RefundId(1),
        until: None,
    })
}

fn cancelled(order: OrderId, quantity: u32, by: CancelledBy, was_committed: bool) -> Event {
    let units = units(MEDIUM, quantity);
    Event::Order(Order::OrderCancelled {
        order,
        by,
        units,
        was_committed,
        reason: None,
    })
}

/// Orders, paid, open and collected; paying with their sum, and expired.
fn figures(
    [orders, paid, open, collected]: [i64; 4],
    [paying, amount, expired]: [i64; 3],
) -> Value {
    json!({"orders": orders, "paid": paid, "open": open, "collected": collected,
           "paying": paying, "paying_amount": amount, "expired": expired})
}

fn stock_of(board: &Value, place: usize) -> [i64; 5] {
    ["on_hand", "held", "committed", "blocked", "available"]
        .map(|term| board["stock"][place][term].as_i64().unwrap())
}

#[tokio::test]
async fn a_new_shop_shows_its_shelf_and_its_live() {
    let (_scene, board) = given(Vec::new()).await;
    assert_eq!(
        board["shop"],
        json!({"id": SHOP, "name": "Chez Awa", "currency": "XOF", "zone": "Africa/Dakar",
               "language": "fr"})
    );
    assert_eq!(board["seq"], 9);
    assert_eq!(board["live"]["title"], "Live du samedi");
    assert_eq!(board["live"]["state"], "live");
    assert_eq!(board["figures"], figures([0, 0, 0, 0], [0, 0, 0]));
    assert_eq!(
        board["stock"][0],
        json!({"variant": 1, "product": 1, "keyword": "ROBE1", "name": "Robe Wax Ankara",
               "label": "M", "price": 15_000, "on_hand": 10, "held": 0, "committed": 0,
               "blocked": 0, "available": 10, "photo": null, "sold": 0, "waiting": 0,
               "waiting_people": 0})
    );
    assert_eq!(board["stock"][1]["label"], "");
    assert_eq!(board["stock"][1]["name"], "Sac <b>perles</b>");
    assert_eq!(board["orders"], json!([]));
}

/// A cart of two products, changed once, whose buyer is paying.
fn paying(until: DateTime<Utc>) -> Vec<Event> {
    vec![
        placed(FIRST, 2),
        Event::Order(Order::LineAdded {
            order: FIRST,
            line: line(2, BAG, 1, 9_000),
            total: Amount(39_000),
            deadline: until,
            unheld: false,
        }),
        Event::Order(Order::LineChanged {
            order: FIRST,
            variant: MEDIUM,
            from: 2,
            to: 3,
            total: Amount(54_000),
            unheld: false,
        }),
        Event::Payment(Payment::PaymentMethodChosen {
            order: FIRST,
            method: Method::Wave,
        }),
        Event::Order(Order::HoldLockedForPayment {
            order: FIRST,
            until,
        }),
    ]
}

#[tokio::test]
async fn a_cart_that_grew_and_is_being_paid() {
    let until = in_ten_minutes();
    let (_scene, board) = given(paying(until)).await;
    let order = &board["orders"][0];
    assert_eq!(order["state"], "paying");
    assert_eq!(order["method"], "wave");
    assert_eq!(order["total"], 54_000);
    assert_eq!(order["seq"], 14);
    assert_eq!(order["deadline"], json!(until));
    assert_eq!(
        order["client"], "",
        "names stay sealed until the page's server opens them"
    );
    assert_eq!(
        order["lines"],
        json!([{"keyword": "ROBE1", "name": "Robe Wax Ankara", "label": "M", "quantity": 3,
                "amount": 45_000},
               {"keyword": "SAC2", "name": "Sac <b>perles</b>", "label": "", "quantity": 1,
                "amount": 9_000}])
    );
    assert_eq!(board["figures"], figures([1, 0, 1, 0], [1, 54_000, 0]));
    assert_eq!(stock_of(&board, 0), [10, 3, 0, 0, 7]);
}

#[tokio::test]
async fn a_paid_order_counts_and_its_units_are_owed() {
    let (scene, _) = given(paying(in_ten_minutes())).await;
    let mut both = units(MEDIUM, 3);
    both.extend(units(BAG, 1));
    scene
        .tell(
            SHOP,
            vec![
                charged(FIRST, 54_000),
                paid(FIRST, 54_000),
                Event::Order(Order::OrderConfirmed {
                    order: FIRST,
                    client: AMINATA,
                    units: both,
                    from_available: false,
                    told_later: false,
                }),
            ],
        )
        .await;
    scene.settled().await;
    let board = serde_json::to_value(scene.board(SHOP).await.unwrap()).unwrap();
    let order = &board["orders"][0];
    assert_eq!(
        (&order["state"], &order["deadline"]),
        (&json!("confirmed"), &Value::Null)
    );
    assert!(order["paid_at"].is_string());
    assert_eq!(board["figures"], figures([1, 1, 0, 54_000], [0, 0, 0]));
    assert_eq!(stock_of(&board, 0), [10, 0, 3, 0, 7]);
    assert_eq!(stock_of(&board, 1), [3, 0, 1, 0, 2]);

    let mut tx = TenantTx::begin(&scene.pool, SHOP).await.unwrap();
    let buyers = clients::list(&mut tx, 10).await.unwrap();
    assert_eq!((buyers[0].purchases, buyers[0].spent), (1, 54_000));
    assert_eq!(buyers[0].name.as_deref(), Some("sealed Aminata D."));
}

#[tokio::test]
async fn what_ends_without_money_frees_its_units() {
    let second = OrderId(2);
    let (_scene, board) = given(vec![
        placed(FIRST, 2),
        placed(second, 4),
        Event::Order(Order::HoldExpired {
            order: FIRST,
            client: AMINATA,
            units: units(MEDIUM, 2),
            attributable: true,
        }),
        cancelled(second, 4, CancelledBy::Client, false),
    ])
    .await;
    assert_eq!(board["orders"][0]["state"], "cancelled", "newest first");
    assert_eq!(board["orders"][1]["state"], "expired");
    assert_eq!(board["orders"][1]["deadline"], Value::Null);
    assert_eq!(stock_of(&board, 0), [10, 0, 0, 0, 10]);
    assert_eq!(board["figures"], figures([2, 0, 0, 0], [0, 0, 1]));
}

#[tokio::test]
async fn a_paid_order_the_vendor_gives_up_is_a_refund_and_no_income() {
    let (scene, board) = given(vec![
        placed(FIRST, 1),
        charged(FIRST, 15_000),
        paid(FIRST, 15_000),
        confirmed(FIRST, 1),
        cancelled(FIRST, 1, CancelledBy::Vendor, true),
        refund_due(FIRST, 15_000, RefundReason::VendorCancelled),
    ])
    .await;
    assert_eq!(board["orders"][0]["refund_due"], 15_000);
    assert_eq!(board["figures"], figures([1, 0, 0, 0], [0, 0, 0]));
    assert_eq!(stock_of(&board, 0), [10, 0, 0, 0, 10]);

    let sent = Event::Payment(Payment::RefundSent {
        order: FIRST,
        attempt: AttemptId(1),
        amount: Amount(15_000),
        method: "Wave".into(),
        evidence: "T1".into(),
        refund: RefundId(1),
    });
    scene.tell(SHOP, vec![sent]).await;
    scene.settled().await;
    assert_eq!(scene.board(SHOP).await.unwrap().orders[0].refund_due, 0);
}

#[tokio::test]
async fn a_second_charge_goes_back_and_the_first_still_counts() {
    let (_scene, board) = given(vec![
        placed(FIRST, 1),
        charged(FIRST, 15_000),
        paid(FIRST, 15_000),
        confirmed(FIRST, 1),
        refund_due(FIRST, 15_000, RefundReason::SecondCharge),
    ])
    .await;
    assert_eq!(board["figures"]["collected"], 15_000);
    assert_eq!(board["orders"][0]["refund_due"], 15_000);
}

#[tokio::test]
async fn goods_that_leave_and_come_back_move_what_is_on_hand() {
    let handed = Event::Order(Order::OrderHandedOver {
        order: FIRST,
        units: units(MEDIUM, 2),
    });
    let (scene, board) = given(vec![
        placed(FIRST, 2),
        charged(FIRST, 30_000),
        paid(FIRST, 30_000),
        confirmed(FIRST, 2),
        handed,
    ])
    .await;
    assert_eq!(stock_of(&board, 0), [8, 0, 0, 0, 8]);
    assert_eq!(board["orders"][0]["state"], "confirmed");
    let back = Event::Order(Order::OrderReturned {
        order: FIRST,
        units: units(MEDIUM, 1),
    });
    scene.tell(SHOP, vec![back]).await;
    scene.settled().await;
    assert_eq!(scene.board(SHOP).await.unwrap().stock[0].on_hand, 9);
}

#[tokio::test]
async fn prices_names_and_the_live_change_and_old_lines_keep_their_price() {
    let (_scene, board) = given(vec![
        placed(FIRST, 1),
        Event::Catalogue(Catalogue::ProductChanged {
            product: ProductId(1),
            name: Some("Robe longue".into()),
            price: Some(Amount(20_000)),
            photo: None,
        }),
        Event::Catalogue(Catalogue::StockBlocked {
            variant: MEDIUM,
            by: 2,
        }),
        Event::Catalogue(Catalogue::ProductArchived {
            product: ProductId(2),
        }),
        Event::Live(Live::LivePaused {
            live: domain::ids::LiveId(1),
        }),
    ])
    .await;
    assert_eq!(board["stock"][0]["price"], 20_000);
    assert_eq!(board["stock"][0]["name"], "Robe longue");
    assert_eq!(stock_of(&board, 0), [10, 1, 0, 2, 7]);
    assert_eq!(
        board["stock"].as_array().unwrap().len(),
        1,
        "archived and owed to nobody"
    );
    assert_eq!(board["orders"][0]["lines"][0]["amount"], 15_000);
    assert_eq!(board["live"]["state"], "paused");
}

#[tokio::test]
async fn outside_a_live_the_numbers_are_those_of_today() {
    let ended = Event::Live(Live::LiveEnded {
        live: domain::ids::LiveId(1),
    });
    let (scene, board) = given(vec![placed(FIRST, 1), ended]).await;
    assert_eq!(board["live"], Value::Null);
    assert_eq!(board["figures"]["orders"], 1);
    sqlx::query("UPDATE reading.orders SET placed_at = $1")
        .bind(now() - TimeDelta::days(1))
        .execute(&scene.pool)
        .await
        .unwrap();
    assert_eq!(scene.board(SHOP).await.unwrap().figures.orders, 0);
}

#[tokio::test]
async fn a_forgotten_client_has_no_name_left() {
    let forgotten = Event::Client(Client::ClientForgotten { client: AMINATA });
    let (scene, _) = given(vec![placed(FIRST, 1), forgotten]).await;
    assert_eq!(scene.board(SHOP).await.unwrap().orders[0].sealed_name, None);
}
