//! "J'ai payé", or a screenshot: the provider is asked. Nothing is ever confirmed by it.

use crate::command::Answer;
use crate::ids::{AttemptId, ClientId, OrderId};
use crate::message::Message;
use crate::payment::choose::pay;
use crate::payment::decide::done;
use crate::payment::money::{attempts, received};
use crate::payment::observation::Status;
use crate::reactions::{to_client, to_provider};
use crate::rejection::Rejection;
use crate::story::Story;

use super::Event;
use super::decide::Reply;

/// How many of her newest charges the provider is asked about.
const ASKED_MOST: usize = 3;

/// She says she paid: her newest order that asked for money is looked for at the provider.
pub(super) fn claim(story: &mut Story<'_>, client: ClientId) -> Result<Reply, Rejection> {
    let Some(order) = asked_for(story, client) else {
        let open = story
            .shop
            .clients
            .get(client)
            .and_then(|known| known.open.last());
        let order = open.copied().ok_or(Rejection::NothingOpen)?;
        return Ok(Reply::about(order, pay(story, order)?));
    };
    if !story.shop.orders.claims.contains(&order) {
        story.fact(Event::PaymentClaimed { order });
        let newest: Vec<AttemptId> = attempts(story.shop, order).to_vec();
        for attempt in newest.into_iter().rev().take(ASKED_MOST) {
            to_provider::claim(story, attempt);
        }
    }
    Ok(Reply::about(
        order,
        Some(Message::CheckingPayment { order }),
    ))
}

/// Whether a picture she sends may be the proof of a payment.
pub(super) fn may_be_proof(story: &Story<'_>, client: ClientId) -> bool {
    asked_for(story, client).is_some()
}

/// Her newest order that asked for money and did not get all of it, open or over.
fn asked_for(story: &Story<'_>, client: ClientId) -> Option<OrderId> {
    let orders = &story.shop.orders;
    let open =
        orders.open.iter().rev().find(|(_, order)| {
            order.client == client && order.payable() && !order.attempts.is_empty()
        });
    let late = || {
        orders
            .late
            .keys()
            .rev()
            .find(|id| orders.client(**id) == Some(client) && received(story.shop, **id).0 == 0)
    };
    open.map(|(id, _)| *id).or_else(|| late().copied())
}

/// What the provider says of an attempt whose payment somebody claims, and it is no payment: she
/// is told once, when the newest of them is answered.
pub(crate) fn answered(
    story: &mut Story<'_>,
    order: OrderId,
    attempt: AttemptId,
    status: Status,
) -> Answer {
    let newest = attempts(story.shop, order).last() == Some(&attempt);
    let on_its_way = matches!(status, Status::Processing | Status::Authorized);
    if !story.shop.orders.claims.contains(&order) || !newest || on_its_way {
        return Answer::Already;
    }
    story.fact(Event::ClaimAnswered { order });
    let client = story.shop.orders.client(order);
    if let Some(client) = client {
        let waits = to_client::waiting(story, order);
        to_client::say(story, client, Message::NotPaidYet { order, waits });
    }
    done(attempt)
}

/// Something else is said about the payment she claims: she may ask anew.
pub(crate) fn settled(story: &mut Story<'_>, order: OrderId) {
    if story.shop.orders.claims.contains(&order) {
        story.fact(Event::ClaimAnswered { order });
    }
}
