//! Asking for a charge (bictorys.md 1.2, 1.3).

use domain::segment::Method;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use url::Url;

use super::{address, key};
use crate::psp::port::{Account, Charge, Charged, Created};
use crate::transport::{Answer, Failure, Request, Verb};

/// Where direct Orange Money asks the payer for a one-time code first.
const OTP_COUNTRIES: [&str; 1] = ["CI"];

/// The `payment_type` of a direct charge, or `None` for the hosted page. Wave needs no number;
/// Orange Money does, and no code; a card never is direct (that would need PCI-DSS of us).
fn direct(charge: &Charge) -> Option<&'static str> {
    match charge.method {
        Method::Wave => Some("wave_money"),
        Method::OrangeMoney => {
            let otp = OTP_COUNTRIES.contains(&charge.country.as_str());
            (charge.payer.phone.is_some() && !otp).then_some("orange_money")
        }
        Method::Card => None,
    }
}

/// What is preselected on the hosted page.
fn category(method: Method) -> &'static str {
    match method {
        Method::Wave | Method::OrangeMoney => "mobile_money",
        Method::Card => "card",
    }
}

pub(super) fn encode(account: &Account, charge: &Charge) -> Result<Request, Failure> {
    let mut url = address(account, &["charges"])?;
    if let Some(kind) = direct(charge) {
        url.query_pairs_mut().append_pair("payment_type", kind);
    }
    let mut customer = Map::new();
    customer.insert("country".to_owned(), json!(charge.country));
    if let Some(name) = &charge.payer.name {
        customer.insert("name".to_owned(), json!(name));
    }
    if let Some(phone) = &charge.payer.phone {
        // Digits only, as a text: the webhook gives them back that way.
        customer.insert("phone".to_owned(), json!(phone.trim_start_matches('+')));
    }
    let body = json!({
        "amount": charge.amount.0,
        "currency": charge.currency.code(),
        "country": charge.country,
        "paymentReference": charge.reference.as_str(),
        "merchantReference": charge.reference.as_str(),
        "successRedirectUrl": charge.success.as_str(),
        "errorRedirectUrl": charge.failure.as_str(),
        "customerObject": Value::Object(customer),
    });
    let headers = key(&account.public_key);
    Ok(Request { verb: Verb::Post, url, headers, body: Some(body.to_string().into_bytes()) })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Checkout {
    link: Option<String>,
    redirect_url: Option<String>,
    charge_id: Option<String>,
    transaction_id: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

pub(super) fn decode(charge: &Charge, result: Result<Answer, Failure>) -> Charged {
    match result {
        Ok(answer) => made(charge, &answer),
        Err(Failure::Connect) => Charged::Throttled,
        Err(Failure::Malformed(detail)) => {
            Charged::Refused { code: "malformed".to_owned(), detail }
        }
        Err(Failure::Status { code: 429, .. } | Failure::Status { code: 403, html: true, .. }) => {
            Charged::Throttled
        }
        Err(Failure::Status { code, html, ref body }) if (400..500).contains(&code) => {
            // 408 is a time-out in other words.
            if code == 408 { unknown("HTTP 408") } else { refused(code, html, body) }
        }
        Err(failure) => unknown(&failure.to_string()),
    }
}

fn unknown(why: &str) -> Charged {
    Charged::Unknown { why: why.to_owned() }
}

fn made(charge: &Charge, answer: &Answer) -> Charged {
    // It may exist all the same: only a page we can send her to makes it usable.
    let Ok(answered) = serde_json::from_slice::<Checkout>(&answer.body) else {
        return unknown("an answer nobody understands");
    };
    let links = [&answered.link, &answered.redirect_url];
    let found = links.into_iter().flatten().find_map(|link| page(link));
    let Some(mut link) = found else { return unknown("an answer without a link") };
    if answered.kind.as_deref() == Some("CheckoutLinkObject") {
        link.query_pairs_mut().append_pair("payment_category", category(charge.method));
    }
    let id = |id: Option<String>| id.filter(|id| !id.is_empty());
    Charged::Created(Created {
        charge_id: id(answered.charge_id),
        transaction_id: id(answered.transaction_id),
        link,
    })
}

/// A page a phone can open: https, or http on this machine for the sandbox. Never an app's own
/// scheme, a script or a file.
fn page(link: &str) -> Option<Url> {
    let url = Url::parse(link).ok()?;
    let loopback = match url.host()? {
        url::Host::Ipv4(ip) => ip.is_loopback(),
        url::Host::Ipv6(ip) => ip.is_loopback(),
        url::Host::Domain(name) => name == "localhost",
    };
    (url.scheme() == "https" || (url.scheme() == "http" && loopback)).then_some(url)
}

/// What a refusal says: `details` is `E<http>-<n>: words`.
#[derive(Default, Deserialize)]
pub(super) struct Problem {
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    details: String,
}

impl Problem {
    /// Reads it, where there is one.
    pub(super) fn read(html: bool, body: &[u8]) -> Option<Self> {
        serde_json::from_slice(body).ok().filter(|_json| !html)
    }
}

fn refused(http: u16, html: bool, body: &[u8]) -> Charged {
    let (code, detail) = problem(http, html, body);
    Charged::Refused { code, detail }
}

/// The provider's code and words of a refusal; `HTTP <code>` where it has none.
pub(super) fn problem(http: u16, html: bool, body: &[u8]) -> (String, String) {
    let Some(Problem { title, details }) = Problem::read(html, body) else {
        return (format!("HTTP {http}"), String::new());
    };
    match details.split_once(':') {
        Some((code, words)) if code.starts_with('E') => (code.to_owned(), words.trim().to_owned()),
        _ => (format!("HTTP {http}"), if details.is_empty() { title } else { details }),
    }
}
