//! Keywords: what she wants, made exact or refused, and held.

use crate::ids::{ClientId, ProductId, VariantId};
use crate::message::Message;
use crate::order::event::Line;
use crate::order::place::{Want, cart, place, weigh, welcome};
use crate::order::unmet;
use crate::parse::{Choice, Quantity, Wish};
use crate::reactions::to_client;
use crate::rejection::Rejection;
use crate::story::Story;
use crate::text::Text;
use crate::waitlist::decide::join;

use super::decide::Reply;

/// Longest echo of what she wrote: enough to recognise it, never her whole message.
const ECHO_MOST: usize = 20;

/// Holds what can be held of her wishes, in the order she wrote them.
pub(super) fn wished(
    story: &mut Story<'_>,
    client: ClientId,
    wishes: &[Wish],
) -> Result<Reply, Rejection> {
    welcome(story.shop, client)?;
    let wants: Vec<_> = wishes
        .iter()
        .map(|wish| exact(story, client, wish))
        .collect();
    if let [Ok(want)] = wants.as_slice()
        && unaware(story, client, want)
    {
        let weighed = weigh(story.shop, client, *want);
        let line = weighed.inspect_err(|no| unmet::note(story, client, no))?;
        return Ok(match to_client::live_over(story, &line) {
            Some(message) => Reply::telling(message),
            None => Reply::SILENCE,
        });
    }
    ordered(story, client, wants)
}

/// Holds what can be held; for what is sold out she waits at once, and is told in the same answer.
pub(super) fn ordered(
    story: &mut Story<'_>,
    client: ClientId,
    wants: Vec<Result<Want, Rejection>>,
) -> Result<Reply, Rejection> {
    let placed = place(story, client, wants)?;
    let mut waits = Vec::new();
    for want in &placed.sold_out {
        waits.push(join(story, client, *want)?);
    }
    match (placed.held, waits.is_empty()) {
        (Some(held), _) => {
            let message = to_client::held(story, held, waits);
            Ok(Reply::about(held.order, message))
        }
        (None, false) => Ok(Reply::telling(Message::WaitlistJoined(waits))),
        (None, true) => placed
            .held_or_refused()
            .map(|held| Reply::about(held.order, None)),
    }
}

/// Whether she may think that the live is still on (she watches a replay, her network was slow):
/// she is told, and one tap takes what is left. Her cart tells that she knows: it was made outside
/// a live, or it has this product already. (Several wishes in one message are held at once: no
/// one button could answer them.)
fn unaware(story: &Story<'_>, client: ClientId, want: &Want) -> bool {
    if !story.shop.live.is_over() {
        return false;
    }
    // What she is offered tells her more than that the live is over.
    let waits = story.shop.waitlists.get(client, want.variant);
    if waits.is_some_and(|waiting| waiting.offer.is_some()) {
        return false;
    }
    let known = story.shop.clients.get(client);
    let cart = known.and_then(|known| cart(story.shop, known));
    let cart = cart.and_then(|id| story.shop.orders.open.get(&id));
    !cart.is_some_and(|order| {
        let has = |line: &Line| line.product == want.product;
        order.live.is_none() || order.lines.iter().any(has)
    })
}

/// A few characters of what she wrote.
pub(super) fn echo(written: &str) -> Text {
    Text::new(&written.chars().take(ECHO_MOST).collect::<String>())
}

fn exact(story: &Story<'_>, client: ClientId, wish: &Wish) -> Result<Want, Rejection> {
    let quantity = match &wish.asked {
        Quantity::Unsaid => 1,
        Quantity::Is(quantity) => *quantity,
        Quantity::Absurd(asked) => {
            return Err(Rejection::QuantityAbsurd {
                asked: echo(asked.as_str()),
            });
        }
    };
    let product = wish.product;
    let chosen = match &wish.variant {
        Choice::Only(variant) => Some(*variant),
        Choice::Unsaid => in_cart(story, client, product),
        Choice::Unknown(_) => None,
    };
    if let Some(variant) = chosen {
        return Ok(Want {
            product,
            variant,
            quantity,
        });
    }
    let shown = story
        .shop
        .catalogue
        .shown(product)
        .ok_or(Rejection::ProductUnknown)?;
    if story
        .shop
        .catalogue
        .product(product)
        .is_some_and(|known| known.archived)
    {
        return Err(Rejection::ProductArchived { product: shown });
    }
    let choices = story.shop.catalogue.choices(product);
    Err(match &wish.variant {
        Choice::Unknown(_) => Rejection::VariantUnknown {
            product: shown,
            choices,
            quantity,
        },
        Choice::Only(_) | Choice::Unsaid => Rejection::VariantMissing {
            product: shown,
            choices,
            quantity,
        },
    })
}

/// The one variant of a product in her cart: a new number without a size is about that.
fn in_cart(story: &Story<'_>, client: ClientId, product: ProductId) -> Option<VariantId> {
    let known = story.shop.clients.get(client)?;
    let order = story.shop.orders.open.get(&cart(story.shop, known)?)?;
    let mut lines = order.lines.iter().filter(|line| line.product == product);
    let first = lines.next()?;
    lines.next().is_none().then_some(first.variant)
}
