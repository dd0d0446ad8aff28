//! She waits for what is sold out, or waits no longer.

use crate::ids::{ClientId, VariantId};
use crate::message::Message;
use crate::reactions::to_client;
use crate::rejection::Rejection;
use crate::story::Story;
use crate::waitlist::decide::{self, Asked, ask};

use super::decide::Reply;

/// ATTENDRE. If there is enough by now, it is held instead.
pub(super) fn wait(
    story: &mut Story<'_>,
    client: ClientId,
    variant: VariantId,
    quantity: u32,
) -> Result<Reply, Rejection> {
    Ok(match ask(story, client, variant, quantity)? {
        Asked::Held(held) => {
            let message = to_client::held(story, held, Vec::new());
            Reply::about(held.order, message)
        }
        Asked::Waits(waits) => Reply::telling(Message::WaitlistJoined(vec![waits])),
    })
}

/// NE PLUS ATTENDRE.
pub(super) fn leave(
    story: &mut Story<'_>,
    client: ClientId,
    variant: VariantId,
) -> Result<Reply, Rejection> {
    let message = decide::leave(story, client, variant)?;
    Ok(Reply::telling(message))
}
