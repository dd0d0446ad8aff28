//! Every message type of whatsapp.md 1.6, as something said.

use domain::conversation::command::{Media, Said};
use domain::text::Text;
use serde_json::Value;

use super::wire::{at, text};

/// Rows that stand for a word: the catalogue's `say:ROBE1` is the buyer writing `ROBE1`, so a
/// product with sizes asks for the size like a written keyword does.
pub(crate) const SAY: &str = "say:";

/// What a message of `kind` says. Fails where the kind's own object lacks what makes it one.
pub(super) fn said(kind: &str, message: &Value) -> Result<Said, String> {
    Ok(match kind {
        "text" => words(text(message, &["text", "body"]).ok_or("no text.body")?),
        "interactive" => interactive(message)?,
        "button" => button(message)?,
        // The words under a picture are words: she shows the dress and writes its keyword.
        "image" | "video" | "document" => match text(message, &[kind, "caption"]) {
            Some(caption) => words(caption),
            None if kind == "document" => Said::Media(Media::Other),
            None => Said::Media(Media::Picture),
        },
        "sticker" => Said::Media(Media::Picture),
        "audio" | "voice" => Said::Media(Media::Voice),
        "location" => Said::Media(Media::Location),
        "order" | "contacts" => Said::Media(Media::Other),
        "unsupported" => unsupported(message),
        // A reaction, an edit, a deletion, and kinds that are not invented yet: nothing is
        // answered, the raw webhook stays in the inbox.
        _ => Said::Quiet,
    })
}

fn words(raw: &str) -> Said {
    let clean = Text::new(raw);
    if clean.is_empty() {
        Said::Quiet
    } else {
        Said::Text(clean)
    }
}

fn tap(id: &str) -> Said {
    id.strip_prefix(SAY)
        .map_or_else(|| Said::Tap(id.to_owned()), words)
}

fn interactive(message: &Value) -> Result<Said, String> {
    let reply = |kind: &str| -> Result<Said, String> {
        let id = text(message, &["interactive", kind, "id"]);
        id.map(tap)
            .ok_or_else(|| format!("no interactive.{kind}.id"))
    };
    match text(message, &["interactive", "type"]) {
        Some(kind @ ("button_reply" | "list_reply")) => reply(kind),
        // A form, or the bare kind that comes with error 131000.
        _ => Ok(Said::Media(Media::Other)),
    }
}

fn button(message: &Value) -> Result<Said, String> {
    if let Some(payload) = text(message, &["button", "payload"]) {
        return Ok(tap(payload));
    }
    text(message, &["button", "text"])
        .map(words)
        .ok_or_else(|| "no button.payload".to_owned())
}

/// Things WhatsApp has and the API has not. Changes of older messages ask for no answer.
fn unsupported(message: &Value) -> Said {
    let kind = at(message, &["unsupported", "type"])
        .and_then(Value::as_str)
        .unwrap_or("");
    match kind {
        "edit" | "revoke" | "reaction" | "pin" | "poll_update" | "keep" => Said::Quiet,
        _ => Said::Media(Media::Other),
    }
}
