//! The detail of one transaction. It tells the sum net of fees, other routes tell what the payer
//! paid (bictorys.md 1.4): where a sum is not plainly what was asked, both are compared.

use adapters::psp::{Seen, Trouble};
use domain::ids::Reference;
use domain::money::Amount;
use domain::payment::observation::Status;
use eventstore::statement::Origin;
use projections::TenantTx;

use super::super::lines;
use super::list;
use super::pacer::Pacer;
use crate::node::{Account, Node};

/// One transaction, for a turn that was taken before; its line is kept.
///
/// The line of a part payment, or of too much, is the list's: net or gross cannot be told from
/// what was asked then, and a line that is kept is brought to its shop.
pub(super) async fn read(
    node: &Node,
    account: &Account,
    pacer: &Pacer,
    id: &str,
) -> Result<Seen, Trouble> {
    let seen = account.client.detail(id).await?;
    if let Some(reference) = unexplained(node, &seen).await {
        pacer.turn().await;
        let listed = list::of(node, account, pacer, &reference).await?;
        let same = |seen: &Seen| seen.line().is_some_and(|line| line.transaction == id);
        if let Some(same) = listed.into_iter().find(same) {
            return Ok(same);
        }
    }
    keep(node, account, &seen).await;
    Ok(seen)
}

/// One transaction where only its status is asked for.
pub(super) async fn status(node: &Node, account: &Account, id: &str) -> Result<Status, Trouble> {
    let seen = account.client.detail(id).await?;
    keep(node, account, &seen).await;
    Ok(seen.line().map_or(Status::Unknown, |line| line.status))
}

async fn keep(node: &Node, account: &Account, seen: &Seen) {
    let origin = Origin {
        source: "detail",
        believed: true,
    };
    lines::keep(node, account, std::slice::from_ref(seen), origin).await;
}

/// Whose money it is, where its sum is neither what was asked nor that without the fees.
async fn unexplained(node: &Node, seen: &Seen) -> Option<Reference> {
    let Seen::Ours {
        shop, observation, ..
    } = seen
    else {
        return None;
    };
    let fees = observation.fees.filter(|fees| fees.0 > 0)?;
    let amount = observation.amount?;
    if observation.status != Status::Succeeded {
        return None;
    }
    let mut tx = TenantTx::begin(&node.pages, shop.0).await.ok()?;
    let card = projections::attempts::card(&mut tx, observation.attempt).await;
    let asked = Amount(card.ok()??.amount);
    let explained = amount == asked || amount.plus(fees) == Some(asked);
    (!explained).then(|| Reference::new(*shop, observation.attempt))
}
