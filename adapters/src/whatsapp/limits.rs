//! What Meta allows, as types. Words are cut on a grapheme with `…`; an id is never cut: it is
//! refused. Meta does not say what it counts (whatsapp.md 2.3), so both UTF-16 units and code
//! points stay within: UTF-16 is never the smaller count.

use unicode_segmentation::UnicodeSegmentation as _;

/// An id that does not fit, or is empty, or has spaces at its edges.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an id of {length} characters, at most {most} without spaces at its edges")]
pub struct TooLong {
    /// What it has.
    pub length: usize,
    /// What it may have.
    pub most: usize,
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Cuts to `most` UTF-16 units on a grapheme, ending in `…` where something was cut.
fn cut(raw: &str, most: usize) -> String {
    let text = raw.trim();
    if units(text) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for grapheme in text.graphemes(true) {
        used += units(grapheme);
        if used > most {
            break;
        }
        kept.push_str(grapheme);
    }
    format!("{}…", kept.trim_end())
}

/// Makes a text type with a limit.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident($most:literal);)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// The most it holds, in UTF-16 units.
            pub const MOST: usize = $most;

            /// Takes words in, cut with `…` where they are too long.
            pub fn new(raw: &str) -> Self {
                Self(cut(raw, Self::MOST))
            }

            /// The words.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    )+};
}

words! {
    /// The text of a message with buttons or a list.
    Body(1024);
    /// A text message without buttons.
    LongText(4096);
    /// What is on a reply button.
    ButtonTitle(20);
    /// What opens a list.
    ListButton(20);
    /// The first line of a row.
    RowTitle(24);
    /// The second line of a row.
    RowDescription(72);
}

/// What a button or a row sends back: at most 200 characters (a row's limit; a button may 256).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OptionId(String);

impl OptionId {
    /// The most it holds, in UTF-16 units.
    pub const MOST: usize = 200;

    /// Takes an id in, or refuses it.
    pub fn new(id: &str) -> Result<Self, TooLong> {
        let length = units(id);
        if length == 0 || length > Self::MOST || id.trim() != id {
            return Err(TooLong {
                length,
                most: Self::MOST,
            });
        }
        Ok(Self(id.to_owned()))
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_on_a_grapheme_and_never_exceed() {
        assert_eq!(ButtonTitle::new(" ✅ PAYER ").as_str(), "✅ PAYER");
        assert_eq!(
            ButtonTitle::new("abcdefghijklmnopqrst").as_str(),
            "abcdefghijklmnopqrst"
        );
        assert_eq!(
            ButtonTitle::new("abcdefghijklmnopqrstu").as_str(),
            "abcdefghijklmnopqrs…"
        );
        let families = "👩‍👩‍👧‍👦".repeat(9);
        let title = ButtonTitle::new(&families);
        assert_eq!(title.as_str(), "👩‍👩‍👧‍👦…");
        assert!(units(title.as_str()) <= ButtonTitle::MOST);
        assert_eq!(units(Body::new(&"é".repeat(3000)).as_str()), Body::MOST);
    }

    #[test]
    fn an_id_is_refused_never_cut() {
        assert!(OptionId::new(&"x".repeat(200)).is_ok());
        for bad in ["", " x", "x ", &"x".repeat(201)] {
            assert!(OptionId::new(bad).is_err(), "{bad}");
        }
    }
}
