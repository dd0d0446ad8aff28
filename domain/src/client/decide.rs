//! Who may be blocked, and what is learned about her from her first word.

use crate::command::Answer;
use crate::rejection::Rejection;
use crate::story::Story;

use super::{Command, Event};

/// Judges a wish about a client.
pub(crate) fn decide(story: &mut Story<'_>, command: &Command) -> Result<Answer, Rejection> {
    let (Command::Block { client, .. } | Command::Unblock { client }) = command;
    let client = story.shop.clients.resolve(*client);
    let blocked = story
        .shop
        .clients
        .get(client)
        .ok_or(Rejection::ClientUnknown)?
        .blocked;
    match command {
        Command::Block { reason, .. } if !blocked => {
            story.fact(Event::ClientBlocked {
                client,
                reason: reason.clone(),
            });
        }
        Command::Unblock { .. } if blocked => story.fact(Event::ClientUnblocked { client }),
        Command::Block { .. } | Command::Unblock { .. } => return Ok(Answer::Already),
    }
    Ok(Answer::DONE)
}
