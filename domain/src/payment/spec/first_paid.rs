//! Scenes: first paid, first served (domain.md, "Placing an order", 5).

use chrono::TimeDelta;

use crate::command::{Answer, Command};
use crate::payment::observation::Status;
use crate::spec::*;

#[test]
fn first_paid_first_served_takes_the_units_when_she_chooses() {
    let switch = Command::Client(crate::client::Command::FirstPaid {
        client: client(AMINATA),
        on: Some(true),
    });
    let scene = boutique()
        .says(AMINATA, "AIDE")
        .when(switch.clone())
        .then_kinds(&["FirstPaidSet"])
        .when(switch)
        .answers(Answer::Already)
        .says(AMINATA, "2 pagne3 s")
        .then_kinds(&["OrderPlaced"])
        .then_says(&["first-paid"]);
    assert_eq!(scene.stock(PAGNE_S), (2, 0, 0, 0));
    // Somebody else has one meanwhile: no charge is created.
    let gone = scene.clone().says(FATOU, "pagne3 s").says(AMINATA, "WAVE");
    gone.refused_as("not-enough-left").then_nothing();
    let scene = scene.says(AMINATA, "WAVE").then_kinds(&[
        "UnitsTaken",
        "PaymentMethodChosen",
        "HoldLockedForPayment",
        "ChargeRequested",
    ]);
    assert_eq!(scene.stock(PAGNE_S), (2, 2, 0, 0));
    let deadline = scene.shop.orders.open[&ORDER1].deadline;
    assert_eq!(deadline, scene.now + TimeDelta::minutes(5));
    scene
        .charged(1)
        .observes(seen(1, Status::Succeeded, Some(10_000)))
        .then_says(&["paid", "vendor-paid"]);
}

#[test]
fn a_cart_that_held_nothing_ends_without_a_word() {
    let live = |command| Command::Live(command);
    let start = live(crate::live::Command::Start {
        live: None,
        title: crate::text::Text::new("Soirée"),
    });
    let scene = boutique()
        .when(start)
        .when(live(crate::live::Command::FirstPaid { on: true }))
        .then_kinds(&["LiveFirstPaidSet"])
        .says(AMINATA, "robe1")
        .says(AMINATA, "2 robe1")
        .then_kinds(&["LineChanged"])
        .says(AMINATA, "sac2")
        .then_kinds(&["LineAdded"])
        .later(20)
        .then_kinds(&["HoldExpired"])
        .then_says(&[]);
    assert_eq!(scene.stock(ROBE1), (3, 0, 0, 0));
}
