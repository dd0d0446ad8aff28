//! Scenes: who may wait, for what, and what she is told.

use super::*;
use crate::command::Answer;
use crate::message::Tap;
use crate::rejection::Rejection;
use crate::waitlist::{self, Event};
use crate::{order, shop};

#[test]
fn a_keyword_for_what_is_sold_out_is_a_place_in_the_line_at_once() {
    let scene = sold_out().says(AMINATA, "AIDE").says(AMINATA, "2 robe1");
    let scene = scene.then([Event::WaitlistJoined {
        client: client(AMINATA),
        variant: ROBE1,
        quantity: 2,
        live: None,
    }
    .into()]);
    let waits = joined(&scene);
    assert_eq!((waits.variant, waits.quantity), (ROBE1, 2));
    assert_eq!((waits.position, waits.product.left), (1, 0));
    let scene = scene.pass(1).says(MARIAMA, "robe1");
    assert_eq!(joined(&scene).position, 2);
}

#[test]
fn asking_again_is_another_number_at_her_old_place() {
    let scene = sold_out()
        .says(AMINATA, "robe1")
        .pass(30)
        .says(MARIAMA, "robe1");
    let asked_at = scene.shop.waitlists.of(ROBE1)[0].asked_at;
    let scene = scene.pass(30).says(AMINATA, "2 robe1");
    let scene = scene.then_kinds(&["WaitlistJoined"]);
    assert_eq!(joined(&scene).position, 1);
    assert_eq!(list(&scene, ROBE1), [(AMINATA, 2), (MARIAMA, 1)]);
    assert_eq!(scene.shop.waitlists.of(ROBE1)[0].asked_at, asked_at);
    // The same again is no news, and her place is told as of now.
    scene
        .says(AMINATA, "2 robe1")
        .then_nothing()
        .then_says(&["waitlist-joined"]);
}

#[test]
fn what_can_be_held_is_held_and_what_is_sold_out_is_waited_for_in_one_answer() {
    let scene = sold_out().says(AMINATA, "robe1 et 2 sac2");
    let scene = scene
        .then_kinds(&["ClientRegistered", "OrderPlaced", "WaitlistJoined"])
        .then_says(&["held"]);
    let Message::Held { lines, waits, .. } = scene.message() else {
        panic!("not held");
    };
    assert_eq!((lines.len(), waits.len()), (1, 1));
    assert_eq!((waits[0].variant, waits[0].position), (ROBE1, 1));
}

#[test]
fn of_several_sold_out_wishes_each_is_waited_for() {
    let scene = sold_out()
        .says(FATOU, "5 sac2")
        .says(AMINATA, "robe1 et sac2");
    let scene = scene
        .then_kinds(&["ClientRegistered", "WaitlistJoined", "WaitlistJoined"])
        .then_says(&["waitlist-joined"]);
    assert_eq!(list(&scene, SAC2), [(AMINATA, 1)]);
}

#[test]
fn when_some_is_left_she_chooses_between_that_and_waiting() {
    let scene = boutique().says(FATOU, "2 robe1").says(AMINATA, "2 robe1");
    let Message::Refused(Rejection::NotEnoughLeft { left, may_wait, .. }) = scene.message() else {
        panic!("{:?}", scene.message());
    };
    assert_eq!((left, may_wait), (1, true));
    scene
        .clone()
        .taps(AMINATA, Tap::Take(ROBE1, 1))
        .then_kinds(&["OrderPlaced"]);
    // She would rather have two: the one that is left is not offered to her.
    let scene = scene.taps(AMINATA, Tap::Wait(ROBE1, 2));
    let scene = scene
        .then_kinds(&["WaitlistJoined"])
        .then_says(&["waitlist-joined"]);
    // Somebody else may have it.
    let scene = scene.says(MARIAMA, "robe1").then_says(&["held"]);
    let scene = scene.says(FATOU, "ANNULER");
    assert_eq!(offers(&scene), [(AMINATA, ORDER3, 2)]);
}

#[test]
fn where_there_is_enough_by_now_it_is_held_instead() {
    let scene = boutique().says(AMINATA, "AIDE");
    let scene = scene.taps(AMINATA, Tap::Wait(ROBE1, 2));
    let scene = scene.then_kinds(&["OrderPlaced"]).then_says(&["held"]);
    assert!(scene.shop.waitlists.is_empty());
}

#[test]
fn she_waits_for_what_her_cart_lacks() {
    let scene = boutique().says(AMINATA, "robe1").says(FATOU, "2 robe1");
    let scene = scene
        .says(AMINATA, "3 robe1")
        .refused_as("not-enough-left")
        .taps(AMINATA, Tap::Wait(ROBE1, 3));
    assert_eq!(list(&scene, ROBE1), [(AMINATA, 2)]);
    // The last word about it is what her cart says.
    scene
        .says(AMINATA, "robe1")
        .then_kinds(&["WaitlistLeft"])
        .then_says(&["held"]);
}

#[test]
fn her_cart_over_she_does_not_wait_for_more_of_it() {
    let waits = boutique()
        .says(AMINATA, "robe1")
        .says(FATOU, "2 robe1")
        .taps(AMINATA, Tap::Wait(ROBE1, 3));
    waits
        .clone()
        .says(AMINATA, "ANNULER")
        .then_kinds(&["OrderCancelled", "WaitlistLeft"]);
    let scene = waits.later(10);
    assert!(scene.shop.waitlists.is_empty() && offers(&scene).is_empty());
}

#[test]
fn every_other_refusal_comes_first() {
    let scene = sold_out().says(AMINATA, "21 robe1");
    let scene = scene.refused_as("quantity-over-most");
    let scene = scene
        .taps(AMINATA, Tap::Wait(ROBE1, 0))
        .refused_as("quantity-absurd");
    let block = client::Command::Block {
        client: client(AMINATA),
        reason: "".into(),
    };
    scene
        .clone()
        .when(Command::Client(block))
        .says(AMINATA, "robe1")
        .refused_as("client-blocked");
    let close = shop::Command::Configure {
        name: None,
        language: None,
        open: Some(false),
    };
    let scene = scene.when(Command::Shop(close));
    scene
        .clone()
        .says(AMINATA, "robe1")
        .refused_as("shop-closed");
    scene
        .taps(AMINATA, Tap::Wait(ROBE1, 1))
        .refused_as("shop-closed");
}

#[test]
fn after_the_live_nobody_waits() {
    let scene = closing::in_live(sold_out()).when(closing::finish());
    let scene = scene
        .says(AMINATA, "robe1")
        .refused_as("not-enough-left")
        .taps(AMINATA, Tap::Wait(ROBE1, 1));
    let Message::Refused(Rejection::NotEnoughLeft { left, may_wait, .. }) = scene.message() else {
        panic!("{:?}", scene.message());
    };
    assert_eq!((left, may_wait), (0, false));
}

#[test]
fn she_leaves_with_a_tap_and_twice_is_once() {
    let scene = sold_out()
        .says(AMINATA, "robe1")
        .taps(AMINATA, Tap::Leave(ROBE1));
    let scene = scene
        .then_kinds(&["WaitlistLeft"])
        .then_says(&["waitlist-left"])
        .taps(AMINATA, Tap::Leave(ROBE1));
    let scene = scene.then_nothing().then_says(&["waitlist-left"]);
    assert!(scene.shop.waitlists.is_empty());
}

#[test]
fn a_wish_named_exactly_holds_waits_or_leaves_as_it_says() {
    let named = |variant| {
        let (client, quantity) = (client(AMINATA), 1);
        let place = order::Command::Place {
            client,
            variant,
            quantity,
        };
        let join = waitlist::Command::Join {
            client,
            variant,
            quantity,
        };
        let leave = waitlist::Command::Leave { client, variant };
        (
            Command::Order(place),
            Command::Waitlist(join),
            Command::Waitlist(leave),
        )
    };
    let (place, join, leave) = named(ROBE1);
    let scene = sold_out().says(AMINATA, "AIDE").when(place);
    // Who says "place" wants units now.
    let scene = scene.refused_as("not-enough-left").then_nothing();
    let scene = scene.when(join).then_says(&["waitlist-joined"]);
    let scene = scene.when(leave.clone()).then_says(&["waitlist-left"]);
    let scene = scene.when(leave).answers(Answer::Already);
    scene.when(named(SAC2).1).then_says(&["held"]);
}
