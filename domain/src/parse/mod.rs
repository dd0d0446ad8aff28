//! What a buyer wrote, read forgivingly and without guessing (domain.md, "Parsing").
//!
//! Case, accents, spaces, emoji and look-alike letters do not matter; a size, a price or a number
//! that she did not write is never made up. The road of a message: [`fold`](mod@fold) to plain
//! letters, `scan` to tokens, `commands` for PAYER and friends, `items` and `order` for keywords
//! with their numbers, `choice` for size and colour, `near` for what looks like a keyword and is
//! none.

use crate::ids::{ProductId, VariantId};
use crate::segment::Method;
use crate::text::Text;

mod choice;
mod colour;
mod commands;
mod fold;
mod items;
mod near;
mod numbers;
mod order;
mod phrases;
mod scan;
#[cfg(test)]
mod spec;

pub use commands::is_command;
pub use fold::fold;
pub use near::nearest;

/// Longest "annule …" that is still meant for us, in tokens.
const LEADING_TOKENS: usize = 6;

/// What is on sale, as far as reading needs it.
pub trait Shelf {
    /// The product under a keyword, asked in folded form (`ROBE1`).
    fn keyword(&self, folded: &str) -> Option<ProductId>;
    /// Every keyword; asked only when nothing else was understood.
    fn keywords(&self) -> Vec<(String, ProductId)>;
    /// The variants of a product, each with its size and its colour.
    fn options(&self, product: ProductId) -> Vec<(VariantId, Option<String>, Option<String>)>;
}

/// What a message means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Understood {
    /// She wants these, in the order she wrote them; never empty.
    Order(Vec<Wish>),
    /// She said one of our words.
    Word(Word),
    /// Neither; left to the human.
    Nothing {
        /// A word of hers that looks like a keyword and is none, folded.
        keywordish: Option<String>,
    },
}

/// One thing she wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Which product.
    pub product: ProductId,
    /// How many.
    pub asked: Quantity,
    /// In which size and colour.
    pub variant: Choice,
}

/// How many she wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quantity {
    /// She wrote no number.
    Unsaid,
    /// At least 1.
    Is(u32),
    /// Zero, negative, a fraction or beyond counting: what she wrote.
    Absurd(Text),
}

/// In which size and colour she wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// This one: she named it, or there is no other.
    Only(VariantId),
    /// She did not say (or not enough), and there are several.
    Unsaid,
    /// She named a size or colour that this product does not have: what she wrote.
    Unknown(Text),
}

/// Our own words, in French and English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// PAYER, PAY.
    Pay,
    /// J'AI PAYÉ, I PAID.
    Paid,
    /// ANNULER, CANCEL.
    Cancel,
    /// CHANGER, CHANGE.
    Change,
    /// MES ACHATS, MY ORDERS.
    Purchases,
    /// STOP.
    Stop,
    /// AIDE, HELP, MENU.
    Help,
    /// POURQUOI, WHY.
    Why,
    /// CATALOGUE, CATALOG.
    Catalogue,
    /// WAVE, ORANGE MONEY, CARTE.
    Method(Method),
    /// ENGLISH.
    English,
    /// FRANÇAIS.
    French,
    /// SIMPLE, LÉGER, connexion lente, LIGHT, slow connection.
    Simple,
    /// NORMAL.
    Normal,
}

/// Reads a buyer's message against what is on sale. Never fails; time is linear in the message.
pub fn buyer(text: &Text, shelf: &dyn Shelf) -> Understood {
    let tokens = scan::scan(text.as_str());
    let whole = match tokens.as_slice() {
        [token] => shelf.keyword(&token.text),
        _ => None,
    };
    if whole.is_none() {
        if let Some(word) = commands::exact(&tokens) {
            return Understood::Word(word);
        }
        // "annule robe1" must not order it.
        if let Some(word) = commands::leading(&tokens).filter(|_| tokens.len() <= LEADING_TOKENS) {
            return Understood::Word(word);
        }
    }
    let items = items::items(&tokens, shelf);
    let wishes = order::wishes(items, shelf);
    if !wishes.is_empty() {
        return Understood::Order(wishes);
    }
    let keywords: Vec<String> = shelf
        .keywords()
        .into_iter()
        .map(|(keyword, _)| keyword)
        .collect();
    if let Some(word) = commands::misspelt(&tokens, &keywords) {
        return Understood::Word(word);
    }
    Understood::Nothing {
        keywordish: near::keywordish(&tokens, &keywords),
    }
}

/// Whether a message is politeness only ("ok merci 🙏", "👍"): somebody who is buying needs no
/// answer to it.
pub fn is_politeness(text: &Text) -> bool {
    scan::scan(text.as_str())
        .iter()
        .all(|token| commands::is_polite(&token.text))
}
