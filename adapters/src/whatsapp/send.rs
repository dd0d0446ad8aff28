//! What we can send, and its body on the wire.

use serde_json::{Value, json};

use super::limits::{Body, ButtonTitle, ListButton, LongText, OptionId, RowDescription, RowTitle};

/// Longest callback text (`biz_opaque_callback_data`), in characters.
const CALLBACK_MAX: usize = 512;

/// Where a message goes.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// E.164 with `+`: without it Meta would prepend the seller's own country.
    Phone(String),
    /// A business-scoped user id, whole and unchanged.
    User(String),
}

impl Address {
    /// The address of a person: her number where one is known (Meta prefers it), else her id.
    pub fn of(phone: Option<&str>, user_id: &str) -> Self {
        match phone {
            Some(phone) => Self::Phone(e164(phone)),
            None if user_id.bytes().all(|byte| byte.is_ascii_digit()) => Self::Phone(e164(user_id)),
            None => Self::User(user_id.to_owned()),
        }
    }
}

fn e164(digits: &str) -> String {
    format!("+{}", digits.trim_start_matches('+'))
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Phone(_) => "Address::Phone(…)",
            Self::User(_) => "Address::User(…)",
        })
    }
}

/// A reply button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What comes back.
    pub id: OptionId,
    /// What is on it.
    pub title: ButtonTitle,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What comes back.
    pub id: OptionId,
    /// First line.
    pub title: RowTitle,
    /// Second line.
    pub description: Option<RowDescription>,
}

/// Why something cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misshapen {
    /// No words.
    #[error("no words")]
    Empty,
    /// Not 1–3 buttons, or not 1–10 rows.
    #[error("{given} options, 1 to {most} allowed")]
    Count {
        /// How many were given.
        given: usize,
        /// How many may be.
        most: usize,
    },
    /// Two options with one id, or two buttons with one title.
    #[error("two options are the same: {0}")]
    Repeated(String),
}

/// A message that fits. Only its constructors make one, so it always fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing(Shape);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Shape {
    Text(LongText),
    Buttons(Body, Vec<Button>),
    List(Body, ListButton, Vec<Row>),
    Link(Body, ButtonTitle, url::Url),
}

impl Outgoing {
    /// Words alone.
    pub fn text(body: &str) -> Result<Self, Misshapen> {
        filled(body)?;
        Ok(Self(Shape::Text(LongText::new(body))))
    }

    /// Words alone, whatever they are: what is said when nothing else could be built.
    pub(crate) fn plain(body: LongText) -> Self {
        Self(Shape::Text(body))
    }

    /// Words with one to three reply buttons.
    pub fn buttons(body: &str, buttons: Vec<Button>) -> Result<Self, Misshapen> {
        filled(body)?;
        counted(buttons.len(), 3)?;
        unrepeated(buttons.iter().map(|button| button.id.as_str()))?;
        unrepeated(buttons.iter().map(|button| button.title.as_str()))?;
        if buttons
            .iter()
            .any(|button| button.title.as_str().is_empty())
        {
            return Err(Misshapen::Empty);
        }
        Ok(Self(Shape::Buttons(Body::new(body), buttons)))
    }

    /// Words with a list of one to ten rows.
    pub fn list(body: &str, button: &str, rows: Vec<Row>) -> Result<Self, Misshapen> {
        filled(body)?;
        filled(button)?;
        counted(rows.len(), 10)?;
        unrepeated(rows.iter().map(|row| row.id.as_str()))?;
        if rows.iter().any(|row| row.title.as_str().is_empty()) {
            return Err(Misshapen::Empty);
        }
        Ok(Self(Shape::List(
            Body::new(body),
            ListButton::new(button),
            rows,
        )))
    }

    /// Words with one link button. A tap on it is not told to us.
    pub fn link(body: &str, title: &str, url: url::Url) -> Result<Self, Misshapen> {
        filled(body)?;
        filled(title)?;
        Ok(Self(Shape::Link(
            Body::new(body),
            ButtonTitle::new(title),
            url,
        )))
    }

    /// Its words.
    pub fn body(&self) -> &str {
        match &self.0 {
            Shape::Text(body) => body.as_str(),
            Shape::Buttons(body, _) | Shape::List(body, ..) | Shape::Link(body, ..) => {
                body.as_str()
            }
        }
    }

    /// Its buttons and rows: what comes back, what is on it, the second line.
    pub fn options(&self) -> Vec<(&str, &str, Option<&str>)> {
        match &self.0 {
            Shape::Text(_) | Shape::Link(..) => Vec::new(),
            Shape::Buttons(_, buttons) => buttons
                .iter()
                .map(|b| (b.id.as_str(), b.title.as_str(), None))
                .collect(),
            Shape::List(_, _, rows) => rows.iter().map(row_parts).collect(),
        }
    }

    fn fields(&self) -> (&'static str, Value) {
        match &self.0 {
            Shape::Text(body) => {
                // A preview would fetch our payment page and push the words away.
                (
                    "text",
                    json!({ "body": body.as_str(), "preview_url": false }),
                )
            }
            Shape::Buttons(body, buttons) => {
                let buttons: Vec<Value> = buttons.iter().map(button_json).collect();
                let action = json!({ "buttons": buttons });
                ("interactive", interactive("button", body, action))
            }
            Shape::List(body, button, rows) => {
                let rows: Vec<Value> = rows.iter().map(row_json).collect();
                let action = json!({ "button": button.as_str(), "sections": [{ "rows": rows }] });
                ("interactive", interactive("list", body, action))
            }
            Shape::Link(body, title, url) => {
                let parameters = json!({ "display_text": title.as_str(), "url": url.as_str() });
                let action = json!({ "name": "cta_url", "parameters": parameters });
                ("interactive", interactive("cta_url", body, action))
            }
        }
    }
}

fn row_parts(row: &Row) -> (&str, &str, Option<&str>) {
    let description = row.description.as_ref().map(RowDescription::as_str);
    (row.id.as_str(), row.title.as_str(), description)
}

fn interactive(kind: &str, body: &Body, action: Value) -> Value {
    json!({ "type": kind, "body": { "text": body.as_str() }, "action": action })
}

fn button_json(button: &Button) -> Value {
    let reply = json!({ "id": button.id.as_str(), "title": button.title.as_str() });
    json!({ "type": "reply", "reply": reply })
}

fn row_json(row: &Row) -> Value {
    let (id, title, description) = row_parts(row);
    match description.filter(|words| !words.is_empty()) {
        Some(words) => json!({ "id": id, "title": title, "description": words }),
        None => json!({ "id": id, "title": title }),
    }
}

fn filled(words: &str) -> Result<(), Misshapen> {
    if words.trim().is_empty() {
        Err(Misshapen::Empty)
    } else {
        Ok(())
    }
}

fn counted(given: usize, most: usize) -> Result<(), Misshapen> {
    if (1..=most).contains(&given) {
        Ok(())
    } else {
        Err(Misshapen::Count { given, most })
    }
}

fn unrepeated(all: impl Iterator<Item = impl AsRef<str>>) -> Result<(), Misshapen> {
    let mut seen = std::collections::BTreeSet::new();
    for one in all {
        if !seen.insert(one.as_ref().to_owned()) {
            return Err(Misshapen::Repeated(one.as_ref().to_owned()));
        }
    }
    Ok(())
}

/// The body of a send. `callback` is our outbox id: it comes back in every status, and is the
/// only way to tell what became of an ambiguous send (whatsapp.md 2.6).
pub fn encode(outgoing: &Outgoing, address: &Address, callback: &str) -> Vec<u8> {
    let (kind, content) = outgoing.fields();
    let callback: String = callback.chars().take(CALLBACK_MAX).collect();
    let mut body = json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "type": kind,
        "biz_opaque_callback_data": callback,
    });
    let (field, value) = match address {
        Address::Phone(phone) => ("to", phone),
        Address::User(user) => ("recipient", user),
    };
    if let Some(map) = body.as_object_mut() {
        map.insert(field.to_owned(), json!(value));
        map.insert(kind.to_owned(), content);
    }
    body.to_string().into_bytes()
}

/// The body that marks a message (and those before it) as read.
pub fn encode_read(wamid: &str) -> Vec<u8> {
    json!({ "messaging_product": "whatsapp", "status": "read", "message_id": wamid })
        .to_string()
        .into_bytes()
}
