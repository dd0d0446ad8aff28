//! The phones: what comes in goes through the webhook's own form, what goes out is rendered with
//! the real words, and what was on the buttons can be tapped later.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use adapters::whatsapp::{Item, Outgoing, decode};
use chrono::{DateTime, Utc};
use domain::conversation::command::Said;
use domain::parse::fold;
use serde_json::{Value, json};

use super::script::What;

/// A button or row that someone got: its id, and what is on it.
type Tappable = (String, String);

/// What can be tapped on each phone, oldest first.
#[derive(Default)]
pub(super) struct Phones(BTreeMap<String, Vec<Tappable>>);

impl Phones {
    /// A message arrives: how it looks, under its first line.
    pub(super) fn show(&mut self, name: &str, outgoing: &Outgoing) -> String {
        let mut shown = String::new();
        for line in outgoing.body().lines() {
            shown.push_str(format!("  │ {line}").trim_end());
            shown.push('\n');
        }
        let options = outgoing.options();
        let titles: Vec<String> = options
            .iter()
            .map(|(_, title, _)| format!("[{title}]"))
            .collect();
        let rows = options.iter().any(|(_, _, second)| second.is_some());
        if rows {
            for (title, (_, _, second)) in titles.iter().zip(&options) {
                writeln!(shown, "  {title} {}", second.unwrap_or_default()).expect("memory");
            }
        } else if !titles.is_empty() {
            writeln!(shown, "  {}", titles.join(" ")).expect("memory");
        }
        let phone = self.0.entry(name.to_owned()).or_default();
        phone.extend(
            options
                .iter()
                .map(|(id, title, _)| ((*id).to_owned(), (*title).to_owned())),
        );
        shown
    }

    /// The last button of that name, or the first one.
    fn option(&self, who: &str, label: &str, first: bool) -> Result<Tappable, String> {
        let wanted = fold(label);
        let fits = |(_, title): &&Tappable| {
            // A row's title goes on with its price: `[ROBE1]` is enough to name it.
            let title = fold(title);
            let rest = title.strip_prefix(&wanted);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        let mut fitting = self.0.get(who).into_iter().flatten().filter(fits);
        let found = if first {
            fitting.next()
        } else {
            fitting.next_back()
        };
        found
            .cloned()
            .ok_or_else(|| format!("there is no button {label}"))
    }

    /// What someone sends, read as the house reads it; with WhatsApp's own time of it.
    pub(super) fn send(
        &self,
        who: &str,
        what: &What,
        at: DateTime<Utc>,
    ) -> Result<(Said, DateTime<Utc>), String> {
        let message = match what {
            What::Text(text) => json!({ "type": "text", "text": { "body": text } }),
            What::Tap(label, first) => {
                let (id, title) = self.option(who, label, *first)?;
                let reply = json!({ "id": id, "title": title });
                let interactive = json!({ "type": "button_reply", "button_reply": reply });
                json!({ "type": "interactive", "interactive": interactive })
            }
            What::Voice => json!({ "type": "audio", "audio": { "id": "1", "voice": true } }),
            What::Picture => json!({ "type": "image", "image": { "id": "1" } }),
            What::Reaction => {
                json!({ "type": "reaction", "reaction": { "message_id": "1", "emoji": "❤" } })
            }
        };
        webhook(who, message, at)
    }
}

fn webhook(
    who: &str,
    mut message: Value,
    at: DateTime<Utc>,
) -> Result<(Said, DateTime<Utc>), String> {
    message["from"] = "221770000000".into();
    message["id"] = "wamid.1".into();
    message["timestamp"] = at.timestamp().to_string().into();
    let body = json!({
        "object": "whatsapp_business_account",
        "entry": [{ "id": "1", "changes": [{ "field": "messages", "value": {
            "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": "221330000000", "phone_number_id": "1" },
            "contacts": [{ "profile": { "name": who }, "wa_id": "221770000000" }],
            "messages": [message],
        }}]}],
    });
    let items = decode(body.to_string().as_bytes()).map_err(|error| error.to_string())?;
    match items.into_iter().next() {
        Some(Item::Heard(heard)) => Ok((heard.said, heard.said_at)),
        other => Err(format!("not heard: {other:?}")),
    }
}
