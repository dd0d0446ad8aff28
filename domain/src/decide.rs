//! Who says yes: the one door to every rule of a shop.

use chrono::{DateTime, Utc};

use crate::command::{Answer, Command, Decision, Envelope};
use crate::reactions::to_vendor;
use crate::rejection::Rejection;
use crate::settle::settle;
use crate::shop::Shop;
use crate::story::Story;
use crate::{catalogue, client, conversation, live, order, payment, shop, waitlist};

/// Judges a command at `now`: the database's time, never before the shop's last event.
///
/// What is due is settled first; only our own silence is given back before that, or it would have
/// ended the holds it must not end. The facts are applied to `shop` already; a refusal is an
/// answer, and what was settled before it stays.
pub fn decide(shop: &mut Shop, envelope: &Envelope, now: DateTime<Utc>) -> Decision {
    let mut story = Story::new(shop, now);
    if let Command::Outage { from, until } = envelope.command {
        order::outage::give_back(&mut story, from, until);
    }
    settle(&mut story);
    let answer = judge(&mut story, envelope).unwrap_or_else(Answer::Refused);
    // Whatever it freed goes to those who wait, before anybody else can ask.
    waitlist::offer::fan_out(&mut story);
    live::decide::end(&mut story);
    to_vendor::notice::last(&mut story);
    story.end(answer)
}

fn judge(story: &mut Story<'_>, envelope: &Envelope) -> Result<Answer, Rejection> {
    let known = envelope.shop == story.shop.id && story.shop.profile.is_some();
    match &envelope.command {
        Command::Shop(command) if envelope.shop == story.shop.id => {
            shop::decide::decide(story, command)
        }
        Command::Sweep | Command::Outage { .. } if story.is_empty() => Ok(Answer::Already),
        Command::Sweep | Command::Outage { .. } => Ok(Answer::DONE),
        Command::Shop(_) => Err(Rejection::ShopUnknown),
        Command::Catalogue(_)
        | Command::Live(_)
        | Command::Client(_)
        | Command::Order(_)
        | Command::Waitlist(_)
        | Command::Payment(_)
        | Command::Conversation(_)
            if !known =>
        {
            Err(Rejection::ShopUnknown)
        }
        Command::Catalogue(command) => catalogue::decide::decide(story, command),
        Command::Live(command) => live::decide::decide(story, command),
        Command::Client(command) => client::decide::decide(story, command),
        Command::Order(command) => order::decide::decide(story, command),
        Command::Waitlist(command) => waitlist::decide::decide(story, command),
        Command::Payment(command) => payment::decide::decide(story, command),
        Command::Conversation(command) => Ok(conversation::decide::decide(story, command)),
    }
}
