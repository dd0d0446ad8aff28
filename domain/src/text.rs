//! Words from outside. They enter through one type that cleans and limits them (domain.md,
//! "Words").

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

/// Longest text kept, in graphemes as a person counts them.
pub const GRAPHEMES_MAX: usize = 1_000;
/// Longest text kept, in bytes of UTF-8.
pub const BYTES_MAX: usize = 4_096;

/// Clean text: NFC, without NUL, C0 controls (line feeds stay) and bidi marks, limited in
/// graphemes and bytes. Lone surrogates cannot occur in a Rust string.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(transparent)]
pub struct Text(String);

impl Text {
    /// Cleans and cuts whatever came; never fails.
    pub fn new(raw: &str) -> Self {
        let mut clean = String::with_capacity(raw.len().min(BYTES_MAX));
        let folded: String = raw.nfc().filter(|c| keep(*c)).take(BYTES_MAX).collect();
        for grapheme in folded.trim().graphemes(true).take(GRAPHEMES_MAX) {
            // Hundreds of marks on one letter are an attack on the screen, not a word.
            if grapheme.len() > 64 {
                continue;
            }
            if clean.len() + grapheme.len() > BYTES_MAX {
                break;
            }
            clean.push_str(grapheme);
        }
        Self(clean)
    }

    /// The clean characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn keep(c: char) -> bool {
    let bidi = matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    (c == '\n' || !c.is_control()) && !bidi
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Text {
    fn from(raw: &str) -> Self {
        Self::new(raw)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|raw| Self::new(&raw))
    }
}

/// What a product is called by: 1 to 20 letters and digits, upper case, for example `ROBE1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Keyword(String);

impl Keyword {
    /// A keyword, or `None` where the word cannot be one.
    pub fn parse(raw: &str) -> Option<Self> {
        let word: String = raw.trim().to_uppercase();
        let fits = (1..=20).contains(&word.len())
            && word
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        fits.then_some(Self(word))
    }

    /// Its letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Keyword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Keyword {
    type Error = String;

    fn try_from(raw: String) -> Result<Self, String> {
        Self::parse(&raw).ok_or_else(|| format!("{raw:?} cannot be a keyword"))
    }
}

impl From<Keyword> for String {
    fn from(keyword: Keyword) -> Self {
        keyword.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_bidi_marks_go_and_accents_stay() {
        assert_eq!(
            Text::new(" e\u{301}te\u{0}\u{202E}\u{7}\n1 ").as_str(),
            "éte\n1"
        );
    }

    #[test]
    fn length_is_limited_in_graphemes_and_bytes() {
        assert_eq!(
            Text::new(&"é".repeat(5_000)).as_str().chars().count(),
            GRAPHEMES_MAX
        );
        assert!(Text::new(&"👩‍👩‍👧‍👦".repeat(5_000)).as_str().len() <= BYTES_MAX);
        assert!(
            Text::new(&format!("a{}", "\u{301}".repeat(5_000)))
                .as_str()
                .len()
                <= 64
        );
    }

    #[test]
    fn a_keyword_is_short_and_plain() {
        assert_eq!(
            Keyword::parse(" robe1 ").map(String::from),
            Some("ROBE1".to_owned())
        );
        for raw in ["", "ROBE 1", "ÉTÉ", "A234567890123456789012"] {
            assert_eq!(Keyword::parse(raw), None, "{raw}");
        }
    }
}
