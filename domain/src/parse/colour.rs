//! Colours, in French and English, whatever their gender and number.

/// Each colour with the ways it is written, singular.
const COLOURS: &[(&str, &[&str])] = &[
    ("ROUGE", &["RED"]),
    ("NOIR", &["NOIRE", "BLACK"]),
    ("BLANC", &["BLANCHE", "WHITE"]),
    ("BLEU", &["BLEUE", "BLUE"]),
    ("VERT", &["VERTE", "GREEN"]),
    ("JAUNE", &["YELLOW"]),
    ("ROSE", &["PINK"]),
    ("VIOLET", &["VIOLETTE", "PURPLE", "MAUVE"]),
    ("GRIS", &["GRISE", "GREY", "GRAY"]),
    ("MARRON", &["BROWN"]),
    ("BEIGE", &[]),
    ("ORANGE", &[]),
    ("BORDEAUX", &["BURGUNDY"]),
    ("DORE", &["DOREE", "GOLD", "GOLDEN"]),
    ("ARGENTE", &["ARGENTEE", "SILVER"]),
    ("TURQUOISE", &[]),
    ("KAKI", &["KHAKI"]),
    ("CREME", &["CREAM"]),
    ("MULTICOLORE", &["MULTICOLOR"]),
];

/// The one name of a colour; other words come back as they are.
pub(super) fn canonical(word: &str) -> String {
    let singular = if word == "GRIS" {
        word
    } else {
        word.strip_suffix('S').unwrap_or(word)
    };
    let found = COLOURS.iter().find(|(name, ways)| {
        [word, singular]
            .iter()
            .any(|way| way == name || ways.contains(way))
    });
    found.map_or(word, |(name, _)| *name).to_owned()
}

/// Whether a canonical word is a colour.
pub(super) fn is_known(canonical: &str) -> bool {
    COLOURS.iter().any(|(name, _)| *name == canonical)
}

/// Whether a word after a colour makes it another colour: *bleu ciel* is not *bleu*.
pub(super) fn is_shade(word: &str) -> bool {
    matches!(
        word,
        "NUIT"
            | "CIEL"
            | "MARINE"
            | "ROI"
            | "PALE"
            | "CLAIR"
            | "CLAIRE"
            | "FONCE"
            | "FONCEE"
            | "POUDRE"
            | "FUCHSIA"
            | "MOUTARDE"
            | "OLIVE"
            | "BOUTEILLE"
            | "CANARD"
            | "PETROLE"
    )
}
