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
    let mut seen = account.client.detail(id).await?;
    if let Some(reference) = unexplained(node, &seen).await {
        pacer.turn().await;
        let listed = list::of(node, account, pacer, &reference).await?;
        let same = |seen: &Seen| seen.line().is_some_and(|line| line.transaction == id);
        if let Some(same) = listed.into_iter().find(same) {
            return Ok(same);
        }
        // The list may lag behind; a detail is documented net.
        gross(&mut seen);
    }
    keep(node, account, &seen).await;
    Ok(seen)
}

/// What the payer paid, of a sum without its fees.
fn gross(seen: &mut Seen) {
    let Seen::Ours {
        observation, line, ..
    } = seen
    else {
        return;
    };
    let Some((amount, fees)) = observation.amount.zip(observation.fees) else {
        return;
    };
    let paid = amount.plus(fees);
    (observation.amount, observation.fees) = (paid, None);
    if let Some(line) = line {
        (line.amount, line.fees) = (paid, None);
    }
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
    // Where the reading does not say what was asked nothing is explained.
    let asked = async {
        let mut tx = TenantTx::begin(&node.pages, shop.0).await?;
        projections::attempts::card(&mut tx, observation.attempt).await
    };
    let asked = asked.await.ok().flatten().map(|card| Amount(card.amount));
    let explained = asked == Some(amount) || asked.is_some() && amount.plus(fees) == asked;
    (!explained).then(|| Reference::new(*shop, observation.attempt))
}

#[cfg(test)]
mod tests {
    use adapters::psp::Line;
    use domain::ids::{AttemptId, ShopId};
    use domain::payment::observation::{Observation, Source, Trusted};

    use super::*;

    #[test]
    fn what_is_net_is_told_as_it_was_paid() {
        let (amount, fees) = (Some(Amount(5_910)), Some(Amount(90)));
        let observation = Observation {
            attempt: AttemptId(1),
            provider_id: Some("t".to_owned()),
            status: Status::Succeeded,
            amount,
            fees,
            currency: None,
            paid_at: None,
            source: Source::Detail,
            trusted: Trusted::Fully,
        };
        let line = Line {
            transaction: "t".to_owned(),
            kind: adapters::psp::Kind::Payment,
            reference: None,
            status: Status::Succeeded,
            amount,
            fees,
            currency: None,
            at: None,
        };
        let mut seen = Seen::Ours {
            shop: ShopId(uuid::Uuid::nil()),
            observation,
            line: Some(Box::new(line)),
        };
        gross(&mut seen);
        let paid = (Some(Amount(6_000)), None);
        let told = seen.observation().unwrap();
        assert_eq!((told.amount, told.fees), paid);
        let line = seen.line().unwrap();
        assert_eq!((line.amount, line.fees), paid);
    }
}
