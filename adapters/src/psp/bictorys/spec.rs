//! What is Bictorys' own (bictorys.md 1).

use chrono::{NaiveDate, TimeDelta};
use domain::money::Amount;
use domain::payment::observation::{Source, Status, Trusted};
use domain::segment::Method;
use serde_json::{Value, json};

use super::CODEC;
use super::sample::{WEBHOOK_SECRET, account, body, charge, signature};
use crate::psp::contract::{Delivery, now, reference};
use crate::psp::line::Kind;
use crate::psp::port::{Charge, Charged, Payer, Proof, Provider as _, Refunded, Span};
use crate::psp::seen::Seen;
use crate::secret::Secret;
use crate::transport::{Answer, Failure, Verb};

fn asked(charge: &Charge) -> (String, Value) {
    let request = CODEC.encode_charge(&account(), charge).unwrap();
    let keys: Vec<_> = request.headers.iter().map(|(name, key)| (*name, key.expose())).collect();
    assert!(keys.contains(&("x-api-key", "test_public-s3cret")));
    (request.url.to_string(), serde_json::from_slice(&request.body.unwrap()).unwrap())
}

fn with(method: Method, phone: Option<&str>, country: &str) -> Charge {
    let payer = Payer { phone: phone.map(str::to_owned), name: None };
    Charge { method, payer, country: country.to_owned(), ..charge() }
}

#[test]
fn a_charge_is_direct_where_it_can_be() {
    let charges = "https://api.test.bictorys.com/pay/v1/charges";
    let phone = Some("+221770000001");
    for (charge, kind) in [
        (with(Method::Wave, None, "SN"), Some("wave_money")),
        (with(Method::Wave, phone, "CI"), Some("wave_money")),
        (with(Method::OrangeMoney, phone, "SN"), Some("orange_money")),
        (with(Method::OrangeMoney, None, "SN"), None),
        (with(Method::OrangeMoney, phone, "CI"), None),
        (with(Method::Card, phone, "SN"), None),
    ] {
        let query = kind.map(|kind| format!("?payment_type={kind}")).unwrap_or_default();
        assert_eq!(asked(&charge).0, format!("{charges}{query}"), "{charge:?}");
    }
}

#[test]
fn a_charge_asks_for_whole_francs_under_our_reference() {
    let (_, sent) = asked(&with(Method::OrangeMoney, Some("+221770000001"), "SN"));
    assert_eq!(sent["amount"], json!(15_000));
    assert_eq!(sent["currency"], "XOF");
    assert_eq!(sent["paymentReference"], "0000000000000000000007-31");
    assert_eq!(sent["merchantReference"], "0000000000000000000007-31");
    assert_eq!(sent["customerObject"], json!({ "country": "SN", "phone": "221770000001" }));
    for name in ["successRedirectUrl", "errorRedirectUrl"] {
        assert!(sent[name].as_str().unwrap().starts_with("https://"));
    }
}

fn made(charge: &Charge, status: u16, body: &str) -> Charged {
    CODEC.decode_charge(charge, Ok(Answer { status, body: body.as_bytes().to_vec() }))
}

#[test]
fn both_answers_give_a_link() {
    let hosted = include_str!("fixtures/charge_response.202_hosted_checkout.sandbox.json");
    let Charged::Created(created) = made(&with(Method::Card, None, "SN"), 202, hosted) else {
        panic!("not created")
    };
    assert_eq!(created.charge_id.as_deref(), Some("dcb0b0f9-1d3f-4ce9-a419-7b34d8f63e04"));
    assert_eq!(created.transaction_id, None);
    assert!(created.link.as_str().ends_with("&op_token=x&payment_category=card"));
    let mobile = made(&with(Method::OrangeMoney, None, "SN"), 202, hosted);
    let Charged::Created(mobile) = mobile else { panic!("not created") };
    assert!(mobile.link.as_str().ends_with("payment_category=mobile_money"));
    let direct = json!({ "transactionId": "t-1", "type": "MobilePaymentObject", "link": "",
        "redirectUrl": "https://pay.wave.com/c/cos-1", "message": "<b>ok</b>" });
    let Charged::Created(direct) = made(&charge(), 201, &direct.to_string()) else {
        panic!("not created")
    };
    assert_eq!(direct.transaction_id.as_deref(), Some("t-1"));
    assert_eq!(direct.link.as_str(), "https://pay.wave.com/c/cos-1");
}

#[test]
fn a_link_nobody_should_open_is_no_link() {
    for link in ["", "javascript:alert(1)", "wave://x", "http://evil.example/", "/relative"] {
        let body = json!({ "link": link, "chargeId": "c" }).to_string();
        let told = made(&charge(), 201, &body);
        assert!(matches!(told, Charged::Unknown { .. }), "{link}: {told:?}");
    }
    let loopback = json!({ "link": "http://127.0.0.1:9000/checkout/1" }).to_string();
    assert!(matches!(made(&charge(), 201, &loopback), Charged::Created(_)));
    assert!(matches!(made(&charge(), 201, "<html>"), Charged::Unknown { .. }));
}

#[test]
fn a_refusal_has_its_code() {
    let body = include_bytes!("fixtures/error_response.400_bad_reference.assembled.json");
    let failure = Failure::Status { code: 400, html: false, body: body.to_vec() };
    let told = CODEC.decode_charge(&charge(), Err(failure));
    let detail = "Invalid paymentReference format".to_owned();
    assert_eq!(told, Charged::Refused { code: "E400-46".to_owned(), detail });
}

fn proof(headers: Vec<(&'static str, String)>, raw: &[u8]) -> Proof {
    let delivery = Delivery { headers, raw: raw.to_vec() };
    CODEC.authenticate(&account(), &delivery, raw, now())
}

#[test]
fn signatures_in_seconds_or_milliseconds_within_five_minutes() {
    let raw = body(&reference(), "succeeded", "15000").into_bytes();
    let with = |stamp: String, secret: &str| {
        let signed = signature(secret, &stamp, &raw);
        proof(vec![("x-webhook-signature", signed), ("x-webhook-timestamp", stamp)], &raw)
    };
    let at = |minutes| now() + TimeDelta::minutes(minutes);
    for minutes in [-5, 0, 5] {
        assert_eq!(with(at(minutes).timestamp().to_string(), WEBHOOK_SECRET), Proof::BodyBound);
        let millis = at(minutes).timestamp_millis().to_string();
        assert_eq!(with(millis, "hook-0ther"), Proof::BodyBound);
    }
    for minutes in [-6, 6] {
        assert_eq!(with(at(minutes).timestamp().to_string(), WEBHOOK_SECRET), Proof::Rejected);
    }
    for stamp in ["", "now", "-1", "9223372036854775807"] {
        assert_eq!(with(stamp.to_owned(), WEBHOOK_SECRET), Proof::Rejected, "{stamp}");
    }
}

#[test]
fn a_right_secret_does_not_save_a_wrong_signature() {
    let secret = ("x-secret-key", WEBHOOK_SECRET.to_owned());
    let stamp = ("x-webhook-timestamp", now().timestamp().to_string());
    let wrong = ("x-webhook-signature", "00".repeat(32));
    assert_eq!(proof(vec![secret.clone(), stamp.clone(), wrong.clone()], b"{}"), Proof::Rejected);
    assert_eq!(proof(vec![secret.clone(), wrong], b"{}"), Proof::Rejected);
    assert_eq!(proof(vec![secret, stamp], b"{}"), Proof::SenderOnly);
    assert_eq!(proof(vec![("x-secret-key", "hook-0ther".to_owned())], b"{}"), Proof::SenderOnly);
    for key in ["", "hook-s3cre", "hook-s3cret "] {
        assert_eq!(proof(vec![("x-secret-key", key.to_owned())], b"{}"), Proof::Rejected);
    }
}

#[test]
fn a_webhook_gives_all_it_has() {
    let raw = body(&reference(), "succeeded", "10000");
    let seen = CODEC.decode_webhook(raw.as_bytes(), Trusted::Fully).unwrap();
    let one = seen[0].observation().unwrap();
    assert_eq!(one.provider_id.as_deref(), Some("22222222-2222-4222-8222-222222222222"));
    assert_eq!((one.amount, one.fees), (Some(Amount(10_000)), Some(Amount(150))));
    assert_eq!(one.currency.as_deref(), Some("XOF"));
    assert_eq!(one.source, Source::Webhook);
    let paid = one.paid_at.unwrap().to_rfc3339();
    assert_eq!(paid, "2026-08-08T18:45:44.102540+00:00");
    let wrapped = format!("{{\"event\":\"x\",\"data\":{raw}}}");
    assert_eq!(CODEC.decode_webhook(wrapped.as_bytes(), Trusted::Fully).unwrap(), seen);
    for bad in ["", "[]", "7", "{", "{\"amount\":1,\"status\":7}"] {
        assert!(CODEC.decode_webhook(bad.as_bytes(), Trusted::Fully).is_err(), "{bad}");
    }
}

#[test]
fn a_refund_that_succeeded_is_not_money_that_came() {
    let told = |kind: &str, status: &str| {
        let raw = body(&reference(), status, "15000")
            .replace("\"type\": \"payment\"", &format!("\"type\": \"{kind}\""));
        CODEC.decode_webhook(raw.as_bytes(), Trusted::Fully).unwrap().remove(0)
    };
    for word in ["payout", "settlement"] {
        let seen = told(word, "succeeded");
        assert!(matches!(&seen, Seen::Foreign { kind: Some(k), .. } if k == word));
        assert_eq!(seen.line().unwrap().kind, Kind::Other(word.to_owned()));
    }
    // It is money that went back, whichever word the provider has for that.
    for word in ["succeeded", "reversed"] {
        let seen = told("refund", word);
        assert_eq!(seen.observation().unwrap().status, Status::Reversed, "{word}");
        assert_eq!(seen.line().unwrap().kind, Kind::Refund);
    }
    // One that failed or is under way changes no payment; it is kept all the same.
    for word in ["failed", "processing", "authorized"] {
        let seen = told("refund", word);
        assert!(matches!(seen, Seen::Foreign { line: Some(_), .. }), "{word}: {seen:?}");
    }
}

#[test]
fn a_refund_is_a_put_with_the_secret_key_and_no_body() {
    let asked = CODEC.encode_refund(&account(), "t-1").unwrap();
    let route = "https://api.test.bictorys.com/pay/v1/transactions/t-1/refund";
    assert_eq!((asked.verb, asked.url.as_str()), (Verb::Put, route));
    assert!(asked.body.is_none());
    assert!(asked.headers.iter().any(|(_, key)| key.expose() == "test_secret-s3cret"));
    let done = CODEC.decode_refund(Ok(Answer { status: 202, body: Vec::new() }));
    assert_eq!(done, Refunded::Accepted);
    let body = json!({ "status": 400, "title": "Bad Request",
        "details": "E400-0: Transaction cannot be refunded" });
    let body = body.to_string().into_bytes();
    let told = CODEC.decode_refund(Err(Failure::Status { code: 400, html: false, body }));
    let title = "Bad Request".to_owned();
    assert_eq!(told, Refunded::Refused { code: "E400-0".to_owned(), title });
}

#[test]
fn every_documented_status_is_known() {
    for (word, status) in [
        ("succeeded", Status::Succeeded),
        ("failed", Status::Failed),
        ("cancelled", Status::Cancelled),
        ("canceled", Status::Cancelled),
        ("pending", Status::Pending),
        ("processing", Status::Processing),
        ("reversed", Status::Reversed),
        ("authorized", Status::Authorized),
    ] {
        let raw = body(&reference(), word, "15000");
        let seen = CODEC.decode_webhook(raw.as_bytes(), Trusted::Fully).unwrap();
        assert_eq!(seen[0].observation().unwrap().status, status, "{word}");
    }
}

#[test]
fn another_currency_is_told_and_its_amount_is_not_guessed() {
    let raw = body(&reference(), "succeeded", "15000.50")
        .replace("\"currency\": \"XOF\"", "\"currency\": \"NGN\"");
    let seen = CODEC.decode_webhook(raw.as_bytes(), Trusted::Fully).unwrap();
    let one = seen[0].observation().unwrap();
    assert_eq!((one.amount, one.currency.as_deref()), (None, Some("NGN")));
}

#[test]
fn reads_use_the_secret_key_and_stay_one_segment() {
    let span = Span {
        from: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        to: NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(),
        page: 2,
        reference: None,
    };
    let list = CODEC.encode_list(&account(), span.clone()).unwrap();
    let base = "https://api.test.bictorys.com/pay/v1/transactions";
    let query = "start_date=2026-11-20&end_date=2026-11-21&page_offset=2&page_size=500";
    assert_eq!(list.url.as_str(), format!("{base}?{query}"));
    let one = Span { reference: Some(reference()), ..span };
    let one = CODEC.encode_list(&account(), one).unwrap();
    let query = format!("{query}&payment_reference={}", reference());
    assert_eq!(one.url.as_str(), format!("{base}?{query}"));
    let detail = CODEC.encode_detail(&account(), "../a/b?c").unwrap();
    assert_eq!(detail.url.as_str(), format!("{base}/..%2Fa%2Fb%3Fc"));
    let status = CODEC.encode_status(&account(), "c-1").unwrap();
    assert_eq!(status.url.as_str(), format!("{base}/c-1/status?by_charge_id=true"));
    for request in [list, detail, status] {
        assert!(request.headers.iter().any(|(_, key)| key.expose() == "test_secret-s3cret"));
    }
}

#[test]
fn a_status_speaks_of_what_was_asked() {
    let pending = include_bytes!("fixtures/status_response.pending_null_id.sandbox.json");
    let seen = CODEC.decode_status(&reference(), pending).unwrap();
    let one = seen.observation().unwrap();
    assert_eq!((one.status, one.provider_id.as_deref()), (Status::Pending, None));
    let paid = include_bytes!("fixtures/status_response.succeeded_minimal.sandbox.json");
    let seen = CODEC.decode_status(&reference(), paid).unwrap();
    let one = seen.observation().unwrap();
    assert_eq!((one.status, one.amount), (Status::Succeeded, None));
    assert_eq!(one.source, Source::Status);
}

#[test]
fn a_list_is_bare_or_wrapped_and_a_bad_row_costs_nobody() {
    let row = json!({ "id": "t", "paymentReference": reference().as_str(), "amount": 15000.0,
        "currency": "XOF", "status": "succeeded", "timestamp": "2026-09-14 22:39:53.823" });
    let rows = json!([7, row, { "id": "u", "paymentReference": "x", "status": "failed" }]);
    let bare = CODEC.decode_list(rows.to_string().as_bytes()).unwrap();
    let wrapped = CODEC.decode_list(json!({ "data": rows }).to_string().as_bytes()).unwrap();
    assert_eq!(bare, wrapped);
    let [Seen::Unreadable { .. }, Seen::Ours { .. }, Seen::Foreign { .. }] = bare.seen.as_slice()
    else {
        panic!("{bare:?}")
    };
    let full = json!(vec![row; 500]);
    assert!(!CODEC.decode_list(full.to_string().as_bytes()).unwrap().last);
    assert!(CODEC.decode_list(b"{\"error\":1}").is_err());
}

#[test]
fn test_keys_and_live_hosts_do_not_mix() {
    let mut mixed = account();
    assert_eq!(CODEC.check(&mixed), Ok(()));
    mixed.base = "https://api.bictorys.com".parse().unwrap();
    assert!(CODEC.check(&mixed).is_err());
    mixed.public_key = Secret::new("public-1");
    mixed.secret_key = Secret::new("secret-1");
    assert_eq!(CODEC.check(&mixed), Ok(()));
    mixed.base = "http://127.0.0.1:9000/bictorys".parse().unwrap();
    assert_eq!(CODEC.check(&mixed), Ok(()));
}
