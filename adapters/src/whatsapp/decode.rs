//! A webhook becomes items. Every level is isolated: what cannot be read becomes one
//! [`Item::Undecodable`] and its neighbours live (faults: one poison item, seven days of
//! redelivery).

use chrono::{DateTime, Utc};
use domain::text::Text;
use serde_json::Value;
use serde_json::value::RawValue;

use super::errors::ApiError;
use super::item::{Heard, Identity, Item, Person, Pricing, Referral, StatusKind, StatusUpdate};
use super::typed::said;
use super::wire::{Change, Content, Entry, Envelope, at, read, text};

/// Not a webhook at all. The whole body is a dead letter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a webhook: {0}")]
pub struct Undecodable(String);

/// Reads a webhook, messages before statuses in each change. Fails only where the body is no
/// JSON or has no `entry`.
pub fn decode(raw: &[u8]) -> Result<Vec<Item>, Undecodable> {
    let body = String::from_utf8_lossy(raw);
    let envelope: Envelope<'_> =
        serde_json::from_str(&body).map_err(|error| Undecodable(place(&error)))?;
    let mut items = Vec::new();
    for entry in envelope.entry {
        match serde_json::from_str::<Entry<'_>>(entry.get()) {
            Ok(entry) => entry
                .changes
                .into_iter()
                .for_each(|raw| change(raw, &mut items)),
            Err(error) => items.push(unreadable(&place(&error), entry)),
        }
    }
    Ok(items)
}

/// Where it went wrong, without the content that serde would quote.
fn place(error: &serde_json::Error) -> String {
    format!(
        "{:?} at line {} column {}",
        error.classify(),
        error.line(),
        error.column()
    )
}

fn unreadable(why: &str, raw: &RawValue) -> Item {
    Item::Undecodable {
        why: why.to_owned(),
        raw: raw.get().to_owned(),
    }
}

fn change(raw: &RawValue, items: &mut Vec<Item>) {
    let change = match serde_json::from_str::<Change<'_>>(raw.get()) {
        Ok(change) => change,
        Err(error) => return items.push(unreadable(&place(&error), raw)),
    };
    if change.field != "messages" {
        let number_id = change
            .value
            .and_then(|value| read(value).ok())
            .and_then(|value| text(&value, &["metadata", "phone_number_id"]).map(str::to_owned));
        return items.push(Item::Other {
            field: change.field,
            number_id,
        });
    }
    let content = change
        .value
        .map(|value| serde_json::from_str::<Content<'_>>(value.get()));
    match content {
        Some(Ok(content)) => messages(&content, items),
        Some(Err(error)) => items.push(unreadable(&place(&error), raw)),
        None => items.push(unreadable("no value", raw)),
    }
}

fn messages(content: &Content<'_>, items: &mut Vec<Item>) {
    let before = items.len();
    let metadata = content.metadata.and_then(|raw| read(raw).ok());
    let number = metadata
        .as_ref()
        .and_then(|data| text(data, &["phone_number_id"]));
    let contacts: Vec<Value> = content
        .contacts
        .iter()
        .flatten()
        .filter_map(|raw| read(raw).ok())
        .collect();
    let alone = content.messages.as_ref().is_some_and(|all| all.len() == 1);
    let around = Around {
        number,
        contacts: &contacts,
        alone,
    };
    for raw in content.messages.iter().flatten() {
        let item = read(raw).and_then(|value| message(&value, &around));
        items.push(item.unwrap_or_else(|why| unreadable(&why, raw)));
    }
    for raw in content.statuses.iter().flatten() {
        let item = read(raw).and_then(|value| status(&value, number));
        items.push(item.unwrap_or_else(|why| unreadable(&why, raw)));
    }
    for raw in content.errors.iter().flatten() {
        let number_id = number.map(str::to_owned);
        items.push(match read(raw) {
            Ok(value) => Item::ValueError {
                number_id,
                error: api_error(&value),
            },
            Err(why) => unreadable(&why, raw),
        });
    }
    if items.len() == before {
        let number_id = number.map(str::to_owned);
        items.push(Item::Other {
            field: "messages".to_owned(),
            number_id,
        });
    }
}

/// What a `messages` change says about all its messages.
struct Around<'a> {
    number: Option<&'a str>,
    contacts: &'a [Value],
    /// Whether it holds one message.
    alone: bool,
}

fn message(value: &Value, around: &Around<'_>) -> Result<Item, String> {
    let number_id = around.number.ok_or("no phone_number_id")?.to_owned();
    let wamid = text(value, &["id"]).ok_or("no id")?.to_owned();
    let said_at = instant(value)?;
    let kind = text(value, &["type"]).unwrap_or("unknown").to_owned();
    if value.get("group_id").is_some() {
        // A group is not a buyer; nobody orders for a group.
        return Ok(Item::Other {
            field: "messages.group".to_owned(),
            number_id: Some(number_id),
        });
    }
    if kind == "system" {
        return Ok(Item::Identity(Box::new(identity(
            value, number_id, wamid, said_at,
        ))));
    }
    let from = person(value, around.contacts, around.alone).ok_or("no sender")?;
    let said = said(&kind, value)?;
    let context = text(value, &["context", "id"]).map(str::to_owned);
    let referral = value.get("referral").map(referral);
    Ok(Item::Heard(Box::new(Heard {
        number_id,
        from,
        wamid,
        said_at,
        said,
        kind,
        context,
        referral,
    })))
}

/// Seconds since 1970, as a text or a number.
fn instant(value: &Value) -> Result<DateTime<Utc>, String> {
    let stamp = value.get("timestamp").ok_or("no timestamp")?;
    let seconds = match stamp {
        Value::String(digits) => digits.parse().ok(),
        other => other.as_i64(),
    };
    seconds
        .and_then(|seconds: i64| DateTime::from_timestamp(seconds, 0))
        .ok_or_else(|| "the timestamp is no time".to_owned())
}

/// Who spoke. Ids come from the message, or from the contact that shares one with it: a name may
/// be borrowed, an identity never, for money hangs on it.
fn person(message: &Value, contacts: &[Value], alone: bool) -> Option<Person> {
    let user = text(message, &["from_user_id"]).filter(|id| is_bsuid(id));
    let from = text(message, &["from"]).filter(|id| is_number(id));
    let same = |contact: &&Value| {
        let theirs = [text(contact, &["user_id"]), text(contact, &["wa_id"])];
        theirs
            .into_iter()
            .flatten()
            .any(|id| Some(id) == user || Some(id) == from)
    };
    let contact = contacts.iter().find(same);
    // One message, one contact: he is the sender even where Meta writes his id two ways.
    let only = if let ([only], true) = (contacts, alone) {
        Some(only)
    } else {
        None
    };
    let nameless = user.is_none() && from.is_none();
    let owner = contact.or(only.filter(|_| nameless));
    let of_owner = |key: &str| owner.and_then(|contact| text(contact, &[key]));
    let bsuid = user.or_else(|| of_owner("user_id").filter(|id| is_bsuid(id)));
    let phone = from.or_else(|| of_owner("wa_id").filter(|id| is_number(id)));
    let profile = |key: &str| {
        contact
            .or(only)
            .and_then(|one| text(one, &["profile", key]))
    };
    Some(Person {
        user_id: bsuid.or(phone)?.to_owned(),
        bsuid: bsuid.is_some(),
        phone: phone.map(|digits| format!("+{}", digits.trim_start_matches('+'))),
        name: profile("name")
            .map(Text::new)
            .filter(|name| !name.is_empty()),
        username: profile("username").map(|name| name.trim_start_matches('@').to_owned()),
    })
}

/// `CC.` or `CC.ENT.` and 1 to 128 letters or digits (whatsapp.md 6).
fn is_bsuid(id: &str) -> bool {
    let Some((country, rest)) = id.split_once('.') else {
        return false;
    };
    let tail = rest.strip_prefix("ENT.").unwrap_or(rest);
    country.len() == 2
        && country.bytes().all(|byte| byte.is_ascii_uppercase())
        && (1..=128).contains(&tail.len())
        && tail.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_number(id: &str) -> bool {
    let digits = id.strip_prefix('+').unwrap_or(id);
    (5..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn identity(value: &Value, number_id: String, wamid: String, at: DateTime<Utc>) -> Identity {
    let of = |key: &str| text(value, &["system", key]);
    let phone = of("wa_id").filter(|id| is_number(id));
    let before = of("previous_user_id").or_else(|| text(value, &["from_user_id"]));
    Identity {
        number_id,
        wamid,
        at,
        kind: of("type").unwrap_or("unknown").to_owned(),
        before: before.or_else(|| text(value, &["from"])).map(str::to_owned),
        after: of("user_id").or(phone).map(str::to_owned),
        phone: phone.map(|digits| format!("+{}", digits.trim_start_matches('+'))),
    }
}

fn referral(value: &Value) -> Referral {
    let of = |key: &str| text(value, &[key]).map(str::to_owned);
    Referral {
        kind: of("source_type"),
        id: of("source_id"),
        url: of("source_url"),
    }
}

fn status(value: &Value, number: Option<&str>) -> Result<Item, String> {
    let error = at(value, &["errors"])
        .and_then(|all| all.get(0))
        .map(api_error);
    let pricing = value.get("pricing").map(|pricing| Pricing {
        kind: text(pricing, &["type"]).map(str::to_owned),
        category: text(pricing, &["category"]).map(str::to_owned),
    });
    Ok(Item::Status(Box::new(StatusUpdate {
        number_id: number.ok_or("no phone_number_id")?.to_owned(),
        wamid: text(value, &["id"]).ok_or("no id")?.to_owned(),
        status: match text(value, &["status"]).ok_or("no status")? {
            "sent" => StatusKind::Sent,
            "delivered" => StatusKind::Delivered,
            "read" => StatusKind::Read,
            "played" => StatusKind::Played,
            "failed" => StatusKind::Failed,
            _ => StatusKind::Other,
        },
        at: instant(value)?,
        callback: text(value, &["biz_opaque_callback_data"]).map(str::to_owned),
        error,
        pricing,
    })))
}

fn api_error(value: &Value) -> ApiError {
    let title = text(value, &["title"]).or_else(|| text(value, &["message"]));
    let code = value.get("code").and_then(|code| match code {
        Value::String(digits) => digits.parse().ok(),
        other => other.as_i64(),
    });
    ApiError {
        code: code.unwrap_or(0),
        title: title.unwrap_or_default().to_owned(),
        details: text(value, &["error_data", "details"])
            .unwrap_or_default()
            .to_owned(),
    }
}
