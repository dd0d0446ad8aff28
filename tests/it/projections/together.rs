//! What is bought together, client by client.

use domain::{
    catalogue::Event as Catalogue,
    client::Event as Client,
    event::Event,
    ids::{ClientId, OrderId, ProductId, VariantId},
    money::Amount,
    order::{Event as Order, event::Units},
    text::Keyword,
};
use projections::{TenantTx, together};
use uuid::Uuid;

use super::scene::{BAG, MEDIUM, Scene, opened, registered};

const SHOP: Uuid = Uuid::from_u128(0x72);

fn client(number: u128) -> ClientId {
    ClientId(Uuid::from_u128(0xC00 + number))
}

const LAMP: VariantId = VariantId(3);

/// A third product.
fn lamp() -> [Event; 2] {
    let product = ProductId(3);
    [
        Catalogue::ProductAdded {
            product,
            keyword: Keyword::parse("LAMPE3").unwrap(),
            name: "Lampe".into(),
            price: Amount(4_000),
            only_during_live: false,
            photo: None,
        },
        Catalogue::VariantAdded {
            variant: LAMP,
            product,
            size: None,
            colour: None,
        },
    ]
    .map(Event::Catalogue)
}

/// A client's confirmed order of these.
fn bought(order: u64, number: u128, variants: &[VariantId]) -> Event {
    let units = variants.iter().map(|variant| Units {
        variant: *variant,
        quantity: 1,
    });
    Event::Order(Order::OrderConfirmed {
        order: OrderId(order),
        client: client(number),
        units: units.collect(),
        from_available: false,
        told_later: false,
    })
}

/// Only this model is asked: the orders themselves were never placed.
async fn suggestions(scene: &Scene, product: i64) -> Vec<(i64, i64, i64)> {
    scene.settled().await;
    let mut tx = TenantTx::begin(&scene.pool, SHOP).await.unwrap();
    let found = together::suggestions(&mut tx, product, 5).await.unwrap();
    found
        .iter()
        .map(|it| (it.product, it.clients, it.lift))
        .collect()
}

#[tokio::test]
async fn lift_counts_clients_and_needs_five_of_them() {
    let scene = Scene::new().await;
    let mut events = opened();
    events.extend(lamp());
    events.extend((1..=10).map(|number| registered(client(number), "A")));
    // Four bought both, in two orders; two the dress only, four the bag only.
    for number in 1..=4 {
        let order = u64::try_from(number).unwrap() * 10;
        events.push(bought(order, number, &[MEDIUM]));
        events.push(bought(order + 1, number, &[BAG, MEDIUM]));
    }
    events.push(bought(91, 5, &[MEDIUM]));
    events.push(bought(92, 6, &[MEDIUM]));
    scene.tell(SHOP, events).await;
    assert_eq!(suggestions(&scene, 1).await, [], "four may be chance");
    scene.tell(SHOP, vec![bought(93, 5, &[BAG])]).await;
    // Six bought anything and the dress, five the bag and both: 5 × 6 ÷ (6 × 5) is chance.
    assert_eq!(suggestions(&scene, 1).await, []);
    // Four who bought something else say that these two go together.
    let others =
        (7..=10).map(|number| bought(100 + u64::try_from(number).unwrap(), number, &[LAMP]));
    scene.tell(SHOP, others.collect()).await;
    assert_eq!(suggestions(&scene, 1).await, [(2, 5, 1_666)]);
    assert_eq!(suggestions(&scene, 2).await, [(1, 5, 1_666)]);
    assert_eq!(suggestions(&scene, 3).await, []);
    // Once more changes nothing: clients are counted, not orders.
    scene.tell(SHOP, vec![bought(120, 1, &[MEDIUM, BAG])]).await;
    assert_eq!(suggestions(&scene, 1).await, [(2, 5, 1_666)]);
}

#[tokio::test]
async fn two_clients_who_are_one_count_once() {
    let scene = Scene::new().await;
    let mut events = opened();
    events.extend((1..=10).map(|number| registered(client(number), "A")));
    for number in 1..=4 {
        let order = u64::try_from(number).unwrap();
        events.push(bought(order, number, &[BAG, MEDIUM]));
    }
    events.push(bought(5, 5, &[BAG]));
    events.push(bought(6, 6, &[MEDIUM, BAG]));
    events.push(bought(7, 7, &[MEDIUM]));
    scene.tell(SHOP, events).await;
    let merged = |kept, merged| {
        Event::Client(Client::ClientsMerged {
            kept: client(kept),
            merged: client(merged),
        })
    };
    scene.tell(SHOP, vec![merged(5, 7), merged(1, 6)]).await;
    scene.settled().await;
    let found: Vec<(i64, i64, i64)> = sqlx::query_as(
        "SELECT product_id, other_id, clients FROM reading.bought_together
          ORDER BY product_id, other_id",
    )
    .fetch_all(&scene.pool)
    .await
    .unwrap();
    assert_eq!(found, [(1, 1, 5), (1, 2, 5), (2, 1, 5), (2, 2, 5)]);
    let buyers: i64 = sqlx::query_scalar("SELECT clients FROM reading.bought_buyers")
        .fetch_one(&scene.pool)
        .await
        .unwrap();
    assert_eq!(buyers, 5);
}
