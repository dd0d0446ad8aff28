//! Everything Meta publishes can be read.

use std::path::PathBuf;

use domain::conversation::command::{Media, Said};
use domain::text::Text;

use crate::transport::{Answer, Failure};
use crate::whatsapp::{Class, Heard, Item, Scope, Sent, StatusKind, decode, interpret};

/// Files whose timestamp is a placeholder in Meta's own example: a dead letter, rightly.
const PLACEHOLDERS: [&str; 3] = ["edit_1.json", "revoke_1.json", "system_1.json"];

fn folder(name: &str) -> Vec<(String, Vec<u8>)> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("src/whatsapp/fixtures")
        .join(name);
    let mut files: Vec<_> = std::fs::read_dir(path)
        .unwrap()
        .map(|file| file.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read(&path).unwrap())
        })
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

fn file(folder_name: &str, name: &str) -> Vec<u8> {
    folder(folder_name)
        .into_iter()
        .find(|(file, _)| file == name)
        .unwrap()
        .1
}

fn one(name: &str) -> Item {
    let (folder_name, name) = name.split_once('/').unwrap();
    let items = decode(&file(folder_name, name)).unwrap();
    assert_eq!(items.len(), 1, "{name}");
    items.into_iter().next().unwrap()
}

fn said(name: &str) -> Heard {
    match one(name) {
        Item::Heard(heard) => *heard,
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn every_published_webhook_is_read() {
    for folder_name in ["webhooks", "webhooks-docs"] {
        for (name, raw) in folder(folder_name) {
            let items = decode(&raw).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(!items.is_empty(), "{name}");
            let dead = items
                .iter()
                .any(|item| matches!(item, Item::Undecodable { .. }));
            assert_eq!(
                dead,
                PLACEHOLDERS.contains(&name.as_str()),
                "{name}: {items:?}"
            );
        }
    }
}

#[test]
fn each_kind_says_what_it_says() {
    let text = |words: &str| Said::Text(Text::new(words));
    let tap = |id: &str| Said::Tap(id.to_owned());
    for (name, expected) in [
        (
            "webhooks/text_message.json",
            text("Does it come in another color?"),
        ),
        (
            "webhooks/interactive_button_reply_message.json",
            tap("cancel-button"),
        ),
        (
            "webhooks/interactive_list_reply_message.json",
            tap("priority_express"),
        ),
        ("webhooks/button_message.json", tap("Unsubscribe")),
        ("webhooks/reaction_message.json", Said::Quiet),
        (
            "webhooks/location_message.json",
            Said::Media(Media::Location),
        ),
        ("webhooks/order_message.json", Said::Media(Media::Other)),
        (
            "webhooks/contact_sharing_message.json",
            Said::Media(Media::Other),
        ),
        (
            "webhooks/unsupported_message.json",
            Said::Media(Media::Other),
        ),
        ("webhooks-docs/audio_1.json", Said::Media(Media::Voice)),
        ("webhooks-docs/sticker_1.json", Said::Media(Media::Picture)),
        ("webhooks-docs/edit_2.json", Said::Quiet),
        ("webhooks-docs/revoke_2.json", Said::Quiet),
        ("webhooks-docs/unsupported_1.json", Said::Quiet),
    ] {
        let heard = said(name);
        assert_eq!(heard.said, expected, "{name}");
        assert_eq!(
            heard.from.name,
            Some(Text::new(if name.contains("Pablo") {
                "Pablo"
            } else {
                "Sheena Nelson"
            })),
            "{name}"
        );
        assert_eq!(heard.from.phone.as_deref(), Some("+16505551234"), "{name}");
    }
}

#[test]
fn a_text_has_all_its_parts() {
    let heard = said("webhooks/text_message.json");
    assert_eq!(heard.number_id, "106540352242922");
    assert_eq!(heard.said_at.timestamp(), 1_749_416_383);
    assert!(heard.wamid.starts_with("wamid."));
    assert_eq!(
        (heard.from.user_id.as_str(), heard.from.bsuid),
        ("16505551234", false)
    );
    let advert = said("webhooks/text_message_from_click_to_whatsapp_ad.json");
    assert_eq!(advert.referral.unwrap().kind.as_deref(), Some("ad"));
    let reply = said("webhooks/interactive_button_reply_message.json");
    assert!(reply.context.unwrap().starts_with("wamid."));
}

#[test]
fn a_person_without_a_number_is_known_by_her_id() {
    let heard = said("webhooks-docs/business_scoped_user_ids_8.json");
    assert_eq!(heard.from.user_id, "US.13491208655302741918");
    assert!(heard.from.bsuid);
    assert_eq!(heard.from.phone, None);
    // Meta's example writes the contact's id with a slip; he is the sender all the same.
    assert_eq!(heard.from.username.as_deref(), Some("realsheenanelson"));
}

#[test]
fn statuses_errors_changes_and_notices_are_told_apart() {
    let Item::Status(failed) = one("webhooks-docs/status_3.json") else {
        panic!()
    };
    assert_eq!(failed.status, StatusKind::Failed);
    assert_eq!(failed.error.unwrap().code, 131_049);
    let Item::Status(sent) = one("webhooks-docs/status_1.json") else {
        panic!()
    };
    assert_eq!(sent.status, StatusKind::Sent);
    assert_eq!(sent.pricing.unwrap().kind.as_deref(), Some("regular"));
    let Item::ValueError { error, .. } = one("webhooks-docs/errors_1.json") else {
        panic!()
    };
    assert_eq!(error.class(), Class::Retry(Scope::Number));
    let Item::Identity(moved) = one("webhooks-docs/system_2.json") else {
        panic!()
    };
    assert_eq!(moved.kind, "user_changed_number");
    assert_eq!(moved.before.as_deref(), Some("16505551234"));
    assert_eq!(moved.phone.as_deref(), Some("+12195555358"));
    // An old chat being synchronised is nobody speaking now.
    let Item::Other { field, .. } = one("webhooks-docs/history_2.json") else {
        panic!()
    };
    assert_eq!(field, "history");
}

#[test]
fn every_published_answer_to_a_send_is_taken() {
    for (name, body) in folder("send-responses") {
        let text = String::from_utf8(body.clone()).unwrap();
        let sent = interpret(Ok(Answer { status: 200, body }));
        if text.contains("\"messages\"") {
            assert!(matches!(sent, Sent::Accepted { .. }), "{name}: {sent:?}");
        }
    }
    let refuse = |name: &str| {
        let body = file("error-responses", name);
        interpret(Err(Failure::Status {
            code: 400,
            html: false,
            body,
        }))
    };
    let throttled = refuse("error_codes_2.json");
    let other = refuse("error_codes_1.json");
    let both = [throttled, other];
    assert!(both.iter().any(|sent| matches!(
        sent,
        Sent::Retry {
            scope: Scope::Number,
            code: 130_429,
            ..
        }
    )));
    assert!(both.iter().any(|sent| matches!(
        sent,
        Sent::Refused { class: Class::Ours, error } if error.code == 100
    )));
}
