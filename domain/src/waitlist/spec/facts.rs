//! Scenes: what the facts change.

use chrono::TimeDelta;

use crate::ids::OrderId;
use crate::invariants;
use crate::order::Phase;
use crate::spec::*;
use crate::waitlist::Event;

fn offered() -> Scene {
    let mut scene = boutique().says(AMINATA, "AIDE");
    let (client, variant, quantity) = (client(AMINATA), ROBE1, 2);
    let deadline = scene.now + TimeDelta::minutes(5);
    for event in [
        Event::WaitlistJoined {
            client,
            variant,
            quantity,
            live: None,
        },
        Event::OfferMade {
            client,
            variant,
            quantity,
            order: ORDER1,
            deadline,
            live: None,
        },
    ] {
        crate::evolve(&mut scene.shop, &event.into(), scene.now);
    }
    assert_eq!(invariants::check(&scene.shop), Ok(()));
    scene
}

#[test]
fn an_offer_is_a_real_hold_in_an_order_of_its_own() {
    let scene = offered();
    assert_eq!(scene.stock(ROBE1), (3, 2, 0, 0));
    assert_eq!(scene.shop.orders.open[&ORDER1].phase, Phase::Offered);
    assert_eq!(scene.shop.orders.next(), OrderId(2));
    // It is no cart: what she orders meanwhile is an order beside it.
    scene.says(AMINATA, "sac2").then_kinds(&["OrderPlaced"]);
}

#[test]
fn an_accepted_offer_is_her_cart_and_she_waits_no_longer() {
    let mut scene = offered();
    crate::evolve(
        &mut scene.shop,
        &Event::OfferAccepted { order: ORDER1 }.into(),
        scene.now,
    );
    assert!(scene.shop.waitlists.is_empty());
    scene.says(AMINATA, "sac2").then_kinds(&["LineAdded"]);
}

#[test]
fn a_lapsed_offer_frees_its_units() {
    let mut scene = offered();
    let lapsed = Event::OfferLapsed {
        order: ORDER1,
        quantity: 2,
        variant: None,
    };
    crate::evolve(&mut scene.shop, &lapsed.into(), scene.now);
    assert_eq!(scene.stock(ROBE1), (3, 0, 0, 0));
    assert_eq!(invariants::check(&scene.shop), Ok(()));
    assert!(scene.shop.agenda.is_empty());
}
