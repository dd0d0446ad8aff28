//! Who may place, cancel and hand over.

use crate::command::Answer;
use crate::ids::OrderId;
use crate::message::Message;
use crate::reactions::to_client;
use crate::rejection::Rejection;
use crate::shop::Shop;
use crate::story::Story;

use super::place::{Want, place};
use super::{Command, Event, Fate, Order, Phase, cancel, choice};

/// Judges a wish about an order.
pub(crate) fn decide(story: &mut Story<'_>, command: &Command) -> Result<Answer, Rejection> {
    match command {
        Command::Place {
            client,
            variant,
            quantity,
        } => {
            let client = story.shop.clients.resolve(*client);
            let known = story
                .shop
                .catalogue
                .variant(*variant)
                .ok_or(Rejection::StockUnknown)?;
            let want = Want {
                product: known.product,
                variant: *variant,
                quantity: *quantity,
            };
            let held = place(story, client, vec![Ok(want)])?.held_or_refused()?;
            if let Some(message) = to_client::held(story, held, Vec::new()) {
                to_client::say(story, client, message);
            }
            Ok(about(held.order))
        }
        Command::Cancel { order, by } => {
            cancel::cancel(story, *order, *by)?;
            Ok(about(*order))
        }
        Command::HandOver { order } => hand_over(story, *order),
        Command::DecideCancellation { order, granted } => {
            cancel::decide(story, *order, *granted)?;
            Ok(about(*order))
        }
        Command::Choose { order, choice } => {
            if let Some(message) = choice::choose(story, *order, *choice)? {
                tell(story, *order, message);
            }
            Ok(about(*order))
        }
        Command::Swap { order, variant } => {
            choice::swap(story, *order, *variant)?;
            Ok(about(*order))
        }
    }
}

fn tell(story: &mut Story<'_>, order: OrderId, message: Message) {
    if let Some(client) = story.shop.orders.client(order) {
        to_client::say(story, client, message);
    }
}

/// Done, about an order.
pub(crate) fn about(order: OrderId) -> Answer {
    Answer::Done {
        order: Some(order),
        attempt: None,
    }
}

/// An order that is not closed, or what an old button is told.
pub(crate) fn standing(shop: &Shop, order: OrderId) -> Result<&Order, Rejection> {
    if let Some(known) = shop.orders.open.get(&order) {
        return Ok(known);
    }
    let stub = shop
        .orders
        .closed
        .get(&order)
        .ok_or(Rejection::OrderUnknown)?;
    Err(match stub.fate {
        Fate::Expired => Rejection::OrderExpired { order },
        Fate::Cancelled => Rejection::OrderCancelled { order },
        Fate::Done => Rejection::OrderPaid { order },
    })
}

/// An order that waits for its money, or what an old button is told.
pub(crate) fn payable(shop: &Shop, order: OrderId) -> Result<&Order, Rejection> {
    let known = standing(shop, order)?;
    if known.payable() {
        Ok(known)
    } else {
        Err(Rejection::OrderPaid { order })
    }
}

fn hand_over(story: &mut Story<'_>, order: OrderId) -> Result<Answer, Rejection> {
    if story
        .shop
        .orders
        .closed
        .get(&order)
        .is_some_and(|stub| stub.fate == Fate::Done)
    {
        return Ok(Answer::Already);
    }
    let known = standing(story.shop, order)?;
    match known.phase {
        Phase::Confirmed => {
            let units = known.units();
            story.fact(Event::OrderHandedOver { order, units });
            story.fact(Event::OrderClosed { order });
            Ok(about(order))
        }
        Phase::HandedOver => Ok(Answer::Already),
        // Never silently: what is not paid, or whose money was taken back, stays in the house.
        Phase::Wished | Phase::Offered | Phase::Held | Phase::Paying | Phase::Owed => {
            Err(Rejection::OrderNotPaid { order })
        }
    }
}
