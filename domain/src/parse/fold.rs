//! Any writing to plain upper-case letters. A buyer's keyboard may be Cyrillic, her digits Arabic
//! or in circles, her letters accented or doubled by a fancy font: what looks like `ROBE1` is it.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_security::confusable_detection::skeleton;

/// The zero of every decimal script met in the places we serve, and of their neighbours; the
/// other nine digits follow it.
const ZEROS: [u32; 18] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66,
    0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x17E0, 0x1E950,
];

/// Upper case ASCII letters, digits and single spaces: how words are compared. Empty where
/// nothing of the kind was written.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in latin(text).chars() {
        if c.is_ascii_alphanumeric() {
            folded.push(c);
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Upper case ASCII with its punctuation, for reading `2.5` and `-1`; all else is a space.
pub(super) fn latin(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.nfkc().nfkd() {
        push(c, &mut plain);
    }
    plain
}

fn push(c: char, plain: &mut String) {
    if c.is_ascii() {
        let control = c.is_ascii_control() && c != '\n';
        plain.push(if control { ' ' } else { c.to_ascii_uppercase() });
    } else if is_combining_mark(c) || is_invisible(c) {
        // Accents, the frame of a keycap, joiners inside an emoji: not there.
    } else if let Some(digit) = digit(c) {
        plain.push(digit);
    } else if let Some(same) = spelled(c) {
        plain.push_str(same);
    } else if !look_alike(c, plain) {
        plain.push(' ');
    }
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}'
    )
}

fn digit(c: char) -> Option<char> {
    let code = u32::from(c);
    let value = ZEROS
        .iter()
        .find_map(|zero| code.checked_sub(*zero).filter(|value| *value < 10))?;
    char::from_digit(value, 10)
}

/// Letters of French and of our neighbours' languages that no decomposition reaches, and the
/// marks that people use for ASCII ones.
fn spelled(c: char) -> Option<&'static str> {
    Some(match c {
        'œ' | 'Œ' => "OE",
        'æ' | 'Æ' => "AE",
        'ß' | 'ẞ' => "SS",
        'ɛ' | 'Ɛ' | 'ǝ' | 'Ǝ' => "E",
        'ɔ' | 'Ɔ' => "O",
        'ŋ' | 'Ŋ' | 'ɲ' | 'Ɲ' => "N",
        'ɓ' | 'Ɓ' => "B",
        'ɗ' | 'Ɗ' => "D",
        'ƴ' | 'Ƴ' => "Y",
        '×' | '✕' | '✖' | '⨯' => "X",
        '’' | '‘' | 'ʼ' | '´' => "'",
        '‐' | '‑' | '−' => "-",
        '⁄' | '∕' => "/",
        '،' | '、' => ",",
        _ => return None,
    })
}

/// Appends the ASCII letters that `c` looks like, as written or as a capital; `false` where it
/// looks like none.
fn look_alike(c: char, plain: &mut String) -> bool {
    let code = u32::from(c);
    let alphabet = code < 0x0590
        || (0x13A0..=0x13FF).contains(&code)
        || (0x1C80..=0x1FFF).contains(&code)
        || (0x2100..=0x2DFF).contains(&code)
        || (0xA640..=0xABBF).contains(&code);
    if !alphabet || !c.is_alphabetic() {
        return false;
    }
    let found = twin(c).or_else(|| c.to_uppercase().next().and_then(twin));
    match found {
        Some(letters) => {
            plain.push_str(&letters);
            true
        }
        None => false,
    }
}

fn twin(c: char) -> Option<String> {
    let mut buffer = [0_u8; 4];
    let letters: String = skeleton(c.encode_utf8(&mut buffer))
        .filter(|letter| !is_combining_mark(*letter))
        .collect();
    // The skeleton writes every upright stroke as `l`; a capital one is an I.
    let letters = if letters == "l" && c.is_uppercase() {
        "I".to_owned()
    } else {
        letters
    };
    let plain = !letters.is_empty() && letters.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain.then(|| letters.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_does_not_matter() {
        for (written, folded) in [
            ("robe1", "ROBE1"),
            ("  Róbe1 !! 👗", "ROBE1"),
            ("RОВЕ1", "ROBE1"),   // Cyrillic О, В, Е
            ("rоbе1", "ROBE1"),   // Cyrillic о, е
            ("ΡΟΒΕ1", "POBE1"),   // Greek capitals: a rho looks like a P
            ("ROΒE1", "ROBE1"),   // Greek Β
            ("SАС2", "SAC2"),     // Cyrillic А, С
            ("ВІJОU1", "BIJOU1"), // Cyrillic В, І, О
            ("ｒｏｂｅ１", "ROBE1"),
            ("𝗥𝗢𝗕𝗘𝟭", "ROBE1"),
            ("Ⓡⓞⓑⓔ①", "ROBE1"),
            ("robe١", "ROBE1"),
            ("robe۲", "ROBE2"),
            ("2️⃣ robe1", "2 ROBE1"),
            ("ro\u{200B}be1", "ROBE1"),
            ("Bœuf à l’été", "BOEUF A L ETE"),
            ("ñaar", "NAAR"),
            ("ɲɔgɔn", "NOGON"),
            ("👗👗", ""),
            ("السلام", ""),
            ("", ""),
        ] {
            assert_eq!(fold(written), folded, "{written:?}");
        }
    }

    #[test]
    fn punctuation_stays_for_numbers() {
        assert_eq!(latin("robe1 −2,5×½"), "ROBE1 -2,5X1/2");
    }
}
