//! The word files, compiled in and read once.

use std::sync::LazyLock;

use domain::segment::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

/// The files of a language, one per room of the house.
pub(super) fn files(language: Language) -> [&'static str; 11] {
    match language {
        Language::Fr => [
            include_str!("../../messages/fr/pieces.ftl"),
            include_str!("../../messages/fr/buying.ftl"),
            include_str!("../../messages/fr/paying.ftl"),
            include_str!("../../messages/fr/back.ftl"),
            include_str!("../../messages/fr/waiting.ftl"),
            include_str!("../../messages/fr/trust.ftl"),
            include_str!("../../messages/fr/talking.ftl"),
            include_str!("../../messages/fr/refusals.ftl"),
            include_str!("../../messages/fr/vendor.ftl"),
            include_str!("../../messages/fr/notices.ftl"),
            include_str!("../../messages/fr/live.ftl"),
        ],
        Language::En => [
            include_str!("../../messages/en/pieces.ftl"),
            include_str!("../../messages/en/buying.ftl"),
            include_str!("../../messages/en/paying.ftl"),
            include_str!("../../messages/en/back.ftl"),
            include_str!("../../messages/en/waiting.ftl"),
            include_str!("../../messages/en/trust.ftl"),
            include_str!("../../messages/en/talking.ftl"),
            include_str!("../../messages/en/refusals.ftl"),
            include_str!("../../messages/en/vendor.ftl"),
            include_str!("../../messages/en/notices.ftl"),
            include_str!("../../messages/en/live.ftl"),
        ],
    }
}

type Bundle = FluentBundle<FluentResource>;

static FR: LazyLock<Bundle> = LazyLock::new(|| load(Language::Fr, "fr"));
static EN: LazyLock<Bundle> = LazyLock::new(|| load(Language::En, "en"));

fn load(language: Language, id: &str) -> Bundle {
    // Decides plurals: in French 0 is singular, in English it is not.
    let id: LanguageIdentifier = id.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // The marks that isolate a hole show up as boxes on old phones; holes are cleaned text.
    bundle.set_use_isolating(false);
    for file in files(language) {
        // The spec reads every file without mercy; here the rest of a file is better than none.
        let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(rest, errors)| {
            tracing::error!(?errors, "a word file has errors");
            rest
        });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(?errors, "words are given twice");
        }
    }
    bundle
}

/// Words with their holes filled; `None` where there are none, or a hole stays open.
pub(super) fn say(
    language: Language,
    key: &str,
    attribute: Option<&str>,
    args: &FluentArgs<'_>,
) -> Option<String> {
    let bundle: &Bundle = match language {
        Language::Fr => &FR,
        Language::En => &EN,
    };
    let message = bundle.get_message(key)?;
    let pattern = match attribute {
        Some(name) => message.get_attribute(name)?.value(),
        None => message.value()?,
    };
    let mut errors = Vec::new();
    let words = bundle
        .format_pattern(pattern, Some(args), &mut errors)
        .into_owned();
    if errors.is_empty() {
        return Some(tidy(&words));
    }
    tracing::error!(key, ?attribute, ?errors, "words with an open hole");
    None
}

/// What an optional line of a word file says where there is nothing to say.
const NOTHING: &str = "∅";

/// Takes the lines out that say nothing, and spaces at ends.
fn tidy(words: &str) -> String {
    let mut kept: Vec<&str> = words
        .lines()
        .map(str::trim_end)
        .filter(|line| line.trim() != NOTHING)
        .collect();
    // What said nothing stood between two empty lines.
    kept.dedup_by(|line, before| line.is_empty() && before.is_empty());
    let text = kept.join("\n");
    text.trim().to_owned()
}
