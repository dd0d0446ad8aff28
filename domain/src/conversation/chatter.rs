//! Talk that is not for us: the vendor's friends write to the same number. One hint a day, then
//! silence; but somebody who is buying, or nearly wrote a keyword, is helped.

use crate::client::Client;
use crate::ids::ClientId;
use crate::message::Message;
use crate::parse;
use crate::personal::Personal;
use crate::policy::Rule;
use crate::reactions::to_client;
use crate::rejection::Rejection;
use crate::story::Story;
use crate::text::Text;
use crate::time::after;

use super::Event;
use super::claim;
use super::command::Media;
use super::decide::Reply;
use super::wish::echo;

/// How many keywords are proposed.
const NEAREST_MOST: usize = 3;

/// A text without keyword or word of ours.
pub(super) fn nothing(
    story: &mut Story<'_>,
    client: ClientId,
    text: &Text,
    keywordish: Option<String>,
) -> Result<Reply, Rejection> {
    let Some(known) = story.shop.clients.get(client) else {
        return Ok(Reply::SILENCE);
    };
    let buying = !known.open.is_empty() && !known.human;
    if keywordish.is_none() && parse::is_politeness(text) && (buying || thanking(story, known)) {
        return Ok(Reply::SILENCE);
    }
    if keywordish.is_none() && !buying {
        let example = to_client::example(story.shop);
        return Ok(hint(story, client, Message::Hint { example }));
    }
    let first = text.as_str().split_whitespace().next().unwrap_or_default();
    let asked = keywordish.unwrap_or_else(|| first.to_owned());
    let ids = parse::nearest(&asked, &story.shop.catalogue, NEAREST_MOST);
    let nearest = ids
        .iter()
        .filter_map(|id| story.shop.catalogue.shown(*id))
        .collect();
    let text = Personal::clear(text.as_str());
    story.fact(Event::MessageNotUnderstood { client, text });
    Err(Rejection::KeywordUnknown {
        asked: echo(&asked),
        nearest,
    })
}

/// A voice note or a picture.
pub(super) fn media(
    story: &mut Story<'_>,
    client: ClientId,
    kind: Media,
) -> Result<Reply, Rejection> {
    let example = to_client::example(story.shop);
    let message = Message::PleaseWrite { example };
    let Some(known) = story.shop.clients.get(client) else {
        return Ok(Reply::SILENCE);
    };
    let proof = kind == Media::Picture && !known.human;
    if proof && claim::may_be_proof(story, client) {
        return claim::claim(story, client);
    }
    if !known.open.is_empty() && !known.human {
        return Ok(Reply::telling(message));
    }
    Ok(hint(story, client, message))
}

/// Whether she may be thanking for what she just bought: her receipt was our last word.
fn thanking(story: &Story<'_>, known: &Client) -> bool {
    let quiet = story.shop.policy.hours(Rule::HintHours);
    let newest = known.purchases.first();
    newest.is_some_and(|purchase| after(purchase.paid_at, quiet) > story.now)
}

/// At most one in so many hours, and none where the vendor answers herself.
fn hint(story: &mut Story<'_>, client: ClientId, message: Message) -> Reply {
    let Some(known) = story.shop.clients.get(client) else {
        return Reply::SILENCE;
    };
    let quiet = story.shop.policy.hours(Rule::HintHours);
    let hinted = known
        .hinted_at
        .is_some_and(|at| after(at, quiet) > story.now);
    if hinted || known.human {
        return Reply::SILENCE;
    }
    story.fact(Event::HintGiven { client });
    Reply::telling(message)
}
