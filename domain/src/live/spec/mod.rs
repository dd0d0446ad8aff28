//! Scenes: lives.

use crate::command::{Answer, Command};
use crate::ids::LiveId;
use crate::live;
use crate::message::{Message, Tap, ToVendor};
use crate::money::Amount;
use crate::payment::observation::Status;
use crate::rejection::Rejection;
use crate::spec::*;
use crate::text::Text;

mod reopening;

fn live(command: live::Command) -> Command {
    Command::Live(command)
}

fn start_live() -> Command {
    live(live::Command::Start {
        live: None,
        title: Text::new("Samedi"),
    })
}

#[test]
fn at_most_one_live_is_on() {
    boutique()
        .when(start_live())
        .then_kinds(&["LiveStarted"])
        .when(start_live())
        .refused(Rejection::LiveAlreadyOn);
}

#[test]
fn an_announced_live_goes_on_air() {
    let schedule = live::Command::Schedule {
        title: Text::new("Lundi"),
        starts_at: start(),
    };
    let go = live::Command::Start {
        live: Some(LiveId(1)),
        title: Text::default(),
    };
    let scene = boutique()
        .when(live(schedule))
        .then_kinds(&["LiveScheduled"])
        .when(live(go));
    assert_eq!(scene.shop.live.current().unwrap().title.as_str(), "Lundi");
    let other = live::Command::Start {
        live: Some(LiveId(9)),
        title: Text::default(),
    };
    boutique().when(live(other)).refused(Rejection::NoLive);
}

#[test]
fn a_live_pauses_resumes_and_shows() {
    let show = live::Command::Show { product: ROBE };
    boutique()
        .when(live(live::Command::Pause))
        .refused(Rejection::NoLive)
        .when(start_live())
        .when(live(live::Command::Pause))
        .then_kinds(&["LivePaused"])
        .when(live(live::Command::Pause))
        .answers(Answer::Already)
        .when(live(live::Command::Resume))
        .then_kinds(&["LiveResumed"])
        .when(live(show))
        .then_kinds(&["ProductShown"]);
}

#[test]
fn a_finished_live_ends_with_its_last_hold_and_settles_a_day_later() {
    let scene = boutique()
        .when(start_live())
        .says(AMINATA, "robe1")
        .when(live(live::Command::Finish))
        .then_kinds(&["LiveClosing"])
        .later(10)
        .then_kinds(&["HoldExpired", "LiveEnded"])
        .later(24 * 60 - 1)
        .then_nothing()
        .later(1)
        .then_kinds(&["LiveSettled"]);
    assert!(scene.shop.live.sessions.is_empty());
}

#[test]
fn a_live_without_holds_ends_at_once() {
    boutique()
        .when(start_live())
        .when(live(live::Command::Finish))
        .then_kinds(&["LiveClosing", "LiveEnded"])
        .when(live(live::Command::Finish))
        .refused(Rejection::NoLive);
}

#[test]
fn a_forgotten_live_closes_itself_six_hours_after_the_last_sign() {
    boutique()
        .when(start_live())
        .later(5 * 60)
        .says(AMINATA, "robe1")
        .later(5 * 60)
        .then_kinds(&["HoldExpired"])
        .later(60)
        .then_kinds(&["LiveClosing", "LiveEnded"]);
}

#[test]
fn what_is_sold_during_lives_only_is_refused_outside() {
    let Command::Catalogue(crate::catalogue::Command::AddProduct {
        keyword,
        name,
        price,
        photo,
        variants,
        ..
    }) = product("BIJOU5", 2_000, &[(None, 2)])
    else {
        panic!()
    };
    let only_during_live = true;
    let add = crate::catalogue::Command::AddProduct {
        keyword,
        name,
        price,
        only_during_live,
        photo,
        variants,
    };
    boutique()
        .when(Command::Catalogue(add))
        .says(AMINATA, "bijou5")
        .refused_as("only-during-live")
        .when(start_live())
        .says(AMINATA, "bijou5")
        .then_kinds(&["OrderPlaced"]);
}

#[test]
fn the_vendor_is_told_what_her_live_sold_so_far_and_what_runs_low() {
    let scene = boutique().when(start_live()).paying(AMINATA).paying(FATOU);
    let scene = scene.observes(seen(1, Status::Succeeded, Some(15_000)));
    let scene = scene.pass(30);
    let scene = scene.observes(seen(2, Status::Succeeded, Some(15_000)));
    let told = scene
        .said()
        .into_iter()
        .find(|(to, _)| *to == AWA)
        .unwrap()
        .1;
    let Message::Vendor(ToVendor::Paid {
        about,
        paid,
        collected,
        low,
        ..
    }) = told
    else {
        panic!()
    };
    assert_eq!(
        (about, paid, collected),
        (contact(FATOU), 2, Amount(30_000))
    );
    // ROBE1 ran low with the first order, and was told with the first payment.
    assert_eq!(low, []);
}

#[test]
fn an_order_belongs_to_the_live_in_which_it_was_placed() {
    let scene = boutique().when(start_live()).says(AMINATA, "robe1");
    assert_eq!(scene.shop.orders.open[&ORDER1].live, Some(LiveId(1)));
    let scene = scene.when(live(live::Command::Finish));
    let scene = scene.taps(FATOU, Tap::Take(ROBE1, 1));
    assert_eq!(scene.shop.orders.open.values().last().unwrap().live, None);
}

/// A live was on, with a sack of Fatou's still held in it, and is over.
fn after_a_live() -> Scene {
    boutique()
        .when(start_live())
        .says(FATOU, "sac2")
        .when(live(live::Command::Finish))
}

#[test]
fn after_a_live_she_is_told_so_and_one_tap_takes_what_is_left() {
    let scene = after_a_live()
        .says(AMINATA, "2 robe1")
        .then_kinds(&["ClientRegistered"])
        .answers(Answer::DONE);
    assert_eq!(scene.stock(ROBE1), (3, 0, 0, 0));
    let Message::LiveOver {
        line,
        variant,
        left,
    } = scene.message()
    else {
        panic!("{:?}", scene.message());
    };
    assert_eq!(
        (line.keyword.as_str(), line.quantity, line.amount),
        ("ROBE1", 2, Amount(30_000))
    );
    assert_eq!((variant, left), (ROBE1, 3));
    let scene = scene
        .taps(AMINATA, Tap::Take(variant, line.quantity))
        .then_kinds(&["OrderPlaced"])
        .then_says(&["held"]);
    // She knows now: her cart goes on at once.
    scene
        .says(AMINATA, "sac2")
        .then_kinds(&["LineAdded"])
        .then_says(&["held"]);
}

#[test]
fn after_a_live_the_cart_she_has_is_changed_at_once_and_another_product_is_not() {
    after_a_live()
        .says(FATOU, "2 sac2")
        .then_kinds(&["LineChanged"])
        .says(FATOU, "robe1")
        .then_nothing()
        .then_says(&["live-over"]);
}

#[test]
fn after_a_live_what_cannot_be_had_is_refused_and_a_size_is_asked_first() {
    after_a_live()
        .says(AMINATA, "4 robe1")
        .refused_as("not-enough-left")
        .says(AMINATA, "pagne3")
        .refused_as("variant-missing")
        .taps(AMINATA, Tap::Take(PAGNE_S, 1))
        .then_kinds(&["OrderPlaced"]);
}

#[test]
fn a_shop_that_never_had_a_live_or_has_one_on_holds_at_once() {
    let schedule = live::Command::Schedule {
        title: Text::new("Lundi"),
        starts_at: start(),
    };
    boutique()
        .when(live(schedule))
        .says(AMINATA, "robe1")
        .then_says(&["held"]);
    after_a_live()
        .when(start_live())
        .says(AMINATA, "robe1")
        .then_says(&["held"]);
    // Long settled, it is over all the same.
    after_a_live()
        .later(3 * 24 * 60)
        .says(AMINATA, "robe1")
        .then_says(&["live-over"]);
}
