//! Our own words. A command is the whole message, give or take politeness; inside a longer
//! sentence it is just talk ("tu peux m'aider à payer ma maison").

use strsim::osa_distance;

use super::phrases::PHRASES;
use super::scan::{Kind, Token};
use super::{Word, near};

/// Longest message, in tokens, that may still be a command.
const MOST_TOKENS: usize = 10;

/// Words that carry no meaning for us: politeness, articles, "je veux".
const FILLERS: &[&str] = &[
    "A",
    "ACHETE",
    "ACHETER",
    "ALLO",
    "ALORS",
    "AND",
    "AUSSI",
    "AVEC",
    "BIEN",
    "BJR",
    "BONJOUR",
    "BONSOIR",
    "BSR",
    "BUY",
    "BY",
    "CA",
    "CE",
    "CELLE",
    "CELUI",
    "CES",
    "CETTE",
    "CHERE",
    "CHERIE",
    "COMMANDE",
    "COMMANDER",
    "COUCOU",
    "DE",
    "DES",
    "DONC",
    "DU",
    "EN",
    "EST",
    "ET",
    "FAIRE",
    "FAIS",
    "FOR",
    "GET",
    "HELLO",
    "HEY",
    "HI",
    "I",
    "ID",
    "IL",
    "IM",
    "JE",
    "LA",
    "LE",
    "LES",
    "LIKE",
    "MA",
    "MAINTENANT",
    "ME",
    "MERCI",
    "MES",
    "MOI",
    "MON",
    "MY",
    "NOW",
    "OF",
    "OK",
    "OKAY",
    "ORDER",
    "OUI",
    "PAR",
    "PEUX",
    "PLAIT",
    "PLEASE",
    "PLS",
    "POUR",
    "PREND",
    "PRENDRE",
    "PRENDS",
    "RESERVE",
    "RESERVER",
    "SALAM",
    "SALUT",
    "SIL",
    "SOUHAITE",
    "STP",
    "SVP",
    "TAKE",
    "TE",
    "THANKS",
    "THE",
    "TO",
    "TU",
    "UN",
    "UNE",
    "VEU",
    "VEUT",
    "VEUX",
    "VIA",
    "VOUDRAIS",
    "VOUS",
    "WANT",
    "WITH",
    "YES",
];

/// Words that thank or agree, and mean nothing else to us.
const THANKS: &[&str] = &[
    "ACCORD",
    "AMEN",
    "BEAUCOUP",
    "BISOU",
    "BISOUS",
    "BON",
    "BONNE",
    "COMPRIS",
    "COOL",
    "DAC",
    "DACC",
    "DACCORD",
    "DIEUREDIEUF",
    "FINE",
    "FRERE",
    "GOOD",
    "GREAT",
    "INCHALLAH",
    "INCHALLA",
    "JEREJEF",
    "JOURNEE",
    "LOT",
    "MARCHE",
    "MASHALLAH",
    "MCI",
    "MERCII",
    "MRC",
    "NICE",
    "NICKEL",
    "NOTE",
    "OKI",
    "PARFAIT",
    "RECU",
    "SOEUR",
    "SOIREE",
    "SUPER",
    "SURE",
    "THANK",
    "THX",
    "TOP",
    "TRES",
    "TY",
    "VU",
    "WAW",
    "WELL",
    "YOU",
];

/// Whether a word says nothing by itself.
pub(super) fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word)
}

/// Whether a word thanks or agrees, or says nothing by itself.
pub(super) fn is_polite(word: &str) -> bool {
    is_filler(word) || THANKS.contains(&word)
}

/// Whether a folded word is one of our commands, so that no keyword may be it.
pub fn is_command(folded: &str) -> bool {
    PHRASES.iter().any(|(_, phrases)| phrases.contains(&folded)) && folded != "ORANGE"
}

/// The command that this whole message is.
pub(super) fn exact(tokens: &[Token]) -> Option<Word> {
    let phrase = phrase(tokens)?;
    PHRASES
        .iter()
        .find(|(_, phrases)| phrases.contains(&phrase.as_str()))
        .map(|(word, _)| *word)
}

/// "annule", "stop" at the head of a message, so that the keyword behind it is no order.
pub(super) fn leading(tokens: &[Token]) -> Option<Word> {
    let first = tokens
        .iter()
        .map(|token| token.text.as_str())
        .find(|word| !is_filler(word))?;
    let ends = PHRASES
        .iter()
        .filter(|(word, _)| matches!(word, Word::Cancel | Word::Stop));
    ends.filter(|(_, phrases)| phrases.contains(&first))
        .map(|(word, _)| *word)
        .next()
}

/// The command that this message is but for a slip of the finger, where only one can be meant.
pub(super) fn misspelt(tokens: &[Token], keywords: &[String]) -> Option<Word> {
    let phrase = phrase(tokens)?;
    // Short words are too near to other short words.
    if phrase.len() < 5 || phrase.contains(' ') {
        return None;
    }
    let slips = if phrase.len() < 7 { 1 } else { 2 };
    let mut best: Option<(usize, Word)> = None;
    // "right" is no slip for "light": how she likes her words is only heard when well written.
    let guessable = |word: &Word| !matches!(word, Word::Simple | Word::Normal);
    for (word, phrases) in PHRASES.iter().filter(|(word, _)| guessable(word)) {
        let nearest = phrases
            .iter()
            .filter(|known| known.len() >= 4 && !known.contains(' '));
        let Some(slip) = nearest.map(|known| osa_distance(&phrase, known)).min() else {
            continue;
        };
        match best {
            _ if slip > slips => {}
            Some((least, _)) if slip > least => {}
            Some((least, other)) if slip == least && other != *word => return None,
            _ => best = Some((slip, *word)),
        }
    }
    let (slip, word) = best?;
    let rival = keywords
        .iter()
        .any(|keyword| near::slips(&phrase, keyword) <= slip);
    (!rival).then_some(word)
}

/// The message without its politeness; `None` where it is too long, or holds a number.
fn phrase(tokens: &[Token]) -> Option<String> {
    if tokens.len() > MOST_TOKENS || tokens.iter().any(|token| token.kind != Kind::Letters) {
        return None;
    }
    let kept: Vec<&str> = tokens
        .iter()
        .map(|token| token.text.as_str())
        .filter(|word| !is_filler(word))
        .collect();
    (!kept.is_empty() && kept.len() <= 4).then(|| kept.join(" "))
}
