//! Which of the provider's transactions a refund is about.

use eventstore::statement::Entry;

use super::super::lines::PAYMENT;
use super::refund::Item;
use crate::node::{Account, Node};

/// What the provider has under the reference of a refund.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// This one, and its money is here.
    Paid(String),
    /// This one, and it went back before.
    Back(String),
    /// It must not be sent back by a machine; why.
    Refused(&'static str),
    /// Nothing we know of.
    Missing,
}

/// Looks at what was kept of the provider's books.
pub(super) async fn choose(
    node: &Node,
    account: &Account,
    item: &Item,
) -> Result<Choice, sqlx::Error> {
    let Ok(attempt) = i64::try_from(item.attempt.0) else {
        return Ok(Choice::Missing);
    };
    let kept = node.statement.of_attempt(&account.id, item.shop.0, attempt);
    Ok(of(kept.await?, item.provider_id.as_deref(), item.amount.0))
}

/// The named one; without a name the only one. Only a whole transaction can go back, so its sum
/// must be the refund's, gross or net plus fees.
fn of(kept: Vec<Entry>, named: Option<&str>, amount: i64) -> Choice {
    let mut paid: Vec<Entry> = kept
        .into_iter()
        .filter(|entry| entry.kind == PAYMENT)
        .filter(|entry| matches!(entry.status.as_str(), "succeeded" | "reversed"))
        .collect();
    // The name may be the charge's, which is no transaction: then it narrows nothing.
    if paid
        .iter()
        .any(|entry| Some(entry.transaction.as_str()) == named)
    {
        paid.retain(|entry| Some(entry.transaction.as_str()) == named);
    }
    let here: Vec<&Entry> = paid.iter().filter(|e| e.status == "succeeded").collect();
    match (here.as_slice(), paid.as_slice()) {
        ([one], _) if whole(one, amount) => Choice::Paid(one.transaction.clone()),
        ([_other], _) => Choice::Refused("another sum than the transaction's"),
        ([], [back]) => Choice::Back(back.transaction.clone()),
        ([], []) => Choice::Missing,
        _ => Choice::Refused("several transactions under one reference"),
    }
}

fn whole(entry: &Entry, amount: i64) -> bool {
    let with_fees = entry
        .amount
        .and_then(|paid| paid.checked_add(entry.fees.unwrap_or(0)));
    entry.amount == Some(amount) || with_fees == Some(amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(transaction: &str, status: &str, amount: i64) -> Entry {
        Entry {
            transaction: transaction.to_owned(),
            kind: PAYMENT.to_owned(),
            reference: None,
            shop: None,
            attempt: None,
            status: status.to_owned(),
            amount: Some(amount),
            fees: Some(225),
            currency: None,
            at: None,
            source: "list".to_owned(),
            tries: 0,
        }
    }

    fn paid(id: &str) -> Choice {
        Choice::Paid(id.to_owned())
    }

    #[test]
    fn the_one_there_is_gross_or_net_and_no_part_of_it() {
        let gross = || vec![entry("t", "succeeded", 15_000)];
        assert_eq!(of(gross(), None, 15_000), paid("t"));
        let net = vec![entry("t", "succeeded", 14_775)];
        assert_eq!(of(net, Some("t"), 15_000), paid("t"));
        assert_eq!(of(gross(), Some("the-charge"), 15_000), paid("t"));
        assert!(matches!(of(gross(), None, 3_000), Choice::Refused(_)));
        let failed = vec![entry("t", "failed", 15_000)];
        assert_eq!(of(failed, Some("t"), 15_000), Choice::Missing);
        assert_eq!(of(vec![], Some("t"), 15_000), Choice::Missing);
    }

    #[test]
    fn of_several_the_named_one_and_never_a_guess() {
        let two = || {
            vec![
                entry("t", "succeeded", 15_000),
                entry("u", "succeeded", 15_000),
            ]
        };
        assert_eq!(of(two(), Some("u"), 15_000), paid("u"));
        assert!(matches!(of(two(), None, 15_000), Choice::Refused(_)));
        let half = || {
            vec![
                entry("t", "reversed", 15_000),
                entry("u", "succeeded", 15_000),
            ]
        };
        assert_eq!(of(half(), Some("t"), 15_000), Choice::Back("t".to_owned()));
        assert_eq!(of(half(), Some("u"), 15_000), paid("u"));
    }

    #[test]
    fn what_went_back_before_is_not_sent_again() {
        let back = vec![entry("t", "reversed", 15_000)];
        assert_eq!(of(back, None, 15_000), Choice::Back("t".to_owned()));
        let refund = Entry {
            kind: "refund".to_owned(),
            ..entry("r", "succeeded", 15_000)
        };
        assert_eq!(of(vec![refund], None, 15_000), Choice::Missing);
    }
}
