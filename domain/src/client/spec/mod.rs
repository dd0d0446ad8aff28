//! Scenes: buyers, and how far the shop trusts them.

mod buyers;
mod counting;
mod judging;
mod lives;
mod log;
mod why;

use crate::client;
use crate::command::Command;
use crate::ids::{AttemptId, OrderId};
use crate::payment::observation::Status;
use crate::policy::Rule;
use crate::shop;
use crate::spec::*;
use crate::text::Text;
use crate::trust::{Badge, Tier};

/// [`boutique`] with scarves enough for everybody: FOULARD1, so much each.
fn scarves(price: i64) -> Scene {
    boutique().when(product("FOULARD1", price, &[(None, 900)]))
}

/// She orders one scarf.
#[track_caller]
fn orders(scene: Scene, who: u128) -> (Scene, OrderId) {
    let scene = scene.says(who, "foulard1");
    let order = OrderId(scene.shop.orders.last);
    (scene, order)
}

/// She asks for the link of her newest order. Gives the attempt.
#[track_caller]
fn asks(scene: Scene, who: u128) -> (Scene, u64) {
    let before = scene.shop.payments.last;
    let mut scene = scene.says(who, "PAYER");
    if scene.shop.payments.last == before {
        scene = scene.says(who, "WAVE");
    }
    let attempt = scene.shop.payments.last;
    assert_eq!(attempt, before + 1);
    (scene.charged(attempt), attempt)
}

/// All that an attempt asked comes.
#[track_caller]
fn comes(scene: Scene, attempt: u64) -> Scene {
    let asked = scene.shop.payments.get(AttemptId(attempt)).unwrap().asked.0;
    scene.observes(seen(attempt, Status::Succeeded, Some(asked)))
}

/// The operator takes it back.
#[track_caller]
fn goes(scene: Scene, attempt: u64) -> Scene {
    scene.observes(seen(attempt, Status::Reversed, None))
}

/// She buys a scarf and pays it after so many seconds. Gives the attempt.
#[track_caller]
fn buys(scene: Scene, who: u128, seconds: i64) -> (Scene, u64) {
    let (scene, _) = orders(scene, who);
    let (scene, attempt) = asks(scene, who);
    (comes(scene.pass(seconds), attempt), attempt)
}

/// She buys that many scarves, one by one.
#[track_caller]
fn buys_many(mut scene: Scene, who: u128, orders: u32, seconds: i64) -> Scene {
    for _ in 0..orders {
        scene = buys(scene, who, seconds).0;
    }
    scene
}

/// She lets that many holds run out.
#[track_caller]
fn forgets(mut scene: Scene, who: u128, times: u32) -> Scene {
    for _ in 0..times {
        scene = orders(scene, who).0.later(60);
    }
    scene
}

/// The vendor's own judgement.
#[track_caller]
fn overrides(scene: Scene, who: u128, score: Option<u8>) -> Scene {
    scene.when(Command::Client(client::Command::Override {
        client: client(who),
        score,
        reason: Text::new("je la connais"),
    }))
}

fn rule(rule: Rule, to: i64) -> Command {
    Command::Shop(shop::Command::ChangePolicy { rule, to })
}

fn known(scene: &Scene, who: u128) -> &client::Client {
    scene.shop.clients.get(client(who)).unwrap()
}

/// Her computed score and her flag.
fn trust(scene: &Scene, who: u128) -> (u8, bool) {
    let known = known(scene, who);
    (known.score, known.flagged)
}

/// What she was just told that she earned and reached.
#[track_caller]
fn news(scene: &Scene) -> (Vec<Badge>, Option<Tier>) {
    let crate::message::Message::Paid {
        badges, reached, ..
    } = scene.message()
    else {
        panic!("{:?}", scene.message())
    };
    (badges, reached)
}
