//! What she does with an offer.

use crate::ids::OrderId;
use crate::order::Phase;
use crate::story::Story;

use super::Event;

/// She takes it: from now on it is her cart. Anything else than an offer stays as it is.
pub(crate) fn accept(story: &mut Story<'_>, order: OrderId) {
    if offered(story, order) {
        story.fact(Event::OfferAccepted { order });
    }
}

/// She does not want it.
pub(crate) fn decline(story: &mut Story<'_>, order: OrderId) {
    let quantity = units(story, order);
    story.fact(Event::OfferDeclined { order, quantity });
}

/// She did not answer in time; it costs no trust.
pub(crate) fn lapse(story: &mut Story<'_>, order: OrderId) {
    let quantity = units(story, order);
    story.fact(Event::OfferLapsed { order, quantity });
}

/// Whether an order is an offer that waits for her answer.
pub(crate) fn offered(story: &Story<'_>, order: OrderId) -> bool {
    let known = story.shop.orders.open.get(&order);
    known.is_some_and(|known| known.phase == Phase::Offered)
}

fn units(story: &Story<'_>, order: OrderId) -> u32 {
    let known = story.shop.orders.open.get(&order);
    known.map_or(0, |known| {
        known.lines.iter().map(|line| line.quantity).sum()
    })
}
