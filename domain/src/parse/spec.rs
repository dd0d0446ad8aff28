//! `cases.txt`, line by line, and what holds for any message whatever.

use proptest::prelude::*;

use super::*;

/// Keyword, product, variants (variant, size, colour).
type Row = (
    &'static str,
    u32,
    &'static [(u32, Option<&'static str>, Option<&'static str>)],
);

const SHELF: &[Row] = &[
    ("ROBE1", 1, &[(10, None, None)]),
    (
        "ROBE2",
        2,
        &[
            (20, Some("S"), None),
            (21, Some("M"), None),
            (22, Some("L"), None),
            (23, Some("XXL"), None),
        ],
    ),
    (
        "SAC2",
        3,
        &[
            (30, None, Some("Rouge")),
            (31, None, Some("noir")),
            (32, None, Some("Bleu nuit")),
        ],
    ),
    (
        "SHOE3",
        4,
        &[
            (40, Some("38"), Some("rouge")),
            (41, Some("39"), Some("rouge")),
            (42, Some("38"), Some("noir")),
        ],
    ),
    ("BIJOU", 5, &[(50, None, None)]),
    ("12", 6, &[(60, None, None)]),
    ("WAX12", 7, &[(70, Some("Taille unique"), None)]),
];

struct Stall;

impl Shelf for Stall {
    fn keyword(&self, folded: &str) -> Option<ProductId> {
        SHELF
            .iter()
            .find(|(word, _, _)| *word == folded)
            .map(|(_, id, _)| ProductId(*id))
    }

    fn keywords(&self) -> Vec<(String, ProductId)> {
        SHELF
            .iter()
            .map(|(word, id, _)| ((*word).to_owned(), ProductId(*id)))
            .collect()
    }

    fn options(&self, product: ProductId) -> Vec<(VariantId, Option<String>, Option<String>)> {
        let found = SHELF.iter().find(|(_, id, _)| *id == product.0);
        let own = |option: Option<&str>| option.map(str::to_owned);
        found.map_or_else(Vec::new, |(_, _, variants)| {
            variants
                .iter()
                .map(|(id, size, colour)| (VariantId(*id), own(*size), own(*colour)))
                .collect()
        })
    }
}

fn name(product: ProductId) -> &'static str {
    SHELF
        .iter()
        .find(|(_, id, _)| *id == product.0)
        .map_or("?", |(word, _, _)| word)
}

/// `2 ROBE1`, `1? ROBE2/?` … as `cases.txt` explains.
fn shown(understood: &Understood) -> String {
    match understood {
        Understood::Order(wishes) => {
            let wishes: Vec<String> = wishes.iter().map(wish).collect();
            wishes.join(" + ")
        }
        Understood::Word(word) => format!("{word:?}").to_uppercase(),
        Understood::Nothing { keywordish: None } => "-".to_owned(),
        Understood::Nothing {
            keywordish: Some(word),
        } => format!("? {word}"),
    }
}

fn wish(wish: &Wish) -> String {
    let asked = match &wish.asked {
        Quantity::Unsaid => "·".to_owned(),
        Quantity::Is(count) => count.to_string(),
        Quantity::Absurd(text) => format!("absurd({text})"),
    };
    let word = name(wish.product);
    let several = Stall.options(wish.product).len() > 1;
    let variant = match &wish.variant {
        Choice::Only(id) if several => {
            let all = Stall.options(wish.product);
            let (_, size, colour) = all.into_iter().find(|(known, _, _)| known == id).unwrap();
            let parts: Vec<String> = size.into_iter().chain(colour).collect();
            format!("/{}", parts.join(" "))
        }
        Choice::Only(_) => String::new(),
        Choice::Unsaid => "/?".to_owned(),
        Choice::Unknown(text) => format!("/no {text}"),
    };
    format!("{asked} {word}{variant}")
}

#[test]
fn every_case_is_read_as_written_down() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in include_str!("cases.txt").lines() {
        if line.trim().is_empty() || line.starts_with("##") {
            continue;
        }
        let (message, expected) = line.rsplit_once(" | ").expect("a case has a bar");
        let got = shown(&buyer(&Text::new(&message.replace("\\n", "\n")), &Stall));
        count += 1;
        if got != expected.trim() {
            wrong.push(format!(
                "{:44} expected {:24} got {got}",
                message.trim(),
                expected.trim()
            ));
        }
    }
    assert!(count >= 120, "{count} cases");
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_nearest_keywords_come_first() {
    let words = |word| {
        nearest(word, &Stall, 3)
            .into_iter()
            .map(name)
            .collect::<Vec<_>>()
    };
    assert_eq!(words("robe9"), ["ROBE1", "ROBE2", "SHOE3"]);
    assert_eq!(words("SACK2")[0], "SAC2");
    assert_eq!(nearest("x", &Stall, 0), []);
}

#[test]
fn a_command_can_be_no_keyword() {
    assert!(is_command("PAYER") && is_command("OM") && is_command("STOP"));
    assert!(!is_command("ROBE1") && !is_command("ORANGE"));
}

#[test]
fn thanks_need_no_answer() {
    for text in [
        "ok merci 🙏",
        "👍",
        "Merci ma chérie",
        "yes please",
        "",
        "d'accord",
        "D’accord, merci beaucoup",
        "ok ça marche",
        "jërëjëf",
        "super, bien reçu",
        "thank you",
    ] {
        assert!(is_politeness(&Text::new(text)), "{text}");
    }
    for text in ["merci c'est combien", "ok 2", "payer svp", "non"] {
        assert!(!is_politeness(&Text::new(text)), "{text}");
    }
}

#[test]
fn a_hostile_message_is_read_in_its_length() {
    for piece in [
        "1 ",
        "robe",
        "robe1 ",
        "robe1 M ",
        "12,",
        "un ",
        "x",
        "'",
        "l'",
        "-1 ",
        "A1",
        "2 robe2 L ",
    ] {
        let message = Text::new(&piece.repeat(4_096));
        buyer(&message, &Stall);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_message_breaks_the_reader(text in any::<String>()) {
        sane(&text);
    }

    #[test]
    fn no_near_order_breaks_the_reader(
        text in "([0-9]{0,11}|robe1|sac2|12|shoe3| |x|=|-|\\.|,|taille|en|M|un|deux|et|pas|payer|\n|٣|é){0,24}"
    ) {
        sane(&text);
    }

    #[test]
    fn a_number_she_wrote_is_the_number_we_read(count in 1_u32.., form in 0_usize..6) {
        let text = [
            format!("{count} robe1"),
            format!("robe1 x{count}"),
            format!("{count}xROBE1"),
            format!("Robe1={count}"),
            format!("je veux {count} robe1 svp"),
            format!("robe1 x {count}"),
        ][form].clone();
        let asked = match buyer(&Text::new(&text), &Stall) {
            Understood::Order(wishes) => wishes[0].asked.clone(),
            other @ (Understood::Word(_) | Understood::Nothing { .. }) => {
                panic!("{text}: {other:?}")
            }
        };
        // Eight digits and more may be a telephone number, which is never a quantity.
        if count < 10_000_000 {
            prop_assert_eq!(asked, Quantity::Is(count), "{}", text);
        }
    }
}

/// Whatever is understood is on sale, in a number of at least 1, and readable.
fn sane(raw: &str) {
    let folded = fold(raw);
    assert!(
        folded
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b' ')
    );
    assert_eq!(fold(&folded), folded);
    if let Understood::Order(wishes) = buyer(&Text::new(raw), &Stall) {
        assert!(!wishes.is_empty());
        for wish in wishes {
            assert!(wish.asked != Quantity::Is(0), "{raw:?}");
            assert_ne!(name(wish.product), "?");
            if let Choice::Only(variant) = wish.variant {
                let options = Stall.options(wish.product);
                assert!(
                    options.iter().any(|(known, _, _)| *known == variant),
                    "{raw:?}"
                );
            }
        }
    }
}
