//! Asking for a charge, once per attempt.

use adapters::psp::{Charge, Charged, Payer};
use domain::action::Action;
use domain::ids::{AttemptId, ShopId};
use domain::payment::Command as Pay;
use domain::text::Text;
use eventstore::outbox::{Claimed, Verdict};
use url::Url;

use super::{FLOOR, brought, dead};
use crate::node::{Account, Node};

/// Asks for the charge and brings what became of it to the shop.
pub(super) async fn keep(
    node: &Node,
    account: &Account,
    row: &Claimed,
    action: Action,
) -> (Verdict, bool) {
    let Action::Charge {
        attempt,
        reference,
        method,
        amount,
        currency,
        country,
        not_after,
    } = action
    else {
        return dead("not a charge");
    };
    let back = |path: &str| Url::parse(&format!("{}{path}{reference}", node.public_url));
    let (Ok(success), Ok(failure)) = (back("/pay/done/"), back("/pay/")) else {
        return dead("our own address is no URL");
    };
    let charged = if node.now() > not_after {
        Charged::Refused {
            code: "late".to_owned(),
            detail: "asked too late".to_owned(),
        }
    } else if row.interrupted {
        // An earlier try may have made the charge and died before it could say so: it is never
        // asked for again, the attempt is watched (bictorys.md 1.2).
        Charged::Unknown {
            why: "an earlier try was interrupted".to_owned(),
        }
    } else {
        let payer = Payer::default();
        let charge = Charge {
            reference,
            method,
            amount,
            currency,
            country,
            payer,
            success,
            failure,
        };
        account.client.charge(&charge).await
    };
    crate::crash::point("charged");
    let Some(command) = command(attempt, charged) else {
        return (
            Verdict::Again {
                after: FLOOR,
                error: "throttled".to_owned(),
            },
            true,
        );
    };
    (
        brought(node, row, ShopId(row.stream), "charged", command).await,
        false,
    )
}

/// What the shop is told; nothing where the provider only asked us to slow down.
fn command(attempt: AttemptId, charged: Charged) -> Option<Pay> {
    let failed = |reason: &str, unknown| Pay::RecordChargeFailure {
        attempt,
        reason: Text::new(reason),
        unknown,
    };
    match charged {
        Charged::Created(created) => Some(Pay::RecordCharge {
            attempt,
            provider_id: created.transaction_id.or(created.charge_id),
            link: created.link.to_string(),
        }),
        Charged::Refused { code, .. } => Some(failed(&code, false)),
        Charged::Unknown { why } => Some(failed(&why, true)),
        Charged::Throttled => None,
    }
}
