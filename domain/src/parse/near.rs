//! What looks like a keyword and is none.

use strsim::osa_distance;

use super::commands::is_filler;
use super::scan::{Kind, Token};
use super::{Shelf, fold};
use crate::ids::ProductId;

/// Longest word that can be a keyword.
pub(super) const LONGEST: usize = 20;

/// The products whose keywords look most like `word`, nearest first, at most `most`; none only
/// where nothing is on sale.
pub fn nearest(word: &str, shelf: &dyn Shelf, most: usize) -> Vec<ProductId> {
    let wanted: String = fold(word)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(LONGEST)
        .collect();
    let mut ranked: Vec<_> = shelf
        .keywords()
        .into_iter()
        .map(|(keyword, product)| {
            let shared = keyword
                .bytes()
                .zip(wanted.bytes())
                .take_while(|(a, b)| a == b)
                .count();
            (
                osa_distance(&wanted, &keyword),
                std::cmp::Reverse(shared),
                keyword,
                product,
            )
        })
        .collect();
    ranked.sort_unstable();
    ranked
        .into_iter()
        .map(|(_, _, _, product)| product)
        .take(most)
        .collect()
}

/// How many slips of the finger lie between two words.
pub(super) fn slips(word: &str, keyword: &str) -> usize {
    osa_distance(word, keyword)
}

/// A word of hers that looks like a keyword nobody has: letters with a number after them
/// (`ROBE9`), or one or two slips from a keyword in a message that is hardly more than that word.
pub(super) fn keywordish(tokens: &[Token], keywords: &[String]) -> Option<String> {
    // A keyword that exists was understood, and not wanted.
    let exists = |token: &Token| keywords.contains(&token.text);
    if tokens.len() > 12 || tokens.iter().any(exists) {
        return None;
    }
    if let Some(token) = tokens.iter().find(|token| looks_numbered(token)) {
        return Some(token.text.clone());
    }
    let said: Vec<&Token> = tokens
        .iter()
        .filter(|token| !is_filler(&token.text))
        .collect();
    if said.is_empty() || said.len() > 3 {
        return None;
    }
    let pairs = said.iter().zip(said.iter().skip(1));
    let joined = pairs
        .filter(|(a, b)| a.kind == Kind::Letters && b.kind == Kind::Digits)
        .map(|(a, b)| format!("{}{}", a.text, b.text));
    let single = said
        .iter()
        .filter(|token| token.kind != Kind::Odd)
        .map(|token| token.text.clone());
    let mut words = joined.chain(single);
    words.find(|word| {
        let allowed = if word.len() < 6 { 1 } else { 2 };
        (3..=LONGEST).contains(&word.len())
            && keywords
                .iter()
                .any(|keyword| slips(word, keyword) <= allowed)
    })
}

fn looks_numbered(token: &Token) -> bool {
    let digits = token
        .text
        .trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = token.text.len().saturating_sub(digits.len());
    token.kind == Kind::Mixed
        && letters >= 2
        && digits.len() <= 3
        && token.text.len() <= LONGEST
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}
