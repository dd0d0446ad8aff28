//! First paid, first served: nothing is held when the keyword comes. The units are taken when she
//! chooses how to pay; whoever pays first has them.

use crate::client::Client;
use crate::ids::OrderId;
use crate::policy::Rule;
use crate::rejection::Rejection;
use crate::shop::Shop;
use crate::story::Story;
use crate::time::after;

use super::event::Line;
use super::{Event, Phase, unmet};

/// Whether it is so for her now: her own switch, else the shop's, the live's, or because she looks
/// like a fake buyer and the vendor has not said otherwise.
pub(crate) fn applies(shop: &Shop, client: &Client) -> bool {
    let live = shop.live.current().is_some_and(|live| live.first_paid);
    let shop = shop.policy.get(Rule::FirstPaid) == 1;
    client
        .first_paid
        .unwrap_or(shop || live || client.doubted())
}

/// Takes the units of a cart that holds nothing, or says what is left; any other cart has its own.
pub(crate) fn take(story: &mut Story<'_>, order: OrderId) -> Result<(), Rejection> {
    let known = story.shop.orders.open.get(&order);
    let Some(known) = known.filter(|known| known.phase == Phase::Wished) else {
        return Ok(());
    };
    let (client, units) = (known.client, known.units());
    let gone = known
        .lines
        .iter()
        .find_map(|line| free(story.shop, line).err());
    if let Some(no) = gone {
        unmet::note(story, client, &no);
        return Err(no);
    }
    let deadline = after(story.now, story.shop.policy.minutes(Rule::LockMinutes));
    story.fact(Event::UnitsTaken {
        order,
        client,
        units,
        deadline,
    });
    Ok(())
}

fn free(shop: &Shop, line: &Line) -> Result<(), Rejection> {
    let left = shop.catalogue.available(line.variant);
    if line.quantity <= left {
        return Ok(());
    }
    let product = shop.catalogue.shown(line.product);
    Err(Rejection::NotEnoughLeft {
        product: product.ok_or(Rejection::ProductUnknown)?,
        variant: line.variant,
        asked: line.quantity,
        left,
        may_wait: crate::waitlist::decide::may_wait(shop),
    })
}
