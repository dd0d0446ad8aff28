//! What is to be done, who is present, and what a board says of a live's shelf.

use chrono::TimeDelta;
use domain::{
    client,
    command::Command,
    event::Event,
    ids::OrderId,
    live,
    order::{self, event::CancelledBy},
    payment::observation::Status,
    trust::Tier,
};
use projections::board::{Changed, rows};
use uuid::Uuid;

use super::{
    day::Day,
    scene::{AMINATA, FIRST, Scene, now, opened, placed},
};

const AWA: u128 = 1;
const BINTA: u128 = 2;
const COUMBA: u128 = 3;

/// Awa paid three dresses; Binta waits for two of them.
async fn paid() -> Day {
    let mut day = Day::begins().await;
    day.says(AWA, "3 robe1 M").await;
    day.says(AWA, "WAVE").await;
    day.says(BINTA, "2 robe1 M").await;
    day.provider(1, Status::Succeeded, 28_500).await;
    day
}

#[tokio::test]
async fn a_bar_says_what_was_sold_and_who_waits() {
    let day = paid().await;
    let board = day.board().await;
    let medium = &board.stock[0];
    assert_eq!(
        (medium.sold, medium.waiting, medium.waiting_people),
        (3, 2, 1)
    );
    let item = &board.todo.items[0];
    assert_eq!((board.todo.total, item.kind.as_str()), (1, "waitlist"));
    assert_eq!(
        (item.amount, item.count, item.product),
        (19_000, Some(1), Some(1))
    );
    assert_eq!(
        (item.keyword.as_deref(), item.variant),
        (Some("ROBE1"), Some(1))
    );
    assert_eq!((item.order, item.sealed_name.as_deref()), (None, None));
    let json = serde_json::to_value(item).unwrap();
    assert!(json.get("order").is_none() && json.get("client").is_none());
}

#[tokio::test]
async fn what_risks_most_is_first() {
    let mut day = paid().await;
    day.says(COUMBA, "sac2").await;
    day.says(COUMBA, "WAVE").await;
    day.provider(2, Status::Succeeded, 9_500).await;
    day.provider(1, Status::Reversed, 28_500).await;
    let board = day.board().await;
    let kinds: Vec<_> = board
        .todo
        .items
        .iter()
        .map(|it| (it.kind.as_str(), it.amount))
        .collect();
    assert_eq!(kinds, [("owed", 28_500), ("waitlist", 19_000)]);
    assert_eq!(board.todo.items[0].order, Some(1));
    assert_eq!(
        board.todo.items[0].sealed_name.as_deref(),
        Some("sealed Awa")
    );
    assert_eq!(board.stock[0].sold, 0, "taken back is not sold");

    let moved = Changed {
        money: [1].into(),
        todo: true,
        ..Changed::default()
    };
    let mut tx = day.look().await;
    let frame = rows(&mut tx, &moved).await.unwrap().unwrap();
    assert_eq!((frame.stock.len(), frame.stock[0].sold), (1, 0));
    assert_eq!(frame.todo.unwrap().total, 2);
    assert_eq!((frame.curve, frame.showings), (None, None));
}

#[tokio::test]
async fn loyal_clients_are_present_while_they_do_something() {
    let (scene, shop) = (Scene::new().await, Uuid::from_u128(0x74));
    scene.tell(shop, opened()).await;
    let tier = |to| {
        Event::Client(client::Event::TierChanged {
            client: AMINATA,
            from: Tier::Bronze,
            to,
        })
    };
    scene.tell(shop, vec![tier(Tier::Gold)]).await;
    let ago = now() - TimeDelta::minutes(16);
    scene.tell_at(shop, ago, vec![placed(FIRST, 1)]).await;
    scene.settled().await;
    assert_eq!(
        scene.board(shop).await.unwrap().present,
        [],
        "that was long ago"
    );
    scene.tell(shop, vec![placed(OrderId(2), 1)]).await;
    scene.settled().await;
    let present = scene.board(shop).await.unwrap().present;
    assert_eq!((present.len(), present[0].tier.as_str()), (1, "gold"));
    assert_eq!(present[0].client_id, AMINATA.0);
    scene.tell(shop, vec![tier(Tier::Bronze)]).await;
    scene.settled().await;
    assert_eq!(
        scene.board(shop).await.unwrap().present,
        [],
        "not loyal enough"
    );
}

#[tokio::test]
async fn a_live_that_is_over_is_shown_with_its_curve() {
    let mut day = paid().await;
    let board = day.board().await;
    assert!(board.ended.is_none());
    let live = board.live.unwrap();
    assert_eq!((live.orders_open, live.undo_until), (0, None));
    assert_eq!(
        board
            .curve
            .minutes
            .iter()
            .map(|it| it.payments)
            .sum::<i64>(),
        1
    );
    day.does(Command::Live(live::Command::Finish)).await;
    let board = day.board().await;
    assert!(board.live.is_none());
    let ended = board.ended.unwrap();
    assert_eq!(
        (ended.id, ended.state.as_str(), ended.by_itself),
        (1, "ended", false)
    );
    assert_eq!(
        board.curve.minutes.iter().map(|it| it.amount).sum::<i64>(),
        28_500
    );
    assert_eq!(board.present, []);
    let give_up = order::Command::Cancel {
        order: OrderId(1),
        by: CancelledBy::Vendor,
    };
    day.does(Command::Order(give_up)).await;
    assert_eq!(day.board().await.stock[0].sold, 0);
}
