//! One bad item never costs its neighbours, and nothing ever panics.

use serde_json::json;

use super::{message, webhook};
use crate::whatsapp::{Item, decode};

fn good() -> String {
    message("text", &json!({ "body": "ROBE1" })).to_string()
}

/// What becomes of a batch `good, bad, good`.
fn between(bad: &str) -> Vec<Item> {
    let body = webhook(&json!(["@"])).to_string();
    let batch = format!("{},{bad},{}", good(), good());
    decode(body.replace("\"@\"", &batch).as_bytes()).unwrap()
}

#[test]
fn a_bad_item_becomes_one_dead_letter() {
    let deep = format!("{{\"a\":{}1{}}}", "[".repeat(5_000), "]".repeat(5_000));
    for bad in [
        "{}",
        "7",
        "null",
        r#"{"id":"wamid.X","timestamp":"soon","type":"text","from":"221770000001"}"#,
        r#"{"id":"wamid.X","timestamp":"99999999999999999999","type":"text"}"#,
        r#"{"id":"","timestamp":"1763700000","type":"text"}"#,
        r#"{"id":"wamid.X","timestamp":"1763700000","type":"text","from":"221770000001"}"#,
        r#"{"id":"wamid.X","timestamp":1e999,"type":"text"}"#,
        r#"{"id":"wamid.X","timestamp":"1763700000","type":"interactive","from":"221770000001",
            "interactive":{"type":"list_reply"}}"#,
        &deep,
    ] {
        let all = between(bad);
        assert!(
            matches!(
                all.as_slice(),
                [Item::Heard(_), Item::Undecodable { .. }, Item::Heard(_)]
            ),
            "{bad:.80}: {all:?}"
        );
    }
}

#[test]
fn half_a_letter_does_not_lose_the_words() {
    let said = good().replace("ROBE1", "ROBE1 \\ud83d");
    let all = between(&said);
    assert!(
        all.iter().all(|item| matches!(item, Item::Heard(_))),
        "{all:?}"
    );
    // Bytes that are no UTF-8 either.
    let mut raw = webhook(&json!([message("text", &json!({ "body": "ROBE1 @" }))])).to_string();
    let place = raw.find('@').unwrap();
    raw.truncate(raw.len());
    let mut bytes = raw.into_bytes();
    bytes[place] = 0xFF;
    assert!(matches!(
        decode(&bytes).unwrap().as_slice(),
        [Item::Heard(_)]
    ));
}

#[test]
fn a_bad_change_or_entry_leaves_the_others() {
    let change = webhook(&json!([message("text", &json!({ "body": "A" }))]))["entry"][0].clone();
    let body = json!({ "entry": [
        { "changes": 7 },
        { "changes": [{ "field": "messages", "value": { "messages": "x" } },
                      { "field": "messages" }, change["changes"][0], { "field": "new_thing" }] },
    ] });
    let all = decode(body.to_string().as_bytes()).unwrap();
    let dead = all
        .iter()
        .filter(|item| matches!(item, Item::Undecodable { .. }))
        .count();
    let heard = all
        .iter()
        .filter(|item| matches!(item, Item::Heard(_)))
        .count();
    assert_eq!((dead, heard, all.len()), (3, 1, 5), "{all:?}");
}

#[test]
fn a_full_batch_is_read_in_order() {
    let many: Vec<_> = (0..1_000)
        .map(|n| {
            let mut one = message("text", &json!({ "body": "ROBE1" }));
            one["id"] = json!(format!("wamid.{n}"));
            one
        })
        .collect();
    let all = decode(webhook(&json!(many)).to_string().as_bytes()).unwrap();
    assert_eq!(all.len(), 1_000);
    for (n, item) in all.iter().enumerate() {
        let Item::Heard(heard) = item else {
            panic!("{item:?}")
        };
        assert_eq!(heard.wamid, format!("wamid.{n}"));
    }
}

#[test]
fn what_is_no_webhook_is_refused_whole() {
    for raw in [
        "",
        "null",
        "[]",
        "{}",
        "{\"entry\":7}",
        "<html>",
        "{\"entry\":[{}",
    ] {
        assert!(decode(raw.as_bytes()).is_err(), "{raw}");
    }
    assert!(decode(b"{\"entry\":[]}").unwrap().is_empty());
}

#[test]
fn torn_and_bent_bodies_never_panic() {
    let body = webhook(&json!([message(
        "text",
        &json!({ "body": "ROBE1 \u{e9}" })
    )]))
    .to_string();
    let bytes = body.into_bytes();
    for cut in 0..bytes.len() {
        drop(decode(&bytes[..cut]));
        for odd in [0x00, 0x22, 0x5c, 0x7d, 0xff] {
            let mut bent = bytes.clone();
            bent[cut] = odd;
            drop(decode(&bent));
        }
    }
}
