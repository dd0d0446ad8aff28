//! Who may wait.

use crate::command::Answer;
use crate::ids::{ClientId, VariantId};
use crate::message::{Message, WaitShown};
use crate::rejection::Rejection;
use crate::shop::Shop;
use crate::story::Story;

use super::{Command, Event};

/// Judges a wish about waiting.
pub(crate) fn decide(_story: &mut Story<'_>, command: &Command) -> Result<Answer, Rejection> {
    match command {
        Command::Join { .. } | Command::Leave { .. } => Ok(Answer::Already),
    }
}

/// She waits from now on. Gives what she is told.
pub(crate) fn join(
    story: &mut Story<'_>,
    client: ClientId,
    variant: VariantId,
    quantity: u32,
) -> Result<Message, Rejection> {
    let known = story.shop.catalogue.variant(variant);
    let known = known.ok_or(Rejection::StockUnknown)?;
    let (product, label) = (known.product, known.label());
    let live = story.shop.live.current;
    story.fact(Event::WaitlistJoined {
        client,
        variant,
        quantity,
        live,
    });
    let product = story.shop.catalogue.shown(product);
    Ok(Message::WaitlistJoined(WaitShown {
        product: product.ok_or(Rejection::ProductUnknown)?,
        label,
        variant,
        quantity,
        position: 1,
    }))
}

/// She waits no longer. Gives what she is told.
pub(crate) fn leave(
    story: &mut Story<'_>,
    client: ClientId,
    variant: VariantId,
) -> Result<Message, Rejection> {
    let known = story.shop.catalogue.variant(variant);
    let product = known.ok_or(Rejection::StockUnknown)?.product;
    story.fact(Event::WaitlistLeft { client, variant });
    let product = story.shop.catalogue.shown(product);
    Ok(Message::WaitlistLeft {
        product: product.ok_or(Rejection::ProductUnknown)?,
    })
}

/// Whether one may wait here now: a live seller's lists close with the live.
pub(crate) fn may_wait(shop: &Shop) -> bool {
    !shop.live.is_over()
}
