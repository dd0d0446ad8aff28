//! What a send carries: each kind of message is checked and turned into a bubble.

use serde_json::Value;

use super::limits::{array, id, optional, text, unique};
use super::refusal::Refusal;
use crate::sandbox::world::{Button, LinkButton, Msg, Row};

/// Reads the content of a send.
///
/// # Errors
/// The refusal Meta would answer with, for the first limit that is broken.
pub(super) fn read(body: &Value) -> Result<Msg, Refusal> {
    // Published clients leave `type` out of plain texts.
    let kind = body.get("type").and_then(Value::as_str).unwrap_or("text");
    let mut msg = Msg {
        kind: kind.to_owned(),
        ..Msg::default()
    };
    match kind {
        "text" => text(body, "/text/body", "text.body", 4096)?.clone_into(&mut msg.text),
        "interactive" => interactive(body, &mut msg)?,
        "template" => template(body, &mut msg)?,
        "reaction" => {
            text(body, "/reaction/message_id", "reaction.message_id", 512)?;
            let emoji = body.pointer("/reaction/emoji").and_then(Value::as_str);
            emoji.unwrap_or_default().clone_into(&mut msg.text);
        }
        "image" | "video" | "document" | "audio" | "sticker" => media(body, kind, &mut msg)?,
        "location" => {
            let here = |name: &str| body.pointer(&format!("/location/{name}"));
            if here("latitude").is_none() || here("longitude").is_none() {
                return Err(Refusal::missing("location"));
            }
            let name = here("name").and_then(Value::as_str);
            name.unwrap_or_default().clone_into(&mut msg.text);
        }
        "contacts" => {
            array(body, "/contacts", "contacts", 1..=5)?;
        }
        other => return Err(Refusal::unsupported(other)),
    }
    msg.context = body
        .pointer("/context/message_id")
        .and_then(Value::as_str)
        .map(str::to_owned);
    Ok(msg)
}

fn interactive(body: &Value, msg: &mut Msg) -> Result<(), Refusal> {
    let Some(it) = body.get("interactive") else {
        return Err(Refusal::missing("interactive"));
    };
    let kind = text(it, "/type", "interactive.type", 64)?;
    text(it, "/body/text", "interactive.body.text", 1024)?.clone_into(&mut msg.text);
    msg.footer = optional(it, "/footer/text", "interactive.footer.text", 60)?.map(str::to_owned);
    let header = it.pointer("/header/type").and_then(Value::as_str);
    if header == Some("text") {
        let words = text(it, "/header/text", "interactive.header.text", 60)?;
        msg.header = Some(words.to_owned());
    }
    match kind {
        "button" => buttons(it, msg),
        "list" if header.is_some_and(|header| header != "text") => {
            Err(Refusal::value("The header of a list must be a text."))
        }
        "list" => list(it, msg),
        "cta_url" => link(it, msg),
        "location_request_message" | "request_contact_info" => {
            kind.clone_into(&mut msg.kind);
            Ok(())
        }
        other => Err(Refusal::unsupported(&format!("interactive/{other}"))),
    }
}

fn buttons(it: &Value, msg: &mut Msg) -> Result<(), Refusal> {
    "buttons".clone_into(&mut msg.kind);
    for button in array(it, "/action/buttons", "action.buttons", 1..=3)? {
        if button.get("type").and_then(Value::as_str) != Some("reply") {
            return Err(Refusal::value("Button type must be 'reply'."));
        }
        let Some(reply) = button.get("reply") else {
            return Err(Refusal::missing("reply"));
        };
        msg.buttons.push(Button {
            id: id(reply, "Button id", 256)?.to_owned(),
            title: text(reply, "/title", "Button title", 20)?.to_owned(),
        });
    }
    unique(
        &msg.buttons
            .iter()
            .map(|b| b.id.as_str())
            .collect::<Vec<_>>(),
        "Button ids",
    )?;
    unique(
        &msg.buttons
            .iter()
            .map(|b| b.title.as_str())
            .collect::<Vec<_>>(),
        "Button titles",
    )
}

fn list(it: &Value, msg: &mut Msg) -> Result<(), Refusal> {
    "list".clone_into(&mut msg.kind);
    msg.list_button = Some(text(it, "/action/button", "action.button", 20)?.to_owned());
    let sections = array(it, "/action/sections", "action.sections", 1..=10)?;
    for section in sections {
        if sections.len() > 1 {
            text(section, "/title", "Section title", 24)?;
        } else {
            optional(section, "/title", "Section title", 24)?;
        }
        for row in array(section, "/rows", "section.rows", 1..=10)? {
            let description = optional(row, "/description", "Row description", 72)?;
            msg.rows.push(Row {
                id: id(row, "Row id", 200)?.to_owned(),
                title: text(row, "/title", "Row title", 24)?.to_owned(),
                description: description.map(str::to_owned),
            });
        }
    }
    if msg.rows.len() > 10 {
        return Err(Refusal::value(
            "Total row count exceed max allowed count: 10",
        ));
    }
    unique(
        &msg.rows
            .iter()
            .map(|row| row.id.as_str())
            .collect::<Vec<_>>(),
        "Row ids",
    )
}

fn link(it: &Value, msg: &mut Msg) -> Result<(), Refusal> {
    "cta_url".clone_into(&mut msg.kind);
    if it.pointer("/action/name").and_then(Value::as_str) != Some("cta_url") {
        return Err(Refusal::value("action.name must be 'cta_url'."));
    }
    let label = text(it, "/action/parameters/display_text", "display_text", 20)?;
    let url = text(it, "/action/parameters/url", "url", 2000)?;
    if !(url.starts_with("https://") || url.starts_with("http://")) {
        return Err(Refusal::value("url must start with http:// or https://."));
    }
    msg.url = Some(LinkButton {
        text: label.to_owned(),
        url: url.to_owned(),
    });
    Ok(())
}

/// A template shows its name and its parameters: the sandbox holds no approved texts.
fn template(body: &Value, msg: &mut Msg) -> Result<(), Refusal> {
    let name = text(body, "/template/name", "template.name", 512)?;
    text(
        body,
        "/template/language/code",
        "template.language.code",
        20,
    )?;
    let mut words = vec![format!("[{name}]")];
    let components = body
        .pointer("/template/components")
        .and_then(Value::as_array);
    for component in components.into_iter().flatten() {
        let parameters = component.get("parameters").and_then(Value::as_array);
        for parameter in parameters.into_iter().flatten() {
            words.extend(
                parameter
                    .get("text")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            );
        }
    }
    msg.text = words.join(" ");
    Ok(())
}

fn media(body: &Value, kind: &str, msg: &mut Msg) -> Result<(), Refusal> {
    let Some(media) = body.get(kind) else {
        return Err(Refusal::missing(kind));
    };
    if media.get("id").is_none() && media.get("link").is_none() {
        return Err(Refusal::missing(&format!("{kind}.id")));
    }
    let caption = optional(media, "/caption", "caption", 1024)?;
    caption.unwrap_or_default().clone_into(&mut msg.text);
    Ok(())
}
