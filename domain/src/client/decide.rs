//! Who may be blocked, judged otherwise, or served first paid, first served.

use crate::command::Answer;
use crate::ids::ClientId;
use crate::rejection::Rejection;
use crate::story::Story;
use crate::waitlist;

use super::review::review;
use super::{Command, Event};

/// Judges a wish about a client.
pub(crate) fn decide(story: &mut Story<'_>, command: &Command) -> Result<Answer, Rejection> {
    let client = story.shop.clients.resolve(whom(command));
    let known = story.shop.clients.get(client);
    let known = known.ok_or(Rejection::ClientUnknown)?;
    let blocked = known.blocked;
    match command {
        Command::Block { reason, .. } if !blocked => {
            story.fact(Event::ClientBlocked {
                client,
                reason: reason.clone(),
            });
            waitlist::decide::expel(story, client);
        }
        Command::Unblock { .. } if blocked => story.fact(Event::ClientUnblocked { client }),
        Command::Override { score, reason, .. } if known.overridden != *score => {
            if score.is_some_and(|score| score > 100) {
                return Err(Rejection::OutOfBounds {
                    least: 0,
                    most: 100,
                });
            }
            story.fact(Event::TrustOverridden {
                client,
                score: *score,
                reason: reason.clone(),
            });
            // Her tier may move with it; that is told with her next payment, or when she asks.
            let _ = review(story, client);
        }
        Command::FirstPaid { on, .. } if known.first_paid != *on => {
            story.fact(Event::FirstPaidSet { client, on: *on });
        }
        Command::Block { .. }
        | Command::Unblock { .. }
        | Command::Override { .. }
        | Command::FirstPaid { .. } => return Ok(Answer::Already),
    }
    Ok(Answer::DONE)
}

fn whom(command: &Command) -> ClientId {
    match command {
        Command::Block { client, .. }
        | Command::Unblock { client }
        | Command::Override { client, .. }
        | Command::FirstPaid { client, .. } => *client,
    }
}
