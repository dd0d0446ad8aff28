//! Our own words: PAYER, ANNULER, CHANGER, MES ACHATS, STOP, AIDE, POURQUOI, CATALOGUE.

use crate::client::event::Purpose;
use crate::client::{self, explain};
use crate::ids::{ClientId, OrderId, ProductId};
use crate::message::{Message, ProductShown};
use crate::order::event::CancelledBy;
use crate::order::{Order, Phase, cancel};
use crate::parse::Word;
use crate::payment::choose::{change, choose, pay};
use crate::reactions::to_client;
use crate::rejection::Rejection;
use crate::segment::Language;
use crate::story::Story;
use crate::waitlist::answer;

use super::claim;
use super::decide::Reply;

/// Rows of a WhatsApp list.
const CATALOGUE_MOST: usize = 10;

/// Does what the word says.
pub(super) fn said(
    story: &mut Story<'_>,
    client: ClientId,
    word: Word,
) -> Result<Reply, Rejection> {
    match word {
        Word::Pay => {
            let order = open(story, client, Phase::Held)?;
            Ok(Reply::about(order, pay(story, order)?))
        }
        Word::Method(method) => {
            let order = open(story, client, Phase::Held)?;
            Ok(Reply::about(order, choose(story, order, method)?))
        }
        Word::Paid => claim::claim(story, client),
        Word::Cancel => {
            let order = open(story, client, Phase::Held)?;
            cancel::cancel(story, order, CancelledBy::Client)?;
            Ok(Reply::about(order, None))
        }
        Word::Change => {
            let order = open(story, client, Phase::Paying)?;
            Ok(Reply::about(order, change(story, order)?))
        }
        Word::Purchases => Ok(purchases(story, client)),
        Word::Catalogue => Ok(catalogue(story)),
        Word::Help => Ok(help(story, client)),
        Word::Why => why(story, client),
        Word::Stop => Ok(stop(story, client)),
        Word::French => Ok(speak(story, client, Language::Fr)),
        Word::English => Ok(speak(story, client, Language::En)),
        Word::Simple => Ok(simplify(story, client, true)),
        Word::Normal => Ok(simplify(story, client, false)),
    }
}

/// Her newest open order, in this phase if there is one; none that is offered to her in this very
/// step: she wrote before she could know of it.
fn open(story: &Story<'_>, client: ClientId, first: Phase) -> Result<OrderId, Rejection> {
    let known = story
        .shop
        .clients
        .get(client)
        .ok_or(Rejection::ClientUnknown)?;
    let phase = |id: &OrderId| story.shop.orders.open.get(id).map(|order| order.phase);
    let wanted = known.open.iter().rev().find(|id| phase(id) == Some(first));
    wanted
        .or_else(|| {
            known
                .open
                .iter()
                .rev()
                .find(|id| !answer::told_now(story, **id))
        })
        .copied()
        .or_else(|| owed(story, client))
        .ok_or(Rejection::NothingOpen)
}

/// Her newest order whose money was taken back; looked for where she has nothing else open.
fn owed(story: &Story<'_>, client: ClientId) -> Option<OrderId> {
    let mut orders = story.shop.orders.open.iter().rev();
    let hers =
        |(_, order): &(&OrderId, &Order)| order.client == client && order.phase == Phase::Owed;
    orders.find(hers).map(|(id, _)| *id)
}

/// MES ACHATS.
pub(super) fn purchases(story: &Story<'_>, client: ClientId) -> Reply {
    let Some(known) = story.shop.clients.get(client) else {
        return Reply::SILENCE;
    };
    Reply::telling(Message::Purchases {
        orders: known.purchases.clone(),
        count: known.paid(),
        known: known.known(),
    })
}

/// CATALOGUE: what is left first, oldest first.
pub(super) fn catalogue(story: &Story<'_>) -> Reply {
    let shelf = &story.shop.catalogue;
    let sold = shelf.products().filter(|(_, product)| !product.archived);
    let shown = |(id, _): (ProductId, _)| shelf.shown(id);
    let (mut products, gone): (Vec<ProductShown>, Vec<ProductShown>) =
        sold.filter_map(shown).partition(|product| product.left > 0);
    products.extend(gone);
    let more = products.len() > CATALOGUE_MOST;
    products.truncate(CATALOGUE_MOST);
    let live = story.shop.live.current.is_some();
    Reply::telling(Message::Catalogue {
        products,
        more,
        live,
    })
}

/// AIDE.
pub(super) fn help(story: &Story<'_>, client: ClientId) -> Reply {
    let open = story
        .shop
        .clients
        .get(client)
        .is_some_and(|known| !known.open.is_empty());
    Reply::telling(Message::Help {
        example: to_client::example(story.shop),
        open,
    })
}

fn why(story: &Story<'_>, client: ClientId) -> Result<Reply, Rejection> {
    let known = story
        .shop
        .clients
        .get(client)
        .ok_or(Rejection::ClientUnknown)?;
    Ok(Reply::telling(explain::explain(story.shop, known)))
}

/// STOP: no suggestions and no news; what she buys is still told.
fn stop(story: &mut Story<'_>, client: ClientId) -> Reply {
    let consent = story
        .shop
        .clients
        .get(client)
        .and_then(|known| known.marketing);
    if consent != Some(false) {
        let purpose = Purpose::Marketing;
        story.fact(client::Event::ConsentWithdrawn { client, purpose });
    }
    Reply::telling(Message::Stopped)
}

fn speak(story: &mut Story<'_>, client: ClientId, language: Language) -> Reply {
    if story
        .shop
        .clients
        .get(client)
        .is_some_and(|known| known.language != language)
    {
        story.fact(client::Event::ClientPreferred {
            client,
            language: Some(language),
            simple: None,
            method: None,
        });
    }
    Reply::telling(Message::LanguageChanged)
}

/// SIMPLE or NORMAL: short words for a slow connection, or the full ones again.
fn simplify(story: &mut Story<'_>, client: ClientId, simple: bool) -> Reply {
    if story
        .shop
        .clients
        .get(client)
        .is_some_and(|known| known.simple != simple)
    {
        story.fact(client::Event::ClientPreferred {
            client,
            language: None,
            simple: Some(simple),
            method: None,
        });
    }
    Reply::telling(Message::StyleChanged { simple })
}
