//! A scene: many holds end in one instant, and many wait.

use chrono::TimeDelta;

use super::*;
use crate::command::{Actor, Decision, Envelope};
use crate::conversation::{self, command::Said};
use crate::decide;
use crate::ids::CommandId;
use crate::shop::Shop;
use crate::text::Text;
use crate::waitlist::Event;

const MANY: u32 = 200;

fn tell(shop: &mut Shop, now: chrono::DateTime<chrono::Utc>, command: Command) -> Decision {
    let envelope = Envelope {
        id: CommandId(uuid::Uuid::nil()),
        shop: SHOP,
        actor: Actor::Client,
        correlation: uuid::Uuid::nil(),
        fresh: true,
        command,
    };
    decide(shop, &envelope, now)
}

fn writes(who: u32) -> Command {
    Command::Conversation(conversation::Command::Hear {
        speaker: speaker(u128::from(who)),
        said: Said::Text(Text::new("lot")),
        said_at: start(),
    })
}

/// Every unit that comes free in the one knock is offered once, in the order of asking.
#[test]
fn many_holds_that_end_together_go_to_as_many_who_wait() {
    let mut shop = boutique().shop;
    let stock = product("LOT", 1_000, &[(None, MANY)]);
    tell(&mut shop, start(), stock);
    for who in 1..=MANY * 2 {
        tell(&mut shop, start(), writes(who));
    }
    let later = start() + TimeDelta::minutes(10);
    let knocked = tell(&mut shop, later, Command::Sweep);
    let offered: Vec<_> = knocked
        .events
        .iter()
        .filter_map(|event| {
            let crate::event::Event::Waitlist(Event::OfferMade { client, .. }) = event else {
                return None;
            };
            Some(*client)
        })
        .collect();
    let wait: Vec<_> = (MANY + 1..=MANY * 2)
        .map(|who| client(u128::from(who)))
        .collect();
    assert_eq!(offered, wait);
}
