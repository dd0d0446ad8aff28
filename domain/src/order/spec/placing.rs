//! Scenes: what is held, and for how long.

use chrono::TimeDelta;

use super::{place, policy, trusted};
use crate::message::{Message, Scarcity, Tap};
use crate::money::Amount;
use crate::order::event::{HoldTerms, Line};
use crate::order::{self};
use crate::policy::Rule;
use crate::rejection::Rejection;
use crate::spec::*;
use crate::trust::Tier;

#[test]
fn a_hold_tells_its_lines_its_time_and_why_that_long() {
    boutique()
        .says(FATOU, "AIDE")
        .when(place(FATOU, ROBE1, 2))
        .then([order::Event::OrderPlaced {
            order: ORDER1,
            client: client(FATOU),
            live: None,
            lines: vec![Line {
                product: ROBE,
                variant: ROBE1,
                quantity: 2,
                unit_price: Amount(15_000),
            }],
            total: Amount(30_000),
            deadline: start() + TimeDelta::minutes(10),
            terms: HoldTerms {
                base: 10,
                cut_to: None,
                raised_to: None,
                tier_bonus: 0,
                minutes: 10,
            },
            unheld: false,
        }
        .into()]);
}

#[test]
fn a_hold_is_echoed_as_understood_with_what_is_left() {
    let scene = boutique().says(AMINATA, "je veux 2 robe1 svp");
    let Message::Held {
        lines,
        total,
        minutes,
        left,
        scarcity,
        ..
    } = scene.message()
    else {
        panic!("not held");
    };
    assert_eq!((lines[0].quantity, lines[0].amount), (2, Amount(30_000)));
    assert_eq!((total, minutes, left), (Amount(30_000), 10, 1));
    assert_eq!(scarcity, Scarcity::Few);
}

#[test]
fn the_last_one_is_called_the_last_one() {
    let scarcity = |scene: &Scene| {
        let Message::Held { scarcity, .. } = scene.message() else {
            panic!("{:?}", scene.message());
        };
        scarcity
    };
    let scene = boutique().says(FATOU, "2 robe1").says(AMINATA, "robe1");
    assert_eq!(scarcity(&scene), Scarcity::Last);
    let scene = boutique().says(AMINATA, "3 robe1");
    assert_eq!(scarcity(&scene), Scarcity::LastOnes);
    // Two of size S and one of size M: three last pieces of one product.
    let scene = boutique().says(AMINATA, "2 pagne3 s et 1 pagne3 m");
    assert_eq!(scarcity(&scene), Scarcity::LastOnes);
}

#[test]
fn high_trust_and_tier_give_longer_holds_and_low_trust_shorter_ones() {
    for (score, tier, minutes) in [
        (50, Tier::Bronze, 10),
        (29, Tier::Bronze, 5),
        (30, Tier::Bronze, 10),
        (79, Tier::Silver, 15),
        (80, Tier::Bronze, 15),
        (95, Tier::Diamond, 20),
    ] {
        let scene = trusted(boutique(), AMINATA, score, tier).says(AMINATA, "robe1");
        assert_eq!(
            scene.shop.orders.open[&ORDER1].minutes, minutes,
            "{score} {tier:?}"
        );
    }
}

#[test]
fn the_same_keyword_replaces_the_quantity() {
    let scene = boutique()
        .says(AMINATA, "robe1")
        .says(AMINATA, "robe1 x3")
        .then_kinds(&["LineChanged"])
        .says(AMINATA, "2 robe1");
    assert_eq!(scene.stock(ROBE1), (3, 2, 0, 0));
    assert_eq!(scene.shop.orders.open[&ORDER1].total, Amount(30_000));
    scene
        .says(AMINATA, "2 robe1")
        .then_nothing()
        .then_says(&["held"]);
}

#[test]
fn another_product_joins_the_cart_and_restarts_the_deadline_twice() {
    let scene = boutique()
        .says(AMINATA, "robe1")
        .pass(60)
        .says(AMINATA, "sac2");
    let scene = scene.then_kinds(&["LineAdded"]);
    let deadline = |scene: &Scene| scene.shop.orders.open[&ORDER1].deadline;
    assert_eq!(deadline(&scene), start() + TimeDelta::minutes(11));
    let scene = scene.pass(60).says(AMINATA, "pagne3 S");
    assert_eq!(deadline(&scene), start() + TimeDelta::minutes(12));
    let scene = scene.pass(60).says(AMINATA, "pagne3 M");
    assert_eq!(deadline(&scene), start() + TimeDelta::minutes(12));
    assert_eq!(scene.shop.orders.open[&ORDER1].total, Amount(37_000));
}

#[test]
fn restarts_never_leak_beyond_twice_the_first_hold() {
    let scene = boutique()
        .when(policy(Rule::RestartsMax, 10))
        .says(AMINATA, "robe1");
    let scene = scene
        .pass(590)
        .says(AMINATA, "sac2")
        .pass(590)
        .says(AMINATA, "pagne3 S");
    let order = &scene.shop.orders.open[&ORDER1];
    assert_eq!(order.deadline, start() + TimeDelta::minutes(20));
}

#[test]
fn several_products_in_one_message_make_one_cart() {
    let scene = boutique().says(AMINATA, "robe1 2 et sac2");
    let scene = scene
        .then_kinds(&["ClientRegistered", "OrderPlaced"])
        .then_says(&["held"]);
    assert_eq!(scene.shop.orders.open[&ORDER1].total, Amount(42_000));
}

#[test]
fn what_can_be_held_is_held_beside_what_cannot() {
    let scene = boutique()
        .says(AMINATA, "9 robe1 et sac2")
        .then_says(&["held"]);
    assert_eq!((scene.stock(ROBE1).1, scene.stock(SAC2).1), (0, 1));
}

#[test]
fn a_keyword_while_paying_opens_a_second_order() {
    let scene = boutique().paying(AMINATA).says(AMINATA, "sac2");
    let scene = scene.then_kinds(&["OrderPlaced"]);
    assert_eq!(scene.shop.orders.open.len(), 2);
    scene.says(AMINATA, "pagne3 s").then_kinds(&["LineAdded"]);
}

#[test]
fn no_stock_is_a_refusal_that_says_what_is_left() {
    let scene = boutique().says(FATOU, "robe1").says(AMINATA, "5 robe1");
    let scene = scene
        .refused_as("not-enough-left")
        .then_kinds(&["ClientRegistered"]);
    let Message::Refused(Rejection::NotEnoughLeft {
        asked,
        left,
        variant,
        ..
    }) = scene.message()
    else {
        panic!("not refused");
    };
    assert_eq!((asked, left, variant), (5, 2, ROBE1));
}

#[test]
fn a_larger_number_is_weighed_with_what_she_holds_already() {
    let scene = boutique().says(AMINATA, "2 robe1").says(AMINATA, "3 robe1");
    assert_eq!(
        scene.then_kinds(&["LineChanged"]).stock(ROBE1),
        (3, 3, 0, 0)
    );
}

#[test]
fn a_product_of_several_sizes_asks_which() {
    let scene = boutique()
        .says(AMINATA, "pagne3")
        .refused_as("variant-missing");
    let Message::Refused(Rejection::VariantMissing {
        choices, quantity, ..
    }) = scene.message()
    else {
        panic!("not asked");
    };
    assert_eq!(quantity, 1);
    assert_eq!(
        choices.iter().map(|choice| choice.left).collect::<Vec<_>>(),
        [2, 1]
    );
    scene
        .taps(AMINATA, Tap::Take(PAGNE_M, 1))
        .then_kinds(&["OrderPlaced"]);
}

#[test]
fn a_number_without_a_size_is_about_the_one_she_holds() {
    let scene = boutique()
        .says(AMINATA, "pagne3 s")
        .says(AMINATA, "2 pagne3");
    assert_eq!(
        scene.then_kinds(&["LineChanged"]).stock(PAGNE_S),
        (2, 2, 0, 0)
    );
}
