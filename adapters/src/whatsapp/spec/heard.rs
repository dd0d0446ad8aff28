//! Messages as they really come.

use domain::conversation::command::{Media, Said};
use domain::text::Text;
use serde_json::json;

use super::{heard, items, message, webhook};
use crate::whatsapp::{Item, StatusKind};

#[test]
fn a_row_of_the_catalogue_speaks_its_keyword() {
    let row = json!({ "type": "list_reply", "list_reply": { "id": "say:ROBE1", "title": "x" } });
    assert_eq!(
        heard(&message("interactive", &row)).said,
        Said::Text(Text::new("ROBE1"))
    );
    let tap = json!({ "type": "button_reply", "button_reply": { "id": "pay:12", "title": "x" } });
    assert_eq!(
        heard(&message("interactive", &tap)).said,
        Said::Tap("pay:12".to_owned())
    );
}

#[test]
fn words_under_a_picture_are_words() {
    let shown = message("image", &json!({ "id": "m", "caption": "ROBE1 svp" }));
    assert_eq!(heard(&shown).said, Said::Text(Text::new("ROBE1 svp")));
    let bare = message("image", &json!({ "id": "m" }));
    assert_eq!(heard(&bare).said, Said::Media(Media::Picture));
}

#[test]
fn odd_kinds_are_heard_without_harm() {
    for (kind, content, expected) in [
        ("reaction", json!({ "message_id": "wamid.B" }), Said::Quiet),
        (
            "reaction",
            json!({ "message_id": "wamid.B", "emoji": "" }),
            Said::Quiet,
        ),
        ("request_welcome", json!({}), Said::Quiet),
        ("a_kind_of_2031", json!({ "x": 1 }), Said::Quiet),
        (
            "unsupported",
            json!({ "type": "poll" }),
            Said::Media(Media::Other),
        ),
        ("interactive", json!(null), Said::Media(Media::Other)),
        (
            "interactive",
            json!({ "type": "nfm_reply", "nfm_reply": { "response_json": "{" } }),
            Said::Media(Media::Other),
        ),
        (
            "button",
            json!({ "text": "Oui" }),
            Said::Text(Text::new("Oui")),
        ),
        ("text", json!({ "body": "\u{0}\u{202e}" }), Said::Quiet),
    ] {
        assert_eq!(
            heard(&message(kind, &content)).said,
            expected,
            "{kind} {content}"
        );
    }
}

#[test]
fn the_user_id_wins_over_the_number() {
    let mut both = message("text", &json!({ "body": "ROBE1" }));
    both["from_user_id"] = json!("SN.1349120865530274");
    let heard_both = heard(&both);
    assert_eq!(heard_both.from.user_id, "SN.1349120865530274");
    assert_eq!(heard_both.from.phone.as_deref(), Some("+221770000001"));
    assert_eq!(heard_both.from.name, Some(Text::new("Awa")));
    // A bent id is not one: the number is still good.
    both["from_user_id"] = json!("sn-1");
    assert_eq!(heard(&both).from.user_id, "221770000001");
}

#[test]
fn each_of_many_senders_gets_her_own_name() {
    let mut body = webhook(&json!([
        { "from": "221770000002", "id": "wamid.A", "timestamp": "1763700000", "type": "text",
          "text": { "body": "ROBE1" } },
        { "from_user_id": "SN.77", "id": "wamid.B", "timestamp": 1_763_700_001, "type": "text",
          "text": { "body": "SAC2" } },
    ]));
    body["entry"][0]["changes"][0]["value"]["contacts"] = json!([
        { "profile": { "name": "Fatou", "username": "@fatou" }, "user_id": "SN.77" },
        { "profile": { "name": "Aminata" }, "wa_id": "221770000002", "user_id": "SN.78" },
    ]);
    let all = items(&body);
    let [Item::Heard(first), Item::Heard(second)] = all.as_slice() else {
        panic!("{all:?}")
    };
    assert_eq!(first.from.name, Some(Text::new("Aminata")));
    assert_eq!(first.from.user_id, "SN.78");
    assert_eq!(second.from.name, Some(Text::new("Fatou")));
    assert_eq!(second.from.username.as_deref(), Some("fatou"));
    assert_eq!(second.from.phone, None);
    assert_eq!(second.said_at.timestamp(), 1_763_700_001);
}

#[test]
fn nobody_gets_another_persons_identity() {
    let mut body = webhook(&json!([
        { "from": "221770000002", "id": "wamid.A", "timestamp": "1763700000", "type": "text",
          "text": { "body": "ROBE1" } },
        { "from": "221770000003", "id": "wamid.B", "timestamp": "1763700000", "type": "text",
          "text": { "body": "ROBE1" } },
    ]));
    let contact = json!({ "profile": { "name": "Fatou" }, "wa_id": "221770000002",
                          "user_id": "SN.77" });
    body["entry"][0]["changes"][0]["value"]["contacts"] = json!([contact]);
    let all = items(&body);
    let [Item::Heard(hers), Item::Heard(other)] = all.as_slice() else {
        panic!("{all:?}")
    };
    assert_eq!(hers.from.user_id, "SN.77");
    assert_eq!(other.from.user_id, "221770000003");
    assert_eq!(other.from.name, None);
    // Alone with a contact that is written otherwise: the name is borrowed, the id is not.
    let mut body = webhook(&json!([message("text", &json!({ "body": "ROBE1" }))]));
    body["entry"][0]["changes"][0]["value"]["contacts"] = json!([contact]);
    let all = items(&body);
    let [Item::Heard(alone)] = all.as_slice() else {
        panic!("{all:?}")
    };
    assert_eq!(alone.from.user_id, "221770000001");
    assert_eq!(alone.from.name, Some(Text::new("Fatou")));
}

#[test]
fn a_new_user_id_is_told() {
    let changed = json!({ "id": "wamid.S", "timestamp": "1763700000", "type": "system",
        "system": { "type": "user_changed_user_id", "user_id": "SN.2",
                    "previous_user_id": "SN.1", "body": "User Awa changed" } });
    let all = items(&webhook(&json!([changed])));
    let [Item::Identity(identity)] = all.as_slice() else {
        panic!("{all:?}")
    };
    assert_eq!(identity.before.as_deref(), Some("SN.1"));
    assert_eq!(identity.after.as_deref(), Some("SN.2"));
    assert_eq!(identity.phone, None);
}

#[test]
fn a_group_is_not_a_buyer() {
    let mut said = message("text", &json!({ "body": "ROBE1" }));
    said["group_id"] = json!("Y2Fwa");
    let all = items(&webhook(&json!([said])));
    assert!(matches!(all.as_slice(), [Item::Other { field, .. }] if field == "messages.group"));
}

#[test]
fn a_status_brings_our_outbox_id_back() {
    let mut body = webhook(&json!([]));
    body["entry"][0]["changes"][0]["value"]["statuses"] = json!([
        { "id": "wamid.B", "status": "played", "timestamp": "1763700000",
          "biz_opaque_callback_data": "7.3.12" },
        { "id": "wamid.C", "status": "warned", "timestamp": "1763700000" },
    ]);
    let all = items(&body);
    let [Item::Status(played), Item::Status(odd)] = all.as_slice() else {
        panic!("{all:?}")
    };
    assert_eq!(played.callback.as_deref(), Some("7.3.12"));
    assert_eq!(played.status, StatusKind::Played);
    assert_eq!(odd.status, StatusKind::Other);
    assert!(StatusKind::Sent < StatusKind::Delivered && StatusKind::Delivered < StatusKind::Read);
}

#[test]
fn printing_shows_no_person() {
    let shown = format!("{:?}", heard(&message("text", &json!({ "body": "ROBE1" }))));
    assert!(
        !shown.contains("221770000001") && !shown.contains("Awa"),
        "{shown}"
    );
}
