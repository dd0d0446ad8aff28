//! The payer's page: plain HTML for a small phone, where a person decides what happens.

use std::sync::Arc;

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::act::{Act, Kind, Undone};
use super::charge::Charge;
use crate::sandbox::hub::Hub;

const STYLE: &str = include_str!("page.css");

/// How late "pay later" may be, in seconds, and how it is called.
const DELAYS: [(u64, &str); 6] = [
    (10, "10 secondes"),
    (60, "1 minute"),
    (5 * 60, "5 minutes"),
    (11 * 60, "11 minutes"),
    (16 * 60, "16 minutes"),
    (25 * 60, "25 minutes"),
];

const METHODS: [(&str, &str); 3] = [
    ("wave_money", "Wave"),
    ("orange_money", "Orange Money"),
    ("card", "Carte bancaire"),
];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Preset {
    /// `mobile_money` or `card`, as merchants append it.
    payment_category: Option<String>,
}

/// `GET /checkout/{charge}`: looking has no effect.
pub(super) async fn show(
    State(hub): State<Arc<Hub>>,
    Path(id): Path<String>,
    Query(preset): Query<Preset>,
) -> Response {
    let Some(charge) = hub.till().charge(&id).cloned() else {
        return missing();
    };
    if charge.settled() || charge.under_way() {
        return done(
            "Ce paiement est déjà fait.",
            "This payment is already made.",
        );
    }
    let card = preset.payment_category.as_deref() == Some("card");
    Html(frame(
        "Paiement",
        &form(&charge, &hub.config.merchant, card),
    ))
    .into_response()
}

/// What the buttons send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Choice {
    act: String,
    /// Free text: an unreadable amount is answered with a sentence.
    amount: String,
    after_s: Option<u64>,
    method: Option<String>,
}

/// `POST /checkout/{charge}`: does it, then goes back to the merchant.
pub(super) async fn act(
    State(hub): State<Arc<Hub>>,
    Path(id): Path<String>,
    Form(choice): Form<Choice>,
) -> Response {
    let kind = match choice.act.as_str() {
        "pay" => Kind::Pay,
        "fail" => Kind::Fail,
        "cancel" => Kind::Cancel,
        "pay_late" => Kind::PayLate,
        "pay_amount" => Kind::PayAmount,
        "pay_silent" => Kind::PaySilent,
        _ => return StatusCode::BAD_REQUEST.into_response(),
    };
    let amount = choice.amount.trim().parse().ok();
    let after_ms = choice.after_s.map(|seconds| seconds.saturating_mul(1_000));
    let act = Act::of(kind, amount, after_ms).with_method(choice.method);
    match hub.act(&id, &act) {
        Err(Undone::Unknown) => missing(),
        Err(Undone::Closed) => done(
            "Ce paiement est déjà fait.",
            "This payment is already made.",
        ),
        Err(Undone::Amount) => {
            let words = "<p>Écris un montant en francs, par exemple 5000.</p>\
                         <p lang=\"en\">Write an amount in francs, 5000 for instance.</p>";
            (StatusCode::BAD_REQUEST, Html(frame("Montant", words))).into_response()
        }
        Ok(_) => {
            let charge = hub.till().charge(&id).cloned();
            let paid = !matches!(kind, Kind::Fail | Kind::Cancel);
            let back = charge.and_then(|c| if paid { c.success_url } else { c.error_url });
            match back {
                Some(url) => Redirect::to(&url).into_response(),
                None if paid => done("C’est fait.", "Done."),
                None => done(
                    "Le paiement n’a pas abouti.",
                    "The payment did not go through.",
                ),
            }
        }
    }
}

fn missing() -> Response {
    let words = "<p>Ce paiement n’existe pas.</p><p lang=\"en\">This payment does not exist.</p>";
    (StatusCode::NOT_FOUND, Html(frame("Introuvable", words))).into_response()
}

fn done(french: &str, english: &str) -> Response {
    let words = format!("<p class=\"done\">{french}</p><p lang=\"en\">{english}</p>");
    Html(frame("Paiement", &words)).into_response()
}

fn form(charge: &Charge, merchant: &str, card: bool) -> String {
    let merchant = escape(merchant);
    let reference = escape(charge.reference.as_deref().unwrap_or("sans référence"));
    let amount = francs(charge.amount);
    let method = charge
        .payment_type
        .as_deref()
        .map_or_else(|| methods(card), operator);
    let buttons = [
        button("pay", "PAYER", "main"),
        button("fail", "ÉCHOUER", ""),
        button("cancel", "ANNULER", ""),
    ]
    .concat();
    let hard = hard_cases(charge.amount / 2);
    format!(
        "<p class=\"merchant\">{merchant}</p>\
         <p class=\"reference\">{reference}</p>\
         <p class=\"amount\">{amount} <abbr title=\"francs CFA\">F</abbr></p>\
         <form method=\"post\">{method}{buttons}{hard}</form>"
    )
}

/// The operator of a direct charge.
fn operator(operator: &str) -> String {
    let name = METHODS
        .iter()
        .find(|(id, _)| *id == operator)
        .map_or(operator, |(_, name)| name);
    format!("<p class=\"method\">{}</p>", escape(name))
}

/// The choice of a hosted page, preset by the merchant's category.
fn methods(card: bool) -> String {
    let preset = if card { "card" } else { "wave_money" };
    let choice = |(id, name): &(&str, &str)| {
        let checked = if *id == preset { " checked" } else { "" };
        format!(
            "<label><input type=\"radio\" name=\"method\" value=\"{id}\"{checked}> {name}</label>"
        )
    };
    let choices: Vec<String> = METHODS.iter().map(choice).collect();
    let choices = choices.concat();
    format!("<fieldset><legend>Moyen de paiement</legend>{choices}</fieldset>")
}

/// What payments do on bad days: known late, another amount, never announced.
fn hard_cases(other: i64) -> String {
    let option = |(seconds, name): &(u64, &str)| {
        let chosen = if *seconds == 16 * 60 { " selected" } else { "" };
        format!("<option value=\"{seconds}\"{chosen}>{name}</option>")
    };
    let options: Vec<String> = DELAYS.iter().map(option).collect();
    [
        "<details><summary>Cas difficiles</summary>\
         <label>Connu après <select name=\"after_s\">",
        &options.concat(),
        "</select></label>",
        &button("pay_late", "PAYER PLUS TARD", ""),
        &format!(
            "<label>Montant <input name=\"amount\" inputmode=\"numeric\" value=\"{other}\"></label>"
        ),
        &button("pay_amount", "PAYER UN AUTRE MONTANT", ""),
        &button("pay_silent", "PAYER ET NE RIEN DIRE", ""),
        "</details>",
    ]
    .concat()
}

fn button(act: &str, label: &str, class: &str) -> String {
    format!(
        "<button name=\"act\" value=\"{act}\" class=\"{class}\" data-test=\"{act}\">\
         {label}</button>"
    )
}

fn frame(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"fr\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>{title} · bac à sable</title><style>{STYLE}</style>\
         <main><p class=\"brand\">Bac à sable · aucun argent réel</p>{body}</main></html>"
    )
}

/// `15 000`, with narrow no-break spaces.
fn francs(amount: i64) -> String {
    let digits = amount.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{escape, francs};

    #[test]
    fn amounts_are_grouped_and_markup_is_defused() {
        assert_eq!(francs(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(francs(500), "500");
        assert_eq!(escape("<b>\"&"), "&lt;b&gt;&quot;&amp;");
    }
}
