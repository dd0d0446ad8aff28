//! What phones write: the `messages[]` entries of every type a person can produce.

use std::time::Instant;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::statuses::Person;
use crate::sandbox::clock::now_seconds;
use crate::sandbox::deliver::{Item, Update};
use crate::sandbox::events::Event;
use crate::sandbox::hub::Hub;
use crate::sandbox::world::Msg;

/// `POST /api/phones/{id}/messages`: exactly one of `text`, `button`, `row`, `kind`, `reaction`
/// or `raw`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::sandbox) struct Input {
    /// The business number's `phone_number_id`.
    pub(in crate::sandbox) to: String,
    text: Option<String>,
    button: Option<Tap>,
    row: Option<Tap>,
    /// `image`, `audio`, `sticker` or `location`.
    kind: Option<String>,
    reaction: Option<Reaction>,
    /// Any other message: merged into the entry as it is (`type` included).
    raw: Option<Map<String, Value>>,
    /// Unix seconds, to play an old message.
    at: Option<i64>,
    /// To play a duplicate.
    wamid: Option<String>,
    /// Wait for `POST /api/flush` and leave together with the others.
    #[serde(default)]
    pub(in crate::sandbox) batch: bool,
}

/// A tapped button or row; `context` is the wamid of the message that showed it.
#[derive(Debug, Clone, Deserialize)]
struct Tap {
    id: String,
    title: String,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    context: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Reaction {
    message_id: String,
    #[serde(default)]
    emoji: Option<String>,
}

/// What was written.
pub(in crate::sandbox) struct Written {
    pub(in crate::sandbox) wamid: String,
    pub(in crate::sandbox) update: Update,
}

/// Puts the message on the phone and makes its webhook update.
///
/// # Errors
/// A sentence for whoever called the control interface.
pub(in crate::sandbox) fn write(hub: &Hub, id: &str, input: &Input) -> Result<Written, String> {
    let per_second = hub.faults().throughput_per_second;
    let mut world = hub.world();
    let number = world
        .number_mut(&input.to)
        .ok_or("this business number does not exist")?;
    // What comes in also uses the number's throughput, and is never refused.
    number.take(per_second, Instant::now());
    let spec = number.spec.clone();
    let n = world.next_wamid();
    let wamid = input.wamid.clone().unwrap_or_else(|| hub.wamid(n));
    let phone = world.phone_mut(id).ok_or("this phone does not exist")?;
    let at = input.at.unwrap_or_else(now_seconds);
    let content = content(input, &spec.display_phone_number)?;
    let person = Person::from(&*phone);
    let mut body = json!({"id": wamid, "timestamp": at.to_string(), "from_user_id": phone.user_id});
    if let Some(object) = body.as_object_mut() {
        if !phone.hidden_phone {
            object.insert("from".to_owned(), json!(phone.digits));
        }
        object.extend(content.wire);
    }
    phone.wrote(&input.to, at);
    // A duplicate is one more webhook, not one more bubble.
    let shown = (!phone.has(&wamid)).then(|| {
        phone.push(Msg {
            from: "buyer".to_owned(),
            number: input.to.clone(),
            kind: content.kind,
            text: content.shown,
            context: content.context,
            status: Some("sent".to_owned()),
            wamid: wamid.clone(),
            at,
            ..Msg::default()
        })
    });
    world.written(&wamid, id);
    drop(world);
    hub.counters().messages_from_phones += 1;
    if let Some(message) = &shown {
        hub.events.send(&Event::Message { phone: id, message });
    }
    let update = Update {
        phone_number_id: spec.phone_number_id,
        display_phone_number: spec.display_phone_number,
        waba_id: spec.waba_id,
        contact: Some(person.contact()),
        item: Item::Message {
            wamid: wamid.clone(),
            body,
        },
        phone: id.to_owned(),
        due: Instant::now(),
    };
    Ok(Written { wamid, update })
}

struct Content {
    kind: String,
    shown: String,
    context: Option<String>,
    wire: Map<String, Value>,
}

fn content(input: &Input, business: &str) -> Result<Content, String> {
    let context = |tap: &Tap| tap.context.clone();
    let (kind, shown, context, wire) = if let Some(text) = &input.text {
        if text.is_empty() || text.chars().count() > 4096 {
            return Err("a text has 1 to 4096 characters".to_owned());
        }
        (
            "text",
            text.clone(),
            None,
            json!({"type": "text", "text": {"body": text}}),
        )
    } else if let Some(tap) = &input.button {
        let reply = json!({"id": tap.id, "title": tap.title});
        (
            "button",
            tap.title.clone(),
            context(tap),
            interactive("button_reply", &reply),
        )
    } else if let Some(tap) = &input.row {
        let mut reply = json!({"id": tap.id, "title": tap.title});
        if let (Some(object), Some(words)) = (reply.as_object_mut(), &tap.description) {
            object.insert("description".to_owned(), json!(words));
        }
        (
            "row",
            tap.title.clone(),
            context(tap),
            interactive("list_reply", &reply),
        )
    } else if let Some(reaction) = &input.reaction {
        let mut body = json!({"message_id": reaction.message_id});
        // A removed reaction has no emoji at all.
        if let (Some(object), Some(emoji)) = (body.as_object_mut(), &reaction.emoji) {
            object.insert("emoji".to_owned(), json!(emoji));
        }
        let shown = reaction.emoji.clone().unwrap_or_default();
        (
            "reaction",
            shown,
            None,
            json!({"type": "reaction", "reaction": body}),
        )
    } else if let Some(kind) = input.kind.as_deref() {
        let wire = media(kind).ok_or("kind is image, audio, sticker or location")?;
        (kind, String::new(), None, wire)
    } else if let Some(raw) = &input.raw {
        let kind = raw.get("type").and_then(Value::as_str).unwrap_or("unknown");
        (kind, String::new(), None, Value::Object(raw.clone()))
    } else {
        return Err("one of text, button, row, kind, reaction or raw is needed".to_owned());
    };
    let Value::Object(mut wire) = wire else {
        return Err("raw must be an object".to_owned());
    };
    if let Some(context) = &context {
        wire.insert(
            "context".to_owned(),
            json!({"from": business, "id": context}),
        );
    }
    Ok(Content {
        kind: kind.to_owned(),
        shown,
        context,
        wire,
    })
}

fn interactive(kind: &str, reply: &Value) -> Value {
    json!({"type": "interactive", "interactive": {"type": kind, kind: reply}})
}

fn media(kind: &str) -> Option<Value> {
    let sha256 = "wvqXMe6n7n1W0zphvLPoLj+s/NtKqmr3zZ7YzTP7xFI=";
    let with = |mime: &str| json!({"id": "1908647269898587", "mime_type": mime, "sha256": sha256});
    let mut body = match kind {
        "image" => with("image/jpeg"),
        "audio" => with("audio/ogg; codecs=opus"),
        "sticker" => with("image/webp"),
        "location" => json!({"latitude": 14.6928, "longitude": -17.4467, "name": "Dakar"}),
        _ => return None,
    };
    if let Some(object) = body.as_object_mut() {
        match kind {
            "audio" => drop(object.insert("voice".to_owned(), json!(true))),
            "sticker" => drop(object.insert("animated".to_owned(), json!(false))),
            _ => {}
        }
    }
    Some(json!({"type": kind, kind: body}))
}
