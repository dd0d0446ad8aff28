//! Scenes: who is offered what comes free.

use chrono::TimeDelta;

use super::*;
use crate::money::Amount;
use crate::order::Phase;
use crate::policy::Rule;
use crate::shop;
use crate::waitlist::Event;

#[test]
fn what_comes_free_is_held_for_the_head_of_the_line() {
    let scene = sold_out().says(AMINATA, "robe1").says(FATOU, "ANNULER");
    let deadline = start() + TimeDelta::minutes(5);
    let made = Event::OfferMade {
        client: client(AMINATA),
        variant: ROBE1,
        quantity: 1,
        order: ORDER2,
        deadline,
        live: None,
    };
    assert_eq!(scene.last.events.last(), Some(&made.into()));
    assert_eq!(scene.shop.orders.open[&ORDER2].phase, Phase::Offered);
    assert_eq!(scene.stock(ROBE1), (3, 1, 0, 0));
    let (to, message) = scene.said().pop().unwrap();
    assert_eq!(to, contact(AMINATA));
    let Message::Offer {
        order,
        lines,
        total,
        wanted,
        minutes,
        ..
    } = message
    else {
        panic!("{message:?}");
    };
    assert_eq!((order, lines.len(), wanted, minutes), (ORDER2, 1, 1, 5));
    assert_eq!(total, Amount(15_000));
}

#[test]
fn the_time_to_answer_is_the_shops_to_say() {
    let policy = shop::Command::ChangePolicy {
        rule: Rule::OfferMinutes,
        to: 9,
    };
    let scene = sold_out().when(Command::Shop(policy));
    let scene = scene.says(AMINATA, "robe1").says(FATOU, "ANNULER");
    let deadline = scene.shop.orders.open[&ORDER2].deadline;
    assert_eq!(deadline, start() + TimeDelta::minutes(9));
}

#[test]
fn a_restock_goes_down_the_line_by_quantity_until_nothing_is_free() {
    let scene = sold_out()
        .says(AMINATA, "2 robe1")
        .says(MARIAMA, "2 robe1")
        .says(KADI, "robe1");
    let scene = scene.when(restock(ROBE1, 3));
    let scene = scene.then_kinds(&["StockReceived", "OfferMade", "OfferMade"]);
    assert_eq!(offers(&scene), [(AMINATA, ORDER2, 2), (MARIAMA, ORDER3, 1)]);
    // Who has an offer is not offered again; the next one is.
    let scene = scene.when(restock(ROBE1, 1));
    assert_eq!(offers(&scene), [(KADI, OrderId(4), 1)]);
    let scene = scene.when(restock(ROBE1, 2));
    assert!(offers(&scene).is_empty());
}

#[test]
fn gold_and_diamond_have_a_head_start_of_a_minute_by_their_tier_of_now() {
    for (rank, late, first) in [
        (Tier::Gold, 59, MARIAMA),
        (Tier::Diamond, 59, MARIAMA),
        (Tier::Silver, 59, AMINATA),
        // At the same turn, who joined first.
        (Tier::Gold, 60, AMINATA),
        (Tier::Gold, 61, AMINATA),
    ] {
        let scene = sold_out().says(AMINATA, "robe1").pass(late);
        let scene = scene.says(MARIAMA, "robe1");
        assert_eq!(joined(&scene).position, 2);
        let scene = tier(scene, MARIAMA, rank).says(MARIAMA, "robe1");
        let place = if first == MARIAMA { 1 } else { 2 };
        assert_eq!(joined(&scene).position, place, "{rank:?} {late}");
        let scene = scene.when(restock(ROBE1, 1));
        assert_eq!(offers(&scene), [(first, ORDER2, 1)], "{rank:?} {late}");
    }
}

#[test]
fn who_asks_at_the_very_second_a_hold_ends_does_not_jump_the_queue() {
    let scene = sold_out().says(AMINATA, "3 robe1").pass(600);
    // Nobody knocked: Mariama's own word settles what is due, and she comes after it.
    let scene = scene.says(MARIAMA, "robe1");
    assert_eq!(offers(&scene), [(AMINATA, ORDER2, 3)]);
    assert_eq!(reads(&scene, MARIAMA), ["waitlist-joined"]);
    assert_eq!(list(&scene, ROBE1), [(AMINATA, 3), (MARIAMA, 1)]);
}

#[test]
fn her_own_word_at_that_second_takes_what_she_was_just_offered() {
    let scene = sold_out().says(AMINATA, "robe1").pass(600);
    let scene = scene.says(AMINATA, "robe1");
    let kinds: Vec<_> = scene
        .last
        .events
        .iter()
        .map(crate::event::Event::kind)
        .collect();
    assert_eq!(kinds[kinds.len() - 2..], ["OfferMade", "OfferAccepted"]);
    // The offer is not told beside what became of it.
    assert_eq!(reads(&scene, AMINATA), ["held"]);
    assert!(scene.shop.waitlists.is_empty());
}

#[test]
fn a_word_about_her_orders_is_not_about_an_offer_she_cannot_know_yet() {
    for word in ["PAYER", "ANNULER"] {
        let scene = sold_out().says(AMINATA, "robe1").pass(600);
        let scene = scene.says(AMINATA, word).refused_as("nothing-open");
        assert_eq!(scene.shop.orders.open[&ORDER2].phase, Phase::Offered);
        assert_eq!(reads(&scene, AMINATA), ["offer", "nothing-open"]);
    }
}

#[test]
fn a_closed_shop_offers_nothing_until_it_opens() {
    let door = |open| {
        Command::Shop(shop::Command::Configure {
            name: None,
            language: None,
            open: Some(open),
        })
    };
    let scene = sold_out().says(AMINATA, "robe1").when(door(false));
    let scene = scene.says(FATOU, "ANNULER").then_kinds(&["OrderCancelled"]);
    let scene = scene.when(door(true));
    scene.then_kinds(&["ShopConfigured", "OfferMade"]);
}

#[test]
fn an_offer_does_not_count_against_the_lines_she_may_open() {
    let policy = shop::Command::ChangePolicy {
        rule: Rule::MaxOpenLines,
        to: 1,
    };
    let scene = sold_out()
        .says(AMINATA, "robe1")
        .when(Command::Shop(policy));
    let scene = scene.says(AMINATA, "sac2").says(FATOU, "ANNULER");
    assert_eq!(offers(&scene), [(AMINATA, ORDER3, 1)]);
}

#[test]
fn it_is_offered_at_the_price_of_now() {
    let dearer = catalogue::Command::ChangeProduct {
        product: ROBE,
        name: None,
        price: Some(Amount(17_000)),
        photo: None,
    };
    let scene = sold_out().says(AMINATA, "2 robe1");
    let scene = scene
        .when(Command::Catalogue(dearer))
        .when(restock(ROBE1, 2));
    assert_eq!(scene.shop.orders.open[&ORDER2].total, Amount(34_000));
}
