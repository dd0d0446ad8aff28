//! Who may wait, and who leaves.

use crate::command::Answer;
use crate::ids::{ClientId, VariantId};
use crate::message::{Message, WaitShown};
use crate::order::decide::about;
use crate::order::event::Line;
use crate::order::place::{Held, Want, cart, place, weigh};
use crate::order::unmet;
use crate::reactions::to_client;
use crate::rejection::Rejection;
use crate::shop::Shop;
use crate::story::Story;

use super::{Command, Event, answer, queue};

/// What became of a wish to wait.
#[derive(Debug)]
pub(crate) enum Asked {
    /// There is enough: it is held.
    Held(Held),
    /// She waits.
    Waits(WaitShown),
}

/// Judges a wish about waiting.
pub(crate) fn decide(story: &mut Story<'_>, command: &Command) -> Result<Answer, Rejection> {
    match command {
        Command::Join {
            client,
            variant,
            quantity,
        } => {
            let client = story.shop.clients.resolve(*client);
            let (answer, message) = match ask(story, client, *variant, *quantity)? {
                Asked::Held(held) => {
                    let message = to_client::held(story, held, Vec::new());
                    (about(held.order), message)
                }
                Asked::Waits(waits) => (Answer::DONE, Some(Message::WaitlistJoined(vec![waits]))),
            };
            if let Some(message) = message {
                to_client::say(story, client, message);
            }
            Ok(answer)
        }
        Command::Leave { client, variant } => {
            let client = story.shop.clients.resolve(*client);
            if story.shop.waitlists.get(client, *variant).is_none() {
                return Ok(Answer::Already);
            }
            let message = leave(story, client, *variant)?;
            to_client::say(story, client, message);
            Ok(Answer::DONE)
        }
    }
}

/// She would wait: she does, unless there is enough by now or an order of hers would be refused.
pub(crate) fn ask(
    story: &mut Story<'_>,
    client: ClientId,
    variant: VariantId,
    quantity: u32,
) -> Result<Asked, Rejection> {
    let known = story.shop.catalogue.variant(variant);
    let product = known.ok_or(Rejection::StockUnknown)?.product;
    let want = Want {
        product,
        variant,
        quantity,
    };
    match weigh(story.shop, client, want) {
        Ok(_) => Ok(Asked::Held(
            place(story, client, vec![Ok(want)])?.held_or_refused()?,
        )),
        Err(no) => {
            unmet::note(story, client, &no);
            if matches!(no, Rejection::NotEnoughLeft { may_wait: true, .. }) {
                Ok(Asked::Waits(join(story, client, want)?))
            } else {
                Err(no)
            }
        }
    }
}

/// She waits from now on: for what is missing to what her cart holds. One place per variant; to
/// ask again is another number at the same place, and the same number again is no news.
pub(crate) fn join(
    story: &mut Story<'_>,
    client: ClientId,
    want: Want,
) -> Result<WaitShown, Rejection> {
    let variant = want.variant;
    let quantity = want
        .quantity
        .saturating_sub(in_cart(story.shop, client, variant));
    let free = story.shop.catalogue.available(variant);
    let known = story.shop.waitlists.get(client, variant);
    let same = known
        .is_some_and(|known| known.quantity == quantity && known.declined == free && !known.closed);
    if !same {
        let live = story.shop.live.current;
        story.fact(Event::WaitlistJoined {
            client,
            variant,
            quantity,
            live,
        });
    }
    shown(story.shop, client, variant).ok_or(Rejection::StockUnknown)
}

fn in_cart(shop: &Shop, client: ClientId, variant: VariantId) -> u32 {
    let cart = shop.clients.get(client).and_then(|known| cart(shop, known));
    let order = cart.and_then(|id| shop.orders.open.get(&id));
    let units = order.map(crate::order::Order::held_units);
    let hers = units.into_iter().flatten();
    hers.filter(|units| units.variant == variant)
        .map(|units| units.quantity)
        .sum()
}

/// Her place as she sees it; nothing where she does not wait.
pub(crate) fn shown(shop: &Shop, client: ClientId, variant: VariantId) -> Option<WaitShown> {
    let known = shop.catalogue.variant(variant)?;
    Some(WaitShown {
        product: shop.catalogue.shown(known.product)?,
        label: known.label(),
        variant,
        quantity: shop.waitlists.get(client, variant)?.quantity,
        position: queue::position(shop, client, variant)?,
    })
}

/// She waits no longer, and does not want what she is offered of it. Gives what she is told, also
/// when she did not wait any more.
pub(crate) fn leave(
    story: &mut Story<'_>,
    client: ClientId,
    variant: VariantId,
) -> Result<Message, Rejection> {
    let known = story.shop.catalogue.variant(variant);
    let product = known.ok_or(Rejection::StockUnknown)?.product;
    let waits = story.shop.waitlists.get(client, variant);
    let offer = waits.and_then(|waiting| waiting.offer);
    if let Some(order) = offer
        && let Some((_, line)) = answer::offer(story, order)
    {
        answer::refuse(story, order, line);
    }
    if story.shop.waitlists.get(client, variant).is_some() {
        story.fact(Event::WaitlistLeft { client, variant });
    }
    let product = story.shop.catalogue.shown(product);
    Ok(Message::WaitlistLeft {
        product: product.ok_or(Rejection::ProductUnknown)?,
    })
}

/// An order of these lines was placed, ran out or was cancelled: that was her last word about
/// them, and she does not wait for more of them. What is offered to her stays offered.
pub(crate) fn settled(story: &mut Story<'_>, client: ClientId, lines: &[Line]) {
    for line in lines {
        let (client, variant) = (story.shop.clients.resolve(client), line.variant);
        let waits = story.shop.waitlists.get(client, variant);
        if waits.is_some_and(|waiting| waiting.offer.is_none()) {
            story.fact(Event::WaitlistLeft { client, variant });
        }
    }
}

/// The vendor does not take her orders any more: she leaves every list, and her offers end.
pub(crate) fn expel(story: &mut Story<'_>, client: ClientId) {
    let mut offers = Vec::new();
    for variant in story.shop.waitlists.variants(client) {
        let waits = story.shop.waitlists.get(client, variant);
        match waits.and_then(|waiting| waiting.offer) {
            Some(order) => offers.push(order),
            None => story.fact(Event::WaitlistLeft { client, variant }),
        }
    }
    answer::withdraw_all(story, client, &offers);
}

/// Whether one may wait here now: a live seller's lists close with the live.
pub(crate) fn may_wait(shop: &Shop) -> bool {
    !shop.live.is_over()
}
