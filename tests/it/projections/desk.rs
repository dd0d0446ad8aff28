//! What the tables say of clients' wishes to cancel what is paid.

use chrono::TimeDelta;
use domain::{
    command::Command,
    event::Event,
    ids::OrderId,
    order::{self, event::CancelledBy},
    payment::observation::Status,
};
use projections::cancellations::{self, CancellationCard};

use super::day::Day;

const AWA: u128 = 1;
const ORDER: OrderId = OrderId(1);

/// Awa bought a dress in M.
async fn paid() -> Day {
    let mut day = Day::begins().await;
    day.says(AWA, "robe1 M").await;
    day.says(AWA, "WAVE").await;
    day.provider(1, Status::Succeeded, 9_500).await;
    day
}

async fn open(day: &Day) -> Vec<CancellationCard> {
    let mut tx = day.look().await;
    cancellations::open(&mut tx, None, 10).await.unwrap()
}

fn ask() -> Command {
    Command::Order(order::Command::Cancel {
        order: ORDER,
        by: CancelledBy::Client,
    })
}

fn decide(granted: bool) -> Command {
    let order = ORDER;
    Command::Order(order::Command::DecideCancellation { order, granted })
}

#[tokio::test]
async fn a_wish_waits_until_it_is_decided_or_lapses() {
    let mut day = paid().await;
    assert_eq!(open(&day).await, []);
    day.does(ask()).await;
    let asked = open(&day).await;
    assert_eq!(asked.len(), 1);
    assert_eq!((asked[0].order, asked[0].paid), (1, asked[0].total));
    assert_eq!(asked[0].decide_by - asked[0].asked_at, TimeDelta::hours(48));
    day.does(decide(false)).await;
    assert_eq!(open(&day).await, []);
    day.does(ask()).await;
    assert_eq!(open(&day).await.len(), 1, "she asks again");
    day.later(TimeDelta::hours(49)).await;
    assert_eq!(open(&day).await, [], "nobody decided");
    day.does(ask()).await;
    day.does(decide(true)).await;
    assert_eq!(open(&day).await, []);
    let last: String = sqlx::query_scalar("SELECT state FROM reading.cancellations")
        .fetch_one(&day.scene.pool)
        .await
        .unwrap();
    assert_eq!(last, "granted");
}

#[tokio::test]
async fn a_wish_a_no_and_a_wish_in_one_batch_is_a_wish() {
    let mut day = paid().await;
    let mut events: Vec<Event> = Vec::new();
    for command in [ask(), decide(false), ask()] {
        events.extend(day.story.decide(command));
    }
    day.scene
        .tell_at(day.story.shop.id.0, day.story.at, events)
        .await;
    assert_eq!(open(&day).await.len(), 1);
}
