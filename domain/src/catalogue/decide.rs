//! Who may change what is sold.

use crate::command::Answer;
use crate::ids::{OrderId, ProductId, VariantId};
use crate::money::Amount;
use crate::parse;
use crate::rejection::Rejection;
use crate::story::Story;
use crate::text::{Keyword, Text};
use crate::waitlist;

use super::command::NewVariant;
use super::{Catalogue, Command, Event};

/// Highest price of one unit: a thousand of them in one line still fit in any reader's number.
const PRICE_MOST: i64 = 1_000_000_000_000;
/// Most units of a variant.
const UNITS_MOST: u32 = 1_000_000_000;
/// Most variants added with a product.
const VARIANTS_MOST: usize = 100;
/// Most orders named in a refusal: it must fit on a screen.
const ORDERS_NAMED: usize = 20;

/// Judges a wish about the catalogue.
pub(crate) fn decide(story: &mut Story<'_>, command: &Command) -> Result<Answer, Rejection> {
    match command {
        Command::AddProduct {
            keyword,
            price,
            variants,
            ..
        } => {
            may_add(&story.shop.catalogue, keyword, *price, variants)?;
            add(story, command);
            Ok(Answer::DONE)
        }
        Command::ChangeProduct {
            product,
            name,
            price,
            photo,
        } => change(story, *product, name.as_ref(), *price, photo.as_ref()),
        Command::ReceiveStock { .. } | Command::AdjustStock { .. } | Command::BlockStock { .. } => {
            stock(story, command)
        }
        Command::ArchiveProduct { product } => {
            let known = story
                .shop
                .catalogue
                .product(*product)
                .ok_or(Rejection::ProductUnknown)?;
            if known.archived {
                return Ok(Answer::Already);
            }
            story.fact(Event::ProductArchived { product: *product });
            waitlist::close::archived(story, *product);
            Ok(Answer::DONE)
        }
    }
}

/// Judges a wish about units.
fn stock(story: &mut Story<'_>, command: &Command) -> Result<Answer, Rejection> {
    match command {
        Command::ReceiveStock { variant, quantity } => {
            let on_hand = on_hand(story, *variant)?;
            let most = UNITS_MOST.saturating_sub(on_hand);
            within(i64::from(*quantity), 1, i64::from(most))?;
            story.fact(Event::StockReceived {
                variant: *variant,
                quantity: *quantity,
            });
        }
        Command::AdjustStock {
            variant,
            by,
            reason,
        } => {
            let most = UNITS_MOST.saturating_sub(on_hand(story, *variant)?);
            if *by == 0 {
                return Ok(Answer::Already);
            }
            within(*by, i64::MIN, i64::from(most))?;
            let gone = by.saturating_neg();
            if !lowered(story, *variant, gone) {
                free(story, *variant, gone)?;
            }
            story.fact(Event::StockAdjusted {
                variant: *variant,
                by: *by,
                reason: *reason,
            });
        }
        Command::BlockStock { variant, by } => {
            let known = story
                .shop
                .catalogue
                .variant(*variant)
                .ok_or(Rejection::StockUnknown)?;
            if *by == 0 {
                return Ok(Answer::Already);
            }
            within(
                *by,
                i64::from(known.blocked).saturating_neg(),
                i64::from(UNITS_MOST),
            )?;
            free(story, *variant, *by)?;
            story.fact(Event::StockBlocked {
                variant: *variant,
                by: *by,
            });
        }
        Command::AddProduct { .. }
        | Command::ChangeProduct { .. }
        | Command::ArchiveProduct { .. } => return Ok(Answer::Already),
    }
    Ok(Answer::DONE)
}

fn within(value: i64, least: i64, most: i64) -> Result<(), Rejection> {
    let fits = (least..=most).contains(&value);
    fits.then_some(())
        .ok_or(Rejection::OutOfBounds { least, most })
}

fn on_hand(story: &Story<'_>, variant: VariantId) -> Result<u32, Rejection> {
    let known = story
        .shop
        .catalogue
        .variant(variant)
        .ok_or(Rejection::StockUnknown)?;
    Ok(known.on_hand)
}

/// Whether so many units are free to go, once the newest holds that are not frozen are let go.
fn lowered(story: &mut Story<'_>, variant: VariantId, gone: i64) -> bool {
    let Ok(gone) = u32::try_from(gone.max(0)) else {
        return false;
    };
    crate::order::release::release(story, variant, gone)
}

/// So many units must be free to take; what is held or owed is protected, and the refusal names
/// the orders to cancel first.
fn free(story: &Story<'_>, variant: VariantId, wanted: i64) -> Result<(), Rejection> {
    let free = story.shop.catalogue.available(variant);
    if wanted <= i64::from(free) {
        return Ok(());
    }
    let holds = |order: &crate::order::Order| {
        order.lines.iter().any(|line| line.variant == variant)
            && !matches!(
                order.phase,
                crate::order::Phase::Wished | crate::order::Phase::HandedOver
            )
    };
    let open = story.shop.orders.open.iter();
    let orders: Vec<OrderId> = open
        .filter(|(_, order)| holds(order))
        .map(|(id, _)| *id)
        .take(ORDERS_NAMED)
        .collect();
    Err(Rejection::StockProtected { free, orders })
}

fn may_add(
    catalogue: &Catalogue,
    keyword: &Keyword,
    price: Amount,
    variants: &[NewVariant],
) -> Result<(), Rejection> {
    let word = Text::new(keyword.as_str());
    let selling = catalogue
        .by_keyword(keyword)
        .and_then(|id| catalogue.product(id));
    // Our own words are read before any keyword, so a product named PAYER could not be bought.
    let ours = parse::is_command(keyword.as_str());
    if ours || selling.is_some_and(|product| !product.archived) {
        return Err(Rejection::KeywordTaken { keyword: word });
    }
    within(price.0, 1, PRICE_MOST)?;
    let count = i64::try_from(variants.len()).unwrap_or(i64::MAX);
    within(count, 1, i64::try_from(VARIANTS_MOST).unwrap_or(i64::MAX))?;
    for (at, variant) in variants.iter().enumerate() {
        within(i64::from(variant.stock), 0, i64::from(UNITS_MOST))?;
        let same =
            |other: &NewVariant| other.size == variant.size && other.colour == variant.colour;
        if variants.iter().take(at).any(same) {
            let word = variant
                .size
                .clone()
                .or_else(|| variant.colour.clone())
                .unwrap_or(word);
            return Err(Rejection::KeywordTaken { keyword: word });
        }
    }
    Ok(())
}

fn add(story: &mut Story<'_>, command: &Command) {
    let Command::AddProduct {
        keyword,
        name,
        price,
        only_during_live,
        photo,
        variants,
    } = command
    else {
        return;
    };
    let product = story.shop.catalogue.next_product();
    story.fact(Event::ProductAdded {
        product,
        keyword: keyword.clone(),
        name: name.clone(),
        price: *price,
        only_during_live: *only_during_live,
        photo: photo.clone(),
    });
    for new in variants {
        let variant = story.shop.catalogue.next_variant();
        story.fact(Event::VariantAdded {
            variant,
            product,
            size: new.size.clone(),
            colour: new.colour.clone(),
        });
        if new.stock > 0 {
            story.fact(Event::StockReceived {
                variant,
                quantity: new.stock,
            });
        }
    }
}

fn change(
    story: &mut Story<'_>,
    product: ProductId,
    name: Option<&Text>,
    price: Option<Amount>,
    photo: Option<&String>,
) -> Result<Answer, Rejection> {
    let known = story
        .shop
        .catalogue
        .product(product)
        .ok_or(Rejection::ProductUnknown)?;
    if let Some(price) = price {
        within(price.0, 1, PRICE_MOST)?;
    }
    let name = name
        .filter(|name| !name.is_empty() && **name != known.name)
        .cloned();
    let price = price.filter(|price| *price != known.price);
    let photo = photo
        .filter(|photo| known.photo.as_ref() != Some(*photo))
        .cloned();
    if name.is_none() && price.is_none() && photo.is_none() {
        return Ok(Answer::Already);
    }
    story.fact(Event::ProductChanged {
        product,
        name,
        price,
        photo,
    });
    Ok(Answer::DONE)
}
