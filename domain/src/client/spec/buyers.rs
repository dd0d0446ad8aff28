//! Scenes: buyers.

use crate::client;
use crate::command::{Answer, Command};
use crate::conversation;
use crate::conversation::command::Said;
use crate::ids::{ClientId, ContactId, OrderId};
use crate::message::{Message, Tap};
use crate::personal::Personal;
use crate::rejection::Rejection;
use crate::segment::Method;
use crate::spec::*;
use crate::text::Text;
use uuid::Uuid;

#[test]
fn a_client_is_blocked_and_unblocked_once() {
    let block = || {
        let reason = Text::new("faux");
        Command::Client(client::Command::Block {
            client: client(AMINATA),
            reason,
        })
    };
    let unblock = || {
        Command::Client(client::Command::Unblock {
            client: client(AMINATA),
        })
    };
    boutique()
        .when(block())
        .refused(Rejection::ClientUnknown)
        .says(AMINATA, "AIDE")
        .when(unblock())
        .answers(Answer::Already)
        .when(block())
        .then_kinds(&["ClientBlocked"])
        .when(block())
        .answers(Answer::Already)
        .when(unblock())
        .then_kinds(&["ClientUnblocked"]);
}

#[test]
fn a_client_who_writes_under_another_key_stays_herself() {
    let mut scene = boutique().says(AMINATA, "robe1");
    let known_as = ClientId(Uuid::from_u128(77));
    let moved = client::Event::ClientIdentityChanged {
        client: client(AMINATA),
        known_as,
        contact: ContactId(Uuid::from_u128(1_077)),
        user_id: Personal::clear("user-77"),
    };
    crate::evolve(&mut scene.shop, &moved.into(), scene.now);
    let mut speaker = speaker(77);
    speaker.name = None;
    let said = Said::Tap(Tap::Pay(ORDER1).id());
    let said_at = scene.now;
    let hear = conversation::Command::Hear {
        speaker,
        said,
        said_at,
    };
    let scene = scene
        .when(Command::Conversation(hear))
        .then_nothing()
        .then_says(&["ask-method"]);
    assert_eq!(scene.said()[0].0, ContactId(Uuid::from_u128(1_077)));
}

#[test]
fn a_preferred_method_gives_the_link_at_once() {
    let mut scene = boutique().says(AMINATA, "robe1");
    let preferred = client::Event::ClientPreferred {
        client: client(AMINATA),
        language: None,
        simple: Some(true),
        method: Some(Method::OrangeMoney),
    };
    crate::evolve(&mut scene.shop, &preferred.into(), scene.now);
    let scene = scene.says(AMINATA, "PAYER");
    assert_eq!(scene.asks(), ["charge:1"]);
    let scene = scene.charged(1);
    let Message::PaymentLink { method, .. } = scene.message() else {
        panic!()
    };
    assert_eq!(method, Method::OrangeMoney);
}

#[test]
fn two_keys_of_one_person_become_one_client() {
    let mut scene = boutique().says(AMINATA, "robe1").says(FATOU, "sac2");
    let merged = client::Event::ClientsMerged {
        kept: client(AMINATA),
        merged: client(FATOU),
    };
    crate::evolve(&mut scene.shop, &merged.into(), scene.now);
    assert_eq!(scene.shop.clients.len(), 1);
    assert_eq!(crate::invariants::check(&scene.shop), Ok(()));
    let known = scene.shop.clients.get(client(AMINATA)).unwrap();
    assert_eq!((known.open.len(), known.standing), (2, 2));
    assert_eq!(scene.shop.clients.resolve(client(FATOU)), client(AMINATA));
    // Her old order is hers under her one key, whoever of the two is heard.
    let scene = scene
        .taps(AMINATA, Tap::Cancel(OrderId(2)))
        .then_says(&["cancelled"]);
    scene
        .taps(FATOU, Tap::Cancel(ORDER1))
        .then_says(&["cancelled"]);
}
