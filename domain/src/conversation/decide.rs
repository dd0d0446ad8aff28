//! What she said, and the one thing she is answered.

use chrono::{DateTime, Utc};

use crate::action::Action;
use crate::command::{Answer, too_old};
use crate::ids::ClientId;
use crate::message::{Message, Tap};
use crate::order::decide::about;
use crate::parse::{self, Understood};
use crate::reactions::to_client;
use crate::rejection::Rejection;
use crate::story::Story;
use crate::text::Text;

use super::command::{Command, Said};
use super::meet::meet;
use super::{chatter, tap, wish, word};

/// What an understood message leads to: what she is told, and what it was about.
pub(super) struct Reply {
    pub(super) message: Option<Message>,
    pub(super) answer: Answer,
}

impl Reply {
    /// Told, about nothing in particular.
    pub(super) fn telling(message: Message) -> Self {
        Self {
            message: Some(message),
            answer: Answer::DONE,
        }
    }

    /// Told (or not), about an order.
    pub(super) fn about(order: crate::ids::OrderId, message: Option<Message>) -> Self {
        Self {
            message,
            answer: about(order),
        }
    }

    /// Nothing to say.
    pub(super) const SILENCE: Self = Self {
        message: None,
        answer: Answer::Already,
    };
}

/// Hears what was said: knows her, understands it, does it, and answers once.
pub(crate) fn decide(story: &mut Story<'_>, command: &Command) -> Answer {
    let Command::Hear {
        speaker,
        said,
        said_at,
    } = command;
    if *said == Said::Quiet {
        return Answer::Already;
    }
    let client = meet(story, speaker);
    let outcome = understand(story, client, said, *said_at);
    let (message, answer) = match outcome {
        Ok(reply) => (reply.message, reply.answer),
        Err(no) if told_already(story, client, &no) => (None, Answer::Refused(no)),
        Err(no) => (Some(Message::Refused(no.clone())), Answer::Refused(no)),
    };
    if let Some(message) = message {
        to_client::say(story, client, message);
    }
    answer
}

fn understand(
    story: &mut Story<'_>,
    client: ClientId,
    said: &Said,
    said_at: DateTime<Utc>,
) -> Result<Reply, Rejection> {
    let old = too_old(said_at, story.now);
    match said {
        Said::Quiet => Ok(Reply::SILENCE),
        Said::Media(_) if old => Ok(Reply::SILENCE),
        Said::Media(kind) => chatter::media(story, client, *kind),
        Said::Tap(_) if old => Err(Rejection::TooOld { said_at }),
        Said::Tap(id) => {
            let tap = Tap::parse(id).ok_or(Rejection::ButtonUnknown)?;
            tap::tapped(story, client, tap)
        }
        Said::Text(text) => read(story, client, text, old.then_some(said_at)),
    }
}

fn read(
    story: &mut Story<'_>,
    client: ClientId,
    text: &Text,
    old: Option<DateTime<Utc>>,
) -> Result<Reply, Rejection> {
    match (parse::buyer(text, &story.shop.catalogue), old) {
        (Understood::Nothing { keywordish: None }, Some(_)) => Ok(Reply::SILENCE),
        (_, Some(said_at)) => Err(Rejection::TooOld { said_at }),
        (Understood::Order(wishes), None) => wish::wished(story, client, &wishes),
        (Understood::Word(said), None) => word::said(story, client, said),
        (Understood::Nothing { keywordish }, None) => {
            chatter::nothing(story, client, text, keywordish)
        }
    }
}

/// Whether what was settled in this step told her the same already: her time was up, or her turn
/// has passed.
fn told_already(story: &Story<'_>, client: ClientId, no: &Rejection) -> bool {
    let Some(contact) = story.shop.clients.get(client).map(|known| known.contact) else {
        return false;
    };
    story.actions.iter().any(|action| match action {
        Action::Say {
            to,
            message: Message::Expired { order, .. },
            ..
        } if *to == contact => {
            *no == Rejection::NothingOpen || *no == Rejection::OrderExpired { order: *order }
        }
        Action::Say {
            to,
            message: Message::OfferLapsed { .. },
            ..
        } if *to == contact => *no == Rejection::NothingOpen || lapsed_now(story, no),
        Action::Say { .. } | Action::Charge { .. } | Action::Ask { .. } | Action::Refund { .. } => {
            false
        }
    })
}

fn lapsed_now(story: &Story<'_>, no: &Rejection) -> bool {
    let Rejection::OrderExpired { order } = no else {
        return false;
    };
    let stub = story.shop.orders.closed.get(order);
    stub.is_some_and(|stub| stub.at == story.now)
}
