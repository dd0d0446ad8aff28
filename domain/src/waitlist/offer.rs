//! Units that are free go to those who wait.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::ids::{ClientId, VariantId};
use crate::message::Message;
use crate::money::Amount;
use crate::order::choice;
use crate::order::event::Line;
use crate::policy::Rule;
use crate::reactions::to_client;
use crate::story::Story;
use crate::time::{after, minutes_left};

use super::{Event, Waiting, queue};

/// Offers what is free: first to those who wait with their money, then down each list until
/// nothing is left, and what is left after that is told to those who are only told.
pub(crate) fn fan_out(story: &mut Story<'_>) {
    choice::serve(story);
    for variant in queue::free(story.shop) {
        offer(story, variant);
        tell(story, variant);
    }
}

fn offer(story: &mut Story<'_>, variant: VariantId) {
    let shop = &*story.shop;
    let free = shop.catalogue.available(variant);
    let list = shop.waitlists.of(variant).to_vec();
    // Equal turns go in the order of joining. A heap, not a sort: mostly one unit comes free, and
    // a thousand holds may end in one knock.
    let turns = list.iter().enumerate().filter_map(|(place, waiting)| {
        queue::offered(shop, waiting, free)?;
        Some(Reverse((queue::turn(shop, waiting), place)))
    });
    let mut next: BinaryHeap<_> = turns.collect();
    while let Some(Reverse((_, place))) = next.pop() {
        let free = story.shop.catalogue.available(variant);
        let Some(waiting) = list.get(place).copied().filter(|_| free > 0) else {
            return;
        };
        if let Some(quantity) = queue::offered(story.shop, &waiting, free) {
            make(story, variant, &waiting, quantity);
        }
    }
}

fn make(story: &mut Story<'_>, variant: VariantId, waiting: &Waiting, quantity: u32) {
    let Some((line, total)) = line(story, variant, quantity) else {
        return;
    };
    let order = story.shop.orders.next();
    let deadline = after(story.now, story.shop.policy.minutes(Rule::OfferMinutes));
    story.fact(Event::OfferMade {
        client: waiting.client,
        variant,
        quantity,
        order,
        deadline,
        // The live she joined in ends only when this is answered.
        live: waiting.live.or(story.shop.live.current),
    });
    let offer = Message::Offer {
        order,
        lines: to_client::lines(story, &[line]),
        total,
        wanted: waiting.quantity,
        deadline,
        minutes: minutes_left(story.now, deadline),
    };
    to_client::say(story, waiting.client, offer);
}

/// So many of it at today's price; nothing where the sum would not fit in a number.
fn line(story: &Story<'_>, variant: VariantId, quantity: u32) -> Option<(Line, Amount)> {
    let product = story.shop.catalogue.variant(variant)?.product;
    let unit_price = story.shop.catalogue.product(product)?.price;
    let line = Line {
        product,
        variant,
        quantity,
        unit_price,
    };
    Some((line, unit_price.times(quantity)?))
}

/// First paid, first served: all of them are told, and whoever pays first has it. Of the same free
/// units each is told once, and never twice within the time of an offer.
fn tell(story: &mut Story<'_>, variant: VariantId) {
    let shop = &*story.shop;
    let Some(known) = shop.catalogue.variant(variant) else {
        return;
    };
    let (free, emptied) = (known.available(), known.emptied);
    if free == 0 {
        return;
    }
    let pause = shop.policy.minutes(Rule::OfferMinutes);
    let again = |waiting: &Waiting| {
        waiting
            .told
            .is_none_or(|told| told.emptied != emptied && after(told.at, pause) <= story.now)
    };
    let list = shop.waitlists.of(variant).iter();
    let news: Vec<(ClientId, u32)> = list
        .filter(|waiting| again(waiting))
        .filter_map(|waiting| Some((waiting.client, queue::told(shop, waiting, free)?)))
        .collect();
    for (client, quantity) in news {
        let Some((line, _)) = line(story, variant, quantity) else {
            continue;
        };
        let Some(line) = story.shop.catalogue.line_shown(&line) else {
            continue;
        };
        story.fact(Event::WaitlistTold { client, variant });
        let left = free;
        let told = Message::UnitFree {
            line,
            variant,
            left,
        };
        to_client::say(story, client, told);
    }
}
