//! Scenes: carts and holds.

mod ending;
mod outage;
mod placing;
mod refusing;
mod unmet;

use crate::client;
use crate::command::Command;
use crate::event::Event;
use crate::order::{self};
use crate::policy::Rule;
use crate::shop;
use crate::spec::*;
use crate::trust::Tier;

pub(super) fn policy(rule: Rule, to: i64) -> Command {
    Command::Shop(shop::Command::ChangePolicy { rule, to })
}

pub(super) fn place(who: u128, variant: crate::ids::VariantId, quantity: u32) -> Command {
    Command::Order(order::Command::Place {
        client: client(who),
        variant,
        quantity,
    })
}

/// Her trust as a policy might leave it.
pub(super) fn trusted(scene: Scene, who: u128, score: u8, tier: Tier) -> Scene {
    let mut scene = scene.says(who, "AIDE");
    let client = client(who);
    let (from, policy, reasons) = (50, "v1".to_owned(), Vec::new());
    let changed = client::Event::TrustScoreChanged {
        client,
        from,
        to: score,
        policy,
        reasons,
        flagged: false,
    };
    let tier = client::Event::TierChanged {
        client,
        from: Tier::Bronze,
        to: tier,
    };
    for event in [Event::from(changed), tier.into()] {
        crate::evolve(&mut scene.shop, &event, scene.now);
    }
    scene
}
