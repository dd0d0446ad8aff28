//! Tokens to items: keywords, numbers, other words, and the stops between them.

use super::near::LONGEST;
use super::numbers;
use super::scan::{Kind, Token};
use super::{Quantity, Shelf};
use crate::ids::ProductId;
use crate::text::Text;

/// A piece of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// A keyword that exists.
    Key(ProductId),
    /// A number.
    Number(Number),
    /// Any other word.
    Word(String),
    /// A comma, a line end, "et": what follows is another thought.
    Stop,
}

/// A number as she wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// Its characters.
    pub(super) text: String,
    /// What it means as a quantity.
    pub(super) value: Quantity,
    /// Whether it cannot be but a quantity: `x2`, `3 fois`.
    pub(super) sure: bool,
    /// Whether it may as well be an article or an adjective: `une`, `neuf`.
    pub(super) weak: bool,
}

/// Words between two wishes.
const STOPS: &[&str] = &["ET", "AND", "PUIS", "THEN", "MAIS", "BUT", "AINSI"];
/// Words after a number that make it a quantity.
const PIECES: &[&str] = &[
    "FOIS",
    "PIECE",
    "PIECES",
    "PC",
    "PCS",
    "EXEMPLAIRE",
    "EXEMPLAIRES",
    "UNITE",
    "UNITES",
];
/// Words before a number that make it a quantity.
const COUNTS: &[&str] = &["QTE", "QTY", "QUANTITE", "QUANTITY", "NOMBRE"];
/// Words after a number that make it something else: money, time, weight.
const UNITS: &[&str] = &[
    "F", "FR", "FRS", "FCFA", "CFA", "XOF", "FRANC", "FRANCS", "MIL", "K", "EUR", "EURO", "EUROS",
    "H", "HEURE", "HEURES", "MIN", "MINUTE", "MINUTES", "JOUR", "JOURS", "MOIS", "AN", "ANS", "KM",
    "KG", "CM", "HOURS", "DAYS", "YEARS", "EME", "IEME",
];
/// Words before a number that make it an address.
const PLACES: &[&str] = &[
    "RUE",
    "VILLA",
    "LOT",
    "CITE",
    "AVENUE",
    "MAISON",
    "APPART",
    "APPARTEMENT",
    "PORTE",
    "ZONE",
    "PARCELLE",
    "PARCELLES",
    "BLOC",
    "IMMEUBLE",
    "ETAGE",
    "QUARTIER",
];

/// Reads the items of a message.
pub(super) fn items(tokens: &[Token], shelf: &dyn Shelf) -> Vec<Item> {
    let mut reader = Reader {
        tokens,
        at: 0,
        shelf,
        items: Vec::new(),
        sure: false,
    };
    while let Some(token) = tokens.get(reader.at) {
        reader.step(token);
    }
    reader.items
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    shelf: &'a dyn Shelf,
    items: Vec<Item>,
    /// The next number is a quantity for sure.
    sure: bool,
}

impl Reader<'_> {
    fn step(&mut self, token: &Token) {
        if token.apart {
            self.items.push(Item::Stop);
        }
        let taken = self
            .keyword(token)
            .or_else(|| self.number(token))
            .unwrap_or_else(|| {
                self.word(token);
                1
            });
        self.at = self.at.saturating_add(taken);
    }

    fn ahead(&self, by: usize) -> Option<&Token> {
        self.tokens
            .get(self.at.saturating_add(by))
            .filter(|token| !token.apart)
    }

    /// A keyword, in one token or in pieces (`ROBE 1`, `ROBE N°1`, `ROBE deux`), or glued to its
    /// number (`2XROBE1`, `ROBE1X2`).
    fn keyword(&mut self, token: &Token) -> Option<usize> {
        if token.kind == Kind::Odd || token.kind == Kind::Digits {
            return None;
        }
        if token.kind == Kind::Mixed {
            if let Some(product) = self.shelf.keyword(&token.text) {
                self.items.push(Item::Key(product));
                return Some(1);
            }
            if self.glued(&token.text) {
                return Some(1);
            }
        }
        let (product, taken) = self.pieces(token)?;
        self.items.push(Item::Key(product));
        Some(taken)
    }

    /// The longest keyword that begins here.
    fn pieces(&self, token: &Token) -> Option<(ProductId, usize)> {
        let mut found = self.shelf.keyword(&token.text).map(|product| (product, 1));
        let mut word = token.text.clone();
        for by in 1..=4_usize {
            let Some(next) = self.ahead(by) else { break };
            if matches!(next.text.as_str(), "NO" | "NUMERO" | "NUM" | "N") && by == 1 {
                continue;
            }
            if next.kind == Kind::Odd || word.len().saturating_add(next.text.len()) > LONGEST {
                break;
            }
            word.push_str(&next.text);
            if let Some(product) = self.shelf.keyword(&word) {
                found = Some((product, by.saturating_add(1)));
            }
        }
        found.or_else(|| {
            // "robe deux", where only ROBE2 is on sale.
            let rest = self.tokens.get(self.at.saturating_add(1)..)?;
            let (value, used) = numbers::words(rest)?;
            let product = self.shelf.keyword(&format!("{}{value}", token.text))?;
            (!rest.first()?.apart).then_some((product, used.saturating_add(1)))
        })
    }

    fn glued(&mut self, text: &str) -> bool {
        let tail = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let count = text.strip_suffix(tail).unwrap_or_default();
        let names = [Some(tail), tail.strip_prefix('X')];
        let key = names
            .into_iter()
            .flatten()
            .find_map(|name| self.shelf.keyword(name));
        if let (Some(product), false) = (key, count.is_empty()) {
            self.items.push(Item::Number(number(count, true)));
            self.items.push(Item::Key(product));
            return true;
        }
        let Some((name, count)) = text.rsplit_once('X') else {
            return false;
        };
        let digits = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
        let Some(product) = self.shelf.keyword(name).filter(|_| digits) else {
            return false;
        };
        self.items.push(Item::Key(product));
        self.items.push(Item::Number(number(count, true)));
        true
    }

    /// A number in digits or in words; units, prices and addresses are passed over.
    fn number(&mut self, token: &Token) -> Option<usize> {
        match token.kind {
            Kind::Digits | Kind::Odd => Some(self.digits(token)),
            Kind::Mixed => self.mixed(&token.text),
            Kind::Letters => self.spoken(token),
        }
    }

    fn digits(&mut self, token: &Token) -> usize {
        let unit = self
            .ahead(1)
            .is_some_and(|next| UNITS.contains(&next.text.as_str()))
            || self.ahead(1).is_some_and(|next| next.text == "MILLE");
        let place = self.items.last().is_some_and(
            |item| matches!(item, Item::Word(word) if PLACES.contains(&word.as_str())),
        );
        let price = matches!(self.items.last(), Some(Item::Word(word)) if word == "A")
            && token.text.len() > 3;
        if unit || place || price {
            self.items.push(Item::Word(token.text.clone()));
            return if unit { 2 } else { 1 };
        }
        let mut number = number(&token.text, std::mem::take(&mut self.sure));
        if token.kind == Kind::Odd {
            number.value = Quantity::Absurd(Text::new(&token.text));
        }
        self.items.push(Item::Number(number));
        1
    }

    /// `X2`, `2X`, `QTE2`, `1E9`, `2M` (two of size M; `2XL` is a size).
    fn mixed(&mut self, text: &str) -> Option<usize> {
        let tail = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let head = text.strip_suffix(tail).unwrap_or_default();
        let exponent = tail.strip_prefix('E').unwrap_or("E");
        let after = ["X", "QTE"].iter().find_map(|mark| text.strip_prefix(mark));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if let Some(count) = after.filter(|count| digits(count)) {
            self.items.push(Item::Number(number(count, true)));
        } else if digits(head) && digits(exponent) {
            let value = Quantity::Absurd(Text::new(text));
            let text = text.to_owned();
            self.items.push(Item::Number(Number {
                text,
                value,
                sure: false,
                weak: false,
            }));
        } else if digits(head) && (tail == "X" || PIECES.contains(&tail)) {
            self.items.push(Item::Number(number(head, true)));
        } else if digits(head) && matches!(tail, "XS" | "S" | "M" | "L") {
            self.items.push(Item::Number(number(head, false)));
            self.items.push(Item::Word(tail.to_owned()));
        } else {
            return None;
        }
        Some(1)
    }

    fn spoken(&mut self, token: &Token) -> Option<usize> {
        let rest = self.tokens.get(self.at..)?;
        let demi =
            token.text == "DEMI" && self.ahead(1).is_some_and(|next| next.text == "DOUZAINE");
        let (value, used) = if demi { (6, 2) } else { numbers::words(rest)? };
        let article = used == 1 && matches!(token.text.as_str(), "UN" | "UNE" | "ONE" | "NEUF");
        if self
            .ahead(used)
            .is_some_and(|next| UNITS.contains(&next.text.as_str()))
        {
            self.items.push(Item::Word(token.text.clone()));
            return Some(used.saturating_add(1));
        }
        let mut read = number(&value.to_string(), std::mem::take(&mut self.sure));
        read.weak = article && !read.sure;
        self.items.push(Item::Number(read));
        Some(used)
    }

    fn word(&mut self, token: &Token) {
        let word = token.text.as_str();
        let counted = self.ahead(1).is_some_and(|next| {
            matches!(next.kind, Kind::Digits | Kind::Odd)
                || numbers::words(std::slice::from_ref(next)).is_some()
        });
        if STOPS.contains(&word) {
            self.items.push(Item::Stop);
        } else if (word == "X" || word == "FOIS" || COUNTS.contains(&word)) && counted {
            self.sure = true;
        } else if word == "X" || PIECES.contains(&word) {
            if let Some(Item::Number(number)) = self.items.last_mut() {
                number.sure = true;
                number.weak = false;
            }
        } else {
            self.items.push(Item::Word(word.to_owned()));
        }
    }
}

/// A number in digits; zero and what is beyond counting are absurd.
fn number(text: &str, sure: bool) -> Number {
    let value = match text.parse::<u32>() {
        Ok(count) if count > 0 => Quantity::Is(count),
        Ok(_) | Err(_) => Quantity::Absurd(Text::new(text)),
    };
    Number {
        text: text.to_owned(),
        value,
        sure,
        weak: false,
    }
}
