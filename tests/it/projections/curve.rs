//! The curve of a live, what was held up in it, and which lives there were.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    event::Event,
    ids::{AttemptId, ClientId, LiveId, OrderId, ProductId, Reference, ShopId},
    live::Event as Live,
    money::Amount,
    order::Event as Order,
    payment::Event as Payment,
    segment::Method,
    waitlist::Event as Waitlist,
};
use projections::{
    TenantTx, deadlines,
    lives::{self, LiveLine},
    minutes::{self, Curve},
};
use uuid::Uuid;

use super::scene::{
    BAG, FIRST, MEDIUM, Scene, in_ten_minutes, line, now, opened, placed, registered,
};

const SHOP: Uuid = Uuid::from_u128(0x71);
const BINTA: ClientId = ClientId(Uuid::from_u128(0xB));
const LIVE: LiveId = LiveId(1);

/// A full minute of some evening.
fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_287_600, 0).unwrap()
}

fn paid(order: OrderId, amount: i64) -> Event {
    Event::Payment(Payment::PaymentConfirmed {
        order,
        attempt: AttemptId(order.0),
        amount: Amount(amount),
        paid_at: now(),
        parts: Vec::new(),
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

/// Told at these seconds after the start.
async fn told(scene: &Scene, seconds: i64, events: Vec<Event>) {
    let at = start() + TimeDelta::seconds(seconds);
    scene.tell_at(SHOP, at, events).await;
}

async fn tx(scene: &Scene) -> TenantTx {
    scene.settled().await;
    assert_eq!(projections::parked(&scene.pool).await.unwrap(), []);
    TenantTx::begin(&scene.pool, SHOP).await.unwrap()
}

/// Minutes since the start: (minute, orders, payments, amount), and (minute, product, units).
type Drawn = (Vec<(i64, i64, i64, i64)>, Vec<(i64, i64, i64)>);

fn drawn(curve: &Curve) -> Drawn {
    let number = |at: DateTime<Utc>| (at - start()).num_minutes();
    let minutes = curve.minutes.iter();
    let pace = curve.pace.iter();
    (
        minutes
            .map(|it| (number(it.minute), it.orders, it.payments, it.amount))
            .collect(),
        pace.map(|it| (number(it.minute), it.product, it.units))
            .collect(),
    )
}

/// An order, a bag more, another number, an offer taken, and both paid.
async fn sold(scene: &Scene) {
    told(scene, 0, opened()).await;
    told(scene, 0, (1..=3).map(charged).collect()).await;
    told(scene, 5, vec![registered(BINTA, "Binta"), placed(FIRST, 2)]).await;
    let bag = Order::LineAdded {
        order: FIRST,
        line: line(2, BAG, 1, 9_000),
        total: Amount(39_000),
        deadline: in_ten_minutes(),
        unheld: false,
    };
    told(scene, 61, vec![Event::Order(bag)]).await;
    let more = Order::LineChanged {
        order: FIRST,
        variant: MEDIUM,
        from: 2,
        to: 5,
        total: Amount(84_000),
        unheld: false,
    };
    let less = Order::LineChanged {
        order: FIRST,
        variant: MEDIUM,
        from: 5,
        to: 3,
        total: Amount(54_000),
        unheld: false,
    };
    let joined = Waitlist::WaitlistJoined {
        client: BINTA,
        variant: BAG,
        quantity: 2,
        live: Some(LIVE),
    };
    let offer = Waitlist::OfferMade {
        client: BINTA,
        variant: BAG,
        quantity: 2,
        order: OrderId(2),
        deadline: in_ten_minutes(),
        live: Some(LIVE),
    };
    let accepted = Waitlist::OfferAccepted { order: OrderId(2) };
    let events = vec![Event::Order(more), Event::Order(less)];
    told(scene, 125, events).await;
    let waits = [joined, offer, accepted].map(Event::Waitlist).to_vec();
    told(scene, 130, waits).await;
    told(
        scene,
        200,
        vec![paid(FIRST, 54_000), paid(OrderId(2), 18_000)],
    )
    .await;
}

#[tokio::test]
async fn each_minute_has_its_orders_payments_and_units() {
    let scene = Scene::new().await;
    sold(&scene).await;
    // Outside a live nothing is in a curve.
    let mut outside = placed(OrderId(3), 1);
    if let Event::Order(Order::OrderPlaced { live, .. }) = &mut outside {
        *live = None;
    }
    told(&scene, 210, vec![outside, paid(OrderId(3), 15_000)]).await;
    let mut tx = tx(&scene).await;
    let whole = minutes::curve(&mut tx, 1, start(), None).await.unwrap();
    let (curve, pace) = drawn(&whole);
    assert_eq!(
        curve,
        [(0, 1, 0, 0), (1, 0, 0, 0), (2, 1, 0, 0), (3, 0, 2, 72_000)]
    );
    assert_eq!(pace, [(0, 1, 2), (1, 2, 1), (2, 1, 3), (2, 2, 2)]);
    let late = start() + TimeDelta::minutes(2);
    let some = [start(), late];
    let part = minutes::curve(&mut tx, 1, late, Some(&some)).await.unwrap();
    let (curve, pace) = drawn(&part);
    assert_eq!(curve, [(0, 1, 0, 0), (2, 1, 0, 0)]);
    assert_eq!(pace, [(2, 1, 3), (2, 2, 2)]);
    assert_eq!(
        minutes::minutes(&mut tx, 1, None).await.unwrap(),
        whole.minutes
    );
}

#[tokio::test]
async fn what_was_held_up_is_kept_with_its_time() {
    let scene = Scene::new().await;
    told(&scene, 0, opened()).await;
    let show = |product| {
        Event::Live(Live::ProductShown {
            live: LIVE,
            product: ProductId(product),
        })
    };
    told(&scene, 30, vec![show(2)]).await;
    told(&scene, 90, vec![show(1), show(2)]).await;
    let mut tx = tx(&scene).await;
    let shown = minutes::showings(&mut tx, 1).await.unwrap();
    let shown: Vec<_> = shown
        .iter()
        .map(|it| ((it.at - start()).num_seconds(), it.product, &*it.keyword))
        .collect();
    assert_eq!(shown, [(30, 2, "SAC2"), (90, 1, "ROBE1"), (90, 2, "SAC2")]);
    let (on, over) = lives::newest(&mut tx, now()).await.unwrap();
    assert_eq!((on.unwrap().shown, over), (Some(2), None));
}

#[tokio::test]
async fn a_live_that_closed_is_on_then_over_then_one_of_a_list() {
    let scene = Scene::new().await;
    told(&scene, 0, opened()).await;
    let closing = Live::LiveClosing {
        live: LIVE,
        by_itself: true,
    };
    told(&scene, 300, vec![Event::Live(closing)]).await;
    let fin = start() + TimeDelta::minutes(5);
    let mut before = tx(&scene).await;
    let (on, over) = lives::newest(&mut before, fin).await.unwrap();
    let on = on.unwrap();
    assert_eq!(
        (on.state.as_str(), on.by_itself, over),
        ("closing", true, None)
    );
    assert_eq!(on.undo_until, Some(fin + TimeDelta::hours(2)));
    let ended = Live::LiveEnded { live: LIVE };
    told(&scene, 310, vec![Event::Live(ended)]).await;
    let mut after = tx(&scene).await;
    let (on, over) = lives::newest(&mut after, fin).await.unwrap();
    let over = over.unwrap();
    assert_eq!((on, over.state.as_str()), (None, "ended"));
    let in_time = fin + TimeDelta::hours(1);
    let (_, still) = lives::newest(&mut after, in_time).await.unwrap();
    assert!(still.unwrap().undo_until.is_some());
    let too_late = fin + TimeDelta::hours(2);
    let (_, gone) = lives::newest(&mut after, too_late).await.unwrap();
    assert_eq!(gone.unwrap().undo_until, None);
    let long_ago = fin + TimeDelta::days(8);
    assert_eq!(
        lives::newest(&mut after, long_ago).await.unwrap(),
        (None, None)
    );
    let line = LiveLine {
        id: 1,
        title: "Live du samedi".to_owned(),
        state: "ended".to_owned(),
        started_at: Some(start()),
        finished_at: Some(fin),
        ended_at: Some(fin + TimeDelta::seconds(10)),
    };
    assert_eq!(lives::list(&mut after, None, 10).await.unwrap(), [line]);
    assert_eq!(lives::list(&mut after, Some(1), 10).await.unwrap(), []);
}

#[tokio::test]
async fn sleeping_shops_that_nobody_wakes_are_an_alarm() {
    let scene = Scene::new().await;
    sqlx::query(
        "INSERT INTO deadline (lane, shop_id, due_at) VALUES
         (1, gen_random_uuid(), '-infinity'),
         (1, gen_random_uuid(), clock_timestamp() - interval '5 seconds'),
         (2, gen_random_uuid(), clock_timestamp() - interval '1 minute'),
         (3, gen_random_uuid(), clock_timestamp() + interval '1 hour')",
    )
    .execute(&scene.pool)
    .await
    .unwrap();
    let found = deadlines::sleeping(&scene.pool).await.unwrap();
    assert_eq!((found.shops, found.overdue), (3, 1));
    assert!(found.next.unwrap() < now());
}
