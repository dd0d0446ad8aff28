//! Number words of French and English, and the first four of Wolof.

use super::scan::{Kind, Token};

/// Reads the number words that begin `tokens`: the number, and how many tokens it took.
pub(super) fn words(tokens: &[Token]) -> Option<(u32, usize)> {
    let (mut total, mut current, mut used) = (0_u32, 0_u32, 0_usize);
    // Longer numbers exist; nobody orders them in words.
    let mut tokens = tokens.iter().take(8).peekable();
    let mut begins = true;
    while let Some(token) = tokens.next() {
        if token.kind != Kind::Letters || (used > 0 && token.apart) {
            break;
        }
        let word = token.text.as_str();
        let one = tokens
            .peek()
            .is_some_and(|next| matches!(next.text.as_str(), "UN" | "UNE"));
        if word == "ET" && one && matches!(current, 20 | 30 | 40 | 50 | 60) {
            // vingt et un: the one is added next time round.
        } else if matches!(word, "CENT" | "CENTS" | "HUNDRED") && current < 100 {
            current = current.max(1).saturating_mul(100);
        } else if matches!(word, "MILLE" | "THOUSAND") && total == 0 {
            total = current.max(1).saturating_mul(1_000);
            current = 0;
            begins = true;
            used = used.saturating_add(1);
            continue;
        } else if let Some(value) = small(word) {
            match joined(current, value, begins) {
                Some(sum) => current = sum,
                None => break,
            }
        } else {
            break;
        }
        begins = false;
        used = used.saturating_add(1);
    }
    (used > 0).then(|| (total.saturating_add(current), used))
}

/// `current` with `value` said after it, or `None` where that is another number.
fn joined(current: u32, value: u32, begins: bool) -> Option<u32> {
    let ones = current.checked_rem(100).unwrap_or(0);
    match (ones, value) {
        (4, 20) => current.checked_add(76),
        (0, _) if begins || current > 0 => current.checked_add(value),
        (10, 7..=9) => current.checked_add(value),
        (20 | 30 | 40 | 50, 1..=9) | (60 | 80, 1..=19) => current.checked_add(value),
        _ => None,
    }
}

fn small(word: &str) -> Option<u32> {
    Some(match word {
        "ZERO" => 0,
        "UN" | "UNE" | "ONE" | "BENN" => 1,
        "DEUX" | "TWO" | "NAAR" => 2,
        "TROIS" | "THREE" | "NETT" => 3,
        "QUATRE" | "FOUR" | "NENT" | "NEENT" => 4,
        "CINQ" | "FIVE" => 5,
        "SIX" | "DEMIDOUZAINE" => 6,
        "SEPT" | "SEVEN" => 7,
        "HUIT" | "EIGHT" => 8,
        "NEUF" | "NINE" => 9,
        "DIX" | "TEN" | "DIZAINE" => 10,
        "ONZE" | "ELEVEN" => 11,
        "DOUZE" | "TWELVE" | "DOUZAINE" | "DOZEN" => 12,
        "TREIZE" | "THIRTEEN" => 13,
        "QUATORZE" | "FOURTEEN" => 14,
        "QUINZE" | "FIFTEEN" | "QUINZAINE" => 15,
        "SEIZE" | "SIXTEEN" => 16,
        "SEVENTEEN" => 17,
        "EIGHTEEN" => 18,
        "NINETEEN" => 19,
        "VINGT" | "VINGTS" | "TWENTY" | "VINGTAINE" => 20,
        "TRENTE" | "THIRTY" => 30,
        "QUARANTE" | "FORTY" => 40,
        "CINQUANTE" | "FIFTY" => 50,
        "SOIXANTE" | "SIXTY" => 60,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::scan::scan;
    use super::*;

    #[test]
    fn words_are_counted_as_people_say_them() {
        for (said, number) in [
            ("un", 1),
            ("deux", 2),
            ("dix sept", 17),
            ("dix-huit", 18),
            ("vingt", 20),
            ("vingt-deux", 22),
            ("vingt et un", 21),
            ("soixante dix", 70),
            ("quatre vingt", 80),
            ("cent", 100),
            ("deux cents", 200),
            ("twenty one", 21),
            ("naar", 2),
            ("deux mille cinq cent", 2_500),
        ] {
            let tokens = scan(said);
            assert_eq!(words(&tokens), Some((number, tokens.len())), "{said}");
        }
        for (said, number, used) in [
            ("deux trois", 2, 1),
            ("un, deux", 1, 1),
            ("dix douze", 10, 1),
        ] {
            assert_eq!(words(&scan(said)), Some((number, used)), "{said}");
        }
        assert_eq!(words(&scan("robe")), None);
    }
}
