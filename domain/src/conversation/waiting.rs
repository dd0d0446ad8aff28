//! She waits for what is sold out, or waits no longer.

use crate::ids::{ClientId, VariantId};
use crate::rejection::Rejection;
use crate::story::Story;
use crate::waitlist;

use super::decide::Reply;

/// ATTENDRE.
pub(super) fn wait(
    story: &mut Story<'_>,
    client: ClientId,
    variant: VariantId,
    quantity: u32,
) -> Result<Reply, Rejection> {
    let message = waitlist::decide::join(story, client, variant, quantity)?;
    Ok(Reply::telling(message))
}

/// NE PLUS ATTENDRE.
pub(super) fn leave(
    story: &mut Story<'_>,
    client: ClientId,
    variant: VariantId,
) -> Result<Reply, Rejection> {
    let message = waitlist::decide::leave(story, client, variant)?;
    Ok(Reply::telling(message))
}
