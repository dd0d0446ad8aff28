//! A button or a row of ours, judged by today's truth however old it is.

use crate::ids::{ClientId, LiveId, OrderId};
use crate::live::decide::reopen;
use crate::message::{Message, Tap, ToVendor};
use crate::order::event::CancelledBy;
use crate::order::place::Want;
use crate::order::{cancel, choice};
use crate::payment::choose::{change, choose, pay};
use crate::rejection::Rejection;
use crate::story::Story;

use super::decide::Reply;
use super::{waiting, wish, word};

/// Does what she tapped.
pub(super) fn tapped(
    story: &mut Story<'_>,
    client: ClientId,
    tap: Tap,
) -> Result<Reply, Rejection> {
    match tap {
        Tap::Pay(order) => {
            hers(story, client, order)?;
            Ok(Reply::about(order, pay(story, order)?))
        }
        Tap::Cancel(order) => {
            hers(story, client, order)?;
            cancel::cancel(story, order, CancelledBy::Client)?;
            Ok(Reply::about(order, None))
        }
        Tap::Change(order) => {
            hers(story, client, order)?;
            Ok(Reply::about(order, change(story, order)?))
        }
        Tap::Method(order, method) => {
            hers(story, client, order)?;
            Ok(Reply::about(order, choose(story, order, method)?))
        }
        Tap::Take(variant, quantity) => {
            let known = story
                .shop
                .catalogue
                .variant(variant)
                .ok_or(Rejection::ButtonUnknown)?;
            let want = Want {
                product: known.product,
                variant,
                quantity,
            };
            wish::ordered(story, client, vec![Ok(want)])
        }
        Tap::Choose(order, choice) => {
            hers(story, client, order)?;
            Ok(Reply::about(order, choice::choose(story, order, choice)?))
        }
        Tap::Swap(order, variant) => {
            hers(story, client, order)?;
            choice::swap(story, order, variant)?;
            Ok(Reply::about(order, None))
        }
        Tap::Wait(variant, quantity) => waiting::wait(story, client, variant, quantity),
        Tap::Leave(variant) => waiting::leave(story, client, variant),
        Tap::Grant(order) => decided(story, client, order, true),
        Tap::Deny(order) => decided(story, client, order, false),
        Tap::Reopen(live) => reopened(story, client, live),
        Tap::Purchases => Ok(word::purchases(story, client)),
        Tap::Catalogue => Ok(word::catalogue(story)),
        Tap::Help => Ok(word::help(story, client)),
    }
}

/// A cancellation is decided on the vendor's own phone.
fn decided(
    story: &mut Story<'_>,
    client: ClientId,
    order: OrderId,
    granted: bool,
) -> Result<Reply, Rejection> {
    by_vendor(story, client)?;
    cancel::decide(story, order, granted)?;
    Ok(Reply::about(
        order,
        Some(Message::Vendor(ToVendor::Decided { order, granted })),
    ))
}

/// The end of a live is taken back on the vendor's own phone; twice is once.
fn reopened(story: &mut Story<'_>, client: ClientId, live: LiveId) -> Result<Reply, Rejection> {
    by_vendor(story, client)?;
    let answer = reopen(story, live)?;
    let title = story.shop.live.current().map(|known| known.title.clone());
    let title = title.unwrap_or_default();
    let told = ToVendor::LiveReopened { live, title };
    Ok(Reply {
        message: Some(Message::Vendor(told)),
        answer,
    })
}

/// A button on the vendor's own phone; to anybody else it means nothing.
fn by_vendor(story: &Story<'_>, client: ClientId) -> Result<(), Rejection> {
    let contact = story.shop.clients.get(client).map(|known| known.contact);
    let mut vendors = story.shop.vendors.iter();
    if vendors.any(|vendor| Some(vendor.contact) == contact) {
        Ok(())
    } else {
        Err(Rejection::ButtonUnknown)
    }
}

/// An order of somebody else is no order to her.
fn hers(story: &Story<'_>, client: ClientId, order: OrderId) -> Result<(), Rejection> {
    let owner = story
        .shop
        .orders
        .client(order)
        .map(|owner| story.shop.clients.resolve(owner));
    if owner == Some(client) {
        Ok(())
    } else {
        Err(Rejection::OrderUnknown)
    }
}
