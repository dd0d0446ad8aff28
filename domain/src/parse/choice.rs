//! Size and colour, wherever she wrote them. What the product does not have is told back, what
//! she left open stays open: nothing is picked for her.

use super::colour;
use super::commands::is_filler;
use super::items::Item;
use super::{Choice, Shelf, fold};
use crate::ids::{ProductId, VariantId};
use crate::text::Text;

/// Words that say "a size follows", whatever follows.
const SIZE_MARKS: &[&str] = &["TAILLE", "TAILLES", "T", "SIZE", "POINTURE", "POINTURES"];
/// Words that may say so.
const SOFT_MARKS: &[&str] = &["EN", "DU", "IN"];

/// The sizes and colours of one product, folded.
pub(super) struct Options {
    variants: Vec<(VariantId, Option<String>, Option<String>)>,
}

/// What a stretch of items says about size and colour.
#[derive(Default)]
pub(super) struct Named {
    sizes: Vec<String>,
    colours: Vec<String>,
    unknown: Option<String>,
    /// Which items were used up by it.
    pub(super) used: Vec<usize>,
}

impl Named {
    /// Whether anything was named.
    pub(super) fn any(&self) -> bool {
        !self.sizes.is_empty() || !self.colours.is_empty() || self.unknown.is_some()
    }
}

impl Options {
    pub(super) fn of(product: ProductId, shelf: &dyn Shelf) -> Self {
        let folded =
            |option: Option<String>| option.map(|raw| fold(&raw)).filter(|o| !o.is_empty());
        let variants = shelf
            .options(product)
            .into_iter()
            .map(|(id, size, colour)| {
                let size = folded(size).map(|size| same_size(&size).to_owned());
                (
                    id,
                    size,
                    folded(colour).map(|colour| colour::canonical(&colour)),
                )
            })
            .collect();
        Self { variants }
    }

    fn sizes(&self) -> impl Iterator<Item = &str> {
        self.variants
            .iter()
            .filter_map(|(_, size, _)| size.as_deref())
    }

    fn colours(&self) -> impl Iterator<Item = &str> {
        self.variants
            .iter()
            .filter_map(|(_, _, colour)| colour.as_deref())
    }

    /// Reads sizes and colours out of `items`.
    pub(super) fn named(&self, items: &[Item]) -> Named {
        let mut named = Named::default();
        let mut at = 0;
        while at < items.len() {
            let taken = self
                .size(items, at, &mut named)
                .max(self.colour(items, at, &mut named));
            named.used.extend(at..at.saturating_add(taken));
            at = at.saturating_add(taken.max(1));
        }
        named
    }

    /// How many items from `at` are a size.
    fn size(&self, items: &[Item], at: usize, named: &mut Named) -> usize {
        let before = at.checked_sub(1).and_then(|before| word(items, before));
        let marked = before.is_some_and(|mark| SIZE_MARKS.contains(&mark));
        let soft = before.is_some_and(|mark| SOFT_MARKS.contains(&mark));
        let Some(here) = text(items, at) else {
            return 0;
        };
        let number = match items.get(at) {
            Some(Item::Number(number)) if number.sure => return 0,
            Some(Item::Number(number)) => number.text.parse::<u32>().ok(),
            _ => None,
        };
        let loose = match number {
            Some(count) => soft || count > 20,
            None => here.len() > 1 || stands_free(items, at),
        };
        if marked || loose {
            let lengths = self
                .sizes()
                .filter_map(|size| spelled(items, at, size).map(|n| (n, size)));
            if let Some((length, size)) = lengths.max() {
                named.sizes.push(size.to_owned());
                return length;
            }
        }
        let has = self.sizes().next().is_some();
        let looks = match number {
            Some(count) => marked || (has && (30..=60).contains(&count)),
            None => (marked && !is_filler(here)) || (loose && is_letter_size(here)),
        };
        if looks && has {
            named.unknown = Some(here.to_owned());
        }
        usize::from(looks && (has || marked))
    }

    /// How many items from `at` are a colour.
    fn colour(&self, items: &[Item], at: usize, named: &mut Named) -> usize {
        let Some(here) = word(items, at) else {
            return 0;
        };
        let written = colour::canonical(here);
        let shade = word(items, at.saturating_add(1)).filter(|next| colour::is_shade(next));
        let found = self
            .colours()
            .filter_map(|colour| {
                let whole = (written == colour).then_some(1);
                spelled(items, at, colour)
                    .or(whole)
                    .map(|length| (length, colour))
            })
            .max();
        match (found, shade) {
            (Some((1, _)), Some(shade)) => named.unknown = Some(format!("{here} {shade}")),
            (Some((length, colour)), _) => {
                named.colours.push(colour.to_owned());
                return length;
            }
            (None, _) if !colour::is_known(&written) => return 0,
            (None, _) if self.colours().next().is_some() => named.unknown = Some(here.to_owned()),
            (None, _) => {}
        }
        1
    }

    /// The one variant that fits what was named.
    pub(super) fn choose(&self, named: &Named) -> Choice {
        if let Some(unknown) = &named.unknown {
            return Choice::Unknown(Text::new(unknown));
        }
        let (Ok(size), Ok(colour)) = (only(&named.sizes), only(&named.colours)) else {
            return Choice::Unsaid;
        };
        let fits = |said: Option<&str>, has: Option<&str>| said.is_none() || said == has;
        let mut fitting = self.variants.iter().filter(|(_, has_size, has_colour)| {
            fits(size, has_size.as_deref()) && fits(colour, has_colour.as_deref())
        });
        match (fitting.next(), fitting.next()) {
            (Some((variant, _, _)), None) => Choice::Only(*variant),
            (None, _) if named.any() => {
                let said: Vec<&str> = size.into_iter().chain(colour).collect();
                Choice::Unknown(Text::new(&said.join(" ")))
            }
            _ => Choice::Unsaid,
        }
    }
}

/// The one thing named, none, or an error where two different ones were.
fn only(named: &[String]) -> Result<Option<&str>, ()> {
    let first = named.first().map(String::as_str);
    let alike = named.iter().all(|other| Some(other.as_str()) == first);
    if alike { Ok(first) } else { Err(()) }
}

fn word(items: &[Item], at: usize) -> Option<&str> {
    match items.get(at)? {
        Item::Word(word) => Some(word),
        Item::Key(_) | Item::Number(_) | Item::Stop => None,
    }
}

fn text(items: &[Item], at: usize) -> Option<&str> {
    match items.get(at)? {
        Item::Word(word) => Some(word),
        Item::Number(number) => Some(&number.text),
        Item::Key(_) | Item::Stop => None,
    }
}

/// How many items from `at` spell the option.
fn spelled(items: &[Item], at: usize, option: &str) -> Option<usize> {
    let mut length = 0_usize;
    for part in option.split(' ') {
        let here = text(items, at.saturating_add(length))?;
        if here != part && same_size(here) != part {
            return None;
        }
        length = length.saturating_add(1);
    }
    Some(length)
}

/// One letter is a size only where nothing but order words stand around it: "tu m'envoies" is
/// not a medium.
fn stands_free(items: &[Item], at: usize) -> bool {
    let order = |item: Option<&Item>| match item {
        None | Some(Item::Key(_) | Item::Number(_) | Item::Stop) => true,
        Some(Item::Word(word)) => {
            SIZE_MARKS.contains(&word.as_str())
                || SOFT_MARKS.contains(&word.as_str())
                || matches!(
                    word.as_str(),
                    "SVP" | "STP" | "PLEASE" | "PLS" | "MERCI" | "OU" | "OR"
                )
                || colour::is_known(&colour::canonical(word))
                || is_letter_size(word)
        }
    };
    let before = at.checked_sub(1).and_then(|before| items.get(before));
    order(before) && order(items.get(at.saturating_add(1)))
}

fn is_letter_size(word: &str) -> bool {
    matches!(
        same_size(word),
        "XS" | "S" | "M" | "L" | "XL" | "2XL" | "3XL" | "4XL" | "5XL"
    )
}

fn same_size(written: &str) -> &str {
    match written {
        "XXL" => "2XL",
        "XXXL" => "3XL",
        "XXXXL" => "4XL",
        "SMALL" => "S",
        "MEDIUM" => "M",
        "LARGE" => "L",
        other => match other.strip_prefix('T') {
            Some(rest) if !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()) => {
                rest
            }
            _ => other,
        },
    }
}

/// Words that may stand between a keyword and its number.
pub(super) fn is_passable(word: &str) -> bool {
    is_filler(word)
        || SIZE_MARKS.contains(&word)
        || SOFT_MARKS.contains(&word)
        || matches!(
            word,
            "NON"
                | "NO"
                | "PLUTOT"
                | "FINALEMENT"
                | "SEULEMENT"
                | "JUSTE"
                | "ONLY"
                | "JUST"
                | "SEUL"
                | "SEULE"
                | "COULEUR"
                | "COLOR"
                | "COLOUR"
                | "DEMANDE"
                | "ENCORE"
                | "MEME"
                | "ARTICLE"
                | "NUMERO"
                | "AU"
                | "TOTAL"
                | "CODE"
                | "MODELE"
                | "PRODUIT"
        )
}
