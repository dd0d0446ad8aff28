//! Scenes: lists that close, and clients who leave with more than a tap.

use super::*;
use crate::message::Tap;
use crate::order::event::CancelledBy;
use crate::text::Text;
use crate::waitlist::Event;
use crate::{live, order};

/// A live goes on air.
pub(super) fn in_live(scene: Scene) -> Scene {
    scene.when(Command::Live(live::Command::Start {
        live: None,
        title: Text::default(),
    }))
}

pub(super) fn finish() -> Command {
    Command::Live(live::Command::Finish)
}

fn archive() -> Command {
    Command::Catalogue(catalogue::Command::ArchiveProduct { product: ROBE })
}

#[test]
fn what_is_not_sold_any_more_is_not_waited_for() {
    let scene = sold_out().says(AMINATA, "robe1").when(archive());
    let scene = scene
        .then_kinds(&["ProductArchived", "WaitlistClosed"])
        .then_says(&["waitlist-closed"]);
    assert!(scene.shop.waitlists.is_empty());
    // Nor offered, when Fatou lets go of hers.
    assert!(offers(&scene.says(FATOU, "ANNULER")).is_empty());
}

#[test]
fn an_offer_outlives_its_list_and_is_the_last_one() {
    let offered = sold_out()
        .says(AMINATA, "5 robe1")
        .says(FATOU, "ANNULER")
        .when(archive())
        .then_kinds(&["ProductArchived", "WaitlistClosed"])
        .then_says(&[]);
    let scene = offered.clone().taps(AMINATA, Tap::Pay(ORDER2));
    let scene = scene.then_kinds(&["OfferAccepted"]);
    assert!(scene.shop.waitlists.is_empty());
    let scene = offered.taps(AMINATA, Tap::Cancel(ORDER2));
    assert!(
        scene
            .then_kinds(&["OfferDeclined"])
            .shop
            .waitlists
            .is_empty()
    );
}

#[test]
fn when_a_live_ends_who_joined_in_it_is_told_once_of_everything() {
    let scene = sold_out().says(MARIAMA, "robe1");
    let scene = in_live(scene)
        .says(KADI, "5 sac2")
        .says(AMINATA, "robe1 et sac2");
    let scene = scene.when(finish()).then_kinds(&["LiveClosing"]);
    // Kadi's cart is of the live, and the last thing that keeps it open.
    let scene = scene.says(KADI, "ANNULER");
    let scene = scene.then_kinds(&["OrderCancelled", "OfferMade"]);
    let scene = scene.taps(AMINATA, Tap::Cancel(ORDER3));
    let scene = scene.then_kinds(&["OfferDeclined", "LiveEnded", "WaitlistClosed"]);
    assert_eq!(
        reads(&scene, AMINATA),
        ["offer-declined", "waitlist-closed"]
    );
    // Mariama joined outside it.
    assert_eq!(list(&scene, ROBE1), [(MARIAMA, 1)]);
}

#[test]
fn one_message_names_all_products_of_a_live_that_is_over() {
    let scene = boutique().says(FATOU, "3 robe1 et 5 sac2");
    let scene = in_live(scene).says(AMINATA, "robe1 et sac2").when(finish());
    let scene = scene.then_kinds(&[
        "LiveClosing",
        "LiveEnded",
        "WaitlistClosed",
        "WaitlistClosed",
    ]);
    let Message::WaitlistClosed { products } = scene.message() else {
        panic!("{:?}", scene.message());
    };
    assert_eq!(products.len(), 2);
    assert!(scene.shop.waitlists.is_empty());
}

/// A long list does not keep a live from ending: after the last call nothing more is offered.
#[test]
fn after_the_last_call_a_closing_live_offers_nothing_more() {
    let scene = in_live(boutique())
        .says(FATOU, "3 robe1")
        .says(AMINATA, "3 robe1")
        .says(MARIAMA, "3 robe1")
        .says(KADI, "3 robe1")
        .says(5, "3 robe1");
    // FIN; Fatou's hold ends after 10 minutes, Aminata's offer after 15, Mariama's after 20.
    let scene = scene.when(finish()).later(10).later(5);
    let scene = scene.then_kinds(&["OfferLapsed", "OfferMade"]).later(5);
    let scene = scene.then_kinds(&["OfferLapsed", "OfferMade", "LastCallOver", "WaitlistClosed"]);
    let scene = scene.then_says(&["offer-lapsed", "offer", "waitlist-closed"]);
    // Kadi's was the last one.
    let scene = scene.later(5).then_kinds(&["OfferLapsed", "LiveEnded"]);
    assert!(scene.shop.waitlists.is_empty());
    assert_eq!(scene.stock(ROBE1), (3, 0, 0, 0));
}

#[test]
fn an_offer_made_while_a_live_closes_keeps_it_open() {
    let scene = in_live(boutique())
        .says(FATOU, "3 robe1")
        .says(AMINATA, "robe1");
    let scene = scene.when(finish()).later(10);
    let closing = scene.clone().then_kinds(&["HoldExpired", "OfferMade"]);
    let live = closing.shop.orders.open[&ORDER2].live;
    assert_eq!(live, Some(crate::ids::LiveId(1)));
    scene
        .later(5)
        .then_kinds(&["OfferLapsed", "LiveEnded"])
        .then_says(&["offer-lapsed", "vendor-live-summary"]);
}

#[test]
fn a_second_live_takes_over_who_asks_again_in_it() {
    let scene = in_live(boutique())
        .says(FATOU, "3 robe1")
        .says(AMINATA, "robe1");
    let scene = in_live(scene.when(finish())).says(AMINATA, "2 robe1");
    // The first live ends with Fatou's hold; Amina waits in the second.
    let scene = scene.says(FATOU, "ANNULER");
    let live = scene.shop.orders.open[&ORDER2].live;
    assert_eq!(live, Some(crate::ids::LiveId(2)));
}

#[test]
fn who_is_blocked_leaves_every_list_and_her_offer_ends() {
    let scene = sold_out().says(FATOU, "5 sac2");
    let scene = scene.says(AMINATA, "robe1 et sac2").says(MARIAMA, "robe1");
    let scene = scene.when(Command::Order(order::Command::Cancel {
        order: ORDER1,
        by: CancelledBy::Vendor,
    }));
    assert_eq!(offers(&scene).len(), 3);
    let block = client::Command::Block {
        client: client(AMINATA),
        reason: Text::default(),
    };
    let scene = scene.when(Command::Client(block));
    assert_eq!(reads(&scene, AMINATA), ["cancelled-by-vendor"]);
    let left = |variant| Event::WaitlistLeft {
        client: client(AMINATA),
        variant,
    };
    assert!(scene.last.events.contains(&left(ROBE1).into()));
    assert!(scene.last.events.contains(&left(SAC2).into()));
    assert!(!scene.shop.orders.open.contains_key(&ORDER2));
    assert_eq!(scene.stock(ROBE1), (3, 1, 0, 0));
}

#[test]
fn two_clients_who_are_one_wait_once() {
    let scene = sold_out().says(AMINATA, "robe1").says(MARIAMA, "2 robe1");
    let mut scene = scene.says(KADI, "robe1");
    let merged = client::Event::ClientsMerged {
        kept: client(MARIAMA),
        merged: client(AMINATA),
    };
    crate::evolve(&mut scene.shop, &merged.into(), scene.now);
    assert_eq!(crate::invariants::check(&scene.shop), Ok(()));
    assert_eq!(list(&scene, ROBE1), [(MARIAMA, 1), (KADI, 1)]);
}
