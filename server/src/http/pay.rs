//! `/pay/<reference>`: the link in the chat is ours. Its GET shows shop and order and has no
//! effect, because links are crawled (whatsapp.md 2.7); its POST goes on to the provider.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use domain::ids::{AttemptId, Reference, ShopId};

use super::Problem;
use crate::node::Node;
use crate::workers::charges;

/// What the page shows of a payment.
#[derive(Debug, Clone)]
pub struct Payment {
    /// The shop's name.
    pub shop: String,
    /// `LP-12`.
    pub order: String,
    /// Each line, in words.
    pub lines: Vec<String>,
    /// The sum, formatted.
    pub total: String,
    /// `wave`, `orange_money` or `card`.
    pub method: String,
    /// Until when the units are hers.
    pub deadline: Option<DateTime<Utc>>,
    /// `paying` where it can be paid now, else as the order's row says.
    pub state: String,
    /// Where the provider waits.
    pub link: Option<String>,
}

/// `GET /pay/{reference}`.
pub(super) async fn show(State(node): State<Node>, Path(reference): Path<String>) -> Response {
    match find(&node, &reference).await {
        Ok(Some(payment)) => Html(page(&payment, &reference, node.now())).into_response(),
        Ok(None) => (StatusCode::NOT_FOUND, Html(stranger())).into_response(),
        Err(problem) => problem.into_response(),
    }
}

/// `POST /pay/{reference}`: on to the provider.
pub(super) async fn go(State(node): State<Node>, Path(reference): Path<String>) -> Response {
    match find(&node, &reference).await {
        Ok(Some(Payment {
            link: Some(link),
            state,
            ..
        })) if state == "paying" => {
            let mut response = Redirect::to(&link).into_response();
            let cache = axum::http::HeaderValue::from_static("no-store");
            response.headers_mut().insert(header::CACHE_CONTROL, cache);
            response
        }
        Ok(Some(_)) => Redirect::to(&format!("/pay/{reference}")).into_response(),
        Ok(None) => (StatusCode::NOT_FOUND, Html(stranger())).into_response(),
        Err(problem) => problem.into_response(),
    }
}

/// `GET /pay/done/{reference}`: where the provider sends the payer back. It proves nothing, so
/// it says what the shop knows.
pub(super) async fn done(State(node): State<Node>, Path(reference): Path<String>) -> Response {
    show(State(node), Path(reference)).await
}

async fn find(node: &Node, reference: &str) -> Result<Option<Payment>, Problem> {
    let Some((shop, attempt)) = Reference::parse(reference) else {
        return Ok(None);
    };
    look(node, shop, attempt)
        .await
        .map_err(|_away| Problem::Unavailable)
}

async fn look(
    node: &Node,
    shop: ShopId,
    attempt: AttemptId,
) -> Result<Option<Payment>, sqlx::Error> {
    charges::payment(node, shop, attempt).await
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

fn frame(title: &str, body: &str) -> String {
    let title = escape(title);
    format!(
        "<!doctype html><html lang=\"fr\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><title>{title}</title>\
         <meta property=\"og:title\" content=\"{title}\">\
         <meta property=\"og:description\" content=\"Paiement sécurisé par LivePay\">\
         <link rel=\"stylesheet\" href=\"/pay.css\"></head><body><main>{body}</main></body></html>"
    )
}

fn stranger() -> String {
    frame(
        "Lien inconnu",
        "<h1>Ce lien ne mène à rien</h1><p>Retourne dans WhatsApp et écris <b>PAYER</b> : \
         tu recevras un nouveau lien.</p><p lang=\"en\" class=\"quiet\">This link leads nowhere. \
         Go back to WhatsApp and write <b>PAY</b>.</p>",
    )
}

fn page(payment: &Payment, reference: &str, now: DateTime<Utc>) -> String {
    use std::fmt::Write as _;
    let shop = escape(&payment.shop);
    let mut body = format!(
        "<p class=\"quiet\">LivePay</p><h1>{shop}</h1><p>Commande {}</p><ul>",
        escape(&payment.order)
    );
    for line in &payment.lines {
        let _never = write!(body, "<li>{}</li>", escape(line));
    }
    let _never = write!(
        body,
        "</ul><p class=\"total\">{}</p>",
        escape(&payment.total)
    );
    let late = payment.deadline.is_some_and(|deadline| deadline <= now);
    body.push_str(&match (payment.state.as_str(), &payment.link) {
        ("paying", Some(_)) if !late => pay_button(payment, reference, now),
        ("paying", None) => "<p>Le lien arrive…</p>".to_owned(),
        ("confirmed", _) => {
            "<p class=\"good\" data-test=\"paid\">✅ Payé. Merci !</p><p>Tu peux retourner dans \
             WhatsApp.</p>"
                .to_owned()
        }
        ("choosing" | "waiting", _) => {
            "<p>Ton argent est bien arrivé, après la fin de la réservation. Réponds dans \
             WhatsApp : c'est toi qui choisis la suite.</p><p lang=\"en\" class=\"quiet\">Your \
             money came after the hold was over. Answer in WhatsApp: you choose.</p>"
                .to_owned()
        }
        ("cancelled", _) => "<p>Cette commande est annulée.</p>".to_owned(),
        _ => "<p>Le temps est passé : réécris le mot-clé dans WhatsApp pour réserver à \
              nouveau.</p>"
            .to_owned(),
    });
    body.push_str(
        "<p class=\"quiet\">Vérifie le nom de la boutique avant de payer. Nous ne demandons \
         jamais ton code secret.</p>",
    );
    frame(&format!("{} · {}", payment.shop, payment.total), &body)
}

fn pay_button(payment: &Payment, reference: &str, now: DateTime<Utc>) -> String {
    let name = match payment.method.as_str() {
        "wave" => "Wave",
        "orange_money" => "Orange Money",
        _ => "carte",
    };
    // What is owed again is hers already: no time runs.
    let (held, held_english) = payment.deadline.map_or_else(Default::default, |deadline| {
        let minutes = (deadline - now).num_minutes().max(0);
        (
            format!("<p>Réservé encore {minutes} min.</p>"),
            format!("; held for {minutes} more min"),
        )
    });
    format!(
        "<form method=\"post\" action=\"/pay/{}\"><button data-test=\"go\">Payer avec {name}\
         </button></form>{held}\
         <p lang=\"en\" class=\"quiet\">Pay with {name}{held_english}.</p>",
        escape(reference)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_become_markup() {
        let payment = Payment {
            shop: "<script>alert(1)</script>".to_owned(),
            order: "LP-1".to_owned(),
            lines: vec!["\"><img src=x>".to_owned()],
            total: "1 F".to_owned(),
            method: "wave".to_owned(),
            deadline: None,
            state: "paying".to_owned(),
            link: Some("https://example.com".to_owned()),
        };
        let html = page(&payment, "R-1", DateTime::UNIX_EPOCH);
        assert!(
            !html.contains("<script>") && !html.contains("<img"),
            "{html}"
        );
        assert!(html.contains("action=\"/pay/R-1\""));
    }
}
