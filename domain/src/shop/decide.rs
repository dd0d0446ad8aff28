//! Who may open, configure and tune a shop.

use crate::command::Answer;
use crate::rejection::Rejection;
use crate::segment::Language;
use crate::story::Story;
use crate::text::Text;

use super::{Command, Event, Vendor};

/// Judges a wish about the shop itself.
pub(crate) fn decide(story: &mut Story<'_>, command: &Command) -> Result<Answer, Rejection> {
    match (command, story.shop.profile.is_some()) {
        (Command::Open { .. }, true) => Err(Rejection::ShopAlreadyOpen),
        (Command::Open { .. }, false) => Ok(open(story, command)),
        (_, false) => Err(Rejection::ShopUnknown),
        (
            Command::Configure {
                name,
                language,
                open,
            },
            true,
        ) => Ok(configure(story, name.as_ref(), *language, *open)),
        (Command::BindVendor { contact, language }, true) => {
            let vendor = Vendor {
                contact: *contact,
                language: *language,
            };
            if story.shop.vendors.contains(&vendor) {
                return Ok(Answer::Already);
            }
            story.fact(Event::VendorBound {
                contact: *contact,
                language: *language,
            });
            Ok(Answer::DONE)
        }
        (Command::ChangePolicy { rule, to }, true) => {
            let (least, most) = rule.bounds();
            if !(least..=most).contains(to) {
                return Err(Rejection::OutOfBounds { least, most });
            }
            let from = story.shop.policy.get(*rule);
            if from == *to {
                return Ok(Answer::Already);
            }
            story.fact(Event::PolicyChanged {
                rule: *rule,
                from,
                to: *to,
            });
            Ok(Answer::DONE)
        }
    }
}

fn open(story: &mut Story<'_>, command: &Command) -> Answer {
    let Command::Open {
        name,
        currency,
        country,
        zone,
        segment,
        language,
        number,
        account,
    } = command
    else {
        return Answer::Already;
    };
    story.fact(Event::ShopOpened {
        name: name.clone(),
        currency: *currency,
        country: country.clone(),
        zone: zone.clone(),
        segment: *segment,
        language: *language,
        number: number.clone(),
        account: account.clone(),
    });
    Answer::DONE
}

/// Only what differs is a fact.
fn configure(
    story: &mut Story<'_>,
    name: Option<&Text>,
    language: Option<Language>,
    open: Option<bool>,
) -> Answer {
    let Some(profile) = &story.shop.profile else {
        return Answer::Already;
    };
    let name = name
        .filter(|name| !name.is_empty() && **name != profile.name)
        .cloned();
    let language = language.filter(|language| *language != profile.language);
    let open = open.filter(|open| *open != profile.open);
    if name.is_none() && language.is_none() && open.is_none() {
        return Answer::Already;
    }
    story.fact(Event::ShopConfigured {
        name,
        language,
        open,
    });
    Answer::DONE
}
