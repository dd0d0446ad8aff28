//! Scenes: waiting.

mod answering;
mod burst;
mod closing;
mod facts;
mod fairness;
mod joining;
mod offering;
mod telling;

use crate::catalogue;
use crate::client;
use crate::command::Command;
use crate::event::Event;
use crate::ids::{OrderId, VariantId};
use crate::message::{Message, WaitShown};
use crate::spec::*;
use crate::trust::Tier;
use crate::waitlist::Event as Made;

const MARIAMA: u128 = 3;
const KADI: u128 = 4;
const ORDER2: OrderId = OrderId(2);
const ORDER3: OrderId = OrderId(3);

/// Fatou holds all three ROBE1 (order 1).
fn sold_out() -> Scene {
    boutique().says(FATOU, "3 robe1")
}

fn restock(variant: VariantId, quantity: u32) -> Command {
    Command::Catalogue(catalogue::Command::ReceiveStock { variant, quantity })
}

/// Her tier, as a policy might leave it.
fn tier(mut scene: Scene, who: u128, to: Tier) -> Scene {
    let changed = client::Event::TierChanged {
        client: client(who),
        from: Tier::Bronze,
        to,
    };
    crate::evolve(&mut scene.shop, &Event::from(changed), scene.now);
    scene
}

/// What she reads when she joins.
#[track_caller]
fn joined(scene: &Scene) -> WaitShown {
    let Message::WaitlistJoined(all) = scene.message() else {
        panic!("{:?}", scene.message());
    };
    all.first().cloned().unwrap()
}

/// Who waits for a variant, and for how many, in the order of joining.
fn list(scene: &Scene, variant: VariantId) -> Vec<(u128, u32)> {
    let list = scene.shop.waitlists.of(variant).iter();
    list.map(|waiting| (waiting.client.0.as_u128(), waiting.quantity))
        .collect()
}

/// To whom something is offered in the last step: in which order, and how many.
fn offers(scene: &Scene) -> Vec<(u128, OrderId, u32)> {
    let offer = |event: &Event| {
        let Event::Waitlist(Made::OfferMade {
            client,
            order,
            quantity,
            ..
        }) = event
        else {
            return None;
        };
        Some((client.0.as_u128(), *order, *quantity))
    };
    scene.last.events.iter().filter_map(offer).collect()
}

/// What one buyer reads in the last step, by the name of its words.
fn reads(scene: &Scene, who: u128) -> Vec<&'static str> {
    let hers = scene
        .said()
        .into_iter()
        .filter(|(to, _)| *to == contact(who));
    hers.map(|(_, message)| message.key()).collect()
}
