//! Knowing who speaks: registered on her first word (and on the first after she was forgotten),
//! renamed when her profile says so.

use crate::client::Event;
use crate::ids::ClientId;
use crate::personal::Personal;
use crate::story::Story;

use super::command::Speaker;

/// The client who speaks, known from now on.
pub(super) fn meet(story: &mut Story<'_>, speaker: &Speaker) -> ClientId {
    let client = story.shop.clients.resolve(speaker.client);
    let known = story.shop.clients.get(client);
    let Some(known) = known.filter(|known| !known.forgotten) else {
        register(story, client, speaker);
        return client;
    };
    let name = speaker.name.as_ref().filter(|name| !name.is_empty());
    let renamed = name
        .filter(|name| known.name.read() != Some(name.as_str()))
        .cloned();
    if known.contact != speaker.contact {
        story.fact(Event::ClientIdentityChanged {
            client,
            known_as: speaker.client,
            contact: speaker.contact,
            user_id: Personal::clear(speaker.user_id.clone()),
        });
    }
    if let Some(name) = renamed {
        story.fact(Event::ClientRenamed {
            client,
            name: Personal::clear(name.as_str()),
        });
    }
    client
}

fn register(story: &mut Story<'_>, client: ClientId, speaker: &Speaker) {
    let name = speaker.name.as_ref().map_or("", |name| name.as_str());
    let language = speaker.language.unwrap_or_else(|| story.shop.language());
    story.fact(Event::ClientRegistered {
        client,
        contact: speaker.contact,
        user_id: Personal::clear(speaker.user_id.clone()),
        name: Personal::clear(name),
        phone: speaker.phone.clone().map(Personal::clear),
        language,
    });
}
