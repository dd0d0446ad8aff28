//! What Bictorys sends, read leniently: fields may be added without notice, any may be missing.

use chrono::{DateTime, NaiveDateTime, SubsecRound as _, Utc};
use domain::money::{Amount, Currency};
use domain::payment::observation::{Observation, Source, Status, Trusted};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::psp::line::{Kind, Line};
use crate::psp::seen::{Seen, of_reference};

/// A transaction: the webhook's body, a row of the list, the detail.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Transaction<'a> {
    pub(super) id: Option<String>,
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    #[serde(borrow)]
    pub(super) amount: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) merchant_fees: Option<&'a RawValue>,
    pub(super) currency: Option<String>,
    pub(super) payment_reference: Option<String>,
    pub(super) merchant_reference: Option<String>,
    pub(super) status: Option<String>,
    pub(super) timestamp: Option<String>,
}

/// Statuses of bictorys.md 1.4. A word we do not know is pending, never failed.
pub(super) fn status(word: &str) -> Status {
    match word.trim().to_ascii_lowercase().as_str() {
        "succeeded" => Status::Succeeded,
        "failed" => Status::Failed,
        "cancelled" | "canceled" => Status::Cancelled,
        "pending" => Status::Pending,
        "processing" => Status::Processing,
        "reversed" => Status::Reversed,
        "authorized" => Status::Authorized,
        _ => Status::Unknown,
    }
}

impl Transaction<'_> {
    /// What it tells us, read from `source` and believed as `trusted`.
    pub(super) fn seen(&self, source: Source, trusted: Trusted) -> Seen {
        let line = self.line().map(Box::new);
        let Some(reference) = self.ours() else { return self.foreign(line) };
        let amount = match self.money() {
            Ok(amount) => amount,
            Err(why) => return unreadable(line, why),
        };
        let Some(word) = &self.status else { return unreadable(line, "no status") };
        let status = match (self.kind(), status(word)) {
            (Kind::Payment, told) => told,
            // Money that went back whole, for a refund is never of a part (bictorys.md 1.6).
            (Kind::Refund, Status::Succeeded | Status::Reversed) => Status::Reversed,
            // A refund that did not happen yet, or at all, changes no payment.
            (Kind::Refund | Kind::Other(_), _) => return self.foreign(line),
        };
        let observation = |attempt| Observation {
            attempt,
            provider_id: self.id(),
            status,
            amount,
            fees: self.fees(),
            currency: self.currency.clone(),
            paid_at: self.at(),
            source,
            trusted,
        };
        match of_reference(reference, observation) {
            Some(Seen::Ours { shop, observation, .. }) => Seen::Ours { shop, observation, line },
            _ => self.foreign(line),
        }
    }

    /// Whichever of its references is ours.
    fn ours(&self) -> Option<&str> {
        [&self.payment_reference, &self.merchant_reference]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .find(|reference| of_reference(reference, blank).is_some())
    }

    fn id(&self) -> Option<String> {
        self.id.clone().filter(|id| !id.is_empty())
    }

    fn kind(&self) -> Kind {
        match self.kind.as_deref() {
            None | Some("payment" | "checkout") => Kind::Payment,
            Some("refund") => Kind::Refund,
            Some(other) => Kind::Other(other.to_owned()),
        }
    }

    fn fees(&self) -> Option<Amount> {
        self.merchant_fees.and_then(|raw| whole(raw.get()).ok()).map(Amount)
    }

    fn at(&self) -> Option<DateTime<Utc>> {
        self.timestamp.as_deref().and_then(instant)
    }

    /// The amount in minor units; none where there is none, or where we do not know what the
    /// currency's minor unit is.
    fn money(&self) -> Result<Option<Amount>, &'static str> {
        let known = self.currency.as_deref().is_none_or(|code| Currency::parse(code).is_some());
        match self.amount {
            Some(raw) if known => whole(raw.get()).map(|units| Some(Amount(units))),
            _ => Ok(None),
        }
    }

    fn line(&self) -> Option<Line> {
        let theirs = self.payment_reference.as_deref().or(self.merchant_reference.as_deref());
        Some(Line {
            transaction: self.id()?,
            kind: self.kind(),
            reference: self.ours().or(theirs).map(str::to_owned),
            status: self.status.as_deref().map_or(Status::Unknown, status),
            amount: self.money().ok().flatten(),
            fees: self.fees(),
            currency: self.currency.clone(),
            at: self.at(),
        })
    }

    fn foreign(&self, line: Option<Box<Line>>) -> Seen {
        Seen::Foreign { kind: self.kind.clone(), line }
    }
}

fn blank(attempt: domain::ids::AttemptId) -> Observation {
    crate::psp::seen::bare(attempt, Status::Unknown, Source::Status)
}

fn unreadable(line: Option<Box<Line>>, why: &str) -> Seen {
    Seen::Unreadable { why: why.to_owned(), line }
}

/// A JSON number (or a text holding one) of whole francs, read as decimal digits: `100.0` is
/// 100, `99.5` is refused, and no float ever holds money.
fn whole(json: &str) -> Result<i64, &'static str> {
    let digits = json.trim_matches('"');
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if !fraction.bytes().all(|byte| byte == b'0') {
        let number = fraction.bytes().all(|byte| byte.is_ascii_digit());
        return Err(if number { "a fraction of a franc" } else { "an amount we cannot read" });
    }
    let plain = !whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit());
    if !plain {
        return Err("an amount we cannot read");
    }
    whole.parse().map_err(|_long| "an amount beyond counting")
}

/// `2026-08-08 18:45:44.10254`: no zone means UTC; cut to microseconds.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim().replacen('T', " ", 1);
    let zoned = DateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S%.f%#z").map(|t| t.to_utc());
    let utc = text.trim_end_matches('Z');
    let bare = || NaiveDateTime::parse_from_str(utc, "%Y-%m-%d %H:%M:%S%.f").map(|t| t.and_utc());
    zoned.or_else(|_no_zone| bare()).ok().map(|at| at.trunc_subsecs(6))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn francs_are_whole_decimals() {
        assert_eq!(whole("100.0"), Ok(100));
        assert_eq!(whole("15000"), Ok(15_000));
        assert_eq!(whole("\"2000\""), Ok(2_000));
        // A float would have made this ...992.
        assert_eq!(whole("9007199254740993.00"), Ok(9_007_199_254_740_993));
        assert_eq!(whole("99.5"), Err("a fraction of a franc"));
        for bad in ["-5", "1e4", "1.0e4", "", "\"\"", "null", "{}", "+1", "99999999999999999999"] {
            assert!(whole(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn times_without_a_zone_are_utc() {
        let at = instant("2026-08-08 18:45:44.10254").unwrap();
        assert_eq!(at.to_rfc3339(), "2026-08-08T18:45:44.102540+00:00");
        let same = ["2026-08-08T18:45:44.1025401Z", "2026-08-08T20:45:44.10254+02:00"];
        for text in same {
            assert_eq!(instant(text), Some(at), "{text}");
        }
        assert_eq!(instant("2026-08-08 18:45:44").unwrap().timestamp_subsec_micros(), 0);
        assert_eq!(instant("hier"), None);
    }
}
