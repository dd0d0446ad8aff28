//! The envelope of Meta's webhooks: accounts, then changes, then messages and statuses.

use serde_json::{Value, json};

use super::post::Post;
use super::{Item, Update};
use crate::sandbox::hub::Hub;
use crate::sandbox::journal::Acknowledged;
use crate::sandbox::seal;

/// Puts updates in one POST and signs its bytes. Statuses move the ticks of their phones now.
pub(super) fn close(hub: &Hub, updates: &[Update]) -> Post {
    let body = seal::meta_json(&envelope(updates));
    let signature = seal::hmac_hex(&hub.config.app_secret, &[body.as_bytes()]);
    let mut messages = Vec::new();
    for update in updates {
        match &update.item {
            Item::Message { wamid, .. } => {
                let key = Acknowledged {
                    phone_number_id: update.phone_number_id.clone(),
                    wamid: wamid.clone(),
                };
                messages.push((update.phone.clone(), key));
            }
            Item::Status { wamid, status, .. } => hub.tick(&update.phone, wamid, status),
        }
    }
    Post::new(body, signature, messages, updates.len())
}

/// Neighbouring updates of one number and one person share a `changes[]` entry; changes of one
/// account share an `entry[]`.
fn envelope(updates: &[Update]) -> Value {
    let mut entries: Vec<(&str, Vec<Value>)> = Vec::new();
    let same_change =
        |a: &Update, b: &Update| a.phone_number_id == b.phone_number_id && a.contact == b.contact;
    for group in updates.chunk_by(same_change) {
        let Some(first) = group.first() else { continue };
        let change = json!({"field": "messages", "value": value(first, group)});
        match entries.iter_mut().find(|(waba, _)| *waba == first.waba_id) {
            Some((_, changes)) => changes.push(change),
            None => entries.push((&first.waba_id, vec![change])),
        }
    }
    let entries: Vec<Value> = entries
        .into_iter()
        .map(|(waba, changes)| json!({"id": waba, "changes": changes}))
        .collect();
    json!({"object": "whatsapp_business_account", "entry": entries})
}

fn value(first: &Update, group: &[Update]) -> Value {
    let mut messages = Vec::new();
    let mut statuses = Vec::new();
    for update in group {
        match &update.item {
            Item::Message { body, .. } => messages.push(body.clone()),
            Item::Status { body, .. } => statuses.push(body.clone()),
        }
    }
    let mut value = json!({
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": first.display_phone_number,
            "phone_number_id": first.phone_number_id,
        },
    });
    if let Some(object) = value.as_object_mut() {
        if let Some(contact) = &first.contact {
            object.insert("contacts".to_owned(), json!([contact]));
        }
        if !messages.is_empty() {
            object.insert("messages".to_owned(), Value::Array(messages));
        }
        if !statuses.is_empty() {
            object.insert("statuses".to_owned(), Value::Array(statuses));
        }
    }
    value
}
