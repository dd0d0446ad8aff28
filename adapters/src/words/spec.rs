//! The words are whole: nothing unsaid, no hole left open or unused, nothing too long, and a page
//! of everything people can read (`snapshots/`).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::{DateTime, FixedOffset};
use domain::ids::ContactId;
use domain::message::{Message, Tap};
use domain::money::Currency;
use domain::segment::Language;
use fluent_syntax::ast;
use fluent_syntax::parser;

use super::bundle::{files, say};
use super::context::Context;
use super::parts::PIECES;
use super::render::{render, try_render};
use super::said::plan;
use super::samples::{ABOUT, Size, samples, sized};
use super::variants::{
    MESSAGES, REJECTIONS, TO_VENDOR, message_name, rejection_name, to_vendor_name,
};
use crate::whatsapp::{Body, OptionId, Outgoing, SAY};

const LANGUAGES: [Language; 2] = [Language::Fr, Language::En];
const SIZES: [Size; 3] = [Size::Usual, Size::Worst, Size::Empty];

const LONG: &str = "A̐é𝕏abcdefghijklmnopqrstuvwxyz0123456789 abcdefghijklmnopqrstuvwxyz";
const USUAL: [(ContactId, &str); 1] = [(ABOUT, "Aminata D.")];
const WORST: [(ContactId, &str); 1] = [(ABOUT, LONG)];

fn context(language: Language, simple: bool, size: Size) -> Context<'static> {
    let (name, about, shop): (_, &[_], _) = match size {
        Size::Usual => (Some("Aminata Diop"), &USUAL, "Awa Mode"),
        Size::Worst => (Some(LONG), &WORST, LONG),
        Size::Empty => (None, &[], "Awa Mode"),
    };
    Context {
        language,
        simple,
        name,
        about,
        shop,
        pay_base: "https://pay.livepay.example",
        zone: FixedOffset::east_opt(0).unwrap(),
        // Ten minutes before what the samples hold runs out.
        now: DateTime::from_timestamp(1_771_169_520, 0).unwrap(),
        currency: Currency::Xof,
    }
}

/// Every message in every language, style and size.
fn everything() -> Vec<(Message, Context<'static>)> {
    let mut all = Vec::new();
    for language in LANGUAGES {
        for simple in [false, true] {
            for size in SIZES {
                let ctx = context(language, simple, size);
                all.extend(sized(size).into_iter().map(|message| (message, ctx)));
            }
        }
    }
    all
}

#[test]
fn there_is_a_sample_of_everything() {
    let mut messages = BTreeSet::new();
    let mut rejections = BTreeSet::new();
    let mut to_vendor = BTreeSet::new();
    for message in samples() {
        messages.insert(message_name(&message));
        if let Message::Refused(rejection) = &message {
            rejections.insert(rejection_name(rejection));
        }
        if let Message::Vendor(told) = &message {
            to_vendor.insert(to_vendor_name(told));
        }
    }
    assert_eq!(messages, MESSAGES.iter().copied().collect());
    assert_eq!(rejections, REJECTIONS.iter().copied().collect());
    assert_eq!(to_vendor, TO_VENDOR.iter().copied().collect());
}

#[test]
fn everything_can_be_said_and_fits() {
    for (message, ctx) in everything() {
        let key = message.key();
        let said = try_render(&message, &ctx);
        let said = said.unwrap_or_else(|why| panic!("{key} in {ctx:?}: {why:?}"));
        assert_eq!(render(&message, &ctx), said);
        let body = said.body();
        let needed = plan(&message, &ctx);
        let uncut = say(ctx.language, key, ctx.style(), &needed.holes).unwrap();
        assert!(
            uncut.encode_utf16().count() <= Body::MOST,
            "{key} is too long:\n{uncut}"
        );
        assert_eq!(body, uncut);
        for odd in ["∅", "{", "}", "none", "\n\n\n", "  ", "()", "**"] {
            assert!(!body.contains(odd), "{key} shows {odd:?}:\n{body}");
        }
        check_options(key, &said);
    }
}

/// Ids we can read back, titles that were not cut.
fn check_options(key: &str, said: &Outgoing) {
    for (id, title, _description) in said.options() {
        assert!(OptionId::new(id).is_ok(), "{key}: {id}");
        assert!(
            id.starts_with(SAY) || Tap::parse(id).is_some(),
            "{key}: {id} means nothing"
        );
        let row = said.options().len() > 3;
        let cut = title.ends_with('…');
        assert!(
            !title.is_empty() && (row || !cut || key.starts_with("variant")),
            "{key}: {title}"
        );
    }
}

#[test]
fn simple_words_have_no_pictures_and_are_shorter() {
    for (message, ctx) in everything().into_iter().filter(|(_, ctx)| ctx.simple) {
        if ctx.name.is_some_and(|name| name.len() > 20) {
            continue; // The worst names bring their own pictures.
        }
        let key = message.key();
        let simple = render(&message, &ctx);
        let full = render(
            &message,
            &Context {
                simple: false,
                ..ctx
            },
        );
        let picture = |c: char| c >= '\u{2190}' || ('\u{2100}'..'\u{2190}').contains(&c);
        assert!(
            !simple.body().contains(picture),
            "{key}:\n{}",
            simple.body()
        );
        assert!(
            simple.body().len() <= full.body().len(),
            "{key}:\n{}",
            simple.body()
        );
        for (_, title, second) in simple.options() {
            let words = format!("{title} {}", second.unwrap_or_default());
            assert!(!words.contains(picture), "{key}: {words}");
        }
    }
}

type Entry = BTreeMap<String, BTreeSet<String>>;

/// Per message of a language: the holes of its value and attributes, by attribute.
fn holes(language: Language) -> BTreeMap<String, Entry> {
    let mut all = BTreeMap::new();
    for file in files(language) {
        let tree = parser::parse(file).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
        for entry in tree.body {
            let ast::Entry::Message(message) = entry else {
                continue;
            };
            let mut found = Entry::new();
            if let Some(value) = &message.value {
                found.insert("value".to_owned(), in_pattern(value));
            }
            for attribute in &message.attributes {
                found.insert(attribute.id.name.to_owned(), in_pattern(&attribute.value));
            }
            let twice = all.insert(message.id.name.to_owned(), found);
            assert!(twice.is_none(), "{} is there twice", message.id.name);
        }
    }
    all
}

fn in_pattern(pattern: &ast::Pattern<&str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for element in &pattern.elements {
        let ast::PatternElement::Placeable { expression } = element else {
            continue;
        };
        match expression {
            ast::Expression::Inline(inline) => found.extend(in_inline(inline)),
            ast::Expression::Select { selector, variants } => {
                found.extend(in_inline(selector));
                found.extend(
                    variants
                        .iter()
                        .flat_map(|variant| in_pattern(&variant.value)),
                );
            }
        }
    }
    found
}

fn in_inline(inline: &ast::InlineExpression<&str>) -> BTreeSet<String> {
    match inline {
        ast::InlineExpression::VariableReference { id } => BTreeSet::from([id.name.to_owned()]),
        ast::InlineExpression::StringLiteral { .. }
        | ast::InlineExpression::NumberLiteral { .. } => BTreeSet::new(),
        ast::InlineExpression::Placeable { expression } => match &**expression {
            ast::Expression::Inline(inner) => in_inline(inner),
            ast::Expression::Select { .. } => panic!("a choice inside a placeable"),
        },
        other => panic!("the words use {other:?}: teach the spec"),
    }
}

fn union(entry: &Entry) -> BTreeSet<String> {
    entry.values().flatten().cloned().collect()
}

#[test]
fn every_hole_is_filled_and_every_filling_is_used() {
    let ctx = context(Language::Fr, false, Size::Usual);
    for language in LANGUAGES {
        let words = holes(language);
        let mut used = BTreeSet::new();
        for message in samples() {
            let plan = plan(&message, &ctx);
            let given: BTreeSet<String> = plan.holes.iter().map(|(name, _)| name.into()).collect();
            let entry = words
                .get(plan.key)
                .unwrap_or_else(|| panic!("no words: {}", plan.key));
            assert_eq!(union(entry), given, "{language:?} {}", plan.key);
            assert!(
                entry.contains_key("value"),
                "{language:?} {} has no value",
                plan.key
            );
            assert!(
                entry.contains_key("simple"),
                "{language:?} {} has no simple",
                plan.key
            );
            assert_eq!(
                entry.len(),
                2,
                "{language:?} {} has more than two texts",
                plan.key
            );
            used.insert(plan.key.to_owned());
        }
        for (piece, given) in PIECES {
            let given: BTreeSet<String> = given.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(union(&words[piece]), given, "{language:?} {piece}");
            used.insert(piece.to_owned());
        }
        let known: BTreeSet<String> = words.keys().cloned().collect();
        assert_eq!(
            known, used,
            "{language:?}: words nobody says, or the other way"
        );
    }
}

#[test]
fn both_languages_have_the_same_words_and_holes() {
    let (fr, en) = (holes(Language::Fr), holes(Language::En));
    assert_eq!(fr.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    for (key, entry) in &fr {
        let other = &en[key];
        assert_eq!(
            entry.keys().collect::<Vec<_>>(),
            other.keys().collect::<Vec<_>>(),
            "{key}"
        );
        assert_eq!(union(entry), union(other), "{key}");
    }
}

#[test]
fn button_words_fit_on_buttons() {
    for language in LANGUAGES {
        for file in files(language) {
            let tree = parser::parse(file).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
            let buttons = tree.body.iter().find_map(|entry| match entry {
                ast::Entry::Message(message) if message.id.name == "button" => Some(message),
                _ => None,
            });
            for attribute in buttons.iter().flat_map(|message| &message.attributes) {
                let words: String = attribute.value.elements.iter().map(element).collect();
                // Up to four digits in the hole.
                assert!(words.encode_utf16().count() <= 20, "{language:?} {words}");
            }
        }
    }
}

fn element(element: &ast::PatternElement<&str>) -> String {
    match element {
        ast::PatternElement::TextElement { value } => (*value).to_owned(),
        ast::PatternElement::Placeable { .. } => "9999".to_owned(),
    }
}

#[test]
fn the_words_adapt_to_who_reads_them() {
    let said = |size: Size, simple: bool| {
        let held = sized(size).into_iter().next().unwrap();
        render(&held, &context(Language::Fr, simple, size))
            .body()
            .to_owned()
    };
    assert!(said(Size::Empty, false).contains("Bienvenue\u{202F}! Ici Awa Mode."));
    assert!(said(Size::Empty, false).contains("C'est la dernière pièce"));
    assert!(said(Size::Usual, false).contains("Salut Aminata\u{202F}!"));
    assert!(said(Size::Usual, false).contains("déjà 3 achats réussis"));
    assert!(said(Size::Usual, false).contains("encore 3"));
    assert!(said(Size::Worst, false).contains("en priorité"));
    assert!(said(Size::Worst, false).contains("Plus que"));
    assert!(said(Size::Usual, true).contains("15\u{202F}000\u{202F}F"));
}

#[test]
fn a_payment_link_shows_the_link_and_can_be_changed() {
    let link = samples()
        .into_iter()
        .find(|one| one.key() == "payment-link")
        .unwrap();
    let said = render(&link, &context(Language::Fr, false, Size::Usual));
    assert!(
        said.body()
            .contains("https://pay.livepay.example/pay/0000000000000000000007-31")
    );
    let options = said.options();
    assert_eq!(options.len(), 1);
    assert_eq!((options[0].0, options[0].1), ("change:12", "🔄 CHANGER"));
}

/// One page of everything people can read: what a reviewer looks at.
fn page(language: Language, simple: bool) -> String {
    let ctx = context(language, simple, Size::Usual);
    let mut page = String::new();
    for message in samples() {
        let said = render(&message, &ctx);
        writeln!(page, "── {}\n{}", message.key(), said.body()).unwrap();
        for (id, title, description) in said.options() {
            let second = description
                .map(|words| format!(" / {words}"))
                .unwrap_or_default();
            writeln!(page, "   [{title}{second}] {id}").unwrap();
        }
        page.push('\n');
    }
    page
}

#[test]
fn the_page_of_everything() {
    insta::assert_snapshot!("fr", page(Language::Fr, false));
    insta::assert_snapshot!("fr_simple", page(Language::Fr, true));
    insta::assert_snapshot!("en", page(Language::En, false));
    insta::assert_snapshot!("en_simple", page(Language::En, true));
}
