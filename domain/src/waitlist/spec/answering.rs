//! Scenes: what becomes of an offer.

use super::*;
use crate::message::Tap;
use crate::order::event::CancelledBy;
use crate::order::{self, Phase};
use crate::segment::Method;

/// Amina waits for so many; Fatou lets her three go; Mariama waits for one behind her.
fn offered(wanted: u32) -> Scene {
    sold_out()
        .says(AMINATA, &format!("{wanted} robe1"))
        .says(MARIAMA, "robe1")
        .says(FATOU, "ANNULER")
}

/// Amina waits for three, and the one that came is offered to her.
fn offered_a_part() -> Scene {
    sold_out()
        .says(AMINATA, "3 robe1")
        .says(MARIAMA, "robe1")
        .when(restock(ROBE1, 1))
}

fn vendor_cancels(order: OrderId) -> Command {
    let by = CancelledBy::Vendor;
    Command::Order(order::Command::Cancel { order, by })
}

#[test]
fn payer_makes_the_offer_her_cart_and_she_waits_no_longer() {
    let scene = offered(3).taps(AMINATA, Tap::Pay(ORDER2));
    let scene = scene
        .then_kinds(&["OfferAccepted"])
        .then_says(&["ask-method"]);
    assert_eq!(scene.shop.orders.open[&ORDER2].phase, Phase::Held);
    assert_eq!(list(&scene, ROBE1), [(MARIAMA, 1)]);
    let scene = scene.taps(AMINATA, Tap::Method(ORDER2, Method::Wave));
    assert_eq!(scene.shop.orders.open[&ORDER2].phase, Phase::Paying);
}

#[test]
fn the_words_payer_and_wave_answer_an_offer_too() {
    offered(3)
        .says(AMINATA, "PAYER")
        .then_kinds(&["OfferAccepted"]);
    let scene = offered(3).says(AMINATA, "WAVE");
    assert_eq!(scene.shop.orders.open[&ORDER2].phase, Phase::Paying);
}

#[test]
fn accepting_a_part_keeps_her_place_for_the_rest() {
    let scene = offered_a_part().taps(AMINATA, Tap::Pay(ORDER2));
    assert_eq!(list(&scene, ROBE1), [(AMINATA, 2), (MARIAMA, 1)]);
    let scene = scene.when(restock(ROBE1, 2));
    assert_eq!(offers(&scene), [(AMINATA, ORDER3, 2)]);
}

#[test]
fn declining_all_she_wanted_she_leaves_and_the_next_is_offered() {
    let scene = offered(3).taps(AMINATA, Tap::Cancel(ORDER2));
    let scene = scene.then_kinds(&["OfferDeclined", "OfferMade"]);
    assert_eq!(offers(&scene), [(MARIAMA, ORDER3, 1)]);
    assert_eq!(list(&scene, ROBE1), [(MARIAMA, 1)]);
    let Message::OfferDeclined { waits, .. } = scene.message() else {
        panic!("{:?}", scene.message());
    };
    assert_eq!(waits, None);
    // The old button is told what became of it.
    scene
        .taps(AMINATA, Tap::Pay(ORDER2))
        .refused_as("order-cancelled");
}

#[test]
fn declining_a_part_keeps_her_place_and_she_is_offered_more_than_that_or_nothing() {
    let scene = offered_a_part().taps(AMINATA, Tap::Cancel(ORDER2));
    // Meanwhile others may be.
    assert_eq!(offers(&scene), [(MARIAMA, ORDER3, 1)]);
    let Message::OfferDeclined { waits, .. } = scene.message() else {
        panic!("{:?}", scene.message());
    };
    let waits = waits.unwrap();
    assert_eq!((waits.quantity, waits.position), (3, 1));
    let scene = scene.when(restock(ROBE1, 1));
    assert!(offers(&scene).is_empty(), "one she would not have");
    let scene = scene.when(restock(ROBE1, 1));
    assert_eq!(offers(&scene), [(AMINATA, OrderId(4), 2)]);
}

#[test]
fn an_offer_nobody_answers_lapses_without_a_trace_on_her_trust() {
    let scene = offered(3).later(5);
    let scene = scene.then_kinds(&["OfferLapsed", "OfferMade"]);
    assert_eq!(reads(&scene, AMINATA), ["offer-lapsed"]);
    let Message::OfferLapsed {
        variant, quantity, ..
    } = scene.message()
    else {
        panic!("{:?}", scene.message());
    };
    assert_eq!((variant, quantity), (ROBE1, 3));
    assert_eq!(offers(&scene), [(MARIAMA, ORDER3, 1)]);
    let amina = scene.shop.clients.get(client(AMINATA)).unwrap();
    assert_eq!((amina.score, amina.standing), (50, 0));
    // She may ask again, at the end of the line.
    let scene = scene.taps(AMINATA, Tap::Wait(ROBE1, 3));
    assert_eq!(list(&scene, ROBE1), [(MARIAMA, 1), (AMINATA, 3)]);
}

#[test]
fn payer_at_the_very_second_it_lapses_is_told_once() {
    let scene = offered(3).pass(300).taps(AMINATA, Tap::Pay(ORDER2));
    let scene = scene.refused_as("order-expired");
    assert_eq!(reads(&scene, AMINATA), ["offer-lapsed"]);
}

#[test]
fn the_keyword_takes_what_is_offered_and_the_number_counts() {
    let scene = offered(2).says(AMINATA, "2 robe1");
    let scene = scene.then_kinds(&["OfferAccepted"]).then_says(&["held"]);
    assert_eq!(list(&scene, ROBE1), [(MARIAMA, 1)]);
    // Fewer: the rest goes on down the line. Mariama was offered the third one.
    let scene = offered(2).says(KADI, "robe1").says(AMINATA, "robe1");
    let scene = scene.then_kinds(&["OfferAccepted", "LineChanged", "OfferMade"]);
    assert_eq!(offers(&scene), [(KADI, OrderId(4), 1)]);
    // More than there are: she is told what she could have, and the offer waits.
    let scene = offered(3).says(AMINATA, "4 robe1");
    let scene = scene.refused_as("not-enough-left").then_nothing();
    let scene = scene.taps(AMINATA, Tap::Wait(ROBE1, 4));
    assert_eq!(list(&scene, ROBE1), [(AMINATA, 4), (MARIAMA, 1)]);
}

#[test]
fn leaving_the_list_declines_what_is_offered() {
    let scene = offered_a_part().taps(AMINATA, Tap::Leave(ROBE1));
    let scene = scene.then_kinds(&["OfferDeclined", "WaitlistLeft", "OfferMade"]);
    assert_eq!(reads(&scene, AMINATA), ["waitlist-left"]);
    assert_eq!(list(&scene, ROBE1), [(MARIAMA, 1)]);
}

#[test]
fn an_offer_the_vendor_takes_back_is_not_made_again() {
    let scene = offered(3).when(vendor_cancels(ORDER2));
    let scene = scene.then_kinds(&["WaitlistLeft", "OrderCancelled", "OfferMade"]);
    assert_eq!(reads(&scene, AMINATA), ["cancelled-by-vendor"]);
    assert_eq!(offers(&scene), [(MARIAMA, ORDER3, 1)]);
}

#[test]
fn when_there_are_fewer_than_thought_she_waits_as_before() {
    let fewer = catalogue::Command::AdjustStock {
        variant: ROBE1,
        by: -3,
        reason: catalogue::event::AdjustReason::Count,
    };
    let scene = offered(3).when(Command::Catalogue(fewer));
    let scene = scene.then_kinds(&["OrderCancelled", "StockAdjusted"]);
    assert_eq!(reads(&scene, AMINATA), ["released"]);
    let scene = scene.when(restock(ROBE1, 4));
    assert_eq!(
        offers(&scene),
        [(AMINATA, ORDER3, 3), (MARIAMA, OrderId(4), 1)]
    );
}
