//! The wire against what Meta publishes (`fixtures/`) and what owners of bots complain about.

mod heard;
mod poison;
mod published;
mod sending;

use serde_json::{Value, json};

use super::{Heard, Item, decode};

/// A webhook of number 1 with these messages, from `221770000001` known as Awa.
fn webhook(messages: &Value) -> Value {
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": "waba", "changes": [{
        "field": "messages",
        "value": {
            "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": "221330000000", "phone_number_id": "1" },
            "contacts": [{ "profile": { "name": "Awa" }, "wa_id": "221770000001" }],
            "messages": messages,
        },
    }] }] })
}

/// A message with this type and content.
fn message(kind: &str, content: &Value) -> Value {
    json!({ "from": "221770000001", "id": "wamid.A", "timestamp": "1763700000",
            "type": kind, kind: content })
}

fn items(body: &Value) -> Vec<Item> {
    decode(body.to_string().as_bytes()).unwrap()
}

/// The one thing heard in a webhook of one message.
fn heard(message: &Value) -> Heard {
    let all = items(&webhook(&json!([message])));
    match all.as_slice() {
        [Item::Heard(heard)] => (**heard).clone(),
        other => panic!("{other:?}"),
    }
}
