//! A provider's lines between its own words, the statement's table and the shops' observations.

use std::time::Duration;

use adapters::psp::{Kind, Line, Seen};
use domain::ids::{AttemptId, Reference, ShopId};
use domain::money::Amount;
use domain::payment::observation::{Observation, Source, Status, Trusted};
use eventstore::statement::{Entry, Origin};

use super::observed::{Row, Told};
use crate::node::{Account, Node};

/// Longer references are cut: ours have 36 characters at most, the provider's 64.
const REFERENCE_MAX: usize = 64;

/// The word of money that came in.
pub const PAYMENT: &str = "payment";
/// The word of money that went back.
pub const REFUND: &str = "refund";

/// Keeps every line of what was seen; brought again until the database takes it.
pub async fn keep(node: &Node, account: &Account, seen: &[Seen], origin: Origin) {
    let entries: Vec<Entry> = seen.iter().filter_map(Seen::line).map(entry).collect();
    if entries.is_empty() {
        return;
    }
    let mut pause = Duration::from_millis(20);
    while let Err(error) = node.statement.keep(&account.id, &entries, origin).await {
        if node.stopping() {
            return;
        }
        tracing::warn!(%error, "the provider's lines could not be kept; again");
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(2));
    }
}

/// A line as it is kept.
fn entry(line: &Line) -> Entry {
    let ours = line.reference.as_deref().and_then(Reference::parse);
    let reference = |text: &String| {
        let text = text.chars().filter(|c| !c.is_control());
        text.take(REFERENCE_MAX).collect::<String>()
    };
    Entry {
        transaction: line.transaction.clone(),
        kind: match &line.kind {
            Kind::Payment => PAYMENT.to_owned(),
            Kind::Refund => REFUND.to_owned(),
            Kind::Other(word) => word.clone(),
        },
        reference: line.reference.as_ref().map(reference),
        shop: ours.map(|(shop, _)| shop.0),
        attempt: ours.and_then(|(_, attempt)| i64::try_from(attempt.0).ok()),
        status: word(line.status).to_owned(),
        amount: line.amount.map(|amount| amount.0),
        fees: line.fees.map(|fees| fees.0),
        currency: line.currency.clone(),
        at: line.at,
        source: String::new(),
        tries: 0,
    }
}

/// A kept line, as its shop is told of it; nothing where it is no word about money of ours.
pub fn told(entry: &Entry) -> Option<Told> {
    let known = status(&entry.status);
    let status = match (entry.kind.as_str(), known) {
        (PAYMENT, Status::Succeeded) => Status::Succeeded,
        (PAYMENT, Status::Reversed) | (REFUND, Status::Succeeded | Status::Reversed) => {
            Status::Reversed
        }
        _ => return None,
    };
    let source = match entry.source.as_str() {
        "webhook" => Source::Webhook,
        "detail" => Source::Detail,
        _ => Source::List,
    };
    let observation = Observation {
        attempt: AttemptId(u64::try_from(entry.attempt?).ok()?),
        provider_id: Some(entry.transaction.clone()),
        status,
        amount: entry.amount.map(Amount),
        fees: entry.fees.map(Amount),
        currency: entry.currency.clone(),
        paid_at: entry.at,
        source,
        trusted: Trusted::Fully,
    };
    Some(Told {
        shop: ShopId(entry.shop?),
        observation,
        row: Some(Row {
            transaction: entry.transaction.clone(),
            word: word(known),
            refund: entry.kind == REFUND,
        }),
        again: entry.tries > 0,
    })
}

/// Where a line is kept.
pub fn row(line: &Line) -> Row {
    Row {
        transaction: line.transaction.clone(),
        word: word(line.status),
        refund: line.kind == Kind::Refund,
    }
}

/// The stored word of a status.
pub fn word(status: Status) -> &'static str {
    match status {
        Status::Pending => "pending",
        Status::Processing => "processing",
        Status::Authorized => "authorized",
        Status::Succeeded => "succeeded",
        Status::Failed => "failed",
        Status::Cancelled => "cancelled",
        Status::Reversed => "reversed",
        Status::Unknown => "unknown",
        Status::Absent => "absent",
    }
}

fn status(word: &str) -> Status {
    match word {
        "succeeded" => Status::Succeeded,
        "reversed" => Status::Reversed,
        "failed" => Status::Failed,
        "cancelled" => Status::Cancelled,
        "pending" => Status::Pending,
        "processing" => Status::Processing,
        "authorized" => Status::Authorized,
        _ => Status::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(kind: Kind, status: Status) -> Line {
        let reference = Reference::new(ShopId(uuid::Uuid::from_u128(7)), AttemptId(3));
        Line {
            transaction: "t-1".to_owned(),
            kind,
            reference: Some(reference.as_str().to_owned()),
            status,
            amount: Some(Amount(15_000)),
            fees: Some(Amount(225)),
            currency: Some("XOF".to_owned()),
            at: None,
        }
    }

    #[test]
    fn a_payment_is_told_as_it_was_and_a_refund_as_a_reversal() {
        let paid = told(&entry(&line(Kind::Payment, Status::Succeeded))).unwrap();
        assert_eq!(paid.shop, ShopId(uuid::Uuid::from_u128(7)));
        assert_eq!(paid.observation.attempt, AttemptId(3));
        assert_eq!(paid.observation.amount, Some(Amount(15_000)));
        assert_eq!(paid.observation.trusted, Trusted::Fully);
        let back = told(&entry(&line(Kind::Refund, Status::Succeeded))).unwrap();
        assert_eq!(back.observation.status, Status::Reversed);
        let row = back.row.unwrap();
        assert!(row.refund);
        assert_eq!(row.word, "succeeded", "the row's own word ends the wait");
        for (kind, status) in [
            (Kind::Refund, Status::Failed),
            (Kind::Other("payout".to_owned()), Status::Succeeded),
            (Kind::Payment, Status::Authorized),
        ] {
            assert!(told(&entry(&line(kind, status))).is_none());
        }
    }

    #[test]
    fn a_foreign_reference_is_kept_short_and_names_no_shop() {
        let mut foreign = line(Kind::Payment, Status::Succeeded);
        foreign.reference = Some(format!("a\u{0}b{}", "x".repeat(100)));
        let kept = entry(&foreign);
        assert_eq!((kept.shop, kept.attempt), (None, None));
        let reference = kept.reference.unwrap();
        assert!(reference.starts_with("abx") && reference.len() == REFERENCE_MAX);
    }

    #[test]
    fn every_status_reads_back() {
        for one in [
            Status::Pending,
            Status::Processing,
            Status::Authorized,
            Status::Succeeded,
            Status::Failed,
            Status::Cancelled,
            Status::Reversed,
            Status::Unknown,
        ] {
            assert_eq!(status(word(one)), one);
        }
    }
}
