//! Lines of the statement that no shop has taken in yet: brought to it, read back where they were
//! only hinted, and told to people where they belong to nobody.

use std::time::Duration;

use adapters::psp::Trouble;

use super::super::{lines, observed};
use super::detail;
use super::pacer::Pacer;
use crate::node::{Account, Node};

/// Lines at once.
const MANY: i64 = 100;
/// A hint that could not be read back is tried again after.
const LATER: Duration = Duration::from_secs(15);

/// Brings money, come or gone back, to its shops.
pub(super) async fn bring(node: &Node, account: &Account) {
    let due = match node.statement.due(&account.id, MANY).await {
        Ok(due) => due,
        Err(error) => return tracing::warn!(%error, "the statement cannot be read"),
    };
    for entry in due {
        let Some(told) = lines::told(&entry) else {
            continue;
        };
        if let Err(error) = observed::observe(node, account, told).await {
            tracing::warn!(%error, "money in the provider's list could not be told; again");
        }
    }
}

/// Asks the provider about money that somebody else's webhook only hinted at.
pub(super) async fn read_back(node: &Node, account: &Account, pacer: &Pacer) {
    let doubtful = match node.statement.doubtful(&account.id, 1).await {
        Ok(doubtful) => doubtful,
        Err(error) => return tracing::warn!(%error, "the statement cannot be read"),
    };
    for transaction in doubtful {
        if !pacer.take() {
            return;
        }
        let wait = match detail::read(node, account, pacer, &transaction).await {
            Ok(seen) if seen.line().is_some_and(|l| l.transaction == transaction) => continue,
            // There is no such transaction: the hint was a lie or a mistake.
            Ok(_) | Err(Trouble::Refused(_)) => None,
            Err(trouble) => {
                if trouble == Trouble::Throttled {
                    pacer.slower();
                }
                Some(LATER)
            }
        };
        let later = node.statement.later(&account.id, &transaction, wait).await;
        if let Err(error) = later {
            tracing::debug!(%error, "a hint could not be put off");
        }
    }
}

/// Tells people, once, of money that belongs to nobody.
pub(super) async fn alarm(node: &Node, account: &Account) {
    match node.statement.alarm(&account.id).await {
        Ok(alarms) => {
            for one in alarms {
                tracing::error!(
                    account = account.name,
                    transaction = one.transaction,
                    amount = one.amount,
                    currency = one.currency,
                    shop = one.shop.map(tracing::field::display),
                    "money came that belongs to no order; see livepay payments reconcile"
                );
            }
        }
        Err(error) => tracing::warn!(%error, "unmatched money cannot be looked for"),
    }
}
