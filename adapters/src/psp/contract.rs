//! What every provider must do, whoever it is. A new provider adds one line to [`cases`].

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::{AttemptId, Reference, ShopId};
use domain::money::Amount;
use domain::payment::observation::{Status, Trusted};
use uuid::Uuid;

use super::line::Kind;
use super::port::{Account, Headers, Proof, Provider};
use super::seen::Seen;
use super::{ALL, bictorys, provider};
use crate::transport::Failure;

/// A webhook as a provider would send it.
pub(super) struct Delivery {
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) raw: Vec<u8>,
}

impl Headers for Delivery {
    fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// What a provider brings to the contract.
pub(super) struct Case {
    pub(super) provider: &'static dyn Provider,
    pub(super) account: Account,
    /// Secrets that must never be printed.
    pub(super) secrets: Vec<&'static str>,
    /// A signed webhook: reference, status word, amount as JSON.
    pub(super) signed: fn(&Reference, &str, &str, DateTime<Utc>) -> Delivery,
    /// The same, proving only its sender, where the provider has such a thing.
    pub(super) sender_only: Option<fn(&Reference, &str, &str) -> Delivery>,
    /// A list with one transaction.
    pub(super) list: fn(&Reference, &str, &str) -> Vec<u8>,
}

fn cases() -> Vec<Case> {
    vec![bictorys::sample::case()]
}

pub(super) fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_763_700_000, 0).unwrap()
}

pub(super) fn reference() -> Reference {
    Reference::new(ShopId(Uuid::from_u128(7)), AttemptId(31))
}

fn proof(case: &Case, delivery: &Delivery, now: DateTime<Utc>) -> Proof {
    case.provider
        .authenticate(&case.account, delivery, &delivery.raw, now)
}

fn seen(case: &Case, delivery: &Delivery, trusted: Trusted) -> Seen {
    let mut all = case
        .provider
        .decode_webhook(&delivery.raw, trusted)
        .unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[test]
fn every_provider_is_under_contract_and_found_by_name() {
    let names: Vec<_> = ALL.iter().map(|provider| provider.name()).collect();
    let under: Vec<_> = cases().iter().map(|case| case.provider.name()).collect();
    assert_eq!(names, under);
    for name in names {
        assert_eq!(provider(name).unwrap().name(), name);
    }
    assert!(provider("nobody").is_none());
}

#[test]
fn a_signed_success_is_believed_and_its_amount_agrees() {
    for case in cases() {
        let delivery = (case.signed)(&reference(), "succeeded", "15000", now());
        assert_eq!(proof(&case, &delivery, now()), Proof::BodyBound);
        let told = seen(&case, &delivery, Trusted::Fully);
        let Seen::Ours {
            shop, observation, ..
        } = told
        else {
            panic!("not ours")
        };
        assert_eq!(shop, ShopId(Uuid::from_u128(7)));
        assert_eq!(observation.attempt, AttemptId(31));
        assert_eq!(observation.status, Status::Succeeded);
        assert_eq!(observation.amount, Some(Amount(15_000)));
        let list = (case.list)(&reference(), "succeeded", "15000.0");
        let page = case.provider.decode_list(&list).unwrap();
        let listed = page.seen.first().and_then(Seen::observation).unwrap();
        assert_eq!(listed.amount, observation.amount);
        assert_eq!(listed.status, observation.status);
        assert_eq!(listed.trusted, Trusted::Fully);
        assert!(page.last);
    }
}

#[test]
fn a_repeat_is_the_same_observation() {
    for case in cases() {
        let first = (case.signed)(&reference(), "failed", "15000", now());
        let again = (case.signed)(&reference(), "failed", "15000", now() + TimeDelta::hours(1));
        assert_eq!(
            seen(&case, &first, Trusted::Fully),
            seen(&case, &again, Trusted::Fully)
        );
    }
}

#[test]
fn an_unknown_word_is_never_a_failure_and_never_money() {
    for case in cases() {
        for word in ["settling", "", "SUCCESS!", "paid"] {
            let delivery = (case.signed)(&reference(), word, "15000", now());
            let status = seen(&case, &delivery, Trusted::Fully)
                .observation()
                .unwrap()
                .status;
            assert_eq!(status, Status::Unknown, "{word}");
        }
    }
}

#[test]
fn a_fraction_or_a_negative_amount_is_never_money() {
    for case in cases() {
        for amount in ["14999.5", "-15000", "1e5", "{}", "\"quinze mille\""] {
            let delivery = (case.signed)(&reference(), "succeeded", amount, now());
            let told = seen(&case, &delivery, Trusted::Fully);
            assert!(
                matches!(told, Seen::Unreadable { .. }),
                "{amount}: {told:?}"
            );
        }
    }
}

#[test]
fn a_forged_webhook_is_rejected() {
    for case in cases() {
        let mut changed = (case.signed)(&reference(), "succeeded", "15000", now());
        let at = changed
            .raw
            .windows(5)
            .position(|five| five == b"15000")
            .unwrap();
        changed.raw[at] = b'9';
        assert_eq!(
            proof(&case, &changed, now()),
            Proof::Rejected,
            "another amount"
        );
        let mut bare = (case.signed)(&reference(), "succeeded", "15000", now());
        bare.headers.clear();
        assert_eq!(proof(&case, &bare, now()), Proof::Rejected, "no proof");
        let late = (case.signed)(&reference(), "succeeded", "15000", now());
        let later = now() + TimeDelta::minutes(6);
        assert_eq!(
            proof(&case, &late, later),
            Proof::Rejected,
            "an old one again"
        );
        assert_eq!(Proof::Rejected.trusted(), None);
        let mut nobody = case.account.clone();
        nobody.webhook_secrets.clear();
        let signed = (case.signed)(&reference(), "succeeded", "15000", now());
        let case = Case {
            account: nobody,
            ..case
        };
        assert_eq!(
            proof(&case, &signed, now()),
            Proof::Rejected,
            "no secret set"
        );
    }
}

#[test]
fn who_only_knows_the_shared_secret_is_a_hint() {
    for case in cases() {
        let Some(make) = case.sender_only else {
            continue;
        };
        let delivery = make(&reference(), "succeeded", "15000");
        assert_eq!(proof(&case, &delivery, now()), Proof::SenderOnly);
        assert_eq!(Proof::SenderOnly.trusted(), Some(Trusted::Hint));
        let hint = seen(&case, &delivery, Trusted::Hint);
        assert_eq!(hint.observation().unwrap().trusted, Trusted::Hint);
    }
}

#[test]
fn a_reference_that_is_not_ours_is_kept_apart() {
    for case in cases() {
        let raw = (case.signed)(&reference(), "succeeded", "15000", now()).raw;
        let text = String::from_utf8(raw).unwrap();
        let foreign = text.replace(reference().as_str(), "their-order-9");
        let told = case
            .provider
            .decode_webhook(foreign.as_bytes(), Trusted::Fully)
            .unwrap();
        let [
            Seen::Foreign {
                line: Some(kept), ..
            },
        ] = told.as_slice()
        else {
            panic!("{told:?}")
        };
        assert_eq!(kept.kind, Kind::Payment);
        assert_eq!(kept.amount, Some(Amount(15_000)));
        assert_eq!(kept.reference.as_deref(), Some("their-order-9"));
        assert_eq!(kept.status, Status::Succeeded);
    }
}

#[test]
fn an_unclear_answer_is_never_a_refusal() {
    use super::port::Charged;
    for case in cases() {
        let charge = bictorys::sample::charge();
        let result = |failure| case.provider.decode_charge(&charge, Err(failure));
        let status = |code, html| Failure::Status {
            code,
            html,
            body: Vec::new(),
        };
        for failure in [
            Failure::Timeout,
            Failure::Broken,
            status(500, false),
            status(408, false),
        ] {
            let told = result(failure.clone());
            assert!(
                matches!(told, Charged::Unknown { .. }),
                "{failure}: {told:?}"
            );
        }
        for failure in [Failure::Connect, status(403, true), status(429, false)] {
            assert_eq!(result(failure), Charged::Throttled);
        }
        assert!(matches!(
            result(status(400, false)),
            Charged::Refused { .. }
        ));
    }
}

#[test]
fn every_transaction_told_is_a_line_that_can_be_kept() {
    for case in cases() {
        let list = (case.list)(&reference(), "succeeded", "15000.0");
        let page = case.provider.decode_list(&list).unwrap();
        let line = page.seen.first().and_then(Seen::line).unwrap();
        assert_eq!(line.reference.as_deref(), Some(reference().as_str()));
        assert_eq!(
            (line.status, line.amount),
            (Status::Succeeded, Some(Amount(15_000)))
        );
        assert!(!line.transaction.is_empty() && line.at.is_some());
        // What cannot be believed is kept as well, without the sum nobody can read.
        let odd = (case.signed)(&reference(), "succeeded", "14999.5", now());
        let told = seen(&case, &odd, Trusted::Fully);
        let kept = told.line().unwrap();
        assert_eq!((kept.status, kept.amount), (Status::Succeeded, None));
    }
}

#[test]
fn a_refund_is_asked_for_once_and_an_unclear_answer_is_never_a_refusal() {
    use super::port::Refunded;
    for case in cases() {
        let asked = case
            .provider
            .encode_refund(&case.account, "../t/1")
            .unwrap();
        assert!(
            asked.url.as_str().contains("..%2Ft%2F1"),
            "an id stays one part"
        );
        assert!(case.provider.encode_refund(&case.account, "").is_err());
        let status = |code, html| Failure::Status {
            code,
            html,
            body: Vec::new(),
        };
        let told = |failure| case.provider.decode_refund(Err(failure));
        for failure in [
            Failure::Timeout,
            Failure::Broken,
            Failure::TooLarge,
            status(500, false),
            status(502, true),
            status(408, false),
            status(302, false),
        ] {
            let unclear = told(failure.clone());
            assert!(
                matches!(unclear, Refunded::Unknown { .. }),
                "{failure}: {unclear:?}"
            );
        }
        for failure in [Failure::Connect, status(403, true), status(429, false)] {
            assert_eq!(told(failure), Refunded::Throttled);
        }
        for code in [400, 403, 404, 409] {
            assert!(matches!(
                told(status(code, false)),
                Refunded::Refused { .. }
            ));
        }
    }
}

#[test]
fn nothing_secret_is_printed() {
    for case in cases() {
        let charge = bictorys::sample::charge();
        let request = case.provider.encode_charge(&case.account, &charge).unwrap();
        let read = case.provider.encode_detail(&case.account, "x").unwrap();
        let Account {
            base,
            public_key,
            secret_key,
            webhook_secrets,
        } = &case.account;
        let shown = format!("{base:?} {public_key:?} {secret_key:?} {webhook_secrets:?}");
        let all = format!("{shown} {:?} {:?} {read:?}", case.account, request.headers);
        for secret in &case.secrets {
            assert!(!all.contains(secret), "{secret} in {all}");
        }
    }
}
