//! What the tables say of buyers: who waits, who is served when she pays, and whom the shop trusts.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::{
    client,
    command::Command,
    ids::{ClientId, VariantId},
    payment::observation::Status,
};
use projections::{
    board::{Changed, rows},
    clients, trust, verify, waitlists,
};
use uuid::Uuid;

use super::day::Day;

const AWA: u128 = 1;
const BINTA: u128 = 2;
const COUMBA: u128 = 3;
/// The dress in M: three of them.
const MEDIUM: VariantId = VariantId(1);

fn id(who: u128) -> Uuid {
    Uuid::from_u128(who)
}

async fn position(day: &Day, who: u128) -> Option<i64> {
    let mut tx = day.look().await;
    waitlists::position(&mut tx, id(who), MEDIUM).await.unwrap()
}

/// Awa holds all dresses in M; Binta waits for two, Coumba for one.
async fn sold_out() -> Day {
    let mut day = Day::begins().await;
    day.says(AWA, "3 robe1 M").await;
    day.says(BINTA, "2 robe1 M").await;
    day.says(COUMBA, "robe1 M").await;
    day
}

#[tokio::test]
async fn those_who_wait_have_a_place_and_offers_hold_what_they_say() {
    let mut day = sold_out().await;
    assert_eq!(
        (position(&day, BINTA).await, position(&day, COUMBA).await),
        (Some(1), Some(2))
    );
    assert_eq!(position(&day, AWA).await, None);
    let mut tx = day.look().await;
    let lists = waitlists::lists(&mut tx).await.unwrap();
    assert_eq!((lists.len(), lists[0].clients, lists[0].units), (1, 2, 3));

    day.says(AWA, "ANNULER").await;
    let board = day.board().await;
    assert_eq!((board.stock[0].held, board.stock[0].available), (3, 0));
    assert_eq!(
        day.order(2).await,
        ("offered".to_owned(), Some(TimeDelta::minutes(5)))
    );
    assert_eq!(board.figures.orders, 1, "an offer is no order of hers yet");
    let mut tx = day.look().await;
    let line = waitlists::line(&mut tx, MEDIUM, 10).await.unwrap();
    assert_eq!(
        (line[0].offer, line[0].offered, line[1].offer),
        (Some(2), 2, Some(3))
    );

    day.says(BINTA, "PAYER").await;
    assert_eq!(day.order(2).await.0, "held");
    assert_eq!(
        (position(&day, BINTA).await, position(&day, COUMBA).await),
        (None, Some(1))
    );
    day.says(COUMBA, "ANNULER").await;
    assert_eq!(day.order(3).await, ("cancelled".to_owned(), None));
    assert_eq!(position(&day, COUMBA).await, None);
    assert_eq!(day.board().await.figures.orders, 2);
}

#[tokio::test]
async fn a_lapsed_offer_frees_its_units_and_moves_their_bar() {
    let mut day = sold_out().await;
    day.says(AWA, "ANNULER").await;
    day.later(TimeDelta::minutes(6)).await;
    assert_eq!(day.order(2).await, ("expired".to_owned(), None));
    let changed = Changed {
        offers: BTreeSet::from([2]),
        ..Changed::default()
    };
    let mut tx = day.look().await;
    let moved = rows(&mut tx, &changed).await.unwrap().unwrap();
    assert_eq!(moved.stock.len(), 1);
    assert_eq!((moved.stock[0].variant, moved.stock[0].available), (1, 3));
}

#[tokio::test]
async fn an_offer_costs_what_the_product_costs_then() {
    use domain::{catalogue, ids::ProductId, money::Amount};
    let mut day = sold_out().await;
    let price = |price| {
        Command::Catalogue(catalogue::Command::ChangeProduct {
            product: ProductId(1),
            name: None,
            price: Some(Amount(price)),
            photo: None,
        })
    };
    day.does(price(12_000)).await;
    day.says(AWA, "ANNULER").await;
    day.does(price(15_000)).await;
    let board = day.board().await;
    let offer = board.orders.iter().find(|card| card.order == 2).unwrap();
    assert_eq!((offer.total, offer.lines[0].amount), (24_000, 24_000));
}

#[tokio::test]
async fn first_paid_first_served_holds_nothing_until_she_chooses_how_to_pay() {
    let mut day = Day::begins().await;
    day.says(AWA, "AIDE").await;
    let client = ClientId(id(AWA));
    let first_paid = client::Command::FirstPaid {
        client,
        on: Some(true),
    };
    day.does(Command::Client(first_paid)).await;
    day.says(AWA, "2 robe1 M").await;
    assert_eq!(day.order(1).await.0, "wished");
    assert_eq!(day.board().await.stock[0].held, 0);
    day.says(AWA, "WAVE").await;
    assert_eq!(day.order(1).await.0, "paying");
    assert_eq!(day.board().await.stock[0].held, 2);
    let mut tx = day.look().await;
    let card = clients::card(&mut tx, id(AWA)).await.unwrap().unwrap();
    assert_eq!(card.first_paid, Some(true));
}

#[tokio::test]
async fn trust_tells_every_line_that_led_to_it_and_gold_is_served_first() {
    let mut day = Day::begins().await;
    for attempt in 1..=6 {
        day.says(AWA, "sac2").await;
        day.says(AWA, "WAVE").await;
        day.provider(attempt, Status::Succeeded, 9_500).await;
    }
    let mut tx = day.look().await;
    let card = clients::card(&mut tx, id(AWA)).await.unwrap().unwrap();
    assert_eq!(
        (card.score, card.tier.as_str(), card.purchases),
        (85, "gold", 6)
    );
    assert_eq!(card.badges[0], "first_buyer");
    let history = trust::history(&mut tx, id(AWA), None, 100).await.unwrap();
    let score = history.iter().find(|line| line.kind == "score").unwrap();
    assert_eq!(
        (score.now.as_deref(), score.policy.as_deref()),
        (Some("85"), Some("v1"))
    );
    let points = |points: i16, reason: &domain::trust::Reason| points + reason.points;
    assert_eq!(score.reasons.as_ref().unwrap().iter().fold(0, points), 85);
    let gold = history.iter().find(|line| line.kind == "tier").unwrap();
    assert_eq!(
        (gold.was.as_deref(), gold.now.as_deref()),
        (Some("silver"), Some("gold"))
    );
    let older = trust::history(&mut tx, id(AWA), Some(history[1].seq), 1)
        .await
        .unwrap();
    assert_eq!(older[0], history[2], "page by page");

    day.says(BINTA, "3 robe1 M").await;
    day.says(COUMBA, "robe1 M").await;
    day.says(AWA, "robe1 M").await;
    assert_eq!(
        (position(&day, AWA).await, position(&day, COUMBA).await),
        (Some(1), Some(2))
    );

    let (client, reason) = (ClientId(id(AWA)), "she shouts".into());
    let judged = client::Command::Override {
        client,
        score: Some(10),
        reason,
    };
    day.does(Command::Client(judged)).await;
    let mut tx = day.look().await;
    let card = clients::card(&mut tx, id(AWA)).await.unwrap().unwrap();
    assert_eq!(
        (card.score, card.overridden, card.tier.as_str()),
        (85, Some(10), "bronze")
    );
    let history = trust::history(&mut tx, id(AWA), None, 100).await.unwrap();
    let word = history.iter().find(|line| line.kind == "override").unwrap();
    assert_eq!(
        (word.now.as_deref(), word.words.as_deref()),
        (Some("10"), Some("she shouts"))
    );
}

#[tokio::test]
async fn history_can_be_judged_under_another_policy_and_the_log_stays_as_it_is() {
    use domain::trust::policy::Version;
    let mut day = Day::begins().await;
    day.says(AWA, "robe1 m").await;
    day.later(TimeDelta::minutes(11)).await;
    let pool = &day.scene.pool;
    let events = "SELECT count(*) FROM event";
    let before: i64 = sqlx::query_scalar(events).fetch_one(pool).await.unwrap();
    let same = verify::what_if(pool, None, Version::V1).await.unwrap();
    let other = verify::what_if(pool, None, Version::V2).await.unwrap();
    // One expired order: 50 points less 10, or (0 + 2) / (0 + 1 + 3).
    let scores = |found: &[verify::WhatIf]| -> Vec<(u8, u8)> {
        found.iter().map(|one| (one.from, one.to)).collect()
    };
    assert_eq!(scores(&same), [(40, 40)]);
    assert_eq!(scores(&other), [(40, 50)]);
    let after: i64 = sqlx::query_scalar(events).fetch_one(pool).await.unwrap();
    assert_eq!(before, after);
}
