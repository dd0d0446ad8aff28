//! A list closes: its live is over, or the product is not sold any more.

use std::collections::BTreeMap;

use crate::ids::{ClientId, LiveId, ProductId, VariantId};
use crate::message::Message;
use crate::reactions::to_client;
use crate::story::Story;

use super::{Event, Waiting};

/// A live has ended: whoever joined in it waits no longer.
pub(crate) fn ended(story: &mut Story<'_>, live: LiveId) {
    let of = |waiting: &Waiting| waiting.live == Some(live);
    let lists = story.shop.waitlists.by_variant.iter();
    let variants: Vec<VariantId> = lists
        .filter(|(_, list)| list.iter().any(of))
        .map(|(variant, _)| *variant)
        .collect();
    close(story, &variants, Some(live));
}

/// A product is archived: nobody waits for it any more. What is offered already stays offered.
pub(crate) fn archived(story: &mut Story<'_>, product: ProductId) {
    let known = story.shop.catalogue.product(product);
    let variants = known.map_or(&[][..], |known| known.variants.as_slice());
    let waited = |variant: &VariantId| story.shop.waitlists.by_variant.contains_key(variant);
    let variants: Vec<VariantId> = variants.iter().copied().filter(waited).collect();
    close(story, &variants, None);
}

/// Closes them, and tells each who waited once, with everything she waited for.
fn close(story: &mut Story<'_>, variants: &[VariantId], live: Option<LiveId>) {
    let mut gone: BTreeMap<ClientId, Vec<ProductId>> = BTreeMap::new();
    for variant in variants {
        let known = story.shop.catalogue.variant(*variant);
        let Some(product) = known.map(|known| known.product) else {
            continue;
        };
        let list = story.shop.waitlists.of(*variant).iter();
        let leaves = |waiting: &&Waiting| {
            waiting.offer.is_none() && (live.is_none() || waiting.live == live)
        };
        for waiting in list.filter(leaves) {
            let products = gone.entry(waiting.client).or_default();
            if !products.contains(&product) {
                products.push(product);
            }
        }
        let variant = *variant;
        story.fact(Event::WaitlistClosed { variant, live });
    }
    for (client, products) in gone {
        let shown = |product: &ProductId| story.shop.catalogue.shown(*product);
        let products = products.iter().filter_map(shown).collect();
        to_client::say(story, client, Message::WaitlistClosed { products });
    }
}
