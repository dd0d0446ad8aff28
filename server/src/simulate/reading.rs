//! Reading a message as a person does: which button pays, which cancels, where the link goes.

use serde_json::{Value, json};

use crate::sandbox::{Button, Msg, Row};

/// Something to tap, with the message that shows it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Choice {
    kind: &'static str,
    id: String,
    title: String,
    context: String,
}

impl Choice {
    fn button(msg: &Msg, button: &Button) -> Self {
        Self::new("button", msg, &button.id, &button.title)
    }

    fn row(msg: &Msg, row: &Row) -> Self {
        Self::new("row", msg, &row.id, &row.title)
    }

    fn new(kind: &'static str, msg: &Msg, id: &str, title: &str) -> Self {
        let (id, title) = (id.to_owned(), title.to_owned());
        Self {
            kind,
            id,
            title,
            context: msg.wamid.clone(),
        }
    }

    /// The tap, as the control interface takes it.
    pub(super) fn tap(&self, to: &str) -> Value {
        json!({"to": to, self.kind: {"id": self.id, "title": self.title, "context": self.context}})
    }
}

/// The button that leads to paying.
pub(super) fn pay(msg: &Msg) -> Option<Choice> {
    find(msg, &["PAYER", "PAY", "PAYER MAINTENANT", "PAY NOW"])
}

/// The button that takes everything back.
pub(super) fn cancel(msg: &Msg) -> Option<Choice> {
    find(msg, &["ANNULER", "CANCEL"])
}

/// The ways to pay that are offered.
pub(super) fn methods(msg: &Msg) -> Vec<Choice> {
    let names = [
        "WAVE",
        "ORANGE MONEY",
        "ORANGE",
        "OM",
        "CARTE",
        "CARD",
        "CARTE BANCAIRE",
    ];
    choices(msg)
        .filter(|choice| names.contains(&plain(&choice.title).as_str()))
        .collect()
}

/// Anything that is neither paying nor taking back: a size, a proposed keyword.
pub(super) fn proposal(msg: &Msg) -> Option<Choice> {
    let no = ["ANNULER", "CANCEL", "NE PLUS ATTENDRE", "STOP WAITING"];
    let pay = pay(msg);
    choices(msg)
        .filter(|choice| !no.contains(&plain(&choice.title).as_str()))
        .find(|choice| Some(choice) != pay.as_ref())
}

/// Whether she waits for what is sold out.
pub(super) fn waits(msg: &Msg) -> bool {
    find(msg, &["NE PLUS ATTENDRE", "STOP WAITING"]).is_some()
}

/// Everything a message asks or offers, but for looking around.
pub(super) fn answers(msg: &Msg) -> Vec<Choice> {
    let around = [
        "CATALOGUE",
        "CATALOG",
        "AIDE",
        "HELP",
        "MES ACHATS",
        "MY ORDERS",
    ];
    choices(msg)
        .filter(|choice| !around.contains(&plain(&choice.title).as_str()))
        .collect()
}

/// Whether a message only tells, and asks for nothing.
pub(super) fn nothing_to_tap(msg: &Msg) -> bool {
    choices(msg).next().is_none()
}

/// The payment link, on a button or in the words.
pub(super) fn link(msg: &Msg) -> Option<String> {
    let words = msg.text.split_whitespace();
    let in_text = words
        .filter(|word| word.starts_with("http://") || word.starts_with("https://"))
        .map(|word| word.trim_end_matches(['.', ',', ')', '*', '_']).to_owned());
    let on_button = msg.url.iter().map(|button| button.url.clone());
    on_button.chain(in_text).find(|url| url.contains("/pay/"))
}

fn find(msg: &Msg, names: &[&str]) -> Option<Choice> {
    choices(msg).find(|choice| names.contains(&plain(&choice.title).as_str()))
}

fn choices(msg: &Msg) -> impl Iterator<Item = Choice> {
    let buttons = msg.buttons.iter().map(|button| Choice::button(msg, button));
    buttons.chain(msg.rows.iter().map(|row| Choice::row(msg, row)))
}

/// Capital letters and digits only: emoji and punctuation are decoration.
fn plain(title: &str) -> String {
    let spaced: String = title
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    spaced
        .to_uppercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::{link, methods, nothing_to_tap, pay, proposal};
    use crate::sandbox::{Button, Msg};

    fn shows(titles: &[&str], text: &str) -> Msg {
        let button = |title: &&str| Button {
            id: format!("id {title}"),
            title: (*title).to_owned(),
        };
        Msg {
            buttons: titles.iter().map(button).collect(),
            text: text.to_owned(),
            ..Msg::default()
        }
    }

    #[test]
    fn decorated_buttons_are_recognised() {
        let msg = shows(&["✅ PAYER", "❌ ANNULER"], "");
        assert_eq!(pay(&msg).unwrap().tap("n1")["button"]["id"], "id ✅ PAYER");
        assert_eq!(proposal(&msg), None);
        assert_eq!(
            methods(&shows(&["🔵 WAVE", "🟠 OM", "CHANGER"], "")).len(),
            2
        );
        assert!(pay(&shows(&["M"], "")).is_none() && proposal(&shows(&["M"], "")).is_some());
    }

    #[test]
    fn words_alone_leave_nothing_to_tap() {
        assert!(nothing_to_tap(&shows(&[], "Ton lien arrive")));
        assert!(!nothing_to_tap(&shows(&["🔄 CHANGER"], "")));
    }

    #[test]
    fn a_live_that_is_over_is_answered_by_taking_what_is_left() {
        let msg = shows(&["✅ JE PRENDS", "🛍️ CATALOGUE"], "Le live est terminé");
        assert!(pay(&msg).is_none());
        assert_eq!(
            proposal(&msg).unwrap().tap("n1")["button"]["id"],
            "id ✅ JE PRENDS"
        );
    }

    #[test]
    fn the_link_is_found_in_the_words() {
        let msg = shows(&[], "Paie ici : http://127.0.0.1:8080/pay/abc-1.\nMerci");
        assert_eq!(
            link(&msg).as_deref(),
            Some("http://127.0.0.1:8080/pay/abc-1")
        );
        assert_eq!(link(&shows(&[], "https://example.com")), None);
    }
}
