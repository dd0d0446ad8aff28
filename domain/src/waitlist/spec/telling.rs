//! Scenes: first paid, first served on a waitlist. She gets no offer; she is told.

use super::*;
use crate::message::Tap;
use crate::waitlist::Event;

fn first_paid(scene: Scene, who: u128) -> Scene {
    let command = client::Command::FirstPaid {
        client: client(who),
        on: Some(true),
    };
    scene.says(who, "AIDE").when(Command::Client(command))
}

#[test]
fn a_first_paid_client_is_told_what_the_others_leave_and_keeps_her_place() {
    let scene = first_paid(sold_out(), AMINATA).says(AMINATA, "2 robe1");
    let scene = scene.says(MARIAMA, "2 robe1").says(FATOU, "ANNULER");
    let scene = scene.then_kinds(&["OrderCancelled", "OfferMade", "WaitlistTold"]);
    assert_eq!(reads(&scene, AMINATA), ["unit-free"]);
    let told = scene
        .said()
        .into_iter()
        .find(|(to, _)| *to == contact(AMINATA));
    let Some((
        _,
        Message::UnitFree {
            line,
            variant,
            left,
        },
    )) = told
    else {
        panic!("not told");
    };
    assert_eq!((line.quantity, variant, left), (1, ROBE1, 1));
    assert_eq!(scene.stock(ROBE1), (3, 2, 0, 0), "nothing is held for her");
    assert_eq!(list(&scene, ROBE1), [(AMINATA, 2), (MARIAMA, 2)]);
}

#[test]
fn when_the_others_take_all_she_is_not_told() {
    let scene = first_paid(sold_out(), AMINATA).says(AMINATA, "robe1");
    let scene = scene.says(MARIAMA, "3 robe1").says(FATOU, "ANNULER");
    assert_eq!(reads(&scene, AMINATA), [""; 0]);
}

#[test]
fn she_is_told_once_of_the_same_units_and_not_twice_within_the_time_of_an_offer() {
    let told = |scene: &Scene| {
        let told = Event::WaitlistTold {
            client: client(AMINATA),
            variant: ROBE1,
        };
        scene.last.events.contains(&told.into())
    };
    let scene = first_paid(sold_out(), AMINATA).says(AMINATA, "robe1");
    let scene = scene.says(FATOU, "ANNULER");
    assert!(told(&scene));
    // They stay free: no second word, however long.
    let scene = scene.later(60);
    assert!(!told(&scene));
    // Gone and free again: news.
    let scene = scene.says(FATOU, "3 robe1").says(FATOU, "ANNULER");
    assert!(told(&scene));
    // Gone and free again within five minutes: not yet.
    let scene = scene
        .says(FATOU, "3 robe1")
        .pass(299)
        .says(FATOU, "ANNULER");
    assert!(!told(&scene));
    assert!(told(&scene.later(1)));
}

#[test]
fn she_stays_on_the_list_until_she_orders_it() {
    let scene = first_paid(sold_out(), AMINATA).says(AMINATA, "robe1");
    let scene = scene
        .says(FATOU, "ANNULER")
        .taps(AMINATA, Tap::Take(ROBE1, 1));
    let scene = scene
        .then_kinds(&["OrderPlaced", "WaitlistLeft"])
        .then_says(&["first-paid"]);
    assert!(scene.shop.waitlists.is_empty());
}

#[test]
fn when_the_switch_is_off_again_she_is_offered_what_is_free() {
    let scene = first_paid(sold_out(), AMINATA).says(AMINATA, "robe1");
    let off = client::Command::FirstPaid {
        client: client(AMINATA),
        on: Some(false),
    };
    let scene = scene.says(FATOU, "ANNULER").when(Command::Client(off));
    scene.then_kinds(&["FirstPaidSet", "OfferMade"]);
}
