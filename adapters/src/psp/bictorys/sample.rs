//! What Bictorys brings to the contract of all providers.

use chrono::{DateTime, Utc};
use domain::ids::Reference;
use domain::money::{Amount, Currency};
use domain::segment::Method;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::CODEC;
use crate::psp::contract::{Case, Delivery, reference};
use crate::psp::port::{Account, Charge, Payer};
use crate::secret::Secret;

pub(crate) const WEBHOOK_SECRET: &str = "hook-s3cret";

pub(crate) fn account() -> Account {
    Account {
        base: "https://api.test.bictorys.com".parse().unwrap(),
        public_key: Secret::new("test_public-s3cret"),
        secret_key: Secret::new("test_secret-s3cret"),
        webhook_secrets: vec![Secret::new("hook-0ther"), Secret::new(WEBHOOK_SECRET)],
    }
}

pub(crate) fn charge() -> Charge {
    Charge {
        reference: reference(),
        method: Method::Wave,
        amount: Amount(15_000),
        currency: Currency::Xof,
        country: "SN".to_owned(),
        payer: Payer::default(),
        success: "https://pay.livepay.example/pay/x?done".parse().unwrap(),
        failure: "https://pay.livepay.example/pay/x?failed".parse().unwrap(),
    }
}

pub(crate) fn body(reference: &Reference, status: &str, amount: &str) -> String {
    let full = include_str!("fixtures/webhook_body.succeeded.full_shape.assembled.json");
    full.replace("LP-01HZX0000000000000000000A1", reference.as_str())
        .replace("\"status\": \"succeeded\"", &format!("\"status\": \"{status}\""))
        .replace("\"amount\": 10000", &format!("\"amount\": {amount}"))
}

pub(crate) fn signature(secret: &str, stamp: &str, raw: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{stamp}.").as_bytes());
    mac.update(raw);
    hex::encode(mac.finalize().into_bytes())
}

fn signed(reference: &Reference, status: &str, amount: &str, now: DateTime<Utc>) -> Delivery {
    let raw = body(reference, status, amount).into_bytes();
    let stamp = now.timestamp_millis().to_string();
    let headers = vec![
        ("x-secret-key", WEBHOOK_SECRET.to_owned()),
        ("x-webhook-signature", signature(WEBHOOK_SECRET, &stamp, &raw)),
        ("x-webhook-timestamp", stamp),
    ];
    Delivery { headers, raw }
}

fn sender_only(reference: &Reference, status: &str, amount: &str) -> Delivery {
    let raw = body(reference, status, amount).into_bytes();
    Delivery { headers: vec![("x-secret-key", WEBHOOK_SECRET.to_owned())], raw }
}

fn list(reference: &Reference, status: &str, amount: &str) -> Vec<u8> {
    include_str!("fixtures/transactions_list.succeeded.sandbox.json")
        .replace("20260914-1-abonnement7", reference.as_str())
        .replace("\"succeeded\"", &format!("\"{status}\""))
        .replace("100.0", amount)
        .into_bytes()
}

pub(crate) fn case() -> Case {
    Case {
        provider: &CODEC,
        account: account(),
        secrets: vec!["public-s3cret", "secret-s3cret", WEBHOOK_SECRET, "hook-0ther"],
        signed,
        sender_only: Some(sender_only),
        list,
    }
}
