//! Which keywords she wrote, each with its own number, size and colour.

use std::collections::BTreeMap;

use super::choice::{Named, Options, is_passable};
use super::items::{Item, Number};
use super::{Choice, Quantity, Shelf, Wish};
use crate::ids::ProductId;
use crate::text::Text;

/// One keyword with the items that belong to it.
struct Draft {
    product: ProductId,
    items: Vec<Item>,
    options: Options,
}

/// The wishes of a message, in the order she wrote them.
pub(super) fn wishes(mut items: Vec<Item>, shelf: &dyn Shelf) -> Vec<Wish> {
    numbered(&mut items, shelf);
    let mut drafts: Vec<Draft> = Vec::new();
    let mut ahead: Vec<Item> = Vec::new();
    for segment in items.split(|item| *item == Item::Stop) {
        if segment.iter().any(|item| matches!(item, Item::Key(_))) {
            let mut zones = zones(segment);
            if let Some((_, first)) = zones.first_mut() {
                first.splice(0..0, std::mem::take(&mut ahead));
            }
            drafts.extend(zones.into_iter().map(|(product, items)| Draft {
                product,
                items,
                options: Options::of(product, shelf),
            }));
        } else if let Some(last) = drafts.last_mut() {
            if let Some(more) = afterthought(last, segment, shelf) {
                drafts.push(more);
            }
        } else {
            let counts = |item: &Item| match item {
                Item::Number(number) => !number.weak,
                Item::Word(word) => is_passable(word),
                Item::Key(_) | Item::Stop => false,
            };
            ahead = if segment.iter().all(counts) {
                segment.to_vec()
            } else {
                Vec::new()
            };
        }
    }
    merged(drafts.iter().filter_map(Draft::wish))
}

/// A number may itself be a keyword: alone, or among words that say nothing else.
fn numbered(items: &mut [Item], shelf: &dyn Shelf) {
    let plain = |item: &Item| match item {
        Item::Key(_) => false,
        Item::Word(word) => is_passable(word),
        Item::Number(_) | Item::Stop => true,
    };
    if !items.iter().all(plain) {
        return;
    }
    for segment in items.split_mut(|item| *item == Item::Stop) {
        let mut keys = segment.iter_mut().filter_map(|item| match item {
            Item::Number(number) if !number.sure => {
                shelf.keyword(&number.text).map(|product| (item, product))
            }
            Item::Key(_) | Item::Number(_) | Item::Word(_) | Item::Stop => None,
        });
        if let (Some((item, product)), None) = (keys.next(), keys.next()) {
            *item = Item::Key(product);
        }
    }
}

/// Cuts a segment into one stretch per keyword. Where a number stands before the first keyword,
/// numbers belong to the keyword after them ("2 robe1 3 sac2"); else to the one before.
fn zones(segment: &[Item]) -> Vec<(ProductId, Vec<Item>)> {
    let significant = segment.iter().find(|item| match item {
        Item::Key(_) => true,
        Item::Number(number) => !number.weak,
        Item::Word(_) | Item::Stop => false,
    });
    let number_first = matches!(significant, Some(Item::Number(_)));
    let mut zones: Vec<(ProductId, Vec<Item>)> = Vec::new();
    let mut open: Vec<Item> = Vec::new();
    let mut refused = false;
    for (at, item) in segment.iter().enumerate() {
        refused |= is_no(segment, at);
        let Item::Key(product) = item else {
            open.push(item.clone());
            continue;
        };
        if let Some((_, before)) = zones.last_mut() {
            let cut = if number_first {
                belongs_to_next(&open)
            } else {
                open.len()
            };
            let next = open.split_off(cut);
            before.append(&mut open);
            open = next;
        }
        open.push(item.clone());
        zones.push((*product, std::mem::take(&mut open)));
        if refused && let Some((_, zone)) = zones.last_mut() {
            zone.clear();
        }
    }
    if let Some((_, last)) = zones.last_mut().filter(|(_, zone)| !zone.is_empty()) {
        last.append(&mut open);
    }
    zones.retain(|(_, zone)| zone.iter().any(|item| matches!(item, Item::Key(_))));
    zones
}

/// From which of the items between two keywords on they belong to the second one.
fn belongs_to_next(open: &[Item]) -> usize {
    let last = open
        .iter()
        .rposition(|item| matches!(item, Item::Number(n) if !n.sure));
    last.unwrap_or(open.len())
}

/// "pas", "not", "veux plus" before a keyword: she does not want it.
fn is_no(segment: &[Item], at: usize) -> bool {
    let said = |at: Option<usize>| match at.and_then(|at| segment.get(at)) {
        Some(Item::Word(word)) => word.as_str(),
        _ => "",
    };
    let before = said(at.checked_sub(1));
    match said(Some(at)) {
        "PAS" => before != "POURQUOI",
        "SANS" | "NOT" | "DONT" => true,
        // "j'ai payé robe1": she tells, she does not ask.
        "PAID" | "SENT" | "RECEIVED" => true,
        "PAYE" | "ENVOYE" | "COMMANDE" | "RECU" | "DEJA" => matches!(before, "AI" | "JAI" | "DEJA"),
        "PLUS" => matches!(before, "VEUX" | "VEU" | "VEUT" | "PRENDS" | "PREND"),
        _ => false,
    }
}

/// A stretch without a keyword after one with: more about it ("robe1, taille M"), the same in
/// another size ("robe1 1 M et 1 L"), or just talk.
fn afterthought(last: &mut Draft, segment: &[Item], shelf: &dyn Shelf) -> Option<Draft> {
    let named = last.options.named(segment);
    let understood = segment.iter().enumerate().all(|(at, item)| match item {
        Item::Number(number) => !number.weak || number.sure || named.any(),
        Item::Word(word) => named.used.binary_search(&at).is_ok() || is_passable(word),
        Item::Key(_) | Item::Stop => false,
    });
    if !understood {
        return None;
    }
    if named.any() && last.options.named(&last.items).any() {
        let mut items = vec![Item::Key(last.product)];
        items.extend_from_slice(segment);
        let options = Options::of(last.product, shelf);
        return Some(Draft {
            product: last.product,
            items,
            options,
        });
    }
    last.items.extend_from_slice(segment);
    None
}

impl Draft {
    fn wish(&self) -> Option<Wish> {
        let named = self.options.named(&self.items);
        let key = self
            .items
            .iter()
            .position(|item| matches!(item, Item::Key(_)))?;
        let asked = quantity(&self.items, key, &named);
        Some(Wish {
            product: self.product,
            asked,
            variant: self.options.choose(&named),
        })
    }
}

/// The number that belongs to the keyword at `key`: the last one that is surely a quantity, else
/// the last one with nothing foreign between, else the only small one there is.
fn quantity(items: &[Item], key: usize, named: &Named) -> Quantity {
    if let Some(either) = either(items) {
        return Quantity::Absurd(either);
    }
    let numbers: Vec<(usize, &Number)> = items
        .iter()
        .enumerate()
        .filter(|(at, _)| named.used.binary_search(at).is_err())
        .filter_map(|(at, item)| match item {
            Item::Number(number) => Some((at, number)),
            Item::Key(_) | Item::Word(_) | Item::Stop => None,
        })
        .collect();
    if let Some((_, number)) = numbers.iter().rev().find(|(_, number)| number.sure) {
        return number.value.clone();
    }
    let near = reach(items, key, named);
    let counts = |at: usize, number: &Number| near.contains(&at) && (!number.weak || at < key);
    let strong = numbers
        .iter()
        .rev()
        .find(|(at, number)| !number.weak && counts(*at, number));
    let any = strong.or_else(|| {
        numbers
            .iter()
            .rev()
            .find(|(at, number)| counts(*at, number))
    });
    if let Some((_, number)) = any {
        return number.value.clone();
    }
    let mut lone = numbers.iter().filter(|(_, number)| !number.weak);
    match (lone.next().map(|(_, number)| &number.value), lone.next()) {
        (Some(Quantity::Is(count)), None) if *count <= 20 => Quantity::Is(*count),
        _ => Quantity::Unsaid,
    }
}

/// "2 ou 3": not for us to decide.
fn either(items: &[Item]) -> Option<Text> {
    items.windows(3).find_map(|three| match three {
        [Item::Number(one), Item::Word(or), Item::Number(other)]
            if matches!(or.as_str(), "OU" | "OR") =>
        {
            Some(Text::new(&format!("{} {or} {}", one.text, other.text)))
        }
        _ => None,
    })
}

/// The stretch around the keyword without a foreign word in it.
fn reach(items: &[Item], key: usize, named: &Named) -> std::ops::Range<usize> {
    let known = |(at, item): &(usize, &Item)| match item {
        Item::Word(word) => named.used.binary_search(at).is_ok() || is_passable(word),
        Item::Key(_) | Item::Number(_) => true,
        Item::Stop => false,
    };
    let (before, after) = items.split_at_checked(key).unwrap_or((items, &[]));
    let left = before
        .iter()
        .enumerate()
        .rev()
        .take_while(|pair| known(pair))
        .count();
    let right = after.iter().enumerate();
    let right = right
        .map(|(at, item)| (at.saturating_add(key), item))
        .take_while(known)
        .count();
    key.saturating_sub(left)..key.saturating_add(right)
}

/// The same thing twice: what she said last wins, what she left open stays as it was.
fn merged(wishes: impl Iterator<Item = Wish>) -> Vec<Wish> {
    let mut merged: Vec<Wish> = Vec::new();
    let mut places: BTreeMap<ProductId, Vec<usize>> = BTreeMap::new();
    for wish in wishes {
        let known = places.entry(wish.product).or_default();
        let same = known.iter().rev().copied().find(|at| {
            merged
                .get(*at)
                .is_some_and(|old| match (&old.variant, &wish.variant) {
                    (Choice::Only(old), Choice::Only(new)) => old == new,
                    _ => true,
                })
        });
        let Some(old) = same.and_then(|at| merged.get_mut(at)) else {
            known.push(merged.len());
            merged.push(wish);
            continue;
        };
        if wish.asked != Quantity::Unsaid {
            old.asked = wish.asked;
        }
        if wish.variant != Choice::Unsaid {
            old.variant = wish.variant;
        }
    }
    merged
}
