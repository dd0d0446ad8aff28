//! What a live came to: figure by figure, and frozen.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    catalogue::Event as Catalogue,
    event::Event,
    ids::{
        AttemptId, ClientId, LiveId, OrderId, ProductId, Reference, RefundId, ShopId, VariantId,
    },
    live::{Event as Live, Summary, summary::Advice},
    money::Amount,
    order::{
        Event as Order,
        event::{CancelledBy, HoldTerms},
    },
    payment::{Event as Payment, event::RefundReason},
    segment::Method,
};
use projections::{
    TenantTx,
    summaries::{self, Adjustment},
};
use uuid::Uuid;

use super::{
    figures,
    scene::{BAG, MEDIUM, Scene, in_ten_minutes, line, opened, registered, units},
};

const SHOP: Uuid = Uuid::from_u128(0x73);
const LIVE: LiveId = LiveId(1);

/// A full minute of some evening.
fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_287_600, 0).unwrap()
}

fn at(seconds: i64) -> DateTime<Utc> {
    start() + TimeDelta::seconds(seconds)
}

fn buyer(number: u128) -> ClientId {
    ClientId(Uuid::from_u128(0xB00 + number))
}

fn price(variant: VariantId) -> i64 {
    if variant == BAG { 9_000 } else { 15_000 }
}

fn placed(order: u64, who: u128, variant: VariantId, quantity: u32, live: bool) -> Event {
    let product = variant.0;
    Event::Order(Order::OrderPlaced {
        order: OrderId(order),
        client: buyer(who),
        live: live.then_some(LIVE),
        lines: vec![line(product, variant, quantity, price(variant))],
        total: Amount(price(variant) * i64::from(quantity)),
        deadline: in_ten_minutes(),
        terms: HoldTerms {
            base: 10,
            cut_to: None,
            raised_to: None,
            tier_bonus: 0,
            minutes: 10,
        },
        unheld: false,
    })
}

/// Each order is charged once, under its own number.
fn charged(order: u64) -> Event {
    let attempt = AttemptId(order);
    Event::Payment(Payment::ChargeRequested {
        order: OrderId(order),
        attempt,
        reference: Reference::new(ShopId(SHOP), attempt),
        method: Method::Wave,
        amount: Amount(15_000),
    })
}

/// Paid so many seconds after the start, by the provider's clock.
fn paid(order: u64, amount: i64, seconds: i64) -> Event {
    Event::Payment(Payment::PaymentConfirmed {
        order: OrderId(order),
        attempt: AttemptId(order),
        amount: Amount(amount),
        paid_at: at(seconds),
        parts: Vec::new(),
    })
}

fn expired(order: u64, who: u128, variant: VariantId, quantity: u32) -> Event {
    Event::Order(Order::HoldExpired {
        order: OrderId(order),
        client: buyer(who),
        units: units(variant, quantity),
        attributable: true,
    })
}

fn reversed(order: u64, amount: i64) -> Event {
    Event::Payment(Payment::PaymentReversed {
        order: OrderId(order),
        attempt: AttemptId(order),
        amount: Amount(amount),
    })
}

fn unmet(who: u128, variant: VariantId, quantity: u32) -> Event {
    Event::Order(Order::DemandUnmet {
        client: buyer(who),
        live: Some(LIVE),
        product: ProductId(variant.0),
        variant,
        quantity,
        unit_price: Amount(price(variant)),
    })
}

fn shown(product: u32) -> Event {
    Event::Live(Live::ProductShown {
        live: LIVE,
        product: ProductId(product),
    })
}

async fn told(scene: &Scene, seconds: i64, events: Vec<Event>) {
    scene.tell_at(SHOP, at(seconds), events).await;
}

async fn read(scene: &Scene, settled: bool) -> Option<Summary> {
    scene.settled().await;
    assert_eq!(projections::parked(&scene.pool).await.unwrap(), []);
    let mut tx = TenantTx::begin(&scene.pool, SHOP).await.unwrap();
    let found = summaries::summary(&mut tx, 1, settled).await.unwrap();
    tx.end().await.unwrap();
    if let Some(summary) = &found {
        figures::same(&scene.pool, SHOP, summary).await;
    }
    found
}

/// Ten dresses and three bags; the live is on air from the start. Buyer 1 bought before it.
async fn live(scene: &Scene) {
    let mut before = opened();
    let on = before
        .iter()
        .position(|event| matches!(event, Event::Live(_)));
    let on = before.remove(on.unwrap());
    before.extend((1..=6).map(|number| registered(buyer(number), "B")));
    before.push(placed(1, 1, MEDIUM, 1, false));
    before.extend((1..=7).map(charged));
    before.push(paid(1, 15_000, -300));
    told(scene, -600, before).await;
    told(scene, 0, vec![on]).await;
    // Held up; two dresses and then all bags go within the minute after the bag's showing.
    told(scene, 20, vec![shown(1), placed(2, 1, MEDIUM, 2, true)]).await;
    told(scene, 70, vec![shown(2), placed(3, 2, BAG, 2, true)]).await;
    told(scene, 80, vec![placed(4, 3, BAG, 1, true)]).await;
    told(
        scene,
        90,
        vec![unmet(4, BAG, 2), unmet(4, BAG, 1), unmet(5, BAG, 1)],
    )
    .await;
    told(scene, 100, vec![paid(2, 30_000, 110)]).await;
    told(scene, 380, vec![expired(4, 3, BAG, 1)]).await;
    told(
        scene,
        400,
        vec![placed(5, 5, BAG, 1, true), paid(3, 18_000, 310)],
    )
    .await;
    let received = Catalogue::StockReceived {
        variant: BAG,
        quantity: 4,
    };
    told(scene, 500, vec![Event::Catalogue(received)]).await;
    let cancelled = Order::OrderCancelled {
        order: OrderId(5),
        by: CancelledBy::Client,
        units: units(BAG, 1),
        was_committed: false,
        reason: None,
    };
    told(
        scene,
        600,
        vec![placed(6, 6, MEDIUM, 1, true), Event::Order(cancelled)],
    )
    .await;
}

fn closing() -> Event {
    Event::Live(Live::LiveClosing {
        live: LIVE,
        by_itself: false,
    })
}

fn ended() -> Event {
    Event::Live(Live::LiveEnded { live: LIVE })
}

#[tokio::test]
async fn the_summary_of_an_end_figure_by_figure() {
    let scene = Scene::new().await;
    live(&scene).await;
    told(&scene, 3_600, vec![closing()]).await;
    assert_eq!(read(&scene, false).await, None);
    // What comes after the end, in the very batch, is not in it.
    let after = vec![expired(6, 6, MEDIUM, 1), ended(), paid(6, 15_000, 3_700)];
    told(&scene, 3_650, after).await;
    let done = read(&scene, false).await.unwrap();
    assert_eq!((done.placed, done.paid, done.expired), (5, 2, 2));
    assert_eq!(
        (done.cancelled, done.open, done.conversion),
        (1, 0, Some(400))
    );
    assert_eq!((done.gross, done.net), (Amount(48_000), Amount(48_000)));
    assert_eq!((done.returning_clients, done.new_clients), (1, 1));
    assert_eq!((done.pay_median, done.pay_p90), (Some(90), Some(240)));
    assert_eq!(
        (done.finished_at, done.as_of, done.seconds),
        (at(3_600), at(3_650), 3_600)
    );
    let peak = done.peak.clone().unwrap();
    assert_eq!(
        (peak.minute, peak.orders, peak.shown.as_deref()),
        (at(60), 2, Some("SAC2"))
    );
    // Two units each: the dresses were dearer.
    assert_eq!(done.best.as_ref().unwrap().keyword, "ROBE1");
    let [robe, sac] = &done.products[..] else {
        panic!("{:?}", done.products)
    };
    assert_eq!(
        (robe.offered, robe.sell_through, robe.out_at),
        (9, Some(222), None)
    );
    assert_eq!((sac.offered, sac.sell_through), (7, Some(285)));
    // None from 80 to 380 s, and again from 400 to 500 s.
    assert_eq!((sac.out_at, sac.out_seconds), (Some(at(80)), 400));
    assert_eq!((sac.lost, done.lost), (Amount(27_000), Amount(27_000)));
    let stock = Advice::MoreStock {
        keyword: "SAC2".to_owned(),
        minutes: 1,
        lost: Amount(27_000),
    };
    assert_eq!(done.advice, Some(stock));
    assert_eq!(read(&scene, true).await, None);
}

#[tokio::test]
async fn a_live_that_comes_back_has_no_summary_until_it_ends_again() {
    let scene = Scene::new().await;
    live(&scene).await;
    told(
        &scene,
        700,
        vec![expired(6, 6, MEDIUM, 1), closing(), ended()],
    )
    .await;
    let first = read(&scene, false).await.unwrap();
    assert_eq!((first.placed, first.seconds), (5, 700));
    told(
        &scene,
        760,
        vec![Event::Live(Live::LiveReopened { live: LIVE })],
    )
    .await;
    assert_eq!(read(&scene, false).await, None);
    told(
        &scene,
        800,
        vec![placed(7, 2, MEDIUM, 1, true), paid(7, 15_000, 830)],
    )
    .await;
    told(&scene, 900, vec![closing(), ended()]).await;
    let second = read(&scene, false).await.unwrap();
    assert_eq!((second.placed, second.paid, second.seconds), (6, 3, 900));
    assert_eq!(second.gross, Amount(63_000));
    let sac = second
        .products
        .iter()
        .find(|it| it.sold.keyword == "SAC2")
        .unwrap();
    assert_eq!((sac.offered, sac.out_seconds), (7, 400));
}

#[tokio::test]
async fn money_after_settling_is_a_line_below() {
    let scene = Scene::new().await;
    live(&scene).await;
    told(
        &scene,
        700,
        vec![expired(6, 6, MEDIUM, 1), closing(), ended()],
    )
    .await;
    // Between the two it still counts: the operator takes one payment back.
    told(&scene, 800, vec![reversed(3, 18_000)]).await;
    let settled = Event::Live(Live::LiveSettled { live: LIVE });
    told(&scene, 900, vec![settled]).await;
    let frozen = read(&scene, true).await.unwrap();
    assert_eq!(
        (frozen.paid, frozen.open, frozen.net),
        (1, 1, Amount(30_000))
    );
    assert_eq!(read(&scene, false).await.unwrap().paid, 2);

    let honoured = Event::Payment(Payment::LatePaymentHonoured {
        order: OrderId(6),
        attempt: AttemptId(6),
    });
    told(&scene, 1_000, vec![honoured, paid(6, 15_000, 990)]).await;
    told(&scene, 1_100, vec![reversed(6, 15_000)]).await;
    let cancelled = Event::Order(Order::OrderCancelled {
        order: OrderId(2),
        by: CancelledBy::Vendor,
        units: units(MEDIUM, 2),
        was_committed: true,
        reason: None,
    });
    let due = Event::Payment(Payment::RefundDue {
        order: OrderId(2),
        attempt: AttemptId(2),
        amount: Amount(30_000),
        reason: RefundReason::VendorCancelled,
        refund: RefundId(1),
        until: None,
    });
    told(&scene, 1_200, vec![cancelled, due]).await;
    assert_eq!(read(&scene, true).await.unwrap(), frozen);
    let mut tx = TenantTx::begin(&scene.pool, SHOP).await.unwrap();
    let line = |seconds, order, amount, kind: &str| Adjustment {
        at: at(seconds),
        order,
        amount,
        kind: kind.to_owned(),
    };
    assert_eq!(
        summaries::adjustments(&mut tx, 1).await.unwrap(),
        [
            line(1_000, 6, 15_000, "paid_late"),
            line(1_100, 6, -15_000, "taken_back"),
            line(1_200, 2, -30_000, "given_back"),
        ]
    );
}
