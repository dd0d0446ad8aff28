//! The comparison itself: two lists in, one report out.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use eventstore::statement::{Entry, Kept};
use uuid::Uuid;

use super::ours::{Attempt, Ours};
use super::report::{Finding, Group, Reconciliation, Verdict};

const SUCCEEDED: &str = "succeeded";

type Key = (Uuid, i64);

/// Compares: `theirs` as the provider has it, in its order.
pub(super) fn compare(since: DateTime<Utc>, theirs: Vec<Kept>, ours: Ours) -> Reconciliation {
    let known: BTreeMap<Key, &Attempt> = ours
        .attempts
        .iter()
        .map(|attempt| ((attempt.shop_id, attempt.number), attempt))
        .collect();
    let (mut paid, mut named) = (BTreeSet::new(), BTreeSet::new());
    let mut report = Report::default();
    for kept in theirs {
        let key = kept.entry.shop.zip(kept.entry.attempt);
        let attempt = key.and_then(|key| known.get(&key).copied());
        named.extend(key);
        let verdict = judge(&kept, attempt, key.is_some_and(|key| paid.contains(&key)));
        if matches!(verdict, Verdict::Matched | Verdict::AmountDiffers) {
            paid.extend(key);
        }
        report.theirs(verdict, kept, attempt);
    }
    for attempt in &ours.attempts {
        if attempt.paid && !named.contains(&(attempt.shop_id, attempt.number)) {
            let account = ours.accounts.get(&attempt.shop_id).cloned();
            report.ours(attempt, account.unwrap_or_default());
        }
    }
    report.findings.sort_by_key(|found| found.at);
    Reconciliation {
        since,
        groups: report.groups.into_values().collect(),
        findings: report.findings,
    }
}

fn judge(kept: &Kept, attempt: Option<&Attempt>, paid_before: bool) -> Verdict {
    if kept.entry.status != SUCCEEDED {
        return Verdict::Reversed;
    }
    match attempt {
        Some(_) if paid_before => Verdict::PaidAgain,
        Some(attempt) if kept.met.as_deref() == Some(SUCCEEDED) => {
            if agrees(&kept.entry, attempt) {
                Verdict::Matched
            } else {
                Verdict::AmountDiffers
            }
        }
        Some(_) | None => Verdict::TheirsOnly,
    }
}

/// Gross, or net and the fees, is what was asked, in the shop's own currency.
fn agrees(entry: &Entry, attempt: &Attempt) -> bool {
    let same = match (&entry.currency, &attempt.currency) {
        (Some(theirs), Some(ours)) => theirs == ours,
        _ => true,
    };
    same && gross(entry, Some(attempt)) == Some(attempt.amount)
}

/// What the payer paid, as far as the two readings tell.
fn gross(entry: &Entry, attempt: Option<&Attempt>) -> Option<i64> {
    let amount = entry.amount?;
    let with_fees = amount.checked_add(entry.fees.unwrap_or(0));
    let asked = attempt.map(|attempt| attempt.amount);
    if asked.is_some() && with_fees == asked {
        return asked;
    }
    Some(amount)
}

#[derive(Default)]
struct Report {
    groups: BTreeMap<(String, Option<Uuid>), Group>,
    findings: Vec<Finding>,
}

impl Report {
    fn group(&mut self, account: &str, shop: Option<Uuid>) -> &mut Group {
        let group = self.groups.entry((account.to_owned(), shop)).or_default();
        account.clone_into(&mut group.account);
        group.shop = shop;
        group
    }

    fn theirs(&mut self, verdict: Verdict, kept: Kept, attempt: Option<&Attempt>) {
        let Kept {
            account,
            entry,
            first_seen,
            ..
        } = kept;
        // A reference of our shape that names nothing of ours belongs to no shop.
        let shop = attempt.map(|attempt| attempt.shop_id);
        let amount = gross(&entry, attempt).unwrap_or(0);
        let sum = self.group(&account, shop).of(verdict);
        sum.add(amount, entry.fees.unwrap_or(0));
        if verdict == Verdict::Matched {
            return;
        }
        self.findings.push(Finding {
            verdict,
            account,
            shop: entry.shop,
            order: attempt.map(|attempt| attempt.order_id),
            attempt: entry.attempt,
            reference: entry.reference,
            transaction: Some(entry.transaction),
            asked: attempt.map(|attempt| attempt.amount),
            amount: entry.amount,
            fees: entry.fees,
            currency: entry.currency,
            at: entry.at.unwrap_or(first_seen),
        });
    }

    fn ours(&mut self, attempt: &Attempt, account: String) {
        let group = self.group(&account, Some(attempt.shop_id));
        group.of(Verdict::OursOnly).add(attempt.amount, 0);
        self.findings.push(Finding {
            verdict: Verdict::OursOnly,
            account,
            shop: Some(attempt.shop_id),
            order: Some(attempt.order_id),
            attempt: Some(attempt.number),
            reference: Some(attempt.reference.clone()),
            transaction: None,
            asked: Some(attempt.amount),
            amount: None,
            fees: None,
            currency: attempt.currency.clone(),
            at: attempt.asked_at,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOP: Uuid = Uuid::from_u128(7);

    fn attempt(number: i64, paid: bool) -> Attempt {
        Attempt {
            shop_id: SHOP,
            number,
            order_id: number,
            reference: format!("R-{number}"),
            amount: 15_000,
            asked_at: DateTime::UNIX_EPOCH,
            paid,
            currency: Some("XOF".to_owned()),
        }
    }

    fn kept(transaction: &str, number: Option<i64>, amount: i64) -> Kept {
        Kept {
            account: "a".to_owned(),
            entry: Entry {
                transaction: transaction.to_owned(),
                kind: "payment".to_owned(),
                reference: number.map(|number| format!("R-{number}")),
                shop: number.map(|_| SHOP),
                attempt: number,
                status: SUCCEEDED.to_owned(),
                amount: Some(amount),
                fees: Some(225),
                currency: Some("XOF".to_owned()),
                at: None,
                source: "list".to_owned(),
                tries: 0,
            },
            met: number.map(|_| SUCCEEDED.to_owned()),
            first_seen: DateTime::UNIX_EPOCH,
        }
    }

    fn verdicts(theirs: Vec<Kept>, attempts: Vec<Attempt>) -> Vec<Verdict> {
        let ours = Ours {
            attempts,
            accounts: BTreeMap::new(),
        };
        let report = compare(DateTime::UNIX_EPOCH, theirs, ours);
        report.findings.iter().map(|found| found.verdict).collect()
    }

    #[test]
    fn gross_and_net_both_agree_and_nothing_else_does() {
        for amount in [15_000, 14_775] {
            assert!(verdicts(vec![kept("t", Some(1), amount)], vec![attempt(1, true)]).is_empty());
        }
        let less = verdicts(vec![kept("t", Some(1), 500)], vec![attempt(1, true)]);
        assert_eq!(less, [Verdict::AmountDiffers]);
        let mut euros = kept("t", Some(1), 15_000);
        euros.entry.currency = Some("EUR".to_owned());
        let foreign = verdicts(vec![euros], vec![attempt(1, true)]);
        assert_eq!(foreign, [Verdict::AmountDiffers]);
    }

    #[test]
    fn what_one_side_lacks_is_named() {
        assert_eq!(
            verdicts(vec![kept("t", None, 5)], vec![]),
            [Verdict::TheirsOnly]
        );
        assert_eq!(
            verdicts(vec![], vec![attempt(1, true)]),
            [Verdict::OursOnly]
        );
        assert!(
            verdicts(vec![], vec![attempt(1, false)]).is_empty(),
            "nobody paid"
        );
        let mut untold = kept("t", Some(1), 15_000);
        untold.met = None;
        let waits = verdicts(vec![untold], vec![attempt(1, false)]);
        assert_eq!(waits, [Verdict::TheirsOnly]);
        let stranger = verdicts(vec![kept("t", Some(9), 15_000)], vec![]);
        assert_eq!(stranger, [Verdict::TheirsOnly]);
    }

    #[test]
    fn a_second_payment_and_a_reversal_are_neither_lost_nor_counted_twice() {
        let twice = vec![kept("t", Some(1), 15_000), kept("u", Some(1), 15_000)];
        assert_eq!(
            verdicts(twice.clone(), vec![attempt(1, true)]),
            [Verdict::PaidAgain]
        );
        let mut back = kept("t", Some(1), 15_000);
        back.entry.status = "reversed".to_owned();
        assert_eq!(
            verdicts(vec![back], vec![attempt(1, true)]),
            [Verdict::Reversed]
        );
        let ours = Ours {
            attempts: vec![attempt(1, true)],
            accounts: BTreeMap::new(),
        };
        let report = compare(DateTime::UNIX_EPOCH, twice, ours);
        let [group] = report.groups.as_slice() else {
            panic!("{report:?}")
        };
        assert_eq!((group.matched.count, group.matched.amount), (1, 15_000));
        assert_eq!((group.paid_again.count, group.paid_again.fees), (1, 225));
        assert!(report.is_whole());
    }
}
